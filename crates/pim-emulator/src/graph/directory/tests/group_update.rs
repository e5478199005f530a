use super::*;

#[test]
fn a_change_is_kept_and_the_rest_stays() {
    let rig = Rig::contoso();
    let path = group_path(&rig, "helpdesk");
    as_admin(&rig).patch(&path, &json!({"Description": "Helps everybody", "displayName": "Help"})).ok(204);
    let group = as_admin(&rig).get(&path).ok(200);
    assert_eq!(group["description"], "Helps everybody");
    assert_eq!(group["displayName"], "Help");
    assert_eq!(group["mailNickname"], "helpdesk");
    let found = as_admin(&rig).get("/v1.0/groups?$filter=displayName eq 'help'&$select=id").values();
    assert_eq!(found.len(), 1, "it is found under its new name, in any letter case");
    as_admin(&rig).patch(&path, &json!({"description": null})).ok(204);
    assert_eq!(as_admin(&rig).get(&path).ok(200)["description"], Value::Null);
}

#[test]
fn what_cannot_change_is_refused() {
    let rig = Rig::contoso();
    let path = group_path(&rig, "helpdesk");
    for body in [
        json!({}),
        json!({"isAssignableToRole": false}),
        json!({"displayName": null}),
        json!({"displayName": ""}),
        json!({"securityEnabled": false}),
        json!({"visibility": "Public"}),
        json!({"groupTypes": ["DynamicMembership"], "membershipRule": "x"}),
        json!({"createdDateTime": "2025-01-01T00:00:00Z"}),
        json!({"uniqueName": "help"}),
        json!({"colour": "red"}),
    ] {
        assert_eq!(as_admin(&rig).patch(&path, &body).error(), error(400, "Request_BadRequest"), "{body}");
    }
    as_admin(&rig).patch(&path, &json!({"isAssignableToRole": true, "description": "x"})).ok(204);
    let unknown = "/v1.0/groups/00000000-0000-0000-0000-000000000001";
    let change = json!({"description": "x"});
    assert_eq!(as_admin(&rig).patch(unknown, &change).error(), error(404, "Request_ResourceNotFound"));
}

#[test]
fn members_are_added_all_or_none() {
    let rig = Rig::contoso();
    let path = group_path(&rig, "operators");
    let members = format!("{path}/members");
    let address = |user: &str| format!("https://graph.microsoft.com/v1.0/directoryObjects/{}", rig.id(user));
    let one_unknown = json!({"members@odata.bind":
        [address(ALINE), "https://graph.microsoft.com/v1.0/directoryObjects/00000000-0000-0000-0000-000000000001"]});
    assert_eq!(as_admin(&rig).patch(&path, &one_unknown).error(), error(404, "Request_ResourceNotFound"));
    let body = json!({"members@odata.bind": [address(ALINE), address(ALEX)]});
    assert_eq!(names(as_admin(&rig).get(&members)), Vec::<String>::new());
    as_admin(&rig).patch(&path, &body).ok(204);
    assert_eq!(names(as_admin(&rig).get(&members)), ["Alex Wilber", "Aline Dupuy"]);
    let again = json!({"displayName": "Changed", "members@odata.bind": [address(MEGAN), address(ALEX)]});
    let got = as_admin(&rig).patch(&path, &again);
    assert!(got.message().starts_with("One or more added object references already exist"), "{}", got.message());
    assert_eq!(as_admin(&rig).get(&path).ok(200)["displayName"], "Production operators", "nothing changed");
    assert_eq!(as_admin(&rig).get(&members).values().len(), 2);
}

/// Groups that can hold roles are changed by their owners and by Privileged Role Administrators.
#[test]
fn who_may_change_a_group() {
    let rig = Rig::contoso();
    let denied = error(403, "Authorization_RequestDenied");
    let change = json!({"description": "x"});
    let (operators, helpdesk) = (group_path(&rig, "operators"), group_path(&rig, "helpdesk"));
    rig.user(ALEX).patch(&operators, &change).ok(204);
    assert_eq!(rig.user(ALEX).patch(&helpdesk, &change).error(), denied, "he does not own it");
    assert_eq!(rig.user(ALINE).patch(&helpdesk, &change).error(), denied, "to be in it is not enough");
    as_admin(&rig).post(&format!("{helpdesk}/owners/$ref"), &reference(&rig.id(ALINE))).ok(204);
    rig.user(ALINE).patch(&helpdesk, &change).ok(204);

    let groups_administrator = json!({"principalId": rig.id(ADELE), "action": "selfActivate", "directoryScopeId": "/",
        "roleDefinitionId": rig.id("Groups Administrator"), "justification": "x",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}}});
    assert_eq!(rig.user(ADELE).patch(&operators, &change).error(), denied);
    let requests = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
    rig.user(ADELE).post(requests, &groups_administrator).ok(201);
    rig.user(ADELE).patch(&operators, &change).ok(204);
    assert_eq!(rig.user(ADELE).patch(&helpdesk, &change).error(), denied, "roles can be assigned to it");
}
