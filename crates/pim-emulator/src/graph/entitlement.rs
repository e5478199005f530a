//! Roles of entitlement management and who has them, in one catalog of access packages or in all.

mod assignments;
mod definitions;
#[cfg(test)]
mod tests;

use pim_client::schema::HasSchema as _;
use pim_client::v1_0::models::AppScope;
use serde_json::Value;
use uuid::Uuid;

use super::context::Context;
use super::dispatch::{Entry, Handler};
use super::entity::Builder;
use super::error::{GraphError, Result};
use crate::catalog::{self, BuiltInRole};
use crate::domain::authority::{Area, Relation, Verb};
use crate::domain::powers;

pub(crate) const ENTITLEMENTS: &[Entry] = &[
    ("GET", "/roleManagement/entitlementManagement/roleDefinitions", definitions::list as Handler),
    ("GET", "/roleManagement/entitlementManagement/roleDefinitions/{}", definitions::get as Handler),
    ("GET", "/roleManagement/entitlementManagement/roleAssignments", assignments::list as Handler),
    ("POST", "/roleManagement/entitlementManagement/roleAssignments", assignments::create as Handler),
    ("GET", "/roleManagement/entitlementManagement/roleAssignments/{}", assignments::get as Handler),
    ("DELETE", "/roleManagement/entitlementManagement/roleAssignments/{}", assignments::delete as Handler),
];

/// The role with an id.
pub(super) fn role(id: Uuid) -> Option<&'static BuiltInRole> {
    catalog::ENTITLEMENT_ROLES.iter().find(|role| role.id == id)
}

/// The scope with an id; null for what has none.
pub(super) fn app_scope(id: Option<&str>) -> Value {
    let Some(id) = id else { return Value::Null };
    let kind = (id != "/").then_some("AccessPackageCatalog");
    Value::Object(Builder::new(AppScope::schema()).with("id", id).with("type", kind).finish())
}

/// Whether the caller may do something with these roles.
fn check(context: &Context<'_>, verb: Verb) -> Result<()> {
    let area = Area::EntitlementManagement;
    let allowed = powers::has(context.session, context.caller, area, verb, Relation::Nothing)?;
    if allowed { Ok(()) } else { Err(GraphError::denied()) }
}
