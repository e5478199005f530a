//! A request to Graph and the answer, however they travel.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::Value;

/// A request to Graph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Incoming {
    pub(crate) method: Method,
    /// The path, still encoded, with the version in front: `/v1.0/groups`.
    pub(crate) path: String,
    /// What follows the question mark, still encoded.
    pub(crate) query: Option<String>,
    /// Scheme and host as the client knows them: `http://127.0.0.1:8080`.
    pub(crate) origin: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Incoming {
    /// A header, if it is there and text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    None,
    Json(Value),
    /// `text/plain`
    Text(String),
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) content: Content,
}

impl Answer {
    pub(crate) fn json(status: StatusCode, body: impl Into<Value>) -> Self {
        Self { status, headers: HeaderMap::new(), content: Content::Json(body.into()) }
    }

    pub(crate) fn ok(body: impl Into<Value>) -> Self {
        Self::json(StatusCode::OK, body)
    }

    pub(crate) fn text(text: String) -> Self {
        Self { status: StatusCode::OK, headers: HeaderMap::new(), content: Content::Text(text) }
    }

    pub(crate) fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, headers: HeaderMap::new(), content: Content::None }
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }
}
