//! From the bytes of one file to a [`Description`]: which keys mean what. All others are skipped.

use super::cursor::{Cursor, Key, Node};
use super::document::{Description, Documented, Habits, Method, Parameter, Path, Schema, Shared, Verb};
use super::schema::{component, schema};
use crate::Result;

/// Reads an OpenAPI document whose places count from `base` on. Fails, saying where and why, if it is none.
pub(super) fn read(bytes: &[u8], base: usize) -> Result<Description<'_>> {
    let mut cursor = Cursor::new(bytes, base)?;
    let root = cursor.root()?;
    let mut description = Description::default();
    let mut version = None;
    cursor.members(&root, "the document", |cursor, key, node| {
        match &*key.name {
            "swagger" => return Err(cursor.error(key.at, "this is OpenAPI 2, and only OpenAPI 3 is read; convert it")),
            "openapi" => version = Some((cursor.text(&node, "`openapi`")?, node.at)),
            "paths" => paths(cursor, &node, &mut description)?,
            "components" => components(cursor, &node, &mut description)?,
            _ => {}
        }
        Ok(())
    })?;
    cursor.finish()?;
    match version {
        None => Err(cursor.error(root.at, "the document has no `openapi`: this is not an OpenAPI document")),
        Some((version, at)) if !version.starts_with("3.") => {
            Err(cursor.error(at, format!("this is OpenAPI {}, and only OpenAPI 3 is read", version.escape_debug())))
        }
        Some(_) => Ok(description),
    }
}

fn components<'a>(cursor: &mut Cursor<'a>, node: &Node<'a>, to: &mut Description<'a>) -> Result<()> {
    cursor.members(node, "`components`", |cursor, key, node| match &*key.name {
        "schemas" => cursor.members(&node, "`schemas`", |cursor, key, node| {
            let schema = schema(cursor, &node, &mut to.habits)?;
            to.schemas.push((key.name, Schema { at: key.at, ..schema }));
            Ok(())
        }),
        "responses" => cursor.members(&node, "`responses`", |cursor, key, node| {
            if let Some(Shared::Here(answer)) = content(cursor, &node, "responses", &mut to.habits)? {
                to.responses.insert(key.name, answer);
            }
            Ok(())
        }),
        "requestBodies" => cursor.members(&node, "`requestBodies`", |cursor, key, node| {
            if let Some(Shared::Here(body)) = content(cursor, &node, "requestBodies", &mut to.habits)? {
                to.bodies.insert(key.name, body);
            }
            Ok(())
        }),
        "parameters" => cursor.members(&node, "`parameters`", |cursor, key, node| {
            if let Some(Shared::Here(parameter)) = parameter(cursor, &node, &mut to.habits)? {
                to.parameters.insert(key.name, parameter);
            }
            Ok(())
        }),
        _ => Ok(()),
    })
}

fn paths<'a>(cursor: &mut Cursor<'a>, node: &Node<'a>, to: &mut Description<'a>) -> Result<()> {
    cursor.members(node, "`paths`", |cursor, key, node| {
        if key.name.starts_with('/') {
            to.paths.push(path(cursor, key, &node, &mut to.habits)?);
        }
        Ok(())
    })
}

fn path<'a>(cursor: &mut Cursor<'a>, key: Key<'a>, node: &Node<'a>, habits: &mut Habits) -> Result<Path<'a>> {
    let mut methods = Vec::new();
    let mut parameters = Vec::new();
    cursor.members(node, "a path", |cursor, key, node| {
        let verb = match &*key.name {
            "get" => Verb::Get,
            "post" => Verb::Post,
            "patch" => Verb::Patch,
            "put" => Verb::Put,
            "delete" => Verb::Delete,
            "parameters" => {
                parameters = self::parameters(cursor, &node, habits)?;
                return Ok(());
            }
            _ => return Ok(()),
        };
        methods.push(method(cursor, verb, key.at, &node, habits)?);
        Ok(())
    })?;
    let mut path = Path {
        text: key.name,
        at: key.at,
        adds: methods.iter().any(|method| method.verb == Verb::Post),
        changes: methods.iter().any(|method| matches!(method.verb, Verb::Patch | Verb::Put | Verb::Delete)),
        is_documented: methods.iter().any(|method| method.documented.is_some()),
        methods,
        parameters,
    };
    forget(&mut path);
    Ok(path)
}

/// Of most methods it matters only that they are there. Kept is what functions and actions take and give, and what is
/// answered near the root, which tells the types of entity sets and singletons.
fn forget(path: &mut Path<'_>) {
    let mut segments = path.text.split('/').skip(1);
    let (first, second, third) = (segments.next(), segments.next(), segments.next());
    let is_near_root = first.is_some() && third.is_none() && second.is_none_or(|second| second.starts_with('{'));
    let last = path.text.rsplit('/').next().unwrap_or_default();
    let looks_called = last.contains('.') || last.contains('(');
    let is_called = |method: &Method<'_>| match method.documented {
        Some(Documented::Function | Documented::Action) => true,
        Some(Documented::Operation) => false,
        None => looks_called,
    };
    // The others are keys of what the path leads through.
    let is_argument = |parameter: &Shared<'_, Parameter<'_>>| match parameter {
        Shared::Here(parameter) => last.contains(&*parameter.name),
        Shared::Component(..) => true,
    };
    path.methods.retain(|method| is_near_root || is_called(method));
    for method in &mut path.methods {
        if is_called(method) {
            method.parameters.retain(is_argument);
            method.parameters.shrink_to_fit();
        } else {
            method.parameters = Vec::new();
        }
    }
    path.methods.shrink_to_fit();
    if path.methods.iter().any(is_called) {
        path.parameters.retain(is_argument);
        path.parameters.shrink_to_fit();
    } else {
        path.parameters = Vec::new();
    }
}

fn method<'a>(
    cursor: &mut Cursor<'a>,
    verb: Verb,
    at: usize,
    node: &Node<'a>,
    habits: &mut Habits,
) -> Result<Method<'a>> {
    let mut method = Method { verb, at, documented: None, parameters: Vec::new(), body: None, answer: None };
    cursor.members(node, "a method", |cursor, key, node| {
        match &*key.name {
            "parameters" => method.parameters = parameters(cursor, &node, habits)?,
            "requestBody" => method.body = content(cursor, &node, "requestBodies", habits)?,
            "responses" => method.answer = answer(cursor, &node, habits)?,
            "x-ms-docs-operation-type" => {
                method.documented = match &*cursor.text(&node, &key.name)? {
                    "operation" => Some(Documented::Operation),
                    "function" => Some(Documented::Function),
                    "action" => Some(Documented::Action),
                    _ => None,
                };
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(method)
}

/// What is answered when all is well: the answer with the least number, `2XX` last.
fn answer<'a>(cursor: &mut Cursor<'a>, node: &Node<'a>, habits: &mut Habits) -> Result<Option<Shared<'a, Schema<'a>>>> {
    let mut best: Option<(_, Shared<'a, Schema<'a>>)> = None;
    cursor.members(node, "`responses`", |cursor, key, node| {
        let status = key.name.to_ascii_uppercase();
        if status.starts_with('2')
            && best.as_ref().is_none_or(|(least, _)| status < *least)
            && let Some(content) = content(cursor, &node, "responses", habits)?
        {
            best = Some((status, content));
        }
        Ok(())
    })?;
    Ok(best.map(|(_, content)| content))
}

/// The schema of a body or an answer. None if it has none.
fn content<'a>(
    cursor: &mut Cursor<'a>,
    node: &Node<'a>,
    components: &str,
    habits: &mut Habits,
) -> Result<Option<Shared<'a, Schema<'a>>>> {
    let mut found = None;
    cursor.members(node, "a body", |cursor, key, node| {
        match &*key.name {
            "$ref" => found = Some(Shared::Component(component(cursor, &node, components)?, node.at)),
            "content" => found = media(cursor, &node, habits)?.map(Shared::Here),
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

/// The schema of JSON, or else of what stands first.
fn media<'a>(cursor: &mut Cursor<'a>, node: &Node<'a>, habits: &mut Habits) -> Result<Option<Schema<'a>>> {
    let mut found = None;
    let mut is_json = false;
    cursor.members(node, "`content`", |cursor, key, node| {
        let this_is_json = key.name.starts_with("application/json");
        if found.is_some() && (is_json || !this_is_json) {
            return Ok(());
        }
        is_json = this_is_json;
        cursor.members(&node, "a media type", |cursor, key, node| {
            if key.name == "schema" {
                found = Some(schema(cursor, &node, habits)?);
            }
            Ok(())
        })
    })?;
    Ok(found)
}

fn parameters<'a>(
    cursor: &mut Cursor<'a>,
    node: &Node<'a>,
    habits: &mut Habits,
) -> Result<Vec<Shared<'a, Parameter<'a>>>> {
    let mut found = Vec::new();
    cursor.items(node, "`parameters`", |cursor, node| {
        found.extend(parameter(cursor, &node, habits)?);
        Ok(())
    })?;
    Ok(found)
}

/// A parameter. None if it is a query option or a header.
fn parameter<'a>(
    cursor: &mut Cursor<'a>,
    node: &Node<'a>,
    habits: &mut Habits,
) -> Result<Option<Shared<'a, Parameter<'a>>>> {
    let (mut name, mut place, mut reference) = (None, None, None);
    let mut ty = Schema { at: node.at, ..Schema::default() };
    cursor.members(node, "a parameter", |cursor, key, node| {
        match &*key.name {
            "$ref" => reference = Some(Shared::Component(component(cursor, &node, "parameters")?, node.at)),
            "name" => name = Some(cursor.text(&node, "`name`")?),
            "in" => place = Some(cursor.text(&node, "`in`")?),
            // Query options and keys list all that can be selected: of these nothing is kept.
            "schema" if !name.as_ref().is_some_and(|name| name.starts_with('$')) => ty = schema(cursor, &node, habits)?,
            "content" => ty = media(cursor, &node, habits)?.unwrap_or_default(),
            _ => {}
        }
        Ok(())
    })?;
    let is_argument = matches!(place.as_deref(), Some("path" | "query"));
    let named = name.filter(|name| is_argument && !name.starts_with('$'));
    Ok(reference.or_else(|| named.map(|name| Shared::Here(Parameter { name, schema: ty }))))
}
