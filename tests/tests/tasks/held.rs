//! What is held, and until when.

use std::time::Duration;

use pim_client::pim::AssignmentKind;
use serde_json::{Value, json};

use crate::fake::{Fake, HELPDESK, ME, ROLE_ASSIGNMENT, USER_ADMINISTRATOR};

const DIRECTORY: &str = "/v1.0/roleManagement/directory";
const GROUP: &str = "/v1.0/identityGovernance/privilegedAccess/group";

fn role(more: &Value) -> Value {
    let mut role = json!({
        "id": "5wuT_mJe20eRr5jDpJo4sXvXQNa3QCxDv-u6H5PMCkI-1-e",
        "principalId": ME,
        "roleDefinitionId": USER_ADMINISTRATOR,
        "directoryScopeId": "/",
        "startDateTime": "2025-03-21T11:07:24.857Z",
        "endDateTime": "2025-03-21T16:46:00Z",
        "memberType": "Direct",
        "roleDefinition": { "id": USER_ADMINISTRATOR, "displayName": "User Administrator" },
    });
    for (name, value) in more.as_object().expect("members") {
        role[name] = value.clone();
    }
    role
}

fn path(root: &str, collection: &str) -> String {
    format!("{root}/{collection}/filterByCurrentUser(on='principal')")
}

#[tokio::test]
async fn what_may_be_activated_is_told_by_name() {
    let fake = Fake::start().await;
    let through_group = json!({ "principalId": HELPDESK, "memberType": "Group", "endDateTime": null });
    fake.get(
        &path(DIRECTORY, "roleEligibilityScheduleInstances"),
        json!({ "value": [role(&json!({})), role(&through_group)] }),
    );
    let member = json!({
        "id": "x", "principalId": ME, "groupId": HELPDESK, "accessId": "member", "memberType": "direct",
        "endDateTime": "2026-01-01T00:00:00.1234567Z", "group": { "id": HELPDESK, "displayName": "Help\u{1b}desk" },
    });
    fake.get(&path(GROUP, "eligibilityScheduleInstances"), json!({ "value": [member] }));

    let eligible = fake.graph().pim().eligible().await.unwrap();
    let lines: Vec<_> = eligible.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "User Administrator, eligible until 2025-03-21T16:46:00Z",
            "User Administrator, eligible through a group, without an end",
            "member of Help desk, eligible until 2026-01-01T00:00:00Z",
        ]
    );
    let left = eligible[0].time_left("2025-03-21T16:00:00Z".parse().unwrap());
    assert_eq!(left, Some(Duration::from_mins(46)));
    assert_eq!(eligible[0].time_left("2025-03-22T00:00:00Z".parse().unwrap()), Some(Duration::ZERO));
    assert_eq!(eligible[1].time_left("2025-03-21T16:00:00Z".parse().unwrap()), None);
    let ends_within = |minutes| {
        let now = "2025-03-21T16:00:00Z".parse().unwrap();
        eligible.iter().map(|assignment| assignment.ends_within(Duration::from_mins(minutes), now)).collect::<Vec<_>>()
    };
    assert_eq!(ends_within(45), [false, false, false]);
    assert_eq!(ends_within(46), [true, false, false], "what has no end does not end");
}

#[tokio::test]
async fn what_is_held_through_a_group_is_activated_for_the_caller() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ASSIGNMENT, "Provisioned");
    let through_group = role(&json!({ "principalId": HELPDESK, "memberType": "Group" }));
    fake.get(&path(DIRECTORY, "roleEligibilityScheduleInstances"), json!({ "value": [through_group] }));
    let pim = fake.graph().pim();
    let eligible = pim.eligible_roles().await.unwrap();
    pim.activate(&eligible[0]).hours(1).send().await.unwrap();
    let body = &fake.posted(ROLE_ASSIGNMENT).await[0];
    assert_eq!((&body["principalId"], &body["roleDefinitionId"]), (&json!(ME), &json!(USER_ADMINISTRATOR)));
}

#[tokio::test]
async fn what_is_active_was_activated_or_assigned() {
    let fake = Fake::start().await;
    let rows = [json!({ "assignmentType": "activated" }), json!({ "assignmentType": "Assigned" }), json!({})];
    let rows: Vec<_> = rows.iter().map(role).collect();
    fake.get(&path(DIRECTORY, "roleAssignmentScheduleInstances"), json!({ "value": rows }));
    fake.get(&path(GROUP, "assignmentScheduleInstances"), json!({ "value": [] }));
    let active = fake.graph().pim().active().await.unwrap();
    let kinds: Vec<_> = active.iter().map(|assignment| assignment.kind).collect();
    assert_eq!(kinds, [AssignmentKind::Activated, AssignmentKind::Assigned, AssignmentKind::Assigned]);
}
