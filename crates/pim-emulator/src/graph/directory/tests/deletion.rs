use super::*;

const ROLES: &str = "/v1.0/roleManagement/directory";
const GROUPS: &str = "/v1.0/identityGovernance/privilegedAccess/group";

fn activate(rig: &Rig, user: &str, role: &str) -> Value {
    let body = json!({"action": "selfActivate", "principalId": rig.id(user), "roleDefinitionId": rig.id(role),
        "directoryScopeId": "/", "justification": "x", "ticketInfo": {"ticketNumber": "1", "ticketSystem": "x"},
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}}});
    rig.user(user).post(&format!("{ROLES}/roleAssignmentScheduleRequests"), &body).ok(201)
}

fn count(rig: &Rig, path: &str, filter: &str) -> usize {
    as_admin(rig).get(&format!("{path}?$filter={filter}")).values().len()
}

/// A group that is eligible for a role, one of whose members has activated it.
#[test]
fn a_group_takes_along_what_its_members_had_through_it() {
    let rig = Rig::contoso();
    let (helpdesk, aline) = (rig.id("helpdesk"), rig.id(ALINE));
    let eligible = json!({"action": "adminAssign", "principalId": helpdesk, "directoryScopeId": "/",
        "roleDefinitionId": rig.id("User Administrator"), "justification": "x",
        "scheduleInfo": {"expiration": {"type": "noExpiration"}}});
    let eligible = as_admin(&rig).post(&format!("{ROLES}/roleEligibilityScheduleRequests"), &eligible);
    let eligible = if eligible.status == 400 { panic!("{}", eligible.body) } else { eligible.ok(201) };
    assert_eq!(eligible["status"], "Provisioned");
    activate(&rig, ALINE, "User Administrator");
    let of_aline = format!("principalId eq '{aline}'");
    let of_group = format!("principalId eq '{helpdesk}'");
    assert_eq!(count(&rig, &format!("{ROLES}/roleAssignmentScheduleInstances"), &of_aline), 1);

    as_admin(&rig).delete(&format!("/v1.0/groups/{helpdesk}")).ok(204);
    let gone = as_admin(&rig).get(&format!("/v1.0/groups/{helpdesk}"));
    assert_eq!(gone.error(), error(404, "Request_ResourceNotFound"));
    assert_eq!(count(&rig, &format!("{ROLES}/roleEligibilitySchedules"), &of_group), 0);
    assert_eq!(count(&rig, &format!("{ROLES}/roleAssignmentScheduleInstances"), &of_aline), 0);
    assert_eq!(names(rig.user(ALINE).get("/v1.0/me/transitiveMemberOf")), ["Contoso Team"]);
    let delete_again = as_admin(&rig).delete(&format!("/v1.0/groups/{helpdesk}"));
    assert_eq!(delete_again.error(), error(404, "Request_ResourceNotFound"));
}

/// Requests that wait for somebody fail: nobody withdrew them, and nobody refused them.
#[test]
fn a_group_takes_along_eligibilities_and_requests_for_it() {
    let rig = Rig::contoso();
    let (operators, adele) = (rig.id("operators"), rig.id(ADELE));
    let body = json!({"action": "selfActivate", "accessId": "member", "groupId": operators, "principalId": adele,
        "justification": "x", "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}}});
    let request = rig.user(ADELE).post(&format!("{GROUPS}/assignmentScheduleRequests"), &body).ok(201);
    assert_eq!(request["status"], "PendingApproval");
    let of_adele = format!("principalId eq '{adele}'");
    assert_eq!(count(&rig, &format!("{GROUPS}/eligibilitySchedules"), &of_adele), 1);

    rig.user(ALEX).delete(&format!("/v1.0/groups/{operators}")).ok(204);
    let request = rig.user(ADELE).get(&format!("{GROUPS}/assignmentScheduleRequests/{}", text(&request, "id"))).ok(200);
    assert_eq!(request["status"], "Failed");
    assert_eq!(count(&rig, &format!("{GROUPS}/eligibilitySchedules"), &of_adele), 0);
    rig.advance(std::time::Duration::from_hours(25));
    let request = rig.user(ADELE).get(&format!("{GROUPS}/assignmentScheduleRequests/{}", text(&request, "id"))).ok(200);
    assert_eq!(request["status"], "Failed", "nothing happens to it any more");
}

#[test]
fn a_user_takes_along_everything_of_its_own() {
    let rig = Rig::contoso();
    let adele = rig.id(ADELE);
    activate(&rig, ADELE, "Groups Administrator");
    let of_adele = format!("principalId eq '{adele}'");
    let held = |path: &str| count(&rig, &format!("{ROLES}/{path}"), &of_adele);
    assert_eq!((held("roleAssignmentSchedules"), held("roleEligibilitySchedules")), (1, 1));
    for version in ["v1.0", "beta"] {
        let (name, user) = (format!("gone-{version}@contoso.com"), format!("/{version}/users/"));
        let id = users::new_user(&rig, &name);
        as_admin(&rig).delete(&format!("{user}{id}")).ok(204);
        assert_eq!(as_admin(&rig).get(&format!("{user}{id}")).error(), error(404, "Request_ResourceNotFound"));
    }

    as_admin(&rig).delete(&format!("/v1.0/users/{ADELE}")).ok(204);
    assert_eq!((held("roleAssignmentSchedules"), held("roleEligibilitySchedules")), (0, 0));
    assert_eq!(count(&rig, &format!("{GROUPS}/eligibilitySchedules"), &of_adele), 0);
    assert_eq!(names(as_admin(&rig).get(&format!("{}/members", group_path(&rig, "helpdesk")))), ["Aline Dupuy"]);
    let requests = count(&rig, &format!("{ROLES}/roleAssignmentScheduleRequests"), &of_adele);
    assert_eq!(requests, 1, "what was asked for is history and stays");
}

#[test]
fn nobody_removes_what_is_not_theirs() {
    let rig = Rig::contoso();
    let denied = error(403, "Authorization_RequestDenied");
    assert_eq!(rig.user(ALINE).delete(&format!("/v1.0/users/{ALINE}")).error(), denied, "not even themselves");
    assert_eq!(rig.user(ALINE).delete(&format!("/v1.0/users/{ADELE}")).error(), denied);
    assert_eq!(rig.user(ALEX).delete(&group_path(&rig, "helpdesk")).error(), denied);
}
