//! Many activations at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pim_client::pim::{ActivationOutcome, GroupAccess, Role};
use serde_json::{Value, json};
use wiremock::{Request, ResponseTemplate};

use crate::fake::{Fake, GROUP_ASSIGNMENT, HELPDESK, ME, ROLE_ASSIGNMENT, refused};

const INSTANCES: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances";

fn own(collection: &str) -> String {
    format!("{collection}/filterByCurrentUser(on='principal')")
}

/// The id of the role number `n`.
fn role(n: u8) -> String {
    format!("fe930be7-5e62-47db-91af-0000000000{n:02}")
}

/// What PIM answers to an activation, by the role's number.
fn answer(request: &Request) -> ResponseTemplate {
    let mut body: Value = request.body_json().expect("a request in JSON");
    let id = body["roleDefinitionId"].as_str().expect("a role").to_owned();
    let status = match &id[id.len() - 2..] {
        "01" => "Provisioned",
        "02" | "07" => return refused(400, "RoleAssignmentExists", "The Role assignment already exists."),
        "03" => return refused(400, "PendingRoleAssignmentRequest", "There is one."),
        "04" => "PendingApproval",
        "05" => return refused(400, "RoleAssignmentDoesNotExist", "The Role assignment does not exist."),
        "06" => "Denied",
        "08" => return refused(400, "RoleAssignmentRequestExists", "It exists."),
        _ => "PendingProvisioning",
    };
    body["id"] = json!(id);
    body["status"] = json!(status);
    ResponseTemplate::new(201).set_body_json(body)
}

/// A request or an assignment of the role number `n`.
fn row(n: u8, more: &Value) -> Value {
    let mut row = json!({
        "id": format!("x-{n}"), "principalId": ME, "roleDefinitionId": role(n), "directoryScopeId": "/",
        "action": "selfActivate",
    });
    for (name, value) in more.as_object().expect("members") {
        row[name] = value.clone();
    }
    row
}

#[tokio::test]
async fn each_activation_has_an_outcome_and_none_stops_the_others() {
    let fake = Fake::start().await;
    fake.answer("POST", ROLE_ASSIGNMENT, answer);
    fake.accept(GROUP_ASSIGNMENT, "Provisioned");
    fake.get(&own(INSTANCES), json!({ "value": [row(2, &json!({ "endDateTime": "2025-03-21T16:46:00Z" }))] }));
    let later = json!({ "status": "Granted", "scheduleInfo": { "startDateTime": "2999-01-01T00:00:00Z" } });
    let old = json!({ "id": "x-old", "status": "PendingApproval", "createdDateTime": "2025-01-01T00:00:00Z" });
    let new = json!({ "status": "PendingApproval", "createdDateTime": "2025-03-01T00:00:00Z" });
    let rows = [row(3, &old), row(3, &new), row(7, &later), row(8, &json!({ "status": "Provisioned" }))];
    fake.get(&own(ROLE_ASSIGNMENT), json!({ "value": rows }));

    let pim = fake.graph().pim();
    let mut orders: Vec<_> = (1..=9).map(|n| pim.activate(Role::new(role(n))).hours(1)).collect();
    orders.push(pim.activate(GroupAccess::member("Helpdesk")).hours(1));
    orders.push(pim.activate(Role::new(role(1))).hours(1).principal(HELPDESK));
    let task = tokio::spawn({
        let pim = pim.clone();
        async move { pim.activate_all(orders).await }
    });
    let reports = task.await.expect("no panic");

    let lines: Vec<_> = reports.iter().map(ToString::to_string).collect();
    let expected = [
        format!("{}: activated", role(1)),
        format!("{}: already active until 2025-03-21T16:46:00Z", role(2)),
        format!("{}: already asked for (PendingApproval)", role(3)),
        format!("{}: needs an approval (PendingApproval)", role(4)),
        format!(
            "{}: failed: POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests: 400 RoleAssignmentDoesNotExist: The Role assignment does not exist.",
            role(5)
        ),
        format!("{}: failed: the request ended without effect: selfActivate {}: Denied", role(6), role(6)),
        format!("{}: already asked for (Granted)", role(7)),
        format!("{}: already asked for", role(8)),
        format!("{}: accepted, not active yet (PendingProvisioning)", role(9)),
        "member of Helpdesk: activated".to_owned(),
        format!(
            "{}: failed: an activation is for the caller's own id, never for that of a group or of somebody else; leave the principal out",
            role(1)
        ),
    ];
    for (line, expected) in lines.iter().zip(&expected) {
        assert!(line.starts_with(expected), "{line}\n{expected}");
    }
    assert_eq!(lines.len(), expected.len());
    let active: Vec<_> = reports.iter().map(|report| report.outcome.is_active()).collect();
    assert_eq!(active, [true, true, false, false, false, false, false, false, false, true, false]);
    assert_eq!(reports[2].outcome.request().expect("the pending request").id, "x-3", "the newest");
    assert!(matches!(&reports[7].outcome, ActivationOutcome::AlreadyPending(None)));
    let refused = reports[4].outcome.error().expect("an error");
    assert_eq!(refused.status(), Some(400));
    assert!(refused.to_string().contains("`eligible` lists what can be activated"), "{refused}");
    assert_eq!(fake.posted(ROLE_ASSIGNMENT).await.len(), 9);
}

#[tokio::test]
async fn what_exists_already_is_told_even_if_it_cannot_be_read() {
    let fake = Fake::start().await;
    fake.answer("POST", ROLE_ASSIGNMENT, answer);
    let pim = fake.graph().pim();
    let reports = pim.activate_all([2, 3].map(|n| pim.activate(Role::new(role(n))).hours(1))).await;
    let lines: Vec<_> = reports.iter().map(ToString::to_string).collect();
    assert_eq!(lines, [format!("{}: already active", role(2)), format!("{}: already asked for", role(3))]);
    assert!(pim.activate_all([]).await.is_empty());
}

/// What is held directly and through a group is listed twice.
#[tokio::test]
async fn the_same_is_never_asked_for_twice_at_once() {
    let fake = Fake::start().await;
    let begun = AtomicUsize::new(0);
    fake.answer("POST", ROLE_ASSIGNMENT, move |request| match begun.fetch_add(1, Ordering::SeqCst) {
        0 => answer(request).set_delay(std::time::Duration::from_millis(200)),
        _ => refused(400, "RoleAssignmentExists", "The Role assignment already exists."),
    });
    let pim = fake.graph().pim();
    let all = pim.activate_all([role(1), role(1).to_uppercase()].map(|role| pim.activate(role).hours(1)));
    let early = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        fake.posted(ROLE_ASSIGNMENT).await.len()
    };
    let (reports, early) = tokio::join!(all, early);
    assert_eq!(early, 1);
    let outcomes: Vec<_> = reports.iter().map(|report| report.outcome.to_string()).collect();
    assert_eq!(outcomes, ["activated", "already active"]);
}

#[tokio::test]
async fn only_a_few_are_under_way_at_once() {
    let fake = Fake::start().await;
    let (begun, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counted, peak) = (Arc::clone(&begun), Arc::clone(&most));
    fake.answer("POST", ROLE_ASSIGNMENT, move |request| {
        let begun = counted.fetch_add(1, Ordering::SeqCst) + 1;
        peak.fetch_max(begun, Ordering::SeqCst);
        answer(request).set_delay(std::time::Duration::from_millis(300))
    });
    let pim = fake.graph().pim();
    let orders: Vec<_> = (1..=12).map(|n| pim.activate(Role::new(role(n))).hours(1)).collect();
    let all = tokio::time::timeout(std::time::Duration::from_millis(250), pim.activate_all(orders)).await;
    assert!(all.is_err(), "the first answers are not there yet");
    assert_eq!(begun.load(Ordering::SeqCst), 4);
    assert_eq!(most.load(Ordering::SeqCst), 4);
}
