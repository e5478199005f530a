//! Requests to Graph over HTTP.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER, STRICT_TRANSPORT_SECURITY, VARY};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use http_body_util::LengthLimitError;
use uuid::Uuid;

use super::guard::Names;
use super::serve::Dropped;
use crate::emulator::Shared;
use crate::faults::{DropWhen, Fate};
use crate::graph::{Answer, Content, GraphError, Incoming};

/// The longest body: Graph's own limit for most requests.
const LONGEST: usize = 4 << 20;

const JSON: HeaderValue = HeaderValue::from_static(
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
);
const BARE_JSON: HeaderValue = HeaderValue::from_static(
    "application/json;odata.metadata=none;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
);
const TEXT: HeaderValue = HeaderValue::from_static("text/plain");

/// Which data centre answered; clients put it into their logs.
const DIAGNOSTIC: &str = r#"{"ServerInfo":{"DataCenter":"Loopback","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"PIM-EMULATOR"}}"#;

pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    // Neither a fault nor a record is spent on it.
    if let Err(why) = Names::of(&shared).check_host(request.headers()) {
        let error = GraphError::new(StatusCode::MISDIRECTED_REQUEST, "MisdirectedRequest", why);
        return respond(refused(Incoming::default(), error).1, false).0;
    }
    let fate = shared.faults.next();
    if let Some(delay) = fate.delayed {
        tokio::time::sleep(delay).await;
    }
    if fate.dropped == Some(DropWhen::Before) {
        return Dropped.into_response();
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LONGEST).await;
    let mut incoming = Incoming {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        origin: shared.platform.origin_for(&parts.headers),
        headers: parts.headers,
        body: Bytes::new(),
    };
    let is_bare = incoming.header("accept").is_some_and(|accept| accept.to_ascii_lowercase().contains("metadata=none"));
    let refusal = match (body, check_encoding(&incoming.headers), throttled(fate)) {
        (Err(error), ..) => Some(unreadable(error)),
        (_, Err(error), _) | (_, _, Some(error)) => Some(error),
        (Ok(body), Ok(()), None) => {
            incoming.body = body;
            None
        }
    };
    let (incoming, answer) = match refusal {
        Some(error) => refused(incoming, error),
        None => work(&shared, incoming).await,
    };
    let status = answer.status;
    let (response, body) = respond(answer, is_bare);
    shared.records.add(shared.service.clock.instant(), incoming, status, body);
    if fate.dropped == Some(DropWhen::After) {
        return Dropped.into_response();
    }
    response
}

/// A store in memory is asked at once: to hand the question to another thread takes longer than to answer it. Who asks
/// one in a file may have to wait for the disk, and must not keep others from being served.
async fn work(shared: &Arc<Shared>, incoming: Incoming) -> (Incoming, Answer) {
    let service = Arc::clone(&shared.service);
    let answer = move || {
        let answer = catch_unwind(AssertUnwindSafe(|| service.answer(&incoming)));
        (incoming, answer.ok())
    };
    let answered =
        if shared.service.store.is_durable() { tokio::task::spawn_blocking(answer).await } else { Ok(answer()) };
    match answered {
        Ok((incoming, Some(answer))) => (incoming, answer),
        Ok((incoming, None)) => {
            tracing::error!(method = %incoming.method, path = incoming.path, "a request failed inside the emulator");
            refused(incoming, failed())
        }
        // It cannot panic; it is cancelled when the runtime ends, and then nobody reads this.
        Err(_) => refused(Incoming::default(), failed()),
    }
}

fn failed() -> GraphError {
    GraphError::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalServerError",
        "The emulator failed on this request; its log says why. Please report it.",
    )
}

/// Why a body could not be read.
fn unreadable(error: axum::Error) -> GraphError {
    if error.into_inner().is::<LengthLimitError>() {
        let message = format!("The body is longer than {LONGEST} bytes.");
        return GraphError::new(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge", message);
    }
    GraphError::bad_request("The body ended early, or is not encoded as its Content-Encoding says.")
}

/// What was decoded has no such header any more.
fn check_encoding(headers: &HeaderMap) -> Result<(), GraphError> {
    match headers.get(CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" => {
            let message = "The body is encoded in a way that is not known here; gzip is.";
            Err(GraphError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaType", message))
        }
        _ => Ok(()),
    }
}

fn throttled(fate: Fate) -> Option<GraphError> {
    let seconds = fate.throttled?.as_secs_f64().ceil();
    let error = GraphError::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", "Please retry again later.");
    Some(error.with_header(RETRY_AFTER, seconds.to_string()))
}

/// An error that is not the service's own.
fn refused(incoming: Incoming, error: GraphError) -> (Incoming, Answer) {
    let id = Uuid::new_v4().to_string();
    let client_request_id = incoming.header("client-request-id").unwrap_or(&id);
    let answer = error
        .into_answer(&id, client_request_id)
        .with_header(HeaderName::from_static("request-id"), &id)
        .with_header(HeaderName::from_static("client-request-id"), client_request_id);
    (incoming, answer)
}

/// An answer as HTTP has it, and its body besides.
fn respond(answer: Answer, is_bare: bool) -> (Response, Bytes) {
    let (content_type, body) = match answer.content {
        Content::None => (None, Bytes::new()),
        Content::Json(value) => (Some(if is_bare { BARE_JSON } else { JSON }), Bytes::from(value.to_string())),
        Content::Text(text) => (Some(TEXT), Bytes::from(text)),
    };
    let mut response = Response::new(Body::from(body.clone()));
    *response.status_mut() = answer.status;
    let headers = response.headers_mut();
    *headers = answer.headers;
    if let Some(content_type) = content_type {
        headers.insert(CONTENT_TYPE, content_type);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    headers.insert(HeaderName::from_static("odata-version"), HeaderValue::from_static("4.0"));
    headers.insert(HeaderName::from_static("x-ms-ags-diagnostic"), HeaderValue::from_static(DIAGNOSTIC));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    (response, body)
}
