//! Answers that no cache may keep.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::Value;
use uuid::Uuid;

use crate::identity::fault::Fault;

pub(super) fn json(status: StatusCode, body: Value) -> Response {
    uncached((status, axum::Json(body)).into_response())
}

/// The refusal of a client's request.
pub(super) fn refusal(fault: &Fault, headers: &HeaderMap) -> Response {
    tracing::debug!(error = fault.error, number = fault.number, "refused by the identity platform");
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut answer = json(status, fault.body(correlation(headers)));
    if status == StatusCode::UNAUTHORIZED && headers.contains_key(header::AUTHORIZATION) {
        // RFC 6749: who tried Basic is told so.
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"\""));
    }
    answer
}

pub(super) fn uncached(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer.headers_mut().insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    answer
}

/// What the client calls its request, or something new.
pub(super) fn correlation(headers: &HeaderMap) -> Uuid {
    let named = headers.get("client-request-id").and_then(|value| value.to_str().ok()?.parse().ok());
    named.unwrap_or_else(Uuid::new_v4)
}
