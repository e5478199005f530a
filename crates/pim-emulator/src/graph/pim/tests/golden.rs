//! The scenario of Microsoft's tutorials, in the sample tenant: appendix A, from its second step to its seventh.

use std::time::Duration;

use serde_json::{Value, json};

use crate::graph::rig::Rig;

const ELIGIBILITIES: &str = "/v1.0/roleManagement/directory/roleEligibilityScheduleRequests";
const ASSIGNMENTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
const ACTIVE: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances";
const ELIGIBLE: &str = "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances";

#[test]
fn a_helpdesk_resets_passwords_when_it_has_to() {
    let rig = Rig::contoso();
    let (admin, aline) = (rig.user("admin@contoso.com"), rig.user("alined@contoso.com"));
    let (helpdesk, user) = (rig.id("IT Helpdesk"), rig.id("alined@contoso.com"));
    let role = rig.id("User Administrator");

    // 2: the group is made eligible, from a time that has passed.
    let eligibility = json!({
        "action": "AdminAssign",
        "justification": "Assign User Admin eligibility to IT Helpdesk (User) group",
        "roleDefinitionId": role,
        "directoryScopeId": "/",
        "principalId": helpdesk,
        "scheduleInfo": {
            "startDateTime": "2025-03-21T10:06:00Z",
            "expiration": {"endDateTime": "2026-03-21T00:00:00Z", "type": "AfterDateTime"},
        },
    });
    let request = admin.post(ELIGIBILITIES, &eligibility).ok(201);
    assert_eq!(request["status"], "Provisioned");
    assert_eq!(request["action"], "adminAssign");
    assert_eq!(request["scheduleInfo"]["startDateTime"], request["completedDateTime"]);
    assert_eq!(request["scheduleInfo"]["expiration"]["endDateTime"], "2026-03-21T00:00:00Z");
    assert_eq!(request["targetScheduleId"], request["id"]);

    // 3: nobody has the role yet.
    let active = format!("{ACTIVE}?$filter=principalId eq '{user}'");
    assert_eq!(admin.get(&active).values(), Vec::<Value>::new());

    // 4: a member activates it for herself.
    let activation = json!({
        "action": "SelfActivate",
        "principalId": user,
        "roleDefinitionId": role,
        "directoryScopeId": "/",
        "justification": "Need to update app roles for selected apps.",
        "scheduleInfo": {
            "startDateTime": "2025-03-21T11:00:00.000Z",
            "expiration": {"type": "AfterDuration", "duration": "PT5H"},
        },
        "ticketInfo": {"ticketNumber": "CONTOSO:Normal-67890", "ticketSystem": "MS Project"},
    });
    let request = aline.post(ASSIGNMENTS, &activation).ok(201);
    assert_eq!(request["status"], "Provisioned");
    assert_eq!(request["ticketInfo"], activation["ticketInfo"]);

    // 5: she finds it.
    let mine = format!("{ASSIGNMENTS}/filterByCurrentUser(on='principal')?$expand=roleDefinition");
    let found = aline.get(&mine).values();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["id"], request["id"]);
    assert_eq!(found[0]["roleDefinition"]["displayName"], "User Administrator");
    assert_eq!(admin.get(&active).values().len(), 1);

    // 6: after five hours it is over; the group may still have the role.
    rig.advance(Duration::from_hours(5));
    assert_eq!(admin.get(&active).values(), Vec::<Value>::new());
    let eligible = format!("{ELIGIBLE}?$filter=principalId eq '{helpdesk}' and roleDefinitionId eq '{role}'");
    assert_eq!(admin.get(&eligible).values().len(), 1);

    // 7: that is taken away, without a word.
    let removal = json!({
        "action": "AdminRemove",
        "principalId": helpdesk,
        "roleDefinitionId": role,
        "directoryScopeId": "/",
    });
    let request = admin.post(ELIGIBILITIES, &removal).ok(201);
    assert_eq!(request["status"], "Revoked");
    for name in ["completedDateTime", "targetScheduleId", "scheduleInfo", "justification"] {
        assert_eq!(request[name], Value::Null, "{name}");
    }
    assert_eq!(admin.get(&eligible).values(), Vec::<Value>::new());
    assert_eq!(aline.post(ASSIGNMENTS, &activation).error(), (400, "RoleAssignmentDoesNotExist".to_owned()));
}

/// An activation for later is granted, and begins by itself.
#[test]
fn an_activation_for_later_is_granted() {
    let rig = Rig::contoso();
    let adele = rig.user("adelev@contoso.com");
    let activation = json!({
        "action": "selfActivate",
        "principalId": rig.id("adelev@contoso.com"),
        "roleDefinitionId": rig.id("Groups Administrator"),
        "directoryScopeId": "/",
        "justification": "A group is to be made",
        "scheduleInfo": {
            "startDateTime": "2025-03-22T09:00:00Z",
            "expiration": {"type": "afterDuration", "duration": "PT5H"},
        },
    });
    let request = adele.post(ASSIGNMENTS, &activation).ok(201);
    assert_eq!(request["status"], "Granted");
    assert_eq!(request["completedDateTime"], "2025-03-22T09:00:00Z");
    let mine = format!("{ACTIVE}/filterByCurrentUser(on='principal')");
    assert_eq!(adele.get(&mine).values(), Vec::<Value>::new());
    rig.advance(Duration::from_hours(22));
    assert_eq!(adele.get(&mine).values().len(), 1);
}
