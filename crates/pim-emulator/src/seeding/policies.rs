//! What a description says of policies, as changes of their rules.

use serde_json::{Value, json};

use super::Result;
use crate::domain::policies;
use crate::domain::policy::{Governed, Policy};
use crate::store::Session;
use crate::tenant::{self, Approver, PolicyTarget, SeededPolicy};

pub(super) fn plant(session: &Session<'_>, seeded: &SeededPolicy<'_>) -> Result<()> {
    let governed = match seeded.target {
        PolicyTarget::Role(role) => Governed::Role(role),
        PolicyTarget::Group { group, access } => Governed::Group { group, access },
    };
    let changed = Policy::default_of(governed.kind()).change(&rules(seeded, governed))?;
    policies::plant(session, governed, &changed.policy)?;
    Ok(())
}

/// The rules that a description changes.
fn rules(SeededPolicy { settings, approvers, .. }: &SeededPolicy<'_>, governed: Governed) -> Vec<Value> {
    let mut rules = Vec::new();
    if let Some(maximum) = &settings.maximum_activation_duration {
        rules.push(rule("Expiration_EndUser_Assignment", json!({"maximumDuration": maximum.as_str()})));
    }
    if let Some(enabled) = enabled_rules(settings, governed) {
        rules.push(rule("Enablement_EndUser_Assignment", json!({"enabledRules": enabled})));
    }
    if let Some(context) = &settings.authentication_context {
        let members = json!({"isEnabled": true, "claimValue": context});
        rules.push(rule("AuthenticationContext_EndUser_Assignment", members));
    }
    if let Some(approvers) = approvers {
        let approvers: Vec<_> = approvers.iter().map(approver).collect();
        let setting = json!({"isApprovalRequired": true, "approvalStages": [{"primaryApprovers": approvers}]});
        rules.push(rule("Approval_EndUser_Assignment", json!({"setting": setting})));
    }
    let limits = [
        ("Eligibility", settings.allow_permanent_eligibility, &settings.maximum_eligibility_duration),
        ("Assignment", settings.allow_permanent_assignment, &settings.maximum_assignment_duration),
    ];
    for (level, allows_permanent, maximum) in limits {
        let mut members = json!({});
        if let Some(allows) = allows_permanent {
            members["isExpirationRequired"] = (!allows).into();
        }
        if let Some(maximum) = maximum {
            members["maximumDuration"] = maximum.as_str().into();
        }
        if members.as_object().is_some_and(|members| !members.is_empty()) {
            rules.push(rule(&format!("Expiration_Admin_{level}"), members));
        }
    }
    rules
}

/// What an activation has to come with; nothing, if the description leaves it as it is.
fn enabled_rules(settings: &tenant::Policy, governed: Governed) -> Option<Vec<&'static str>> {
    let says = [settings.require_mfa, settings.require_justification, settings.require_ticket];
    let by_context = settings.authentication_context.is_some();
    if says.iter().all(Option::is_none) && !by_context {
        return None;
    }
    // An authentication context takes the place of MFA: they exclude each other.
    let mfa = settings.require_mfa.unwrap_or(matches!(governed, Governed::Role(_)) && !by_context);
    let rules = [
        (mfa, "MultiFactorAuthentication"),
        (settings.require_justification.unwrap_or(true), "Justification"),
        (settings.require_ticket.unwrap_or(false), "Ticketing"),
    ];
    Some(rules.into_iter().filter(|(is_enabled, _)| *is_enabled).map(|(_, name)| name).collect())
}

fn approver(approver: &Approver) -> Value {
    match approver {
        Approver::User(id) => json!({"@odata.type": "#microsoft.graph.singleUser", "userId": id.to_string()}),
        Approver::Group(id) => json!({"@odata.type": "#microsoft.graph.groupMembers", "groupId": id.to_string()}),
    }
}

/// A rule of that id, as it is sent to be changed.
fn rule(id: &str, mut members: Value) -> Value {
    let kind = id.split('_').next().unwrap_or_default();
    members["id"] = id.into();
    members["@odata.type"] = format!("#microsoft.graph.unifiedRoleManagementPolicy{kind}Rule").into();
    members
}
