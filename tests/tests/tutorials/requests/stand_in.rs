//! A server that stands in for Graph: it answers as a tutorial prints, and knows what it should have been asked.

use std::sync::atomic::{AtomicUsize, Ordering};

use percent_encoding::percent_decode_str;
use pim_client::{BearerToken, Graph, GraphBuilder};
use pim_tests::roundtrip::{Change, differences};
use serde_json::{Value, json};
use wiremock::http::Url;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::printed::{Printed, exchanges};

const TOKEN: &str = "eyJ0eXAiOiJKV1QifQ.e30.c2ln";
const GRAPH: &str = "https://graph.microsoft.com";

pub(super) struct StandIn {
    server: MockServer,
    printed: Vec<Printed>,
}

impl StandIn {
    /// Answers each request with the next response of `tutorial`.
    pub(super) async fn of(tutorial: &str) -> Self {
        let server = MockServer::start().await;
        let (answers, next) = (exchanges(tutorial), AtomicUsize::new(0));
        let answer = move |_: &Request| answer(answers.get(next.fetch_add(1, Ordering::Relaxed)));
        Mock::given(any()).respond_with(answer).mount(&server).await;
        Self { server, printed: exchanges(tutorial) }
    }

    pub(super) fn graph(&self) -> Graph {
        let token = BearerToken::new(TOKEN).expect("a token");
        Graph::builder(token).endpoint(&self.server.uri()).and_then(GraphBuilder::build).expect("a client")
    }

    /// Leaves out the last request of the tutorial: it cannot be made.
    pub(super) fn without_last(mut self) -> Self {
        self.printed.pop();
        self
    }

    /// Asserts that the requests of the tutorial were made, in its order, and no others.
    pub(super) async fn was_asked_as_printed(&self) {
        let sent = self.server.received_requests().await.expect("a record");
        let calls = |calls: &[String]| calls.join("\n");
        let printed: Vec<_> = self.printed.iter().map(|printed| call(&printed.method, &url_of(printed))).collect();
        let made: Vec<_> = sent.iter().map(|sent| call(sent.method.as_str(), &sent.url)).collect();
        assert_eq!(calls(&made), calls(&printed));
        for (sent, printed) in sent.iter().zip(&self.printed) {
            assert_headers(sent, printed);
            assert_body(sent, printed, &self.server.uri());
        }
    }
}

/// The response that is printed or, where none is, a page with nothing on it: only lists are left without one.
fn answer(printed: Option<&Printed>) -> ResponseTemplate {
    let Some(printed) = printed else { return ResponseTemplate::new(500) };
    match (printed.status, &printed.body) {
        (Some(status), Some(body)) => ResponseTemplate::new(status).set_body_json(body),
        (Some(status), None) => ResponseTemplate::new(status),
        (None, _) => ResponseTemplate::new(200).set_body_json(json!({ "value": [] })),
    }
}

/// The URL without the spaces that are printed behind some.
fn url_of(printed: &Printed) -> Url {
    printed.url.trim().parse().expect("a URL")
}

/// Method, path and query, decoded: what both sides mean, however they spell it.
fn call(method: &str, url: &Url) -> String {
    let path = percent_decode_str(url.path()).decode_utf8().expect("UTF-8");
    let query: Vec<_> = url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{method} {path} {}", query.join("&"))
}

fn assert_headers(sent: &Request, printed: &Printed) {
    let header = |name| sent.headers.get(name).map(|value| value.to_str().expect("text"));
    let content_type = printed.request.as_ref().map(|_| "application/json");
    assert_eq!(header("content-type"), content_type, "{}", printed.name);
    assert_eq!(header("accept"), Some("application/json"), "{}", printed.name);
    assert_eq!(header("authorization"), Some(format!("Bearer {TOKEN}").as_str()), "{}", printed.name);
}

/// The body is the printed one, but for the case of enumerations and for where Graph is.
fn assert_body(sent: &Request, printed: &Printed, base: &str) {
    let Some(expected) = &printed.request else {
        assert!(sent.body.is_empty(), "{}", printed.name);
        return;
    };
    let expected: Value = serde_json::from_str(&expected.to_string().replace(GRAPH, base)).expect("JSON");
    let mut differences = differences(&expected, &sent.body_json().expect("JSON"));
    differences.retain(|difference| difference.change != Change::Normalised);
    assert_eq!(differences, [], "{}", printed.name);
}
