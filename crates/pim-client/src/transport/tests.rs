//! What goes over the wire, and what becomes of what comes back.

use std::error::Error as _;
use std::future::IntoFuture;
use std::io::{BufRead, BufReader, Write};
use std::iter::successors;
use std::net::TcpListener;

use serde_json::json;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::stand_in::{Client, SECRET, graph, graph_at};
use crate::error::{Error, ErrorKind};

/// A server that gives the same answer to everything, and a client of it.
async fn answering(answer: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let client = Client::new(graph(&server).connection());
    (server, client)
}

async fn failure(answer: ResponseTemplate) -> Error {
    let (_server, client) = answering(answer).await;
    client.get("1").await.unwrap_err()
}

async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

#[tokio::test]
async fn a_request_has_token_id_and_preference_and_no_api_version() {
    let (server, client) = answering(ResponseTemplate::new(200).set_body_json(json!({ "id": "1" }))).await;
    let group = client.get("1").await.unwrap();
    assert_eq!(group, json!({ "id": "1" }));

    let requests = received(&server).await;
    let headers = &requests[0].headers;
    assert_eq!(requests[0].url.path(), "/v1.0/groups/1");
    assert_eq!(headers["authorization"], format!("Bearer {SECRET}"));
    assert_eq!(headers["prefer"], "include-unknown-enum-members");
    assert_eq!(headers["user-agent"], concat!("pim-client/", env!("CARGO_PKG_VERSION")));
    assert_eq!(headers["client-request-id"].len(), 36);
    assert!(!headers.contains_key("api-version"));
    assert!(!headers.contains_key("referer"));
}

#[tokio::test]
async fn every_request_has_its_own_id_which_the_error_tells() {
    let (server, client) = answering(ResponseTemplate::new(500)).await;
    let first = client.get("1").await.unwrap_err();
    let second = client.get("1").await.unwrap_err();
    for (error, request) in [first, second].iter().zip(received(&server).await) {
        assert_eq!(error.client_request_id().unwrap(), request.headers["client-request-id"]);
    }
}

#[tokio::test]
async fn a_redirect_is_refused() {
    let elsewhere = MockServer::start().await;
    for status in [301, 302, 303, 307, 308] {
        let answer = ResponseTemplate::new(status).insert_header("location", elsewhere.uri());
        let error = failure(answer).await;
        assert_eq!((error.kind(), error.status()), (ErrorKind::Refused, Some(status)));
        assert!(error.to_string().contains(&format!(": {status} redirect refused")), "{error}");
    }
    assert!(received(&elsewhere).await.is_empty());
}

#[tokio::test]
async fn the_token_goes_to_no_other_origin() {
    let (server, mut client) = answering(ResponseTemplate::new(200)).await;
    let (elsewhere, _) = answering(ResponseTemplate::new(200)).await;
    client.baseurl = elsewhere.uri();
    let error = client.get("1").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Refused, None));
    assert!(received(&elsewhere).await.is_empty());
    assert!(received(&server).await.is_empty());
}

#[tokio::test]
async fn an_error_keeps_its_status_whatever_the_body_is() {
    let html = "<html><body>slow down</body></html>";
    let huge = format!(r#"{{"error":{{"code":"Huge","message":"{}"}}}}"#, "x".repeat(2 << 20));
    for (status, body) in [
        (401, ""),
        (429, html),
        (502, r#"{"error":{"code":"#),
        (500, huge.as_str()),
        (400, r#"{"error":"invalid_request"}"#),
        (404, "null"),
        (403, "\u{feff}"),
    ] {
        let answer = ResponseTemplate::new(status).insert_header("request-id", "r-1").set_body_string(body);
        let error = failure(answer).await;
        assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(status)));
        assert_eq!((error.code(), error.request_id()), (None, Some("r-1")));
        assert!(error.to_string().len() < 200, "{error}");
    }
}

#[tokio::test]
async fn an_error_of_graph_keeps_code_and_message() {
    let body = json!({ "error": {
        "code": "Authorization_RequestDenied",
        "message": "Insufficient privileges\nto complete the operation.",
        "innerError": { "code": "Scope", "date": "2026-01-01T00:00:00", "request-id": "r-1" },
    } });
    let error = failure(ResponseTemplate::new(403).set_body_json(body)).await;
    assert_eq!(error.status(), Some(403));
    assert_eq!(error.codes().collect::<Vec<_>>(), ["Authorization_RequestDenied", "Scope"]);
    assert_eq!(error.message(), Some("Insufficient privileges to complete the operation."));
    assert_eq!(error.request_id(), Some("r-1"));
}

#[tokio::test]
async fn success_without_content_is_success() {
    let (_server, client) = answering(ResponseTemplate::new(204)).await;
    client.delete("1").await.unwrap();
}

#[tokio::test]
async fn an_answer_that_is_not_understood_names_the_member_and_keeps_the_ids() {
    let page = json!({ "value": SECRET });
    let answer = ResponseTemplate::new(200).insert_header("request-id", "r-1").set_body_json(page);
    let (_server, client) = answering(answer).await;
    let error = client.list().await.unwrap_err();
    assert_eq!((error.kind(), error.status(), error.request_id()), (ErrorKind::Decode, Some(200), Some("r-1")));
    let line = error.to_string();
    assert!(line.starts_with("GET /v1.0/groups: 200 the body cannot be read at `value` (line 1, column "), "{line}");
    assert!(!line.contains(SECRET), "{line}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_fault_of_transport() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::new(graph_at(&format!("http://{nobody}")).connection());
    let error = client.create(&json!({})).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
    assert!(error.is_retryable(), "it never left: {error}");
    assert!(error.client_request_id().is_some());
    assert!(error.source().is_some());
}

#[tokio::test]
async fn an_answer_that_breaks_off_keeps_its_status_and_tells_no_address() {
    for (status, kind) in [(200, ErrorKind::Transport), (502, ErrorKind::Service)] {
        let client = Client::new(graph_at(&cutting_off(status)).connection());
        let error = client.list().filter("userPrincipalName eq 'adele@contoso.com'").await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (kind, Some(status)), "{error}");
        let causes: Vec<_> = successors(error.source(), |&error| error.source()).map(ToString::to_string).collect();
        assert!(!format!("{error} {causes:?}").contains("adele"), "{causes:?}");
    }
}

/// The address of a server that promises a long answer and hangs up after the first bytes, every time.
fn cutting_off(status: u16) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().map(Result::unwrap) {
            let mut request = BufReader::new(&stream).lines().map(Result::unwrap);
            request.find(String::is_empty).unwrap();
            write!(&stream, "HTTP/1.1 {status} Cut\r\ncontent-length: 1000\r\n\r\n{{\"error\":").unwrap();
        }
    });
    format!("http://{address}")
}

#[tokio::test]
async fn the_token_shows_nowhere() {
    let echo = json!({ "error": { "code": "Echo", "message": format!("You sent: Authorization: Bearer {SECRET}") } });
    let answer = ResponseTemplate::new(400).insert_header("x-echo", SECRET).set_body_json(echo);
    let (server, client) = answering(answer).await;
    let error = client.list().await.unwrap_err();
    assert_eq!((error.status(), error.message()), (Some(400), None));
    let shown = format!("{:?} {client:?} {:?} {:?} {error} {error:?}", graph(&server), client.list(), client.get("1"));
    assert!(!shown.contains(SECRET), "{shown}");
}

#[test]
fn calls_can_be_moved_between_threads() {
    fn movable<T: Send + 'static>(_: impl FnOnce(Client) -> T) {}
    movable(|client| client.list().send());
    movable(|client| client.list().into_future());
    movable(|client| client.get("1").send());
    movable(|client| client.delete("1").into_future());
}
