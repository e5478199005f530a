//! Answers that get lost: a request is neither forgotten nor made twice.

use pim_client::pim::Principal;
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::fake::{Fake, HELPDESK, ME, ROLE_ASSIGNMENT, ROLE_ELIGIBILITY, USER_ADMINISTRATOR, ok, refused};

/// What PIM has on record of the caller's activation.
fn recorded(more: &Value) -> Value {
    let mut request = json!({
        "id": "r-1", "status": "Provisioned", "action": "SelfActivate", "principalId": ME.to_uppercase(),
        "roleDefinitionId": USER_ADMINISTRATOR, "directoryScopeId": "/", "justification": "Call 5",
        "createdDateTime": pim_client::edm::DateTimeOffset::now().to_string(),
    });
    for (name, value) in more.as_object().expect("members") {
        request[name] = value.clone();
    }
    request
}

fn own(collection: &str) -> String {
    format!("{collection}/filterByCurrentUser(on='principal')")
}

async fn activate(fake: &Fake) -> pim_client::Result<pim_client::pim::PimRequest> {
    fake.graph().pim().activate("User Administrator").hours(5).justification("Call 5").send().await
}

fn lost() -> ResponseTemplate {
    refused(504, "Timeout", "Too late.")
}

#[tokio::test]
async fn a_request_whose_answer_is_lost_is_found_by_what_it_asked() {
    for lost in [lost(), refused(502, "BadGateway", ""), ResponseTemplate::new(201).set_body_string("{\"id\":")] {
        let fake = Fake::start().await;
        fake.answer("POST", ROLE_ASSIGNMENT, move |_| lost.clone());
        fake.get(&own(ROLE_ASSIGNMENT), json!({ "value": [recorded(&json!({}))] }));
        let request = activate(&fake).await.unwrap();
        assert_eq!(request.id, "r-1");
        assert_eq!(fake.posted(ROLE_ASSIGNMENT).await.len(), 1, "it is not made twice");
    }
}

#[tokio::test]
async fn another_request_is_not_taken_for_it() {
    for other in [
        json!({ "createdDateTime": "2020-01-01T00:00:00Z" }),
        json!({ "justification": "Another call" }),
        json!({ "action": "selfDeactivate" }),
        json!({ "directoryScopeId": "/administrativeUnits/u" }),
        json!({ "roleDefinitionId": "29232cdf-9323-42fd-ade2-1d097af3e4de" }),
        json!({ "principalId": HELPDESK }),
        json!({ "status": "Denied" }),
        json!({ "createdDateTime": null }),
    ] {
        let fake = Fake::start().await;
        fake.in_turn("POST", ROLE_ASSIGNMENT, vec![lost(), ok(recorded(&json!({ "id": "r-2" })))]);
        fake.get(&own(ROLE_ASSIGNMENT), json!({ "value": [recorded(&other)] }));
        assert_eq!(activate(&fake).await.unwrap().id, "r-2", "{other}");
        assert_eq!(fake.posted(ROLE_ASSIGNMENT).await.len(), 2, "{other}: it was never made, so it is made now");
    }
}

#[tokio::test]
async fn the_newest_of_several_is_taken() {
    let fake = Fake::start().await;
    fake.answer("POST", ROLE_ASSIGNMENT, |_| lost());
    let now = pim_client::edm::DateTimeOffset::now().to_string();
    let soon = json!({ "id": "r-2", "createdDateTime": "2999-01-01T00:00:00Z" });
    let rows = [recorded(&json!({ "createdDateTime": now })), recorded(&soon), recorded(&json!({}))];
    fake.get(&own(ROLE_ASSIGNMENT), json!({ "value": rows }));
    assert_eq!(activate(&fake).await.unwrap().id, "r-2");
}

#[tokio::test]
async fn what_shows_late_is_found_when_the_second_request_is_refused_for_it() {
    let fake = Fake::start().await;
    fake.in_turn("POST", ROLE_ASSIGNMENT, vec![lost(), refused(400, "RoleAssignmentExists", "It exists.")]);
    let late = vec![ok(json!({ "value": [] })), ok(json!({ "value": [recorded(&json!({}))] }))];
    fake.in_turn("GET", &own(ROLE_ASSIGNMENT), late);
    assert_eq!(activate(&fake).await.unwrap().id, "r-1");
}

#[tokio::test]
async fn what_is_never_found_is_the_first_error() {
    let fake = Fake::start().await;
    fake.in_turn("POST", ROLE_ASSIGNMENT, vec![lost(), refused(400, "RoleAssignmentExists", "It exists.")]);
    fake.get(&own(ROLE_ASSIGNMENT), json!({ "value": [] }));
    assert_eq!(activate(&fake).await.unwrap_err().status(), Some(504));
}

#[tokio::test]
async fn an_administrators_request_is_looked_for_with_its_principal_and_role() {
    let fake = Fake::start().await;
    fake.answer("POST", ROLE_ELIGIBILITY, |_| lost());
    let assigned = json!({ "action": "adminAssign", "principalId": HELPDESK, "justification": null });
    fake.get(ROLE_ELIGIBILITY, json!({ "value": [recorded(&assigned)] }));
    let order = fake.graph().pim().assign_eligible(Principal::id(HELPDESK), "User Administrator").permanently();
    assert_eq!(order.send().await.unwrap().id, "r-1");
    let filter = format!("principalId eq '{HELPDESK}' and roleDefinitionId eq '{USER_ADMINISTRATOR}'");
    assert_eq!(fake.filters(ROLE_ELIGIBILITY).await, [Some(filter)]);
}

#[tokio::test]
async fn a_refusal_is_not_sent_again() {
    let fake = Fake::start().await;
    fake.answer("POST", ROLE_ASSIGNMENT, |_| refused(400, "RoleAssignmentExists", "It exists."));
    assert_eq!(activate(&fake).await.unwrap_err().status(), Some(400));
    assert_eq!(fake.posted(ROLE_ASSIGNMENT).await.len(), 1);
}

#[tokio::test]
async fn a_dry_run_is_not_looked_for() {
    let fake = Fake::start().await;
    fake.answer("POST", ROLE_ASSIGNMENT, |_| lost());
    let error = fake.graph().pim().activate("User Administrator").hours(5).validate().await.unwrap_err();
    assert_eq!(error.status(), Some(504));
    assert_eq!(fake.filters(&own(ROLE_ASSIGNMENT)).await.len(), 0);
}

#[tokio::test]
async fn a_justification_is_the_same_with_other_blanks() {
    let fake = Fake::start().await;
    fake.answer("POST", ROLE_ASSIGNMENT, |_| lost());
    fake.get(&own(ROLE_ASSIGNMENT), json!({ "value": [recorded(&json!({ "justification": "Call 5" }))] }));
    let order = fake.graph().pim().activate("User Administrator").hours(5).justification(" Call\r\n5 ");
    assert_eq!(order.send().await.unwrap().id, "r-1");
    assert_eq!(fake.posted(ROLE_ASSIGNMENT).await.len(), 1);
}

#[tokio::test]
async fn what_cannot_be_looked_for_is_told_to_be_in_doubt() {
    let fake = Fake::start().await;
    fake.answer("POST", ROLE_ASSIGNMENT, |_| lost());
    fake.answer("GET", &own(ROLE_ASSIGNMENT), |_| refused(403, "Authorization_RequestDenied", "No."));
    let error = activate(&fake).await.unwrap_err();
    assert_eq!(error.status(), Some(504), "what got lost, not what could not be looked for");
    assert!(error.to_string().contains("may have been made or not"), "{error}");
    assert_eq!(fake.posted(ROLE_ASSIGNMENT).await.len(), 1, "it is not sent again blindly");
}

#[tokio::test]
async fn a_request_whose_answer_is_lost_twice_is_looked_for_again() {
    let fake = Fake::start().await;
    fake.answer("POST", ROLE_ASSIGNMENT, |_| lost());
    let late = vec![ok(json!({ "value": [] })), ok(json!({ "value": [recorded(&json!({}))] }))];
    fake.in_turn("GET", &own(ROLE_ASSIGNMENT), late);
    assert_eq!(activate(&fake).await.unwrap().id, "r-1");
    assert_eq!(fake.posted(ROLE_ASSIGNMENT).await.len(), 2);
}
