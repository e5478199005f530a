//! What the caller has asked for and is not settled.

use serde_json::{Value, json};

use crate::fake::{
    Fake, GROUP_ASSIGNMENT, GROUP_ELIGIBILITY, HELPDESK, ME, ROLE_ASSIGNMENT, ROLE_ELIGIBILITY, USER_ADMINISTRATOR,
};

fn own(collection: &str) -> String {
    format!("{collection}/filterByCurrentUser(on='principal')")
}

fn role(id: &str, action: &str, status: &str, start: Option<&str>) -> Value {
    json!({
        "id": id, "action": action, "status": status, "principalId": ME, "roleDefinitionId": USER_ADMINISTRATOR,
        "directoryScopeId": "/", "scheduleInfo": { "startDateTime": start },
        "roleDefinition": { "id": USER_ADMINISTRATOR, "displayName": "User Administrator" },
    })
}

#[tokio::test]
async fn what_is_undecided_or_begins_later_is_open() {
    let fake = Fake::start().await;
    let rows = [
        role("r-1", "selfActivate", "PendingApproval", None),
        role("r-2", "selfActivate", "Provisioned", None),
        role("r-3", "SelfActivate", "Granted", Some("2999-01-01T00:00:00Z")),
        role("r-4", "selfActivate", "Granted", Some("2020-01-01T00:00:00Z")),
        role("r-5", "selfActivate", "Canceled", None),
        role("r-6", "selfActivate", "Revoked", None),
        role("r-7", "adminAssign", "Granted", Some("2999-01-01T00:00:00Z")),
        role("r-8", "selfActivate", "PendingMoonPhase", None),
    ];
    fake.get(&own(ROLE_ASSIGNMENT), json!({ "value": rows }));
    fake.get(&own(ROLE_ELIGIBILITY), json!({ "value": [role("r-9", "selfExtend", "PendingAdminDecision", None)] }));
    let group = json!({
        "id": "g-1", "action": "selfActivate", "status": "PendingApproval", "principalId": ME, "groupId": HELPDESK,
        "accessId": "member", "group": { "id": HELPDESK, "displayName": "Helpdesk" },
    });
    fake.get(&own(GROUP_ASSIGNMENT), json!({ "value": [group] }));
    fake.get(&own(GROUP_ELIGIBILITY), json!({ "value": [] }));

    let open = fake.graph().pim().open_requests().await.unwrap();
    let ids: Vec<_> = open.iter().map(|request| request.id.as_str()).collect();
    assert_eq!(ids, ["r-1", "r-3", "r-8", "r-9", "g-1"]);
    let lines: Vec<_> = open.iter().map(ToString::to_string).collect();
    assert_eq!(lines[0], "selfActivate User Administrator: PendingApproval");
    assert_eq!(lines[4], "selfActivate member of Helpdesk: PendingApproval");
}
