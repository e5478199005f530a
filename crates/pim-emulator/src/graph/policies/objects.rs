//! Policies, rules and assignments of policies as Graph shows them.

use pim_client::schema::{HasSchema as _, Schema};
use pim_client::v1_0::models;
use serde::Serialize;
use serde_json::Value;

use crate::domain::policies;
use crate::domain::policy::{Governed, Modified, Policy, RuleId, policy_assignment_object, policy_object};
use crate::graph::context::Context;
use crate::graph::entity::{Entity, completed};
use crate::graph::error::Result;

pub(super) fn policy_schema() -> &'static Schema {
    models::UnifiedRoleManagementPolicy::schema()
}

pub(super) fn assignment_schema() -> &'static Schema {
    models::UnifiedRoleManagementPolicyAssignment::schema()
}

pub(super) fn rule_schema() -> &'static Schema {
    models::UnifiedRoleManagementPolicyRule::schema()
}

/// A policy without its rules.
pub(super) fn policy(context: &Context<'_>, governed: Governed) -> Result<Entity> {
    let change = policies::last_change(context.session, governed)?;
    let modified = change.map(|change| Modified { at: change.at, by: change.by });
    let object = policy_object(context.service.tenant, governed, modified.as_ref());
    Ok(completed(policy_schema(), members(&object)))
}

/// That a policy holds for what it governs.
pub(super) fn assignment(context: &Context<'_>, governed: Governed) -> Entity {
    completed(assignment_schema(), members(&policy_assignment_object(context.service.tenant, governed)))
}

/// The rules of a policy, each of which says of what type it is.
pub(super) fn rules(policy: &Policy) -> Vec<Entity> {
    policy.rule_objects().iter().map(members).collect()
}

pub(super) fn rule(policy: &Policy, id: RuleId) -> Entity {
    members(&policy.rule_object(id))
}

/// The members of an object of the model: it is one, so that it becomes nothing else.
fn members(object: &impl Serialize) -> Entity {
    match serde_json::to_value(object) {
        Ok(Value::Object(members)) => members,
        _ => Entity::new(),
    }
}
