//! What roles and role assignments lead to.

use pim_client::schema::{HasSchema as _, Schema};
use pim_client::v1_0::models::{UnifiedRbacResourceNamespace, UnifiedRoleAssignment, UnifiedRoleDefinition};
use serde_json::Value;
use uuid::Uuid;

use super::{definition, namespaces};
use crate::catalog;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::Result;
use crate::graph::{entitlement, objects, pim};

/// What a navigation property of a role, a role assignment or a namespace leads to, in v1.0 and in beta.
pub(crate) fn related(
    context: &Context<'_>,
    of: &'static Schema,
    entity: &Entity,
    navigation: &str,
) -> Result<Option<Value>> {
    let is = |schema: &Schema| schema.name() == of.name();
    let text = |name: &str| entity.get(name).and_then(Value::as_str);
    let guid = |name: &str| text(name).and_then(|text| text.parse::<Uuid>().ok());
    if is(UnifiedRoleAssignment::schema()) {
        return Ok(Some(match navigation {
            "principal" => objects::by_id(context, guid("principalId"))?,
            "roleDefinition" => role_definition(context, guid("roleDefinitionId"))?,
            "directoryScope" => pim::scope(context, text("directoryScopeId"))?,
            "appScope" => entitlement::app_scope(text("appScopeId")),
            _ => Value::Null,
        }));
    }
    if is(UnifiedRoleDefinition::schema()) {
        return Ok(Some(match navigation {
            "inheritsPermissionsFrom" => inherited(context, guid("id"))?,
            _ => Value::Null,
        }));
    }
    if is(UnifiedRbacResourceNamespace::schema()) && navigation == "resourceActions" {
        return Ok(Some(namespaces::actions_of(text("id").unwrap_or_default())));
    }
    Ok(None)
}

/// A role of the directory or of entitlement management: both have assignments of one type.
fn role_definition(context: &Context<'_>, id: Option<Uuid>) -> Result<Value> {
    match id.and_then(entitlement::role) {
        Some(role) => Ok(Value::Object(definition::represent(role, context.route.version))),
        None => definition::by_id(context, id),
    }
}

fn inherited(context: &Context<'_>, id: Option<Uuid>) -> Result<Value> {
    let from = id.and_then(catalog::role).and_then(catalog::BuiltInRole::inherits_from);
    let role = definition::by_id(context, from)?;
    Ok(Value::Array(if role.is_null() { Vec::new() } else { vec![role] }))
}
