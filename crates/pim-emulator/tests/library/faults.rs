//! What goes wrong on demand, and what the client does about it.

use std::time::Duration;

use pim_client::ErrorKind;
use pim_client::v1_0::models::GroupCreate;
use pim_emulator::DropWhen;
use serde_json::{Value, json};

use crate::web::{ADELE, ADMINISTRATOR, ROLE, emulator, request};

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn what_is_throttled_says_when_to_come_again_and_the_client_does() {
    let emulator = emulator().await;
    emulator.faults().throttle(2, Duration::from_secs(0));
    let adele = emulator.client_as(ADELE).expect("a client");
    for _ in 0..4 {
        adele.me().get().await.expect("the client comes again");
    }
    let statuses: Vec<_> = emulator.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [200, 429, 200, 429, 200, 429, 200]);

    emulator.faults().throttle(1, Duration::from_millis(1500));
    let refused = request(&emulator, ADELE, "GET", "/v1.0/me").send().await.expect("it answers");
    assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (429, &"2".parse().expect("a header")));
    let body: Value = refused.json().await.expect("JSON");
    assert_eq!(body["error"]["code"], "TooManyRequests");
}

#[tokio::test]
async fn nothing_happens_when_the_connection_is_dropped_before() {
    let emulator = emulator().await;
    let adele = emulator.client_as(ADELE).expect("a client");
    // Names are looked up first, so that the activation is the only request.
    let principal = emulator.tenant().object_id(ADELE).expect("a user").to_string();
    let role = emulator.tenant().role_id(ROLE).expect("a role").to_string();
    emulator.faults().drop_connections(1, DropWhen::Before);
    let activation = activation(&principal, &role);
    let sent = request(&emulator, ADELE, "POST", REQUESTS).body(activation.to_string()).send().await;
    assert!(sent.is_err(), "no answer came");
    emulator.faults().clear();
    assert!(adele.pim().active_roles().await.expect("they can be listed").is_empty());
    assert!(emulator.requests().iter().all(|request| request.method == "GET"), "what is dropped before is not told");
}

#[tokio::test]
async fn it_has_happened_when_the_connection_is_dropped_after() {
    let emulator = emulator().await;
    let adele = emulator.client_as(ADELE).expect("a client");
    let principal = emulator.tenant().object_id(ADELE).expect("a user").to_string();
    let role = emulator.tenant().role_id(ROLE).expect("a role").to_string();
    emulator.faults().drop_connections(1, DropWhen::After);
    let activation = activation(&principal, &role);
    let sent = request(&emulator, ADELE, "POST", REQUESTS).body(activation.to_string()).send().await;
    assert!(sent.is_err(), "no answer came");
    emulator.faults().clear();
    assert_eq!(adele.pim().active_roles().await.expect("they can be listed").len(), 1);
}

#[tokio::test]
async fn the_client_reads_again_where_a_connection_was_dropped_and_does_not_write_again() {
    let emulator = emulator().await;
    let adele = emulator.client_as(ADELE).expect("a client");
    adele.me().get().await.expect("it answers");
    emulator.faults().drop_connections(2, DropWhen::After);
    for _ in 0..3 {
        adele.me().get().await.expect("reading can be repeated");
    }
    emulator.faults().drop_connections(1, DropWhen::After);
    let admin = emulator.client_as(ADMINISTRATOR).expect("a client");
    let created = admin.groups().create(&GroupCreate::new("Once", false, "once", true)).await;
    assert_eq!(created.expect_err("nobody knows").kind(), ErrorKind::Transport);
    emulator.faults().clear();
    let posts = emulator.requests().iter().filter(|request| request.method == "POST").count();
    assert_eq!(posts, 1);
}

#[tokio::test]
async fn a_delay_is_waited_for() {
    let emulator = emulator().await;
    emulator.faults().delay(Duration::from_millis(300));
    let began = std::time::Instant::now();
    let adele = emulator.client_as(ADELE).expect("a client");
    adele.me().get().await.expect("it answers in the end");
    assert!(began.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_parked_request_is_waited_for_by_the_client() {
    let emulator = emulator().await;
    emulator.park_requests(Some(HOUR));
    let adele = emulator.client_as(ADELE).expect("a client");
    let pim = adele.pim();
    let request = pim.activate(ROLE).hours(5).justification("A group").send().await.expect("it is placed");
    assert_eq!(request.status.to_string(), "PendingProvisioning");
    assert!(pim.active_roles().await.expect("they can be listed").is_empty());
    let waiting = tokio::spawn(pim.wait(&request).every(Duration::from_millis(1)).into_future());
    while emulator.requests().iter().filter(|it| it.url.contains(&request.id.clone())).count() < 2 {
        tokio::task::yield_now().await;
    }
    assert!(!waiting.is_finished());
    emulator.clock().advance(HOUR);
    let settled = waiting.await.expect("the task goes on").expect("it is provisioned");
    assert!(settled.request.is_success());
    assert!(settled.assignment.is_some());
}

#[tokio::test]
async fn an_object_that_was_just_made_is_found_after_a_while() {
    let emulator = emulator().await;
    emulator.delay_replication(HOUR);
    let admin = emulator.client_as(ADMINISTRATOR).expect("a client");
    let group = admin.groups().create(&GroupCreate::new("New", false, "new", true)).await.expect("it is made");
    let id = group.id.expect("an id");
    let missing = admin.groups().by_id(id.clone()).get().await.expect_err("it is not found yet");
    assert_eq!(missing.status(), Some(404));
    emulator.clock().advance(HOUR);
    admin.groups().by_id(id.clone()).get().await.expect("it is found");
}

const REQUESTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";

fn activation(principal: &str, role: &str) -> Value {
    json!({
        "action": "selfActivate",
        "principalId": principal,
        "roleDefinitionId": role,
        "directoryScopeId": "/",
        "justification": "A group",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}},
    })
}
