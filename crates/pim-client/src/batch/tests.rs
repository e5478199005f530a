//! Batches against a server that answers them as Graph does.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::auth::{AccessToken, BearerToken, BoxFuture, Claims, TokenProvider, TokenRequest};
use crate::error::{ErrorCode, ErrorKind};
use crate::transport::stand_in::{Client, SECRET, builder, graph};
use crate::{Batch, Error, Graph, RetryPolicy};

/// A server that answers each request of a batch by what `answer` makes of it, in reverse order.
async fn batching(answer: impl Fn(&Value) -> Value + Send + Sync + 'static) -> MockServer {
    let server = MockServer::start().await;
    let respond = move |request: &Request| {
        let body: Value = request.body_json().unwrap();
        let requests = body["requests"].as_array().unwrap();
        assert!((1..=20).contains(&requests.len()), "Graph takes twenty at a time, not {}", requests.len());
        let mut responses = Vec::new();
        for request in requests.iter().rev() {
            let mut response = answer(request);
            response["id"] = request["id"].clone();
            responses.push(response);
        }
        ResponseTemplate::new(200).set_body_json(json!({ "responses": responses }))
    };
    Mock::given(method("POST")).and(path("/v1.0/$batch")).respond_with(Answering(respond)).mount(&server).await;
    server
}

struct Answering<F>(F);

impl<F: Fn(&Request) -> ResponseTemplate + Send + Sync> Respond for Answering<F> {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        (self.0)(request)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it reads better where it is called")]
fn ok(body: Value) -> Value {
    json!({ "status": 200, "headers": { "Content-Type": "application/json" }, "body": body })
}

fn refused(status: u16, code: &str) -> Value {
    json!({ "status": status, "headers": { "request-id": "r-1" }, "body": { "error": { "code": code, "message": "No." } } })
}

async fn sent(server: &MockServer) -> Vec<Value> {
    let requests = server.received_requests().await.unwrap();
    requests.iter().map(|request| request.body_json().unwrap()).collect()
}

fn start(graph: &Graph) -> (Client, Batch<'static>) {
    (Client::new(graph.connection()), graph.batch())
}

#[tokio::test]
async fn requests_are_described_as_they_would_be_sent() {
    let server = batching(|_| ok(json!({ "value": [] }))).await;
    let (client, mut batch) = start(&graph(&server));
    let body = json!({ "@odata.type": "#microsoft.graph.group", "displayName": "a" });
    let list = batch.add(client.list().filter("displayName eq 'a b'").include_count().consistency_level_eventual());
    let create = {
        let mut with_body = Batch::new(graph(&server).connection().clone());
        let ticket = with_body.add(client.create(&body));
        with_body.send().await.unwrap().take(ticket)
    };
    create.unwrap();
    let mut answers = batch.send().await.unwrap();
    assert!(answers.take(list).unwrap().is_empty());

    let batches = sent(&server).await;
    let create = &batches[0]["requests"][0];
    assert_eq!((create["method"].as_str(), create["url"].as_str()), (Some("POST"), Some("/groups")));
    assert_eq!(create["body"], body);
    assert_eq!(create["headers"]["content-type"], "application/json");
    let list = &batches[1]["requests"][0];
    assert_eq!(list["url"], "/groups?%24count=true&%24filter=displayName+eq+%27a+b%27");
    assert_eq!(list["headers"]["consistencylevel"], "eventual");
    assert!(list.get("body").is_none() && list.get("dependsOn").is_none());
    assert!(!batches[0].to_string().contains("uthorization"), "the token is the batch's");
    let outer = &server.received_requests().await.unwrap()[0];
    assert_eq!(outer.headers["authorization"], format!("Bearer {SECRET}"));
}

#[tokio::test]
async fn every_request_has_an_answer_or_an_error_of_its_own() {
    let server = batching(|request| match request["url"].as_str().unwrap() {
        "/groups/1" => ok(json!({ "id": "1" })),
        "/groups/2" => refused(404, "Request_ResourceNotFound"),
        "/groups/3" => json!({ "status": 204 }),
        "/groups/4" => json!({ "status": 502, "body": "PGh0bWw+" }),
        _ => ok(json!({ "value": 5 })),
    })
    .await;
    let (client, mut batch) = start(&graph(&server));
    let found = batch.add(client.get("1"));
    let missing = batch.add(client.get("2"));
    let deleted = batch.add(client.delete("3"));
    let broken = batch.add(client.delete("4"));
    let odd = batch.add(client.list());
    assert_eq!(batch.len(), 5);
    let mut answers = batch.send().await.unwrap();
    assert_eq!(answers.succeeded(), 3);
    assert_eq!(answers.take(found).unwrap(), json!({ "id": "1" }));
    let error = answers.take(missing).unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(404), Some(&ErrorCode::Request_ResourceNotFound)));
    assert_eq!(error.to_string(), "GET /v1.0/groups/{group-id}: 404 Request_ResourceNotFound: No. (request-id r-1)");
    answers.take(deleted).unwrap();
    assert_eq!(answers.take(broken).unwrap_err().status(), Some(502));
    let error = answers.take(odd).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("`value`"), "{error}");
}

#[tokio::test]
async fn more_than_twenty_are_split_and_waiting_is_kept() {
    let server = batching(|request| match request["url"].as_str().unwrap() {
        "/groups/bad" => refused(400, "BadRequest"),
        _ => ok(json!({ "url": request["url"], "after": request["dependsOn"] })),
    })
    .await;
    let (client, mut batch) = start(&graph(&server));
    let first = batch.add(client.get("first"));
    let bad = batch.add(client.get("bad"));
    let many: Vec<_> = (0..40).map(|_| batch.add(client.get("n"))).collect();
    let near = batch.add_after([many[39].id()], client.get("near"));
    let far = batch.add_after([first.id()], client.get("far"));
    let fallen = batch.add_after([bad.id()], client.get("fallen"));
    let deeper = batch.add_after([fallen.id()], client.get("deeper"));

    let mut answers = batch.send().await.unwrap();
    let batches = sent(&server).await;
    assert_eq!(
        batches.iter().map(|batch| batch["requests"].as_array().unwrap().len()).collect::<Vec<_>>(),
        [20, 20, 4]
    );
    for ticket in many {
        answers.take(ticket).unwrap();
    }
    assert_eq!(answers.take(near).unwrap()["after"], json!(["41"]), "in the same batch, Graph keeps the order");
    assert_eq!(answers.take(far).unwrap()["after"], Value::Null, "the other has succeeded before");
    for error in [answers.take(fallen).unwrap_err(), answers.take(deeper).unwrap_err()] {
        assert_eq!(error.status(), Some(424), "{error}");
        assert!(error.to_string().contains("was not sent"), "{error}");
    }
    answers.take(first).unwrap();
    assert_eq!(answers.take(bad).unwrap_err().status(), Some(400));
}

#[tokio::test]
async fn what_is_throttled_is_sent_again_alone_and_with_what_fell_with_it() {
    let asked = AtomicUsize::new(0);
    let server = batching(move |request| match request["url"].as_str().unwrap() {
        "/groups/busy" if asked.fetch_add(1, Ordering::SeqCst) == 0 => {
            json!({ "status": 429, "headers": { "Retry-After": "0.01" }, "body": { "error": { "code": "TooManyRequests" } } })
        }
        "/groups/waiting" if request["dependsOn"] == json!(["1"]) && asked_once(request) => json!({ "status": 424 }),
        _ => ok(json!({})),
    })
    .await;
    let (client, mut batch) = start(&graph(&server));
    let idle = batch.add(client.get("idle"));
    let busy = batch.add(client.get("busy"));
    let waiting = batch.add_after([busy.id()], client.get("waiting"));
    let mut answers = batch.send().await.unwrap();
    answers.take(idle).unwrap();
    answers.take(busy).unwrap();
    answers.take(waiting).unwrap();
    let ids = sent(&server).await.into_iter().map(|batch| {
        batch["requests"].as_array().unwrap().iter().map(|request| request["id"].as_str().unwrap().to_owned()).collect()
    });
    assert_eq!(ids.collect::<Vec<Vec<_>>>(), [vec!["0", "1", "2"], vec!["1", "2"]]);
}

/// Whether this is the first time that the request is seen.
fn asked_once(request: &Value) -> bool {
    static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let id = request["headers"]["client-request-id"].as_str().unwrap().to_owned();
    let mut seen = SEEN.lock().unwrap();
    let is_first = !seen.contains(&id);
    seen.push(id);
    is_first
}

#[tokio::test]
async fn what_stays_throttled_is_an_error_that_says_how_often() {
    let server = batching(|_| refused(503, "ServiceUnavailable")).await;
    let (client, mut batch) = start(&graph(&server));
    let body = json!({});
    let ticket = batch.add(client.get("1"));
    let mut creating = graph(&server).batch();
    let created = creating.add(client.create(&body));
    let error = batch.send().await.unwrap().take(ticket).unwrap_err();
    assert_eq!((error.status(), error.tries()), (Some(503), 5));
    let error = creating.send().await.unwrap().take(created).unwrap_err();
    assert_eq!((error.status(), error.tries()), (Some(503), 5), "a 503 says that nothing was created");
}

#[tokio::test]
async fn a_creation_that_may_have_happened_is_not_sent_again() {
    let server = batching(|_| refused(504, "Timeout")).await;
    let client = Client::new(graph(&server).connection());
    let body = json!({});
    let mut batch = graph(&server).batch();
    let (created, read) = (batch.add(client.create(&body)), batch.add(client.get("1")));
    let mut answers = batch.send().await.unwrap();
    assert_eq!(answers.take(created).unwrap_err().tries(), 1);
    assert_eq!(answers.take(read).unwrap_err().tries(), 5);
}

/// Steps up, and counts how often.
struct Stepping(AtomicUsize);

impl TokenProvider for &'static Stepping {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        let steps = self.0.fetch_add(usize::from(request.claims().is_some()), Ordering::SeqCst);
        let stepped_up = steps > 0 || request.claims().is_some();
        Box::pin(async move { Ok(BearerToken::new(if stepped_up { "better" } else { "plain" })?.into()) })
    }
}

#[tokio::test]
async fn a_challenge_to_one_request_steps_the_token_up_once() {
    static PROVIDER: Stepping = Stepping(AtomicUsize::new(0));
    let claims = "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22value%22%3A%22c1%22%7D%7D%7D";
    let asked = AtomicUsize::new(0);
    let server = batching(move |request| {
        if request["url"] == "/groups/1" && asked.fetch_add(1, Ordering::SeqCst) == 0 {
            let code = "RoleAssignmentRequestAcrsValidationFailed";
            json!({ "status": 400, "body": { "error": { "code": code, "message": claims } } })
        } else {
            ok(json!({}))
        }
    })
    .await;
    let graph = Graph::builder(&PROVIDER).endpoint(&server.uri()).unwrap().build().unwrap();
    let (client, mut batch) = start(&graph);
    let (challenged, other) = (batch.add(client.get("1")), batch.add(client.get("2")));
    let mut answers = batch.send().await.unwrap();
    answers.take(challenged).unwrap();
    answers.take(other).unwrap();
    assert_eq!(PROVIDER.0.load(Ordering::SeqCst), 1);
    let tokens = server.received_requests().await.unwrap();
    let tokens: Vec<_> = tokens.iter().map(|request| request.headers["authorization"].to_str().unwrap()).collect();
    assert_eq!(tokens, ["Bearer plain", "Bearer better"]);
}

#[tokio::test]
async fn where_the_token_cannot_be_stepped_up_the_error_says_so() {
    let server = batching(|_| {
        let claims = "claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22value%22%3A%22c1%22%7D%7D%7D";
        let code = "RoleAssignmentRequestAcrsValidationFailed";
        json!({ "status": 400, "body": { "error": { "code": code, "message": claims } } })
    })
    .await;
    let (client, mut batch) = start(&graph(&server));
    let ticket = batch.add(client.get("1"));
    let error = batch.send().await.unwrap().take(ticket).unwrap_err();
    assert_eq!(error.challenge().and_then(Claims::authentication_context).as_deref(), Some("c1"));
    assert!(error.to_string().contains("a fixed token cannot be stepped up"), "{error}");
    assert_eq!(sent(&server).await.len(), 1);
}

/// Whoever cannot prove what is asked for is asked once, however often the batch goes round for other reasons.
#[tokio::test]
async fn a_step_up_that_fails_is_not_tried_again_with_every_round() {
    struct Refusing(AtomicUsize);
    impl TokenProvider for &'static Refusing {
        fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
            let is_challenged = request.claims().is_some();
            self.0.fetch_add(usize::from(is_challenged), Ordering::SeqCst);
            let token = BearerToken::new(SECRET).map(AccessToken::from);
            let token = if is_challenged { Err(Error::authentication("no")) } else { token };
            Box::pin(async move { token })
        }
    }
    static PROVIDER: Refusing = Refusing(AtomicUsize::new(0));
    let server = batching(|request| match request["url"].as_str().unwrap() {
        "/groups/1" => challenged_in_header(),
        _ => refused(503, "ServiceUnavailable"),
    })
    .await;
    let soon = RetryPolicy::default().base_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(5));
    let graph = Graph::builder(&PROVIDER).endpoint(&server.uri()).unwrap().retry(soon).build().unwrap();
    let (client, mut batch) = start(&graph);
    let (challenged, busy) = (batch.add(client.get("1")), batch.add(client.get("2")));
    let mut answers = batch.send().await.unwrap();
    let error = answers.take(challenged).unwrap_err();
    assert!(error.to_string().contains("authentication context c1 is needed, and could not be got: no"), "{error}");
    assert_eq!(answers.take(busy).unwrap_err().tries(), 5);
    assert_eq!(PROVIDER.0.load(Ordering::SeqCst), 1);
}

/// Conditional Access challenges a request of a batch in the header of its answer.
fn challenged_in_header() -> Value {
    let claims = Claims::parse(r#"{"access_token":{"acrs":{"value":"c1"}}}"#).unwrap().to_base64();
    let header = format!(r#"Bearer error="insufficient_claims", claims="{claims}""#);
    json!({ "status": 401, "headers": { "WWW-Authenticate": header }, "body": { "error": { "code": "x" } } })
}

#[tokio::test]
async fn an_odd_answer_spoils_no_other_and_none_is_taken_twice() {
    let server = MockServer::start().await;
    let answer = json!({ "responses": [
        { "id": "0", "status": "200", "body": {} },
        { "id": "1", "status": 70_000, "headers": [], "body": {} },
        { "id": "2", "status": 99 },
        { "id": 3, "status": 200, "headers": "none", "body": { "id": "3" } },
        { "id": "4", "status": 201, "headers": { "a": [], "b c": "\n" }, "body": { "id": "4" } },
        { "id": "4", "status": 503, "body": { "error": { "code": "again" } } },
        { "id": "17", "status": 200 },
        { "id": null, "status": 200 },
        { "status": 200 },
        {},
    ] });
    let answer = ResponseTemplate::new(200).set_body_json(answer);
    Mock::given(method("POST")).respond_with(answer).expect(1).mount(&server).await;
    let (graph, body) = (graph(&server), json!({}));
    let (client, mut batch) = (Client::new(graph.connection()), graph.batch());
    let odd = ["0", "1", "2"].map(|id| batch.add(client.get(id)));
    let right = batch.add(client.get("3"));
    let created = batch.add(client.create(&body));
    let mut answers = batch.send().await.unwrap();
    for ticket in odd {
        let error = answers.take(ticket).unwrap_err();
        assert_eq!((error.kind(), error.status(), error.tries()), (ErrorKind::Decode, None, 1));
        assert!(error.to_string().contains("does not say what became of this request"), "{error}");
    }
    assert_eq!(answers.take(right).unwrap()["id"], "3");
    assert_eq!(answers.take(created).unwrap()["id"], "4", "the second answer would have sent it again");
}

#[tokio::test]
async fn an_error_within_a_batch_does_not_repeat_the_token() {
    let server = batching(|_| {
        let said = format!("You sent: Bearer {SECRET}");
        json!({ "status": 400, "headers": { "request-id": SECRET }, "body": { "error": { "code": "x", "message": said } } })
    })
    .await;
    let (client, mut batch) = start(&graph(&server));
    let ticket = batch.add(client.get("1"));
    let answers = batch.send().await.unwrap();
    assert!(!format!("{answers:?}").contains(SECRET), "{answers:?}");
    let mut answers = answers;
    let error = answers.take(ticket).unwrap_err();
    assert_eq!((error.status(), error.code(), error.message(), error.request_id()), (Some(400), None, None, None));
}

#[tokio::test]
async fn a_hundred_that_are_throttled_are_all_answered_later() {
    let asked = AtomicUsize::new(0);
    let server = batching(move |_| {
        let is_busy = asked.fetch_add(1, Ordering::SeqCst) < 100;
        if is_busy { refused(429, "TooManyRequests") } else { ok(json!({})) }
    })
    .await;
    let (client, mut batch) = start(&graph(&server));
    let tickets: Vec<_> = (0..100).map(|_| batch.add(client.get("1"))).collect();
    let mut answers = batch.send().await.unwrap();
    assert_eq!(answers.succeeded(), 100);
    for ticket in tickets {
        answers.take(ticket).unwrap();
    }
    assert_eq!(sent(&server).await.len(), 10);
}

#[tokio::test]
async fn what_cannot_be_sent_fails_alone() {
    let server = batching(|_| ok(json!({}))).await;
    let graph = graph(&server);
    let mut batch = graph.batch();
    let wrong = batch.add(graph.groups().by_id("..").get());
    let waiting = batch.add_after([wrong.id()], graph.groups().by_id("1").get());
    let right = batch.add(graph.groups().by_id("2").get());
    let mut answers = batch.send().await.unwrap();
    assert_eq!(answers.take(wrong).unwrap_err().kind(), ErrorKind::InvalidInput);
    assert_eq!(answers.take(waiting).unwrap_err().status(), Some(424));
    answers.take(right).unwrap();
}

#[tokio::test]
async fn a_batch_that_fails_as_a_whole_is_an_error() {
    let server = MockServer::start().await;
    let answer =
        ResponseTemplate::new(400).set_body_json(json!({ "error": { "code": "BadRequest", "message": "No." } }));
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    let (client, mut batch) = start(&graph(&server));
    let _ticket = batch.add(client.get("1"));
    let error = batch.send().await.unwrap_err();
    assert!(error.to_string().starts_with("POST /v1.0/$batch: 400 BadRequest: No."), "{error}");
}

#[tokio::test]
async fn requests_that_are_left_out_are_errors() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_json(json!({ "responses": [{ "id": "7", "status": 200 }] }));
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    let (client, mut batch) = start(&graph(&server));
    let ticket = batch.add(client.get("1"));
    let error = batch.send().await.unwrap().take(ticket).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
}

#[tokio::test]
async fn an_empty_batch_is_not_sent() {
    let graph = builder("http://127.0.0.1:9").build().unwrap();
    assert_eq!(graph.batch().send().await.unwrap().succeeded(), 0);
}

#[tokio::test]
async fn a_ticket_is_of_its_batch() {
    let server = batching(|_| ok(json!({}))).await;
    let (client, mut one) = start(&graph(&server));
    let (_, mut other) = start(&graph(&server));
    let ticket = one.add(client.get("1"));
    let _other = other.add_after([ticket.id()], client.get("2"));
    assert_eq!(other.send().await.unwrap_err().kind(), ErrorKind::InvalidInput);
    let mut empty = graph(&server).batch().send().await.unwrap();
    assert_eq!(empty.take(ticket).unwrap_err().kind(), ErrorKind::InvalidInput);
}
