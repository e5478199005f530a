//! Reading schemas.

use super::cursor::{Cursor, Kind, Node};
use super::document::{Habits, Property, Schema, Types};
use crate::Result;
use crate::csdl::Text;

/// Reads a schema.
pub(super) fn schema<'a>(cursor: &mut Cursor<'a>, node: &Node<'a>, habits: &mut Habits) -> Result<Schema<'a>> {
    let mut schema = Schema { at: node.at, ..Schema::default() };
    if let Kind::Scalar { plain: true, text } = &node.kind
        && matches!(&**text, "true" | "false")
    {
        // In OpenAPI 3.1 a schema may be `true`: anything.
        return Ok(schema);
    }
    cursor.members(node, "a schema", |cursor, key, node| {
        match &*key.name {
            "$ref" => schema.reference = Some(component(cursor, &node, "schemas")?),
            "type" => types(cursor, &node, &mut schema)?,
            "format" => schema.format = Some(cursor.text(&node, "`format`")?),
            "pattern" => schema.more().pattern = Some(cursor.text(&node, "`pattern`")?),
            "nullable" => schema.nullable |= cursor.flag(&node, "`nullable`")?,
            "readOnly" => schema.read_only = cursor.flag(&node, "`readOnly`")?,
            "x-ms-navigationProperty" => {
                schema.relation = cursor.flag(&node, &key.name)?;
                habits.marks_relations = true;
            }
            "x-ms-enum-flags" => schema.more().flags = flags(cursor, &node)?,
            "enum" => values(cursor, &node, &mut schema)?,
            "items" => schema.more().items = Some(self::schema(cursor, &node, habits)?),
            "properties" => properties(cursor, &node, &mut schema, habits)?,
            "allOf" => schema.more().all_of = schemas(cursor, &node, habits)?,
            "anyOf" | "oneOf" => {
                let alternatives = schemas(cursor, &node, habits)?;
                schema.more().alternatives.extend(alternatives);
            }
            _ => {}
        }
        Ok(())
    })?;
    let refers = schema.reference.is_some() || schema.alternatives().iter().any(|one| one.reference.is_some());
    habits.marks_null_references |=
        refers && (schema.nullable || schema.alternatives().iter().any(Schema::is_only_null));
    Ok(schema)
}

/// The name of the component that a `$ref` refers to.
pub(super) fn component<'a>(cursor: &Cursor<'a>, node: &Node<'a>, kind: &str) -> Result<Text<'a>> {
    let reference = cursor.text(node, "`$ref`")?;
    let prefix = format!("#/components/{kind}/");
    let name = match &reference {
        Text::Borrowed(reference) => reference.strip_prefix(prefix.as_str()).map(Text::Borrowed),
        Text::Owned(reference) => reference.strip_prefix(&prefix).map(|name| Text::Owned(name.to_owned())),
    };
    name.ok_or_else(|| {
        let shown = reference.escape_debug();
        cursor.error(node.at, format!("`$ref` is `{shown}`, which does not begin with `{prefix}`: only that is read"))
    })
}

/// `type`: a word, or several in OpenAPI 3.1.
fn types<'a>(cursor: &mut Cursor<'a>, node: &Node<'a>, schema: &mut Schema<'a>) -> Result<()> {
    let mut add = |cursor: &Cursor<'a>, node: &Node<'a>| {
        let name = cursor.text(node, "`type`")?;
        let ty = Types::of(&name);
        schema.nullable |= ty == Some(Types::NULL);
        schema.types.add(ty.ok_or_else(|| {
            cursor.error(node.at, format!("`{}` is no type that OpenAPI knows", name.escape_debug()))
        })?);
        Ok(())
    };
    if node.kind == Kind::List {
        return cursor.items(node, "`type`", |cursor, node| add(cursor, &node));
    }
    add(cursor, node)
}

fn flags<'a>(cursor: &mut Cursor<'a>, node: &Node<'a>) -> Result<bool> {
    let mut flags = false;
    cursor.members(node, "`x-ms-enum-flags`", |cursor, key, node| {
        if key.name == "isFlags" {
            flags = cursor.flag(&node, "`isFlags`")?;
        }
        Ok(())
    })?;
    Ok(flags)
}

fn values<'a>(cursor: &mut Cursor<'a>, node: &Node<'a>, schema: &mut Schema<'a>) -> Result<()> {
    cursor.items(node, "`enum`", |cursor, node| {
        if node.is_null() {
            schema.nullable = true;
        } else {
            let value = cursor.text(&node, "a value of `enum`")?;
            schema.more().values.push((value, node.at));
        }
        Ok(())
    })
}

fn properties<'a>(
    cursor: &mut Cursor<'a>,
    node: &Node<'a>,
    schema: &mut Schema<'a>,
    habits: &mut Habits,
) -> Result<()> {
    cursor.members(node, "`properties`", |cursor, key, node| {
        // `@odata.type`, and what else the protocol says beside the properties.
        if !key.name.contains('@') {
            let property = self::schema(cursor, &node, habits)?;
            schema.more().properties.push(Property { name: key.name, at: key.at, schema: property });
        }
        Ok(())
    })
}

fn schemas<'a>(cursor: &mut Cursor<'a>, node: &Node<'a>, habits: &mut Habits) -> Result<Vec<Schema<'a>>> {
    let mut schemas = Vec::new();
    cursor.items(node, "a list of schemas", |cursor, node| {
        schemas.push(schema(cursor, &node, habits)?);
        Ok(())
    })?;
    Ok(schemas)
}
