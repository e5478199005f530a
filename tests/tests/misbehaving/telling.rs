//! What observers and logs are told of a call.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pim_client::{Attempt, Observer, Outcome};

use crate::client::{activate, client, client_at, read};
use crate::reply::Reply;
use crate::secrets::{failure, is_harmless, logged};
use crate::server::Server;

/// An observer that keeps what it is told, one line for each.
#[derive(Default)]
struct Notes(Mutex<Vec<String>>);

impl Notes {
    fn write(&self, line: String) {
        is_harmless(&line);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Observer for Notes {
    fn sending(&self, attempt: &Attempt<'_>) {
        assert!(attempt.client_request_id.is_some_and(|id| id.len() == 36));
        self.write(format!("{} {}", attempt.operation, attempt.number));
    }

    fn answered(&self, attempt: &Attempt<'_>, outcome: &Outcome<'_>) {
        let Outcome { status, request_id, retry_in, .. } = outcome;
        self.write(format!("{} {status:?} {request_id:?} {retry_in:?}", attempt.number));
    }
}

#[tokio::test]
async fn an_observer_is_told_of_every_try() {
    let server = Server::script([
        Reply::new(429, &[("retry-after", "0.02"), ("request-id", "r-1")], ""),
        Reply::hang_up(),
        Reply::new(200, &[("request-id", "r-3")], r#"{"id": "1"}"#),
    ])
    .await;
    let notes = Arc::new(Notes::default());
    let graph = client_at(&server.url()).observer(Arc::clone(&notes)).build().expect("a client");
    assert!(read(&graph).await.is_ok());
    let lines = notes.lines();
    assert_eq!(lines.len(), 6);
    assert_eq!(
        lines[..3],
        ["GET /v1.0/users/{user-id} 1", r#"1 Some(429) Some("r-1") Some(20ms)"#, "GET /v1.0/users/{user-id} 2"]
    );
    assert!(lines[3].starts_with("2 None None Some("), "{}", lines[3]);
    assert_eq!(lines[4..], ["GET /v1.0/users/{user-id} 3", r#"3 Some(200) Some("r-3") None"#]);
}

#[tokio::test]
async fn an_observer_is_told_of_every_page_and_every_failure() {
    let server = Server::start(|number, request| match number {
        0 => Reply::page(&["1"], Some(&format!("http://{}/v1.0/groups?page=2", request.header("host")))),
        1 => Reply::page(&["2"], None),
        _ => Reply::hang_up(),
    })
    .await;
    let notes = Arc::new(Notes::default());
    let graph = client_at(&server.url()).observer(Arc::clone(&notes)).build().expect("a client");
    assert_eq!(graph.groups().list().all().await.expect("two").len(), 2);
    failure(activate(&graph).await);
    let operation = "POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests 1";
    let expected = [
        "GET /v1.0/groups 1",
        "1 Some(200) None None",
        "GET /v1.0/groups 1",
        "1 Some(200) None None",
        operation,
        "1 None None None",
    ];
    assert_eq!(notes.lines(), expected);
}

/// The line that is written when a call's span ends has all of it.
#[tokio::test]
async fn a_span_tells_what_became_of_a_call() {
    let server = Server::script([
        Reply::new(503, &[("retry-after", "0"), ("request-id", "r-1")], ""),
        Reply::new(200, &[("request-id", "r-2")], r#"{"id": "1"}"#),
        Reply::new(403, &[("request-id", "r-3")], ""),
        Reply::hang_up(),
    ])
    .await;
    let graph = client(&server);
    assert!(read(&graph).await.is_ok());
    failure(activate(&graph).await);
    failure(activate(&graph).await);
    let seen = server.seen();
    let ends: Vec<_> = [0, 2, 3].map(|number: usize| seen[number].header("client-request-id")).to_vec();
    let create = "operation=POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
    for (id, told) in ends.iter().zip([
        ["operation=GET /v1.0/users/{user-id}", "tries=2", "status=200", "request_id=r-2"].as_slice(),
        &[create, "tries=1", "status=403", "request_id=r-3"],
        &[create, "tries=1"],
    ]) {
        let lines = logged(&format!("client_request_id={id}"));
        let line = lines.iter().find(|line| line.contains("close")).unwrap_or_else(|| panic!("{lines:?}"));
        for told in told.iter().chain(&[r#"version="v1.0""#]) {
            assert!(line.contains(told), "{told}: {line}");
        }
        assert_eq!(line.contains("status="), told.len() == 4, "{line}");
    }
}

#[tokio::test]
async fn tries_are_logged_within_the_span() {
    let server = Server::script([Reply::new(429, &[("retry-after", "0")], ""), Reply::object()]).await;
    let notes = Arc::new(Notes::default());
    let graph = client_at(&server.url()).observer(Arc::clone(&notes)).build().expect("a client");
    // A name that no other test has, to find its lines by.
    let directory = graph.policies().role_management_policy_assignments();
    assert!(directory.list().top(77).await.is_ok());
    let lines = logged("graph{operation=GET /v1.0/policies/roleManagementPolicyAssignments");
    let answered: Vec<_> = lines.iter().filter(|line| line.contains("answered")).collect();
    assert_eq!(answered.len(), 2, "{lines:?}");
    assert!(answered[0].contains("status=429") && answered[1].contains("status=200"), "{answered:?}");
    let waiting = lines.iter().find(|line| line.contains("trying again")).expect("a line");
    assert!(waiting.contains(&format!("wait={:?}", Duration::ZERO)), "{waiting}");
}
