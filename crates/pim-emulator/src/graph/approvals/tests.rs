//! What the approvals' part of Graph does, asked as a client asks.

use std::time::Duration;

use pim_client::exchange::Bodies;
use pim_client::{beta, v1_0};
use serde_json::{Value, json};

use crate::graph::rig::{As, Rig};

const GROUPS: &str = "/v1.0/identityGovernance/privilegedAccess/group";
const ROLES: &str = "/beta/roleManagement/directory";
const ADELE: &str = "adelev@contoso.com";
const ALEX: &str = "alexw@contoso.com";
const MEGAN: &str = "meganb@contoso.com";
const ADMIN: &str = "admin@contoso.com";

/// What the client makes of an answer: it loses nothing.
#[track_caller]
fn assert_decodes(bodies: Option<Bodies>, body: &Value) {
    let codec = bodies.and_then(|bodies| bodies.response).expect("an operation with an answer");
    assert_eq!(&codec.recode(&body.to_string()).unwrap_or_else(|error| panic!("{error}")), body);
}

/// Adele asks to be an operator; Alex decides.
fn adele_asks(rig: &Rig) -> String {
    let body = json!({
        "action": "selfActivate", "accessId": "member", "justification": "The site is down",
        "groupId": rig.id("Production operators"), "principalId": rig.id(ADELE),
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}},
    });
    let request = rig.user(ADELE).post(&format!("{GROUPS}/assignmentScheduleRequests"), &body).ok(201);
    assert_eq!((&request["status"], &request["approvalId"]), (&json!("PendingApproval"), &request["id"]));
    request["id"].as_str().expect("an id").to_owned()
}

/// Megan asks to be Global Administrator; the break-glass approvers, of whom she is one, decide.
fn megan_asks(rig: &Rig) -> String {
    let body = json!({
        "action": "selfActivate", "justification": "Everything is down", "principalId": rig.id(MEGAN),
        "roleDefinitionId": rig.id("Global Administrator"), "directoryScopeId": "/",
        "ticketInfo": {"ticketNumber": "1", "ticketSystem": "desk"},
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}},
    });
    let url = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
    rig.user(MEGAN).post(url, &body).ok(201)["id"].as_str().expect("an id").to_owned()
}

fn decision(result: &str) -> Value {
    json!({"reviewResult": result, "justification": "because"})
}

fn status_of_group_request(rig: &Rig, id: &str) -> Value {
    rig.user(ADELE).get(&format!("{GROUPS}/assignmentScheduleRequests/{id}")).ok(200)["status"].take()
}

#[test]
fn an_approver_approves_and_the_activation_begins() {
    let rig = Rig::contoso();
    let id = adele_asks(&rig);
    let alex = rig.user(ALEX);
    let approval = format!("{GROUPS}/assignmentApprovals/{id}");
    let before = alex.get(&approval).ok(200);
    assert_decodes(
        v1_0::exchange::bodies("identity_governance_privileged_access_group_assignment_approvals_get"),
        &before,
    );
    let waiting = json!({
        "id": id, "assignedToMe": true, "displayName": null, "justification": "", "reviewedBy": null,
        "reviewedDateTime": null, "reviewResult": "NotReviewed", "status": "InProgress",
    });
    assert_eq!(before["stages"], json!([waiting]));
    let stage = format!("{approval}/stages/{id}");
    let decided = alex.patch(&stage, &decision("Approve"));
    assert_eq!((decided.status.as_u16(), &decided.body), (204, &Value::Null));
    assert_eq!(status_of_group_request(&rig, &id), "Provisioned");

    let after = alex.get(&stage).ok(200);
    assert_eq!(after["reviewedBy"], json!({"id": rig.id(ALEX), "displayName": "Alex Wilber"}));
    assert_eq!(after["reviewedDateTime"], "2025-03-21T11:00:00Z");
    assert_eq!((&after["status"], &after["reviewResult"]), (&json!("Completed"), &json!("Approved")));
    assert_eq!(after["justification"], "because");
    assert_decodes(
        v1_0::exchange::bodies("identity_governance_privileged_access_group_assignment_approvals_stages_get"),
        &after,
    );
    for again in ["Approve", "Deny"] {
        assert_eq!(alex.patch(&stage, &decision(again)).error(), (409, "RequestConflict".to_owned()));
    }
}

#[test]
fn a_stage_is_a_step_as_well_and_words_are_read_in_any_letter_case() {
    for (word, status) in [("approved", "Provisioned"), ("DENY", "Denied"), ("Denied", "Denied")] {
        let rig = Rig::contoso();
        let id = adele_asks(&rig);
        let alex = rig.user(ALEX);
        let steps = alex.get(&format!("{GROUPS}/assignmentApprovals/{id}/steps")).values();
        assert_eq!(steps, alex.get(&format!("{GROUPS}/assignmentApprovals/{id}/stages")).values());
        let step = format!("{GROUPS}/assignmentApprovals/{id}/steps/{id}");
        alex.patch(&step, &decision(word)).ok(204);
        assert_eq!(status_of_group_request(&rig, &id), status, "{word}");
    }
}

#[test]
fn what_is_no_decision_is_refused() {
    let rig = Rig::contoso();
    let id = adele_asks(&rig);
    let alex = rig.user(ALEX);
    let stage = format!("{GROUPS}/assignmentApprovals/{id}/stages/{id}");
    for body in [json!({}), json!({"reviewResult": "Maybe"}), decision("NotReviewed"), json!({"reviewResult": 1})] {
        assert_eq!(alex.patch(&stage, &body).error(), (400, "BadRequest".to_owned()), "{body}");
    }
    let unjustified = alex.patch(&stage, &json!({"reviewResult": "Approve", "justification": " "}));
    assert_eq!(unjustified.error(), (400, "InvalidRoleAssignmentRequest".to_owned()));
    let none = "11111111-1111-1111-1111-111111111111";
    for path in [format!("{none}/stages/{none}"), format!("{id}/stages/{none}"), "nothing/stages/nothing".to_owned()] {
        let refused = alex.patch(&format!("{GROUPS}/assignmentApprovals/{path}"), &decision("Approve"));
        assert_eq!(refused.error(), (404, "ResourceNotFound".to_owned()), "{path}");
    }
    let of_roles = alex.get(&format!("{ROLES}/roleAssignmentApprovals/{id}"));
    assert_eq!(of_roles.error().0, 404, "it is an approval of a group");
    assert_eq!(status_of_group_request(&rig, &id), "PendingApproval");
}

#[test]
fn nobody_else_decides_and_never_the_requester() {
    let rig = Rig::contoso();
    let id = adele_asks(&rig);
    let stage = format!("{GROUPS}/assignmentApprovals/{id}/stages/{id}");
    for user in [ADELE, ADMIN, MEGAN] {
        let refused = rig.user(user).patch(&stage, &decision("Approve"));
        assert_eq!(refused.error(), (403, "UnauthorizedAccessException".to_owned()), "{user}");
    }
    let refused = rig.application().patch(&stage, &decision("Approve"));
    assert_eq!(refused.error(), (400, "BadRequest".to_owned()), "an application is nobody who could decide");

    let id = megan_asks(&rig);
    let step = format!("{ROLES}/roleAssignmentApprovals/{id}/steps/{id}");
    assert_eq!(rig.user(MEGAN).get(&step).ok(200)["assignedToMe"], false, "she is in the group, but asked");
    assert_eq!(rig.user(MEGAN).patch(&step, &decision("Approve")).error().0, 403);
    assert_eq!(rig.user(ADMIN).patch(&step, &decision("Approve")).error().0, 403, "others are named");
}

#[test]
fn approvals_of_roles_are_in_both_versions_and_have_their_steps_in_them() {
    let rig = Rig::contoso();
    let id = megan_asks(&rig);
    let alex = rig.user(ALEX);
    let found = alex.get(&format!("{ROLES}/roleAssignmentApprovals/{id}")).ok(200);
    assert_eq!(
        found["steps@odata.context"],
        format!(
            "https://graph.microsoft.com/beta/$metadata#roleManagement/directory/roleAssignmentApprovals('{id}')/steps"
        )
    );
    assert_decodes(beta::exchange::bodies("role_management_directory_role_assignment_approvals_get"), &found);
    let steps = alex.get(&format!("{ROLES}/roleAssignmentApprovals/{id}/steps")).ok(200);
    assert_eq!(steps["value"], found["steps"]);
    assert_decodes(beta::exchange::bodies("role_management_directory_role_assignment_approvals_steps_list"), &steps);
    let v1 = format!("/v1.0/roleManagement/directory/roleAssignmentApprovals/{id}");
    assert_eq!(alex.get(&v1).ok(200)["steps"], found["steps"]);
    alex.patch(&format!("{v1}/steps/{id}"), &decision("Approve")).ok(204);
    assert_eq!(alex.get(&format!("{v1}/steps/{id}")).ok(200)["reviewResult"], "Approved");
}

#[test]
fn approvals_concern_approvers_and_those_who_asked() {
    let rig = Rig::contoso();
    let id = adele_asks(&rig);
    let list = |asks: &As<'_>, on: &str| {
        let url = format!("{GROUPS}/assignmentApprovals/filterByCurrentUser(on='{on}')?$expand=stages");
        asks.get(&url).ok(200)
    };
    let (adele, alex, megan) = (rig.user(ADELE), rig.user(ALEX), rig.user(MEGAN));
    let page = list(&alex, "Approver");
    assert_eq!(page["value"][0]["id"], id.as_str());
    assert_eq!(page["value"][0]["stages"][0]["assignedToMe"], true);
    assert_decodes(
        v1_0::exchange::bodies(
            "identity_governance_privileged_access_group_assignment_approvals_filter_by_current_user",
        ),
        &page,
    );
    for (asks, on, count) in [
        (&adele, "target", 1),
        (&adele, "createdBy", 1),
        (&adele, "approver", 0),
        (&alex, "target", 0),
        (&megan, "approver", 0),
    ] {
        assert_eq!(list(asks, on)["value"].as_array().map(Vec::len), Some(count), "{on}");
    }
    let refused = alex.get(&format!("{GROUPS}/assignmentApprovals/filterByCurrentUser(on='principal')"));
    assert_eq!(refused.error(), (400, "BadRequest".to_owned()));
}

#[test]
fn those_whom_it_concerns_read_an_approval() {
    let rig = Rig::contoso();
    let id = adele_asks(&rig);
    let approval = format!("{GROUPS}/assignmentApprovals/{id}");
    for (user, status) in [(ADELE, 200), (ALEX, 200), (ADMIN, 200), ("diegos@contoso.com", 403)] {
        assert_eq!(rig.user(user).get(&approval).status.as_u16(), status, "{user}");
    }
}

#[test]
fn an_approval_lapses_after_a_day() {
    let rig = Rig::contoso();
    let id = adele_asks(&rig);
    rig.advance(Duration::from_hours(24));
    let stage = format!("{GROUPS}/assignmentApprovals/{id}/stages/{id}");
    let lapsed = rig.user(ALEX).get(&stage).ok(200);
    assert_eq!((&lapsed["status"], &lapsed["reviewResult"]), (&json!("Completed"), &json!("NotReviewed")));
    assert_eq!(rig.user(ALEX).patch(&stage, &decision("Approve")).error().0, 409);
}

/// Has the policy of being an operator name those as approvers.
fn set_approvers(rig: &Rig, approvers: &Value) {
    let admin = rig.user(ADMIN);
    let filter = format!("scopeId eq '{}' and scopeType eq 'Group'", rig.id("Production operators"));
    let url =
        format!("/v1.0/policies/roleManagementPolicyAssignments?$filter={filter} and roleDefinitionId eq 'member'");
    let policy = admin.get(&url).values()[0]["policyId"].as_str().expect("an id").to_owned();
    let rule = json!({
        "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule",
        "setting": {"isApprovalRequired": true, "approvalStages": [{"primaryApprovers": approvers}]},
    });
    let url = format!("/v1.0/policies/roleManagementPolicies/{policy}/rules/Approval_EndUser_Assignment");
    admin.patch(&url, &rule).ok(200);
}

#[test]
fn managers_approve_by_their_level() {
    for (level, approver, others) in [(1, ALEX, MEGAN), (2, MEGAN, ALEX)] {
        let rig = Rig::contoso();
        let manager = json!({"@odata.type": "#microsoft.graph.requestorManager", "managerLevel": level});
        set_approvers(&rig, &json!([manager]));
        let id = adele_asks(&rig);
        let stage = format!("{GROUPS}/assignmentApprovals/{id}/stages/{id}");
        assert_eq!(rig.user(others).patch(&stage, &decision("Approve")).error().0, 403, "{others} at level {level}");
        rig.user(approver).patch(&stage, &decision("Approve")).ok(204);
    }
}

#[test]
fn who_is_in_a_group_within_the_approving_group_approves_until_that_ends() {
    let rig = Rig::contoso();
    // The IT Helpdesk is in Information Technology, and Aline in the IT Helpdesk.
    let it = json!({"@odata.type": "#microsoft.graph.groupMembers", "groupId": rig.id("Information Technology")});
    set_approvers(&rig, &json!([it]));
    let id = adele_asks(&rig);
    let aline = rig.user("alined@contoso.com");
    let stage = format!("{GROUPS}/assignmentApprovals/{id}/stages/{id}");
    assert_eq!(aline.get(&stage).ok(200)["assignedToMe"], true);

    let removal = json!({
        "action": "adminRemove", "accessId": "member",
        "groupId": rig.id("IT Helpdesk"), "principalId": rig.id("alined@contoso.com"),
    });
    rig.user(ADMIN).post(&format!("{GROUPS}/assignmentScheduleRequests"), &removal).ok(201);
    assert_eq!(aline.patch(&stage, &decision("Approve")).error().0, 403);
    assert_eq!(status_of_group_request(&rig, &id), "PendingApproval");
    rig.user(ALEX).patch(&stage, &decision("Deny")).ok(204);
    assert_eq!(status_of_group_request(&rig, &id), "Denied");
}
