//! What the policies' part of Graph does, asked as a client asks.

use pim_client::v1_0::exchange::bodies;
use serde_json::{Value, json};

use crate::graph::rig::{As, Rig};

mod changes;
mod lists;
mod permissions;

const POLICIES: &str = "/v1.0/policies/roleManagementPolicies";
const ASSIGNMENTS: &str = "/v1.0/policies/roleManagementPolicyAssignments";
const ADMIN: &str = "admin@contoso.com";

/// What the client makes of an answer of an operation: it loses nothing.
#[track_caller]
fn assert_decodes(operation: &str, body: &Value) {
    let codec = bodies(operation).and_then(|bodies| bodies.response).expect("an operation with an answer");
    let again = codec.recode(&body.to_string()).unwrap_or_else(|error| panic!("{operation}: {error}"));
    assert_eq!(&again, body, "{operation}");
}

/// The id of the policy of a role.
fn policy_of(rig: &Rig, asks: &As<'_>, role: &str) -> String {
    let filter = format!("scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '{}'", rig.id(role));
    let found = asks.get(&format!("{ASSIGNMENTS}?$filter={filter}")).values();
    assert_eq!(found.len(), 1);
    text(&found[0]["policyId"])
}

/// The id of the policy of being a member or an owner of a group.
fn policy_of_group(rig: &Rig, asks: &As<'_>, group: &str, access: &str) -> String {
    let filter = format!("scopeId eq '{}' and scopeType eq 'Group' and roleDefinitionId eq '{access}'", rig.id(group));
    let found = asks.get(&format!("{ASSIGNMENTS}?$filter={filter}")).values();
    assert_eq!(found.len(), 1);
    text(&found[0]["policyId"])
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn expiration(maximum: &str) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
        "id": "Expiration_EndUser_Assignment",
        "isExpirationRequired": true,
        "maximumDuration": maximum,
        "target": {"caller": "EndUser", "operations": ["All"], "level": "Assignment",
            "inheritableSettings": [], "enforcedSettings": []},
    })
}
