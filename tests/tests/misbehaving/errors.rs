//! Errors in other words than Graph's.

use pim_client::ErrorKind::Service;
use pim_client::{ErrorCode, FailedRule};
use serde_json::json;

use crate::client::{activate, client, create_user, read};
use crate::reply::{Reply, head};
use crate::secrets::{SAID, TOKEN, failure};
use crate::server::Server;

/// What is said instead of an error that Graph would write.
const SAID_INSTEAD: &[&str] = &[
    "",
    "Forbidden",
    "<html><body>s3cr3t</body></html>",
    "{",
    "null",
    "[]",
    "{}",
    r#"{"error": null}"#,
    r#"{"error": "invalid_grant", "error_description": "s3cr3t"}"#,
    r#"{"error": []}"#,
    r#"{"error": {}}"#,
    r#"{"error": {"code": 7, "message": {}, "details": "s3cr3t", "innerError": []}}"#,
    r#"{"Message": "s3cr3t"}"#,
    "\u{0}\u{1b}[2J",
];

#[tokio::test]
async fn the_status_is_kept_whatever_else_is_said() {
    const STATUSES: &[u16] = &[400, 401, 403, 404, 405, 409, 418, 422, 500, 501, 599];
    let cases: Vec<_> =
        SAID_INSTEAD.iter().flat_map(|body| STATUSES.iter().map(move |status| (body, *status))).collect();
    let replies = cases.iter().map(|(body, status)| Reply::new(*status, &[("request-id", "r-1")], body));
    let server = Server::script(replies.collect::<Vec<_>>()).await;
    let graph = client(&server);
    for (body, status) in &cases {
        let error = failure(activate(&graph).await);
        assert_eq!((error.kind(), error.status()), (Service, Some(*status)), "{body} {error}");
        assert_eq!((error.code(), error.message(), error.tries()), (None, None, 1), "{body} {error}");
        assert_eq!(error.request_id(), Some("r-1"));
        let operation = "POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests: ";
        assert!(error.to_string().starts_with(&format!("{operation}{status} ")), "{error}");
    }
    assert_eq!(server.seen().len(), cases.len());
}

#[tokio::test]
async fn ten_megabytes_of_error_are_one_short_line() {
    let page = format!("<html>{}</html>", "sorry ".repeat((10 << 20) / 6));
    let message = json!({ "error": { "code": "x".repeat(5 << 20), "message": "y".repeat(5 << 20) } }).to_string();
    let chunked = head(502, &[], "transfer-encoding: chunked") + &format!("A00000\r\n{}\r\n", "z".repeat(10 << 20));
    for reply in [Reply::new(502, &[], page), Reply::new(502, &[], message), Reply::raw(chunked)] {
        let server = Server::always(reply).await;
        let error = failure(activate(&client(&server)).await);
        assert_eq!((error.kind(), error.status()), (Service, Some(502)), "{error}");
        assert!(error.to_string().len() < 300, "{error}");
    }
}

#[tokio::test]
async fn a_long_message_is_cut_in_the_line_and_kept_for_programs() {
    let error = json!({ "error": { "code": "Long", "message": "y".repeat(500_000) } });
    let server = Server::always(Reply::json(400, &error)).await;
    let error = failure(activate(&client(&server)).await);
    assert_eq!(error.message().map(str::len), Some(500_000));
    assert!(error.to_string().len() < 1_000, "{error}");
}

/// Gateways repeat what they do not like.
#[tokio::test]
async fn an_answer_that_repeats_the_request_shows_none_of_it() {
    let bearer = format!("Bearer {TOKEN}");
    for status in [400, 401, 403, 500] {
        for body in [
            json!({ "error": { "code": "Echo", "message": bearer } }),
            json!({ "error": { "code": bearer } }),
            json!({ "error": { "innerError": { "request-id": bearer } } }),
            json!({ "headers": { "authorization": bearer }, "body": SAID }),
            json!([bearer, SAID]),
        ] {
            let headers = [("request-id", &*bearer), ("x-echo", &*bearer), ("location", &*bearer)];
            let server = Server::always(Reply::new(status, &headers, body.to_string())).await;
            let graph = client(&server);
            for error in [failure(create_user(&graph).await), failure(activate(&graph).await)] {
                assert_eq!((error.status(), error.code(), error.request_id()), (Some(status), None, None), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn a_success_that_repeats_the_request_shows_none_of_it() {
    let server = Server::start(|_, request| {
        let echo = json!({ "authorization": request.header("authorization"), "body": request.body, "id": 7 });
        Reply::new(200, &[("request-id", request.header("authorization"))], echo.to_string())
    })
    .await;
    let graph = client(&server);
    failure(create_user(&graph).await);
    failure(activate(&graph).await);
    failure(graph.groups().count().await);
    assert_eq!(server.seen().len(), 3);
    assert!(server.seen()[0].body.contains(SAID), "it was sent, though");
}

/// Text of an answer cannot move the cursor of whoever reads it, by whatever way it comes.
#[tokio::test]
async fn rules_that_failed_are_one_line_each() {
    let message = r#"The following policy rules failed: ["Expiration\u001b[2J\nRule", "MfaRule"]"#;
    let body = json!({ "error": { "code": "RoleAssignmentRequestPolicyValidationFailed", "message": message } });
    let server = Server::always(Reply::json(400, &body)).await;
    let error = failure(activate(&client(&server)).await);
    assert_eq!(error.code(), Some(&ErrorCode::RoleAssignmentRequestPolicyValidationFailed));
    assert_eq!(error.failed_rules().len(), 2);
    assert_eq!(error.failed_rules()[1], FailedRule::Mfa);
    for rule in error.failed_rules() {
        assert!(!rule.as_str().chars().any(char::is_control), "{rule:?}");
    }
}

#[tokio::test]
async fn after_any_error_the_client_goes_on() {
    let server = Server::script([
        Reply::new(500, &[], "s3cr3t"),
        Reply::raw(head(400, &[], "content-length: 9")),
        Reply::new(404, &[], "<html>"),
        Reply::object(),
    ])
    .await;
    let graph = client(&server);
    for status in [500, 400, 404] {
        assert_eq!(failure(read(&graph).await).status(), Some(status));
    }
    assert!(read(&graph).await.is_ok());
}
