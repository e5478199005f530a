//! Objects of whatever type, by their ids.

use pim_client::schema::HasSchema as _;
use pim_client::v1_0::models;
use serde_json::Value;
use uuid::Uuid;

use super::{rights, unselected};
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::objects;
use crate::graph::page::{self, Collection};
use crate::store::ObjectType;

/// How many objects can be asked for at once.
const MOST: usize = 1000;

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.directory_query(models::DirectoryObject::schema())?;
    let no_object = || GraphError::no_object(context.parameter(0));
    let id = context.guid(0).ok_or_else(no_object)?;
    let object = context.session.object(id)?.ok_or_else(no_object)?;
    rights::check_read(context, &object)?;
    let page = Collection { fragment: "directoryObjects", query: &query };
    page::single(context, &page, objects::represent_tagged(&object))
}

pub(super) fn get_by_ids(context: &Context<'_>) -> Result<Answer> {
    rights::check_directory(context)?;
    let body = context.body(models::DirectoryObjectGetByIdsBody::schema())?;
    let ids = texts(&body, "ids")?.ok_or_else(|| GraphError::invalid_object("'ids' is missing: a list of ids."))?;
    if ids.len() > MOST {
        let message = format!("'ids' has {} elements; at most {MOST} can be asked for at once.", ids.len());
        return Err(GraphError::invalid_object(message));
    }
    let types = wanted_types(&texts(&body, "types")?.unwrap_or_default())?;
    let mut found = Vec::new();
    for id in ids {
        let id: Uuid = id.parse().map_err(|_| GraphError::invalid_object(format!("'{id}' in 'ids' is no GUID.")))?;
        let Some(object) = context.session.object(id)? else { continue };
        if types.as_ref().is_none_or(|types| types.contains(&object.object_type)) {
            let shown = unselected(objects::schema(object.object_type), objects::represent_tagged(&object));
            found.push(Value::Object(shown));
        }
    }
    let mut answer = Entity::new();
    answer.insert("@odata.context".to_owned(), context.context_url("directoryObjects").into());
    answer.insert("value".to_owned(), found.into());
    Ok(Answer::ok(answer))
}

/// The types that are asked for; nothing, if all are.
fn wanted_types(names: &[&str]) -> Result<Option<Vec<ObjectType>>> {
    if names.is_empty() || names.iter().any(|name| name.eq_ignore_ascii_case("directoryObject")) {
        return Ok(None);
    }
    let mut types = Vec::new();
    for name in names {
        if models::DirectoryObject::schema().subtype(name).is_none() {
            return Err(GraphError::invalid_object(format!(
                "'{name}' in 'types' is no type of objects, such as user."
            )));
        }
        // There are none of the other types.
        types.extend(objects::type_of_name(name));
    }
    Ok(Some(types))
}

/// A member of a body that is a list of texts.
pub(super) fn texts<'a>(body: &'a Entity, name: &str) -> Result<Option<Vec<&'a str>>> {
    let texts = |items: &'a Vec<Value>| items.iter().map(Value::as_str).collect::<Option<Vec<_>>>();
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_array().and_then(texts) {
            Some(texts) => Ok(Some(texts)),
            None => Err(GraphError::invalid_object(format!("'{name}' is not a list of texts."))),
        },
    }
}
