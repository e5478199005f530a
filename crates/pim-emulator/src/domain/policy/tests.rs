//! Policies, against what is known of PIM's.

mod change;
mod check;
mod client;
mod defaults;
mod ids;
mod round_trip;

use pim_client::runtime::Object as _;
use pim_client::v1_0::models::UnifiedRoleManagementPolicyRule as Rule;
use serde_json::{Value, json};

use super::{Policy, PolicyKind, RuleId};

const KINDS: [PolicyKind; 2] = [PolicyKind::Role, PolicyKind::Group];

/// The rule of that name.
fn rule_id(name: &str) -> RuleId {
    RuleId::from_name(name).expect("the name of a rule")
}

/// The body of a change of one rule, whose type is put in.
fn body(id: &str, members: Value) -> Value {
    let mut body = json!({ "@odata.type": format!("#{}", rule_id(id).odata_type()), "id": id });
    let (Value::Object(all), Value::Object(members)) = (&mut body, members) else { return Value::Null };
    all.extend(members);
    body
}

/// The policy after a change that is in order.
fn changed(policy: &Policy, id: &str, members: Value) -> Policy {
    policy.change(&[body(id, members)]).expect("a change in order").policy
}

/// A rule as it goes over the wire.
fn json_of(policy: &Policy, id: &str) -> Value {
    serde_json::to_value(policy.rule_object(rule_id(id))).expect("JSON")
}

#[test]
fn the_rules_have_the_ids_types_and_targets_that_their_names_say() {
    for kind in KINDS {
        let policy = Policy::default_of(kind);
        assert_eq!(policy.rule_objects().len(), 17);
        for (id, rule) in RuleId::ALL.into_iter().zip(policy.rule_objects()) {
            let name = id.to_string();
            assert_eq!(rule.id(), Some(name.as_str()));
            let target = rule.target().expect("a target");
            let end = format!("_{}_{}", target.caller.as_deref().unwrap(), target.level.as_deref().unwrap());
            assert!(name.ends_with(&end), "{name}");
            let begins = match &rule {
                Rule::ExpirationRule(_) => "Expiration_",
                Rule::EnablementRule(_) => "Enablement_",
                Rule::ApprovalRule(_) => "Approval_",
                Rule::AuthenticationContextRule(_) => "AuthenticationContext_",
                Rule::NotificationRule(_) => "Notification_",
                rule => panic!("{rule:?}"),
            };
            assert!(name.starts_with(begins), "{name}");
            let written = serde_json::to_value(&rule).unwrap();
            assert_eq!(written["@odata.type"], format!("#{}", id.odata_type()));
            assert_eq!(RuleId::from_name(&name.to_uppercase()), Some(id));
        }
    }
    assert_eq!(RuleId::from_name("Expiration_EndUser_Eligibility"), None);
    let approval = pim_client::v1_0::models::UnifiedRoleManagementPolicyApprovalRule::ODATA_TYPE;
    assert_eq!(RuleId::Approval.odata_type(), approval);
}
