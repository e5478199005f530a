//! What is kept of a policy is the policy.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{KINDS, Policy, PolicyKind, RuleId, body};

fn duration(event_is_activation: bool) -> BoxedStrategy<Value> {
    let minutes = (5..=1440).prop_map(|minutes| format!("PT{minutes}M"));
    let hours = (1..=24).prop_map(|hours| format!("PT{hours}H"));
    if event_is_activation {
        return prop_oneof![minutes, hours].prop_map(Value::from).boxed();
    }
    prop_oneof![minutes, hours, (1..1000).prop_map(|days| format!("P{days}D"))].prop_map(Value::from).boxed()
}

fn approver() -> impl Strategy<Value = Value> {
    let id = any::<u128>().prop_map(|id| uuid::Uuid::from_u128(id).to_string());
    (id, 0..5, prop::option::of(".{0,8}")).prop_map(|(id, which, description)| match which {
        0 => json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": id, "description": description }),
        1 => json!({ "@odata.type": "#microsoft.graph.groupMembers", "groupId": id, "description": description }),
        2 => json!({ "@odata.type": "microsoft.graph.SINGLEUSER", "Id": id, "isBackup": true }),
        level => json!({ "@odata.type": "#microsoft.graph.requestorManager", "managerLevel": level }),
    })
}

fn approval() -> impl Strategy<Value = Value> {
    let mode = prop::sample::select(vec!["NoApproval", "singlestage", "Serial", "PARALLEL"]);
    let approvers = prop::collection::vec(approver(), 1..4);
    (any::<[bool; 4]>(), mode, approvers, 1..30).prop_map(|([required, extension, why, reason], mode, approvers, days)| {
        let stage = json!({
            "approvalStageTimeOutInDays": days, "isApproverJustificationRequired": reason, "primaryApprovers": approvers,
        });
        json!({ "setting": {
            "isApprovalRequired": required, "isApprovalRequiredForExtension": extension,
            "isRequestorJustificationRequired": why, "approvalMode": mode, "approvalStages": [stage],
        } })
    })
}

/// Some of the members of a rule, in order by themselves.
fn members(id: RuleId) -> BoxedStrategy<Value> {
    let words = || {
        let all = vec!["MultiFactorAuthentication", "justification", "TICKETING"];
        prop::sample::subsequence(all, 0..=3).prop_shuffle()
    };
    let all = match id {
        RuleId::Expiration(event) => {
            let is_activation = event == super::super::Event::Activation;
            (any::<bool>(), duration(is_activation))
                .prop_map(|(required, maximum)| json!({ "isExpirationRequired": required, "maximumDuration": maximum }))
                .boxed()
        }
        RuleId::Enablement(_) => words().prop_map(|words| json!({ "enabledRules": words })).boxed(),
        RuleId::Approval => approval().boxed(),
        RuleId::AuthenticationContext => (any::<bool>(), 1..100)
            .prop_map(|(enabled, number)| json!({ "isEnabled": enabled, "claimValue": format!("c{number}") }))
            .boxed(),
        RuleId::Notification(..) => {
            let level = prop::sample::select(vec!["None", "Critical", "all"]);
            (level, any::<bool>(), prop::collection::vec(".{0,8}", 0..3))
                .prop_map(|(level, enabled, recipients)| {
                    json!({
                        "notificationLevel": level, "isDefaultRecipientsEnabled": enabled,
                        "notificationRecipients": recipients,
                    })
                })
                .boxed()
        }
    };
    (all, any::<u8>())
        .prop_map(|(mut all, left_out)| {
            if let Value::Object(members) = &mut all {
                let mut index = 0;
                members.retain(|_, _| {
                    index += 1;
                    left_out & (1 << index) == 0
                });
            }
            all
        })
        .boxed()
}

fn change() -> impl Strategy<Value = Value> {
    prop::sample::select(RuleId::ALL.to_vec())
        .prop_flat_map(|id| members(id).prop_map(move |members| body(&id.to_string(), members)))
}

/// As a database gives it back.
fn kept(policy: &Policy) -> Vec<(String, Value)> {
    let keep = |(id, rule): (RuleId, Value)| (id.to_string(), rule.to_string());
    let kept = policy.changes_to_keep().into_iter().map(keep);
    kept.map(|(id, rule)| (id, serde_json::from_str(&rule).expect("JSON"))).collect()
}

/// As somebody reads it.
fn rules(policy: &Policy) -> Vec<Value> {
    policy.rule_objects().iter().map(|rule| serde_json::to_value(rule).expect("JSON")).collect()
}

fn kind() -> impl Strategy<Value = PolicyKind> {
    prop::sample::select(KINDS.to_vec())
}

proptest! {
    #[test]
    fn whatever_is_changed_is_read_back(kind in kind(), changes in prop::collection::vec(change(), 0..24)) {
        let mut policy = Policy::default_of(kind);
        let mut refused = 0;
        for change in &changes {
            match policy.change(std::slice::from_ref(change)) {
                Ok(changed) => policy = changed.policy,
                // The only thing that can be wrong with changes that are in order by themselves.
                Err(crate::domain::Refusal::MfaAndContext) => refused += 1,
                // Or the claim is left out where there is none yet, or an approver where a group has none.
                Err(refusal) => {
                    let text = refusal.to_string();
                    prop_assert!(text.contains("claimValue is null") || text.contains("nobody gives it"), "{}", text);
                    refused += 1;
                }
            }
        }
        prop_assert!(refused <= changes.len());
        let read = Policy::with_changes(kind, kept(&policy)).expect("what was kept");
        prop_assert_eq!(&read, &policy);
        // The spelling too, which equality of lengths would not show.
        prop_assert_eq!(rules(&read), rules(&policy));
        // And somebody who copies all rules to another policy has the same policy.
        let copied = Policy::default_of(kind).change(&rules(&policy)).expect("rules that were read").policy;
        prop_assert_eq!(copied, policy);
    }

    #[test]
    fn nothing_that_is_sent_breaks_anything(
        id in prop::sample::select(RuleId::ALL.to_vec()),
        name in prop::sample::select(vec![
            "id", "target", "maximumDuration", "enabledRules", "setting", "claimValue", "isEnabled", "isExpirationRequired",
            "notificationRecipients", "notificationLevel", "@odata.type", "",
        ]),
        value in any_json(),
    ) {
        let mut rule = body(&id.to_string(), json!({}));
        rule[name] = value.clone();
        for refused in [
            Policy::default_of(PolicyKind::Role).change_rule(&id.to_string(), &rule),
            Policy::default_of(PolicyKind::Group).change(&[rule, value.clone()]),
            Policy::default_of(PolicyKind::Group).change_rule(&id.to_string(), &value),
        ] {
            if let Err(refusal) = refused {
                prop_assert!(!refusal.to_string().contains('\n'), "{}", refusal);
                prop_assert!(refusal.to_string().len() < 1000, "{}", refusal);
            }
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let names =
        prop::sample::select(vec!["approvalStages", "primaryApprovers", "caller", "operations", "@odata.type", "ü"]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,300}".prop_map(Value::from),
        "-?P[0-9]{0,30}[DTHMS]?[0-9]{0,30}[DTHMS]".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 16, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names.clone(), inner, 0..4)
                .prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}
