//! What a rule is about, as Graph has it: the caller and the level never change.

use pim_client::v1_0::models::{
    UnifiedRoleManagementPolicyRuleTarget, UnifiedRoleManagementPolicyRuleTargetOperations,
};

use super::Event;
use super::members::Members;
use crate::domain::Refusal;

const MEMBERS: [&str; 6] =
    ["caller", "operations", "level", "inheritableSettings", "enforcedSettings", "targetObjects"];

/// The target of the rules of an event.
pub(super) fn to_object(event: Event) -> UnifiedRoleManagementPolicyRuleTarget {
    UnifiedRoleManagementPolicyRuleTarget::new()
        .caller(event.caller())
        .operations(vec![UnifiedRoleManagementPolicyRuleTargetOperations::All])
        .level(event.level())
        .inheritable_settings(Vec::new())
        .enforced_settings(Vec::new())
}

/// Refuses a target that would be another one. What it leaves out, or says nothing about, stays.
///
/// Graph replaces the target as a whole, and a rule that was sent with a part of it has been seen to break its policy:
/// nobody can want that of a policy to learn with.
pub(super) fn check(rule: &Members<'_>, event: Event) -> Result<(), Refusal> {
    let Some(target) = rule.object("target", &MEMBERS)? else { return Ok(()) };
    let is_said = |name: &str| target.get(name).is_some_and(|value| !value.is_null());
    if is_said("caller") {
        target.word("caller", &[(event.caller(), ())])?;
    }
    if is_said("level") {
        target.word("level", &[(event.level(), ())])?;
    }
    if is_said("operations") {
        target.words("operations", &[("all", ())])?;
    }
    for settings in ["inheritableSettings", "enforcedSettings", "targetObjects"] {
        if is_said(settings) {
            target.read(settings, "an empty list", |value| value.as_array()?.is_empty().then_some(()))?;
        }
    }
    Ok(())
}
