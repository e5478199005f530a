//! A hundred at once want the same: one of them gets it.

use std::collections::HashMap;

use pim_emulator::tenant::{Access, Eligibility, Group, Tenant, User};
use pim_emulator::{Builder, Emulator};
use serde_json::{Value, json};

use crate::web::http;

const TASKS: usize = 100;
const RACER: &str = "racer@example.com";

fn emulator() -> Builder {
    let tenant = Tenant::new("Races", "example.com")
        .user(User::new(RACER, "Racer"))
        .group(Group::new("winners"))
        .eligibility(Eligibility::to_role(RACER, "User Administrator"))
        .eligibility(Eligibility::to_group(RACER, "winners", Access::Member));
    Emulator::builder().tenant(tenant)
}

/// How often each answer came: its status and, of an error, its code.
async fn race(emulator: &Emulator, collection: &str, what: &Value) -> HashMap<(u16, String), usize> {
    let mut order = json!({
        "action": "selfActivate",
        "principalId": emulator.tenant().object_id(RACER).expect("a user"),
        "justification": "To win",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}},
    });
    order.as_object_mut().expect("an object").extend(what.as_object().expect("an object").clone());
    let token = emulator.sign_in(RACER).mfa(true).token().expect("a token");
    let (http, url) = (http(), format!("{}/v1.0{collection}", emulator.url()));
    let task = || {
        let request = http.post(&url).bearer_auth(&token).body(order.to_string());
        tokio::spawn(async move {
            let response = request.send().await.expect("it answers");
            let status = response.status().as_u16();
            let body: Value = response.json().await.expect("JSON");
            (status, body["error"]["code"].as_str().unwrap_or_default().to_owned())
        })
    };
    let tasks: Vec<_> = (0..TASKS).map(|_| task()).collect();
    let mut answers = HashMap::new();
    for task in tasks {
        *answers.entry(task.await.expect("it answers")).or_default() += 1;
    }
    answers
}

async fn race_for_both(emulator: Emulator) {
    let one_winner = HashMap::from([((201, String::new()), 1), ((400, "RoleAssignmentExists".to_owned()), TASKS - 1)]);
    let role = emulator.tenant().role_id("User Administrator").expect("a role");
    let role = json!({"roleDefinitionId": role, "directoryScopeId": "/"});
    let requests = "/roleManagement/directory/roleAssignmentScheduleRequests";
    assert_eq!(race(&emulator, requests, &role).await, one_winner);

    let group = json!({"groupId": emulator.tenant().object_id("winners").expect("a group"), "accessId": "member"});
    let requests = "/identityGovernance/privilegedAccess/group/assignmentScheduleRequests";
    assert_eq!(race(&emulator, requests, &group).await, one_winner);

    let racer = emulator.client_as(RACER).expect("a client");
    assert_eq!(racer.pim().active_roles().await.expect("they can be listed").len(), 1);
    assert_eq!(racer.pim().active_groups().await.expect("they can be listed").len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn in_memory_one_of_a_hundred_gets_it() {
    race_for_both(emulator().start().await.expect("it starts")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn in_a_file_one_of_a_hundred_gets_it() {
    let directory = tempfile::tempdir().expect("a directory");
    race_for_both(emulator().data(directory.path().join("races.db")).start().await.expect("it starts")).await;
}
