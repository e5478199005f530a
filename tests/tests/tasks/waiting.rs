//! Requests, followed until they are settled.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use pim_client::ErrorKind;
use pim_client::pim::{PimRequest, Principal, RequestStatus, Wait};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::fake::{Fake, HELPDESK, ME, ROLE_ASSIGNMENT, ROLE_ELIGIBILITY, USER_ADMINISTRATOR, ok, refused};

const INSTANCES: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances";

/// The instances of the caller.
fn own_instances() -> String {
    format!("{INSTANCES}/filterByCurrentUser(on='principal')")
}

/// The caller's activation of User Administrator.
fn activation(status: &str) -> Value {
    json!({
        "id": "r-1", "status": status, "action": "selfActivate", "principalId": ME,
        "roleDefinitionId": USER_ADMINISTRATOR, "directoryScopeId": "/", "approvalId": "r-1",
        "roleDefinition": { "id": USER_ADMINISTRATOR, "displayName": "User Administrator" },
    })
}

fn instance() -> Value {
    json!({ "value": [{
        "id": "i-1", "principalId": ME, "roleDefinitionId": USER_ADMINISTRATOR, "directoryScopeId": "/",
        "assignmentType": "Activated", "endDateTime": "2025-03-21T16:46:00Z",
        "roleDefinition": { "id": USER_ADMINISTRATOR, "displayName": "User Administrator" },
    }] })
}

/// The caller activated the role, and PIM will answer with these statuses in turn.
async fn following(fake: &Fake, statuses: &[&str]) -> (Wait, PimRequest) {
    fake.accept(ROLE_ASSIGNMENT, "PendingProvisioning");
    let answers = statuses.iter().map(|status| match *status {
        "404" => refused(404, "ItemNotFound", "Not yet."),
        status => ok(activation(status)),
    });
    fake.in_turn("GET", &format!("{ROLE_ASSIGNMENT}/r-1"), answers.collect());
    let pim = fake.graph().pim();
    let request = pim.activate("User Administrator").hours(5).send().await.expect("a request");
    (pim.wait(&request).every(Duration::from_millis(1)), request)
}

#[tokio::test]
async fn a_request_is_followed_to_what_comes_of_it() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["404", "PendingApproval", "PendingApproval", "Provisioned"]).await;
    fake.in_turn("GET", &own_instances(), vec![ok(json!({ "value": [] })), ok(instance())]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let statuses = Arc::clone(&seen);
    let settled =
        wait.on_change(move |request| statuses.lock().unwrap().push(request.status.to_string())).await.unwrap();
    assert_eq!(*seen.lock().unwrap(), ["PendingApproval", "Provisioned"]);
    assert_eq!(settled.request.status, RequestStatus::Provisioned);
    assert_eq!(settled.assignment.as_ref().unwrap().id, "i-1");
    assert_eq!(settled.to_string(), "User Administrator, activated until 2025-03-21T16:46:00Z");
}

/// What PIM says of the caller's activation that begins at `start`.
fn starting(status: &str, start: &str) -> ResponseTemplate {
    let mut request = activation(status);
    request["scheduleInfo"] = json!({ "startDateTime": start });
    ok(request)
}

#[tokio::test]
async fn what_begins_later_is_settled_when_it_is_granted() {
    for status in ["Granted", "ScheduleCreated"] {
        let fake = Fake::start().await;
        let (wait, _) = following(&fake, &["404"]).await;
        fake.in_turn("GET", &format!("{ROLE_ASSIGNMENT}/r-1"), vec![starting(status, "2999-01-01T00:00:00Z")]);
        let settled = wait.await.unwrap();
        assert_eq!((settled.request.status.as_str(), settled.assignment.as_ref()), (status, None));
        assert_eq!(settled.to_string(), format!("selfActivate User Administrator: {status}"));
        assert_eq!(fake.filters(&own_instances()).await.len(), 0, "there is nothing to look for yet");
    }
}

#[tokio::test]
async fn what_is_granted_and_has_begun_is_followed_until_it_is_there() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["404"]).await;
    let (past, path) = ("2020-01-01T00:00:00Z", format!("{ROLE_ASSIGNMENT}/r-1"));
    fake.in_turn("GET", &path, vec![starting("Granted", past), starting("Provisioned", past)]);
    fake.get(&own_instances(), instance());
    let settled = wait.await.unwrap();
    assert_eq!(settled.request.status, RequestStatus::Provisioned);
    assert!(settled.assignment.is_some());
}

#[tokio::test]
async fn what_stays_granted_is_settled_without_an_assignment() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["Granted"]).await;
    fake.get(&own_instances(), json!({ "value": [] }));
    let settled = wait.await.unwrap();
    assert_eq!((settled.request.status.as_str(), settled.assignment.as_ref()), ("Granted", None));
}

#[tokio::test]
async fn an_assignment_that_somebody_revoked_is_no_success() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["PendingApproval", "Revoked"]).await;
    let error = wait.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Denied);
    assert!(error.to_string().ends_with("selfActivate User Administrator: Revoked"), "{error}");
}

#[tokio::test]
async fn what_pim_does_by_itself_is_not_waited_for_without_end() {
    for status in ["PendingProvisioning", "PendingMoonPhase"] {
        let fake = Fake::start().await;
        let (wait, _) = following(&fake, &[status]).await;
        let error =
            tokio::time::timeout(Duration::from_secs(20), wait.into_future()).await.expect("an end").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Pending);
        assert!(error.to_string().starts_with("the request r-1 was not settled in the time given: "), "{error}");
    }
}

#[tokio::test]
async fn any_time_can_be_asked_for() {
    let fake = Fake::start().await;
    fake.get(&own_instances(), instance());
    for (every, at_most) in [(Duration::MAX, Duration::from_millis(20)), (Duration::ZERO, Duration::MAX)] {
        let (wait, _) = following(&fake, &["PendingApproval", "PendingApproval", "Provisioned"]).await;
        let settled = wait.every(every).at_most(at_most).await;
        assert_eq!(settled.is_ok(), every.is_zero());
    }
}

#[tokio::test]
async fn the_time_is_not_given_twice() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["Provisioned"]).await;
    fake.get(&own_instances(), json!({ "value": [] }));
    let begin = std::time::Instant::now();
    let pause = Duration::from_millis(400);
    assert_eq!(wait.every(pause).at_most(Duration::from_millis(500)).await.unwrap().assignment, None);
    assert!(begin.elapsed() < Duration::from_millis(850), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn what_took_effect_did_so_even_if_it_cannot_be_read() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["Provisioned"]).await;
    fake.answer("GET", &own_instances(), |_| refused(403, "Authorization_RequestDenied", "No."));
    let settled = wait.await.unwrap();
    assert_eq!((settled.request.status, settled.assignment), (RequestStatus::Provisioned, None));
}

#[tokio::test]
async fn a_fault_that_passes_does_not_end_the_waiting() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["404"]).await;
    let unavailable = || refused(503, "ServiceNotAvailable", "Soon.");
    let answers = vec![unavailable(), unavailable(), unavailable(), unavailable(), ok(activation("Provisioned"))];
    fake.in_turn("GET", &format!("{ROLE_ASSIGNMENT}/r-1"), answers);
    fake.get(&own_instances(), instance());
    assert!(wait.await.unwrap().assignment.is_some());
}

#[tokio::test]
async fn who_may_not_look_is_told_what_was_made() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["404"]).await;
    fake.answer("GET", &format!("{ROLE_ASSIGNMENT}/r-1"), |_| refused(403, "Authorization_RequestDenied", "No."));
    let error = wait.await.unwrap_err();
    assert_eq!(error.status(), Some(403));
    assert!(error.to_string().contains("the request r-1 was made, and was PendingProvisioning"), "{error}");
}

#[tokio::test]
async fn the_assignment_is_that_of_the_requests_own_schedule() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["404"]).await;
    let mut provisioned = activation("Provisioned");
    provisioned["targetScheduleId"] = json!("s-2");
    fake.in_turn("GET", &format!("{ROLE_ASSIGNMENT}/r-1"), vec![ok(provisioned)]);
    let row = |id: &str, schedule: &str| {
        let mut row = instance()["value"][0].clone();
        (row["id"], row["roleAssignmentScheduleId"]) = (json!(id), json!(schedule));
        row
    };
    fake.get(&own_instances(), json!({ "value": [row("old", "s-1"), row("new", "s-2")] }));
    assert_eq!(wait.await.unwrap().assignment.expect("an assignment").id, "new");
}

#[tokio::test]
async fn a_request_that_ends_otherwise_is_an_error() {
    for status in ["Denied", "Canceled", "Failed", "TimedOut"] {
        let fake = Fake::start().await;
        let (wait, _) = following(&fake, &["PendingApproval", status]).await;
        let error = wait.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Denied, "{status}");
        let line = error.to_string();
        assert!(line.starts_with("the request ended without effect: selfActivate User Administrator: "), "{line}");
        assert!(line.contains(status), "{line}");
    }
}

#[tokio::test]
async fn waiting_ends_when_the_caller_said_so() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["PendingApproval"]).await;
    let error = wait.at_most(Duration::from_millis(30)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Pending);
    assert!(
        error.to_string().ends_with("selfActivate User Administrator: PendingApproval; somebody has to decide"),
        "{error}"
    );
}

#[tokio::test]
async fn a_request_that_is_not_there_for_long_is_an_error() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["404"]).await;
    let error = wait.every(Duration::from_micros(10)).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(404)));
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_waited_out() {
    let fake = Fake::start().await;
    let (wait, request) = following(&fake, &["PendingMoonPhase", "Provisioned"]).await;
    fake.get(&own_instances(), instance());
    assert_eq!(request.status, RequestStatus::PendingProvisioning);
    assert!(wait.await.unwrap().assignment.is_some());
}

#[tokio::test]
async fn what_an_administrator_gives_is_looked_for_with_its_holder() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ASSIGNMENT, "Provisioned");
    let mut of_group = instance();
    of_group["value"][0]["principalId"] = json!(HELPDESK);
    fake.get(INSTANCES, of_group);
    let order = fake.graph().pim().assign_active(Principal::id(HELPDESK), "User Administrator").days(1);
    let settled = order.wait().await.unwrap();
    assert!(settled.assignment.is_some());
    let filter = format!("principalId eq '{HELPDESK}'");
    assert_eq!(fake.filters(INSTANCES).await, [Some(filter)]);
}

#[tokio::test]
async fn a_removal_is_settled_when_it_is_revoked() {
    let fake = Fake::start().await;
    fake.accept(ROLE_ELIGIBILITY, "Revoked");
    let order = fake.graph().pim().remove_eligible(Principal::id(HELPDESK), "User Administrator");
    let settled = order.wait().await.unwrap();
    assert_eq!((settled.request.status, settled.assignment), (RequestStatus::Revoked, None));
}

#[tokio::test]
async fn who_stops_waiting_leaves_nothing_behind() {
    let fake = Fake::start().await;
    let (wait, _) = following(&fake, &["PendingApproval"]).await;
    let waiting = tokio::time::timeout(Duration::from_millis(20), wait.into_future()).await;
    assert!(waiting.is_err(), "it is still pending");
    let asked = fake.requests().await.len();
    tokio::time::sleep(Duration::from_millis(60)).await;
    assert_eq!(fake.requests().await.len(), asked);
}
