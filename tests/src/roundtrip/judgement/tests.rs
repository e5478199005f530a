//! Exchanges of each kind, and what is said of them.

use serde_json::{Value, json};

use super::*;

fn judged(exchange: &Value) -> String {
    let text = exchange.to_string();
    let recording = Recording::read(&text).unwrap();
    let judgement = Judgement::of(&recording.exchanges[0], &recording);
    format!("{}: {judgement}", judgement.verdict.name())
}

#[test]
fn what_the_client_understands_is_ok() {
    let exchange = json!({
        "method": "GET", "url": "https://graph.microsoft.com/v1.0/groups/1", "status": 200,
        "body": { "id": "1", "mail": null, "new in Graph": { "a": [1.5] } },
    });
    assert_eq!(judged(&exchange), "ok: GET /v1.0/groups/{group-id}");
}

#[test]
fn letter_case_of_enumerations_is_a_normalisation() {
    let exchange = json!({
        "method": "POST", "url": "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests", "status": 201,
        "request": { "action": "SelfActivate", "scheduleInfo": { "expiration": { "type": "AfterDuration" } } },
        "body": { "action": "SELFACTIVATE", "justification": "Because" },
    });
    assert_eq!(
        judged(&exchange),
        "ok: POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests \
         (normalised: request /action, request /scheduleInfo/expiration/type, response /action)"
    );
}

#[test]
fn an_error_is_ok_if_it_is_one() {
    let answered = |body: &Value| judged(&json!({ "method": "GET", "url": "/v1.0/me", "status": 404, "body": body }));
    assert_eq!(answered(&json!({ "error": { "code": "NotFound", "message": "Gone." } })), "ok: GET /v1.0/me");
    assert_eq!(answered(&json!(null)), "ok: GET /v1.0/me");
    assert_eq!(answered(&json!("<html>")), "undecodable: GET /v1.0/me: response: not an OData error");
}

#[test]
fn a_count_is_a_number() {
    let answered =
        |body: &Value| judged(&json!({ "method": "GET", "url": "/v1.0/groups/$count", "status": 200, "body": body }));
    assert_eq!(answered(&json!(42)), "ok: GET /v1.0/groups/$count");
    assert_eq!(answered(&json!("42")), "ok: GET /v1.0/groups/$count");
    assert_eq!(answered(&json!("many")), "undecodable: GET /v1.0/groups/$count: response: not a number");
}

#[test]
fn a_body_that_nobody_reads_is_lost() {
    let answered =
        |body: &Value| judged(&json!({ "method": "DELETE", "url": "/v1.0/groups/1", "status": 200, "body": body }));
    assert_eq!(answered(&json!({})), "ok: DELETE /v1.0/groups/{group-id}");
    assert_eq!(answered(&json!({ "id": "1" })), "lossy: DELETE /v1.0/groups/{group-id}: response /id lost");
    assert_eq!(answered(&json!([1])), "lossy: DELETE /v1.0/groups/{group-id}: response the whole body lost");
}

#[test]
fn a_body_may_be_missing_where_none_is_promised() {
    let answered = |status: Option<u16>| judged(&json!({ "method": "GET", "url": "/v1.0/me", "status": status }));
    assert_eq!(answered(None), "ok: GET /v1.0/me");
    assert_eq!(answered(Some(204)), "ok: GET /v1.0/me");
    assert_eq!(
        answered(Some(200)),
        "undecodable: GET /v1.0/me: response: nothing, although the operation answers with a body"
    );
}

#[test]
fn what_cannot_be_decoded_is_said_with_its_place_and_without_its_value() {
    let text = "{\n  \"method\": \"GET\",\n  \"url\": \"/v1.0/me\",\n  \"status\": 200,\n  \
                \"body\": { \"displayName\": { \"s3cr3t\": 1 } }\n}";
    let recording = Recording::read(text).unwrap();
    let judged = Judgement::of(&recording.exchanges[0], &recording).to_string();
    assert!(judged.starts_with("GET /v1.0/me: response: "), "{judged}");
    assert!(judged.contains("`displayName` (line 5, column "), "{judged}");
    assert!(!judged.contains("s3cr3t"), "{judged}");
}

#[test]
fn an_unknown_operation_is_named_without_its_query() {
    let exchange = json!({ "method": "GET", "url": "https://graph.microsoft.com/v1.0/teams\u{7}?$skiptoken=s3cr3t" });
    assert_eq!(judged(&exchange), "unknown operation: GET /v1.0/teams\u{fffd}");
}
