//! Role definitions as Graph shows them.

use pim_client::schema::{HasSchema as _, Schema};
use pim_client::{beta, v1_0};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::catalog::{self, BuiltInRole};
use crate::graph::context::Context;
use crate::graph::entity::{Builder, Entity, completed};
use crate::graph::error::Result;
use crate::graph::route::Version;

/// The type of role definitions: in beta it says more.
pub(crate) fn schema(version: Version) -> &'static Schema {
    match version {
        Version::V1 => v1_0::models::UnifiedRoleDefinition::schema(),
        Version::Beta => beta::models::UnifiedRoleDefinition::schema(),
    }
}

/// A built-in role.
pub(crate) fn represent(role: &BuiltInRole, version: Version) -> Entity {
    let role_definition = Builder::new(schema(version))
        .with("id", role.id.to_string())
        .with("templateId", role.id.to_string())
        .with("displayName", role.display_name)
        .with("description", role.description)
        .with("isBuiltIn", true)
        .with("isEnabled", true)
        .with("version", catalog::VERSION)
        .with("resourceScopes", json!(["/"]))
        .with("rolePermissions", json!([{"allowedResourceActions": role.actions, "condition": null}]));
    match version {
        Version::V1 => role_definition,
        Version::Beta => role_definition.with("isPrivileged", role.is_privileged),
    }
    .finish()
}

/// A custom role, as it is kept.
pub(crate) fn represent_custom(id: Uuid, properties: &str, version: Version) -> Entity {
    let mut entity: Entity = serde_json::from_str(properties).unwrap_or_default();
    entity.insert("id".to_owned(), id.to_string().into());
    entity.insert("isBuiltIn".to_owned(), false.into());
    let mut unless_there = |name: &str, value: Value| {
        if entity.get(name).is_none_or(Value::is_null) {
            entity.insert(name.to_owned(), value);
        }
    };
    unless_there("templateId", id.to_string().into());
    unless_there("isEnabled", true.into());
    unless_there("resourceScopes", json!(["/"]));
    match version {
        Version::V1 => drop(entity.remove("isPrivileged")),
        // Which actions are privileged is not known: Microsoft marks them one by one.
        Version::Beta => unless_there("isPrivileged", false.into()),
    }
    completed(schema(version), entity)
}

/// The role with an id, of the directory.
pub(super) fn find(context: &Context<'_>, id: Uuid) -> Result<Option<Entity>> {
    let version = context.route.version;
    if let Some(role) = catalog::role(id) {
        return Ok(Some(represent(role, version)));
    }
    Ok(context.session.role(id)?.map(|properties| represent_custom(id, &properties, version)))
}

/// The role with an id, or null.
pub(crate) fn by_id(context: &Context<'_>, id: Option<Uuid>) -> Result<Value> {
    let Some(id) = id else { return Ok(Value::Null) };
    Ok(find(context, id)?.map_or(Value::Null, Value::Object))
}
