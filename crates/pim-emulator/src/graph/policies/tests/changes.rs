//! Changes of policies and rules.

use super::*;

#[test]
fn a_rule_is_changed_and_the_policy_says_by_whom() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN).header("if-match", "\"anything\"");
    let id = policy_of(&rig, &admin, "User Administrator");
    let rule = format!("{POLICIES}/{id}/rules/Expiration_EndUser_Assignment");
    let changed = admin.patch(&rule, &expiration("PT1H45M")).ok(200);
    assert_eq!(changed["maximumDuration"], "PT1H45M");
    assert_decodes("policies_role_management_policies_rules_update", &changed);
    assert_eq!(admin.get(&rule).ok(200), changed);

    let policy = admin.get(&format!("{POLICIES}/{id}")).ok(200);
    assert_eq!(policy["lastModifiedDateTime"], "2025-03-21T11:00:00Z");
    assert_eq!(policy["lastModifiedBy"], json!({"displayName": "MOD Administrator", "id": null}));
    let other = policy_of(&rig, &admin, "Global Reader");
    let untouched = admin.get(&format!("{POLICIES}/{other}/rules/Expiration_EndUser_Assignment")).ok(200);
    assert_eq!(untouched["maximumDuration"], "PT8H");
}

#[test]
fn a_policy_is_changed_wholly_or_not_at_all_and_answers_without_rules() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN);
    let id = policy_of_group(&rig, &admin, "Contoso Team", "owner");
    let policy = format!("{POLICIES}/{id}");
    let changed = admin.patch(&policy, &json!({"rules": [expiration("PT2H")]})).ok(200);
    assert_eq!(changed["id"], id.as_str());
    assert_eq!(changed.get("rules"), None);
    assert_decodes("policies_role_management_policies_update", &changed);

    let approval = json!({
        "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule",
        "id": "Approval_EndUser_Assignment",
        "setting": {"isApprovalRequired": true},
    });
    let refused = admin.patch(&policy, &json!({"rules": [expiration("PT3H"), approval]}));
    assert_eq!(refused.error(), (400, "InvalidPolicy".to_owned()));
    let rule = admin.get(&format!("{policy}/rules/Expiration_EndUser_Assignment")).ok(200);
    assert_eq!(rule["maximumDuration"], "PT2H");
}

#[test]
fn mfa_and_an_authentication_context_exclude_each_other() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN);
    let id = policy_of(&rig, &admin, "User Administrator");
    let context = json!({
        "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyAuthenticationContextRule",
        "isEnabled": true,
        "claimValue": "c1",
    });
    let refused = admin.patch(&format!("{POLICIES}/{id}/rules/AuthenticationContext_EndUser_Assignment"), &context);
    assert_eq!(refused.error(), (400, "MfaAndAcrsConflict".to_owned()));
}

#[test]
fn a_changed_policy_counts_for_the_next_request() {
    let rig = Rig::contoso();
    let (admin, adele) = (rig.user(ADMIN), rig.user("adelev@contoso.com"));
    let id = policy_of(&rig, &admin, "Groups Administrator");
    let activation = json!({
        "action": "selfActivate", "principalId": rig.id("adelev@contoso.com"), "justification": "work",
        "roleDefinitionId": rig.id("Groups Administrator"), "directoryScopeId": "/",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT3H"}},
    });
    let requests = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
    admin.patch(&format!("{POLICIES}/{id}"), &json!({"rules": [expiration("PT2H")]})).ok(200);
    let refused = adele.post(requests, &activation);
    assert_eq!(refused.message(), "The following policy rules failed: [\"ExpirationRule\"]");
    admin.patch(&format!("{POLICIES}/{id}"), &json!({"rules": [expiration("PT3H")]})).ok(200);
    adele.post(requests, &activation).ok(201);
}
