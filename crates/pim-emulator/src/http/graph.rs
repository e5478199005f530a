//! Requests to Graph over HTTP.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, STRICT_TRANSPORT_SECURITY, VARY};
use http::{HeaderName, HeaderValue, StatusCode};
use uuid::Uuid;

use super::record::Recorded;
use super::serve::Dropped;
use crate::emulator::Shared;
use crate::faults::{Drop, Fate};
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
    let fate = shared.faults.next();
    if let Some(delay) = fate.delayed {
        tokio::time::sleep(delay).await;
    }
    if fate.dropped == Some(Drop::Before) {
        return Dropped.into_response();
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else {
        let message = format!("The body is longer than {LONGEST} bytes, or not as long as announced.");
        let error = GraphError::new(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge", message);
        return respond(refused(error), false);
    };
    let incoming = Incoming {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        origin: shared.platform.origin_for(&parts.headers),
        headers: parts.headers,
        body,
    };
    let answer = match throttled(fate) {
        Some(error) => refused(error),
        None => work(&shared, incoming.clone()).await,
    };
    shared.records.add(Recorded::new(shared.service.clock.now(), &incoming, &answer));
    if fate.dropped == Some(Drop::After) {
        return Dropped.into_response();
    }
    let is_bare = incoming.header("accept").is_some_and(|accept| accept.to_ascii_lowercase().contains("metadata=none"));
    respond(answer, is_bare)
}

/// The store may take its time, and who waits for it must not keep others from being served.
async fn work(shared: &Arc<Shared>, incoming: Incoming) -> Answer {
    let service = Arc::clone(&shared.service);
    match tokio::task::spawn_blocking(move || service.answer(&incoming)).await {
        Ok(answer) => answer,
        Err(error) => {
            tracing::error!(%error, "a request failed inside the emulator");
            refused(GraphError::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "InternalServerError",
                "The emulator failed on this request; its log says why. Please report it.",
            ))
        }
    }
}

fn throttled(fate: Fate) -> Option<GraphError> {
    let seconds = fate.throttled?.as_secs_f64().ceil();
    let error = GraphError::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", "Please retry again later.");
    Some(error.with_header(RETRY_AFTER, seconds.to_string()))
}

/// An error that is not the service's own.
fn refused(error: GraphError) -> Answer {
    let id = Uuid::new_v4().to_string();
    error.into_answer(&id, &id).with_header(HeaderName::from_static("request-id"), &id)
}

fn respond(answer: Answer, is_bare: bool) -> Response {
    let (content_type, body) = match answer.content {
        Content::None => (None, Bytes::new()),
        Content::Json(value) => (Some(if is_bare { BARE_JSON } else { JSON }), Bytes::from(value.to_string())),
        Content::Text(text) => (Some(TEXT), Bytes::from(text)),
    };
    let mut response = Response::new(Body::from(body));
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
    headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
    response
}
