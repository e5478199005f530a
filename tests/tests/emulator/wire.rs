//! A wire to the emulator that keeps what goes over it, both ways.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use reqwest::header::{ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A request and its answer, as they went over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) method: String,
    /// Path and query, encoded.
    pub(crate) url: String,
    pub(crate) request: Option<Value>,
    pub(crate) status: u16,
    pub(crate) answer: Option<Value>,
}

/// A wire. It ends when it is dropped.
pub(crate) struct Wire {
    url: String,
    ends: Ends,
    server: JoinHandle<()>,
}

#[derive(Clone)]
struct Ends {
    to: String,
    client: reqwest::Client,
    seen: Arc<Mutex<Vec<Exchange>>>,
}

impl Wire {
    /// A wire to a server.
    pub(crate) async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let ends = Ends { to: server, client: reqwest::Client::new(), seen: Arc::default() };
        let router = Router::new().fallback(pass).with_state(ends.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.expect("a server that goes on") });
        Self { url, ends, server }
    }

    /// Where it begins.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What went over it since this was asked last.
    pub(crate) fn take(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.ends.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Passes a request on, and its answer back. The host is kept: the service tells its own address by it.
async fn pass(State(ends): State<Ends>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let sent = to_bytes(body, usize::MAX).await.expect("a body");
    let url = parts.uri.to_string();
    let headers = without(&parts.headers, &[ACCEPT_ENCODING.as_str(), CONNECTION.as_str()]);
    let onward =
        ends.client.request(parts.method.clone(), format!("{}{url}", ends.to)).headers(headers).body(sent.clone());
    let answer = onward.send().await.expect("an answer");
    let (status, headers) = (answer.status(), answer.headers().clone());
    let received = answer.bytes().await.expect("an answer's body");
    ends.seen.lock().unwrap_or_else(PoisonError::into_inner).push(Exchange {
        method: parts.method.to_string(),
        url,
        request: json(&sent),
        status: status.as_u16(),
        answer: json(&received),
    });
    let mut response = Response::new(Body::from(received));
    *response.status_mut() = status;
    let hop = [CONNECTION.as_str(), CONTENT_LENGTH.as_str(), TRANSFER_ENCODING.as_str()];
    *response.headers_mut() = without(&headers, &hop);
    response
}

fn without(headers: &HeaderMap, names: &[&str]) -> HeaderMap {
    let mut kept = headers.clone();
    for name in names {
        kept.remove(*name);
    }
    kept
}

fn json(body: &Bytes) -> Option<Value> {
    (!body.is_empty()).then(|| serde_json::from_slice(body).expect("JSON"))
}
