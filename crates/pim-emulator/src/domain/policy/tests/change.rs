//! What a change does, and which is refused.

use serde_json::{Value, json};
use uuid::{Uuid, uuid};

use super::super::{ApprovalRequirement, Approver, rules_in};
use super::{KINDS, Policy, PolicyKind, body, changed, json_of, rule_id};
use crate::domain::Refusal;

const ADELE: Uuid = uuid!("9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f");
const SOC: Uuid = uuid!("e77cbb23-0ff2-4e18-819c-690f58269752");

const ACTIVATION: &str = "Expiration_EndUser_Assignment";
const ELIGIBILITY: &str = "Expiration_Admin_Eligibility";
const ENABLEMENT: &str = "Enablement_EndUser_Assignment";
const APPROVAL: &str = "Approval_EndUser_Assignment";
const CONTEXT: &str = "AuthenticationContext_EndUser_Assignment";
const MAIL: &str = "Notification_Approver_Admin_Eligibility";

fn default(kind: PolicyKind) -> Policy {
    Policy::default_of(kind)
}

/// Why a change of one rule is refused, by either way to make it.
fn refusal(policy: &Policy, id: &str, body: &Value) -> Refusal {
    let refusal = policy.change_rule(id, body).expect_err("a refusal");
    let mut named = body.clone();
    if let Value::Object(members) = &mut named
        && !members.keys().any(|name| name.eq_ignore_ascii_case("id"))
    {
        members.insert("id".to_owned(), id.into());
    }
    if named["id"] == id {
        assert_eq!(policy.change(&[named]), Err(refusal.clone()));
    }
    assert!(!refusal.to_string().contains('\n'), "{refusal}");
    refusal
}

fn approval(required: bool, approvers: &Value) -> Value {
    json!({ "setting": { "isApprovalRequired": required, "approvalStages": [{ "primaryApprovers": approvers }] } })
}

fn adele() -> Value {
    json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": ADELE.to_string(), "description": "Adele Vance" })
}

#[test]
fn what_is_left_out_stays() {
    for (id, members, expected) in [
        (ELIGIBILITY, json!({ "isExpirationRequired": true }), json!({ "maximumDuration": "P365D" })),
        (ACTIVATION, json!({ "maximumDuration": "PT4H" }), json!({ "isExpirationRequired": true })),
        (ENABLEMENT, json!({}), json!({ "enabledRules": ["MultiFactorAuthentication", "Justification"] })),
        (MAIL, json!({ "notificationLevel": "Critical" }), json!({ "isDefaultRecipientsEnabled": true })),
        (MAIL, json!({ "notificationRecipients": ["soc@contoso.com"] }), json!({ "notificationLevel": "All" })),
        (CONTEXT, json!({ "claimValue": "c1" }), json!({ "isEnabled": false })),
    ] {
        let policy = default(PolicyKind::Role);
        let before = json_of(&policy, id);
        let after = json_of(&changed(&policy, id, members.clone()), id);
        for expected in [&members, &expected] {
            for (name, value) in expected.as_object().unwrap() {
                assert_eq!(&after[name], value, "{id} {name}");
            }
        }
        assert_eq!(after["target"], before["target"]);
    }
}

#[test]
fn only_the_rules_that_are_named_change() {
    let policy = default(PolicyKind::Role);
    let rules =
        [body(ACTIVATION, json!({ "maximumDuration": "PT1H" })), body(ENABLEMENT, json!({ "enabledRules": [] }))];
    let after = policy.change(&rules).unwrap();
    assert_eq!(after.rules, [rule_id(ACTIVATION), rule_id(ENABLEMENT)]);
    for (before, after) in policy.rule_objects().iter().zip(after.policy.rule_objects()) {
        let is_named = [ACTIVATION, ENABLEMENT].contains(&before.id().unwrap());
        assert_eq!(*before != after, is_named, "{before:?}");
    }
    let kept: Vec<_> = after.policy.changes_to_keep().into_iter().map(|(id, _)| id).collect();
    assert_eq!(kept, after.rules);
    let again = after.policy.change(&rules).unwrap();
    assert_eq!((again.rules, again.policy), (Vec::new(), after.policy), "what is said already changes nothing");
}

#[test]
fn names_and_words_may_have_any_letter_case() {
    let policy = default(PolicyKind::Role);
    let body = json!({
        "@ODATA.Type": "Microsoft.Graph.UnifiedRoleManagementPolicyEnablementRule",
        "ID": "enablement_enduser_assignment",
        "Target": { "Caller": "enduser", "Operations": ["All"], "LEVEL": "assignment", "enforcedsettings": [] },
        "EnabledRules": ["TICKETING", "justification"],
    });
    for after in
        [policy.change(std::slice::from_ref(&body)), policy.change_rule("ENABLEMENT_EndUser_Assignment", &body)]
    {
        let rule = json_of(&after.unwrap().policy, ENABLEMENT);
        assert_eq!(rule["enabledRules"], json!(["Ticketing", "Justification"]), "and get the usual one");
    }
}

#[test]
fn a_rule_that_its_address_names_need_not_name_itself() {
    let policy = default(PolicyKind::Group);
    let rule = json!({ "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule", "maximumDuration": "PT2H" });
    let after = policy.change_rule(ACTIVATION, &rule).unwrap();
    assert_eq!(json_of(&after.policy, ACTIVATION)["maximumDuration"], "PT2H");
    let Err(Refusal::InvalidPolicy(reason)) = policy.change(&[rule]) else { panic!("it has no address there") };
    assert!(reason.contains("has no id"), "{reason}");
}

#[test]
fn a_target_is_completed_and_never_becomes_another() {
    let policy = default(PolicyKind::Role);
    for target in [
        json!({}),
        json!({ "caller": "EndUser" }),
        json!({ "caller": null, "level": "Assignment", "operations": null, "targetObjects": [] }),
        json!({ "operations": [], "inheritableSettings": null }),
        json!({ "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyRuleTarget", "operations": ["ALL"] }),
    ] {
        let after = changed(&policy, ACTIVATION, json!({ "target": target }));
        assert_eq!(after, policy, "{target}");
    }
    for (target, says) in [
        (json!({ "caller": "Admin" }), "caller is \"Admin\"; give EndUser"),
        (json!({ "level": "Eligibility" }), "level is \"Eligibility\"; give Assignment"),
        (json!({ "operations": ["activate"] }), "operations is [\"activate\"]"),
        (json!({ "enforcedSettings": ["x"] }), "give an empty list"),
        (json!({ "scope": "/" }), "there is no \"scope\""),
        (json!("EndUser"), "\"EndUser\" is no object"),
        (Value::Null, "null is no object"),
    ] {
        let refusal = refusal(&policy, ACTIVATION, &body(ACTIVATION, json!({ "target": target })));
        assert!(refusal.to_string().contains(&format!("{ACTIVATION}/target: ")), "{refusal}");
        assert!(refusal.to_string().contains(says), "{refusal}");
    }
}

#[test]
fn a_rule_is_what_its_id_says() {
    let policy = default(PolicyKind::Role);
    let of_type = |odata_type: Value| json!({ "@odata.type": odata_type });
    for (rule, says) in [
        (json!({}), "@odata.type is missing; give #microsoft.graph.unifiedRoleManagementPolicyExpirationRule"),
        (of_type(json!("#microsoft.graph.unifiedRoleManagementPolicyEnablementRule")), "@odata.type is"),
        (of_type(json!("unifiedRoleManagementPolicyExpirationRule")), "@odata.type is"),
        (of_type(Value::Null), "@odata.type is null"),
        (body(ACTIVATION, json!({ "id": ELIGIBILITY })), "id is \"Expiration_Admin_Eligibility\""),
        (body(ACTIVATION, json!({ "id": 1 })), "id is 1"),
        (body(ACTIVATION, json!({ "maxDuration": "PT8H" })), "there is no \"maxDuration\"; the members are id, target"),
        (body(ACTIVATION, json!({ "a\nb": 1 })), "there is no \"a\\nb\""),
        (json!([]), "[] is no object"),
    ] {
        let Refusal::InvalidPolicy(reason) = refusal(&policy, ACTIVATION, &rule) else { panic!("{rule}") };
        assert!(reason.contains(says) && reason.contains(ACTIVATION), "{reason}");
    }
}

#[test]
fn a_rule_that_there_is_not_is_refused_by_its_id() {
    let policy = default(PolicyKind::Role);
    for id in ["", "Expiration", "Expiration_EndUser_Eligibility", "x\ny"] {
        for refused in [policy.change(&[json!({ "id": id })]), policy.change_rule(id, &json!({}))] {
            let refusal = refused.unwrap_err();
            assert_eq!(refusal.code(), "InvalidPolicyRule");
            assert!(!refusal.to_string().contains('\n'));
        }
    }
    let long = policy.change_rule(&"x".repeat(10_000), &json!({})).unwrap_err();
    assert!(long.to_string().len() < 200);
    assert!(matches!(policy.change(&[json!("Expiration")]), Err(Refusal::InvalidPolicy(_))));
}

#[test]
fn how_long_something_can_last() {
    for (id, good) in [
        (ACTIVATION, &["PT5M", "PT30M", "PT1H45M", "PT480M", "PT23H30M", "PT24H", "P1D"][..]),
        (ELIGIBILITY, &["PT1M", "P15D", "P365D", "P730D", "P1DT12H"]),
    ] {
        for duration in good {
            let members = json!({ "isExpirationRequired": true, "maximumDuration": duration });
            let rule = json_of(&changed(&default(PolicyKind::Role), id, members), id);
            assert_eq!(rule["maximumDuration"], *duration, "as it was spelled");
        }
    }
    // The default's length in other words is not the default.
    let policy = changed(&default(PolicyKind::Role), ACTIVATION, json!({ "maximumDuration": "PT480M" }));
    let kept = policy.changes_to_keep().into_iter().map(|(id, rule)| (id.to_string(), rule));
    let kept = Policy::with_changes(PolicyKind::Role, kept).unwrap();
    assert_eq!(json_of(&kept, ACTIVATION)["maximumDuration"], "PT480M");

    let members = json!({ "isExpirationRequired": false, "maximumDuration": null });
    let without = changed(&default(PolicyKind::Role), ELIGIBILITY, members);
    assert_eq!(json_of(&without, ELIGIBILITY)["maximumDuration"], Value::Null);
    for (policy, id, members, says) in [
        (default(PolicyKind::Role), ACTIVATION, json!({ "maximumDuration": "PT4M59S" }), "less than PT5M"),
        (default(PolicyKind::Role), ACTIVATION, json!({ "maximumDuration": "PT24H1S" }), "P1D at most"),
        (default(PolicyKind::Role), ACTIVATION, json!({ "maximumDuration": null }), "an activation always ends"),
        (default(PolicyKind::Role), ELIGIBILITY, json!({ "maximumDuration": "PT0S" }), "allows nothing"),
        (default(PolicyKind::Role), ELIGIBILITY, json!({ "maximumDuration": "-P1D" }), "allows nothing"),
        (
            default(PolicyKind::Role),
            ELIGIBILITY,
            json!({ "maximumDuration": "P1Y" }),
            "maximumDuration is \"P1Y\"; give days",
        ),
        (
            default(PolicyKind::Role),
            ELIGIBILITY,
            json!({ "maximumDuration": "P6M" }),
            "maximumDuration is \"P6M\"; give days",
        ),
        (default(PolicyKind::Role), ELIGIBILITY, json!({ "maximumDuration": 8 }), "maximumDuration is 8; give days"),
        (default(PolicyKind::Role), ELIGIBILITY, json!({ "isExpirationRequired": "yes" }), "give true or false"),
        (default(PolicyKind::Role), ELIGIBILITY, json!({ "isExpirationRequired": null }), "give true or false"),
        (default(PolicyKind::Group), ELIGIBILITY, json!({ "maximumDuration": null }), "has to be given too"),
        (without, ELIGIBILITY, json!({ "isExpirationRequired": true }), "has to be given too"),
    ] {
        let refusal = refusal(&policy, id, &body(id, members));
        assert_eq!(refusal.code(), "InvalidPolicy");
        assert!(refusal.to_string().contains(says), "{refusal}");
    }
}

#[test]
fn what_can_be_demanded() {
    let policy = default(PolicyKind::Role);
    let twice = changed(&policy, ENABLEMENT, json!({ "enabledRules": ["Ticketing", "ticketing"] }));
    assert_eq!(json_of(&twice, ENABLEMENT)["enabledRules"], json!(["Ticketing"]));
    for words in [json!(["Mfa"]), json!(["Justification", ""]), json!("Justification"), json!([1]), Value::Null] {
        let refusal = refusal(&policy, ENABLEMENT, &body(ENABLEMENT, json!({ "enabledRules": words })));
        let says = "MultiFactorAuthentication, Justification or Ticketing";
        assert!(refusal.to_string().contains(says), "{refusal}");
    }
}

#[test]
fn an_authentication_context_is_c1_to_c99() {
    let policy = changed(&default(PolicyKind::Role), ENABLEMENT, json!({ "enabledRules": ["Justification"] }));
    for claim in ["c1", "c9", "c10", "c99"] {
        let after = changed(&policy, CONTEXT, json!({ "isEnabled": true, "claimValue": claim }));
        assert_eq!(json_of(&after, CONTEXT)["claimValue"], claim);
        let off = changed(&after, CONTEXT, json!({ "isEnabled": false, "claimValue": "" }));
        assert_eq!(json_of(&off, CONTEXT)["claimValue"], Value::Null, "an empty one is none");
    }
    for claim in [json!(""), Value::Null, json!("c0"), json!("c100"), json!("c01"), json!("C1"), json!("1"), json!(1)] {
        let members = json!({ "isEnabled": true, "claimValue": claim });
        let refusal = refusal(&policy, CONTEXT, &body(CONTEXT, members));
        assert_eq!(refusal.code(), "InvalidPolicy");
        assert!(refusal.to_string().contains("claimValue is "), "{refusal}");
    }
    let refusal = refusal(&policy, CONTEXT, &body(CONTEXT, json!({ "isEnabled": true })));
    assert!(refusal.to_string().contains("claimValue is null; give an authentication context"), "{refusal}");
}

#[test]
fn a_second_factor_and_a_context_exclude_each_other() {
    let context = body(CONTEXT, json!({ "isEnabled": true, "claimValue": "c1" }));
    let without = body(ENABLEMENT, json!({ "enabledRules": ["Justification"] }));
    let with = body(ENABLEMENT, json!({ "enabledRules": ["MultiFactorAuthentication"] }));
    let [role, group] = KINDS.map(default);
    assert_eq!(role.change(std::slice::from_ref(&context)), Err(Refusal::MfaAndContext));
    assert_eq!(group.change(&[context.clone(), with.clone()]), Err(Refusal::MfaAndContext));
    // Together they may come in any order.
    assert!(role.change(&[context.clone(), without.clone()]).is_ok());
    assert!(role.change(&[without, context.clone()]).is_ok());
    let group = group.change(&[context]).unwrap().policy;
    assert_eq!(group.change_rule(ENABLEMENT, &with), Err(Refusal::MfaAndContext));
    // An administrator's second factor is something else.
    let admins =
        changed(&group, "Enablement_Admin_Assignment", json!({ "enabledRules": ["MultiFactorAuthentication"] }));
    assert!(admins.approval().is_none());
}

#[test]
fn a_change_is_made_wholly_or_not_at_all() {
    let policy = default(PolicyKind::Role);
    let good = body(ACTIVATION, json!({ "maximumDuration": "PT1H" }));
    let bad = body(ELIGIBILITY, json!({ "maximumDuration": "P1Y" }));
    assert!(policy.change(&[good, bad]).is_err());
    assert_eq!(policy, default(PolicyKind::Role));
}

#[test]
fn who_approves() {
    let approvers = json!([
        adele(),
        { "@odata.type": "microsoft.graph.groupMembers", "groupId": SOC.to_string().to_uppercase() },
        { "@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 2 },
        { "@odata.type": "#microsoft.graph.requestorManager" },
    ]);
    for kind in KINDS {
        let policy = changed(&default(kind), APPROVAL, approval(true, &approvers));
        let requirement = ApprovalRequirement {
            approvers: vec![
                Approver::User(ADELE),
                Approver::GroupMembers(SOC),
                Approver::RequestorManager(2),
                Approver::RequestorManager(1),
            ],
            needs_justification: true,
            time_out_in_days: 1,
        };
        assert_eq!(policy.approval(), Some(requirement));
        let stage = &json_of(&policy, APPROVAL)["setting"]["approvalStages"][0];
        assert_eq!(stage["primaryApprovers"][0], adele());
        assert_eq!(stage["primaryApprovers"][1]["groupId"], SOC.to_string());
        // What is left out of the one stage stays as well.
        let stages = json!([{ "isApproverJustificationRequired": false, "approvalStageTimeOutInDays": 2 }]);
        let policy = changed(&policy, APPROVAL, json!({ "setting": { "approvalStages": stages } }));
        let requirement = policy.approval().unwrap();
        assert_eq!((requirement.approvers.len(), requirement.needs_justification), (4, false));
        assert_eq!(requirement.time_out_in_days, 2);
        let off = changed(&policy, APPROVAL, json!({ "setting": { "isApprovalRequired": false } }));
        assert_eq!(off.approval(), None);
        // Without any stage it is as nobody had ever changed it.
        let reset = changed(&off, APPROVAL, json!({ "setting": { "approvalStages": [] } }));
        assert_eq!(reset, default(kind));
    }
}

#[test]
fn approvers_may_be_spelled_as_they_once_were_and_are_given_back_as_they_are_now() {
    let older = json!([
        { "@odata.type": "#microsoft.graph.singleUser", "id": ADELE.to_string(), "description": "Adele Vance", "isBackup": false },
        { "@odata.type": "#microsoft.graph.groupMembers", "id": SOC.to_string(), "groupId": null, "isBackup": true },
    ]);
    let policy = changed(&default(PolicyKind::Group), APPROVAL, approval(true, &older));
    assert_eq!(policy.approval().unwrap().approvers, [Approver::User(ADELE), Approver::GroupMembers(SOC)]);
    let given = &json_of(&policy, APPROVAL)["setting"]["approvalStages"][0]["primaryApprovers"];
    let group =
        json!({ "@odata.type": "#microsoft.graph.groupMembers", "groupId": SOC.to_string(), "description": null });
    assert_eq!(*given, json!([adele(), group]));
}

#[test]
fn whom_it_would_be_escalated_to_is_taken_and_not_kept() {
    let stage = json!({
        "isEscalationEnabled": true, "escalationTimeInMinutes": 60, "escalationApprovers": [adele()],
        "primaryApprovers": [adele()],
    });
    let members = json!({ "setting": { "isApprovalRequired": true, "approvalStages": [stage] } });
    let rule = json_of(&changed(&default(PolicyKind::Role), APPROVAL, members), APPROVAL);
    let stage = &rule["setting"]["approvalStages"][0];
    assert_eq!(stage["isEscalationEnabled"], false);
    assert_eq!(stage["escalationTimeInMinutes"], 0);
    assert_eq!(stage["escalationApprovers"], json!([]));
    assert_eq!(stage["primaryApprovers"], json!([adele()]));
}

#[test]
fn an_approval_that_nobody_gives() {
    let nobody = body(APPROVAL, approval(true, &json!([])));
    let required = body(APPROVAL, json!({ "setting": { "isApprovalRequired": true, "approvalStages": [] } }));
    for rule in [nobody, required] {
        let role = default(PolicyKind::Role).change_rule(APPROVAL, &rule).unwrap().policy;
        assert!(role.approval().unwrap().approvers.is_empty(), "a role's administrators give it");
        let refusal = refusal(&default(PolicyKind::Group), APPROVAL, &rule);
        assert!(refusal.to_string().contains("name somebody in primaryApprovers"), "{refusal}");
    }
    let off = changed(&default(PolicyKind::Group), APPROVAL, approval(false, &json!([])));
    assert_eq!(off, default(PolicyKind::Group));
}

#[test]
fn approvals_that_make_no_sense() {
    let of_user = |id: Value| approval(true, &json!([{ "@odata.type": "#microsoft.graph.singleUser", "userId": id }]));
    let manager = json!([{ "@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 0 }]);
    for (members, says) in [
        (of_user(json!("adele")), "primaryApprovers: userId is \"adele\"; give the id"),
        (of_user(Value::Null), "primaryApprovers: userId is null; give the id"),
        (approval(true, &json!([{ "userId": ADELE.to_string() }])), "@odata.type is missing"),
        (approval(true, &json!([{ "@odata.type": "#microsoft.graph.targetManager" }])), "@odata.type is"),
        (approval(true, &manager), "managerLevel is 0; give a whole number from 1"),
        (approval(true, &json!([1])), "1 is no object"),
        (approval(true, &Value::Null), "primaryApprovers is null; give a list"),
        (json!({ "setting": { "approvalStages": [{}, {}] } }), "there are 2 approvalStages"),
        (json!({ "setting": { "approvalMode": "Double" } }), "NoApproval, SingleStage, Serial or Parallel"),
        (json!({ "setting": { "isApprovalNeeded": true } }), "there is no \"isApprovalNeeded\""),
        (json!({ "setting": null }), "null is no object"),
        (json!({ "setting": { "approvalStages": [{ "approvalStageTimeOutInDays": 1.5 }] } }), "is 1.5; give a whole"),
    ] {
        let refusal = refusal(&default(PolicyKind::Role), APPROVAL, &body(APPROVAL, members));
        assert_eq!(refusal.code(), "InvalidPolicy");
        assert!(refusal.to_string().contains(says), "{refusal}");
    }
}

#[test]
fn who_is_told() {
    let members = json!({
        "notificationType": "email", "recipientType": "approver", "notificationLevel": "critical",
        "isDefaultRecipientsEnabled": false, "notificationRecipients": ["soc@contoso.com"],
    });
    let rule = json_of(&changed(&default(PolicyKind::Role), MAIL, members), MAIL);
    assert_eq!((&rule["notificationType"], &rule["recipientType"]), (&json!("Email"), &json!("Approver")));
    assert_eq!(rule["notificationLevel"], "Critical");
    for members in [
        json!({ "notificationType": "Letter" }),
        json!({ "recipientType": "Admin" }),
        json!({ "notificationLevel": "Some" }),
        json!({ "isDefaultRecipientsEnabled": 1 }),
        json!({ "notificationRecipients": [1] }),
    ] {
        let refusal = refusal(&default(PolicyKind::Role), MAIL, &body(MAIL, members));
        assert!(refusal.to_string().contains(MAIL), "{refusal}");
    }
}

#[test]
fn the_body_of_a_change_of_a_policy_has_rules() {
    assert_eq!(rules_in(&json!({ "Rules": [1, 2] })), Ok(&[json!(1), json!(2)][..]));
    for body in [json!({}), json!([]), json!({ "rules": null }), json!({ "rules": {} }), json!({ "displayName": "x" })]
    {
        assert!(matches!(rules_in(&body), Err(Refusal::InvalidPolicy(_))), "{body}");
    }
}
