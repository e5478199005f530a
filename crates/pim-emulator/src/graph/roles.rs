//! Role definitions as Graph shows them.

use pim_client::schema::HasSchema as _;
use pim_client::v1_0::models;
use serde_json::{Value, json};
use uuid::Uuid;

use super::context::Context;
use super::entity::{Builder, Entity, completed};
use super::error::Result;
use crate::catalog::{self, BuiltInRole};

/// A built-in role.
pub(crate) fn represent(role: &BuiltInRole) -> Entity {
    Builder::new(models::UnifiedRoleDefinition::schema())
        .with("id", role.id.to_string())
        .with("templateId", role.id.to_string())
        .with("displayName", role.display_name)
        .with("description", role.description)
        .with("isBuiltIn", true)
        .with("isEnabled", true)
        .with("version", catalog::VERSION)
        .with("resourceScopes", json!(["/"]))
        .with("rolePermissions", json!([{"allowedResourceActions": role.actions, "condition": null}]))
        .finish()
}

/// A custom role, as it is kept.
pub(crate) fn represent_custom(id: Uuid, properties: &str) -> Entity {
    let mut entity: Entity = serde_json::from_str(properties).unwrap_or_default();
    entity.insert("id".to_owned(), id.to_string().into());
    completed(models::UnifiedRoleDefinition::schema(), entity)
}

/// The role with an id, or null.
pub(crate) fn by_id(context: &Context<'_>, id: Option<Uuid>) -> Result<Value> {
    let Some(id) = id else { return Ok(Value::Null) };
    if let Some(role) = catalog::role(id) {
        return Ok(Value::Object(represent(role)));
    }
    Ok(context.session.role(id)?.map_or(Value::Null, |properties| Value::Object(represent_custom(id, &properties))))
}
