//! A batch as it is sent and answered.

use std::collections::BTreeMap;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use reqwest::Request;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::connection::Connection;
use crate::error::{Error, ErrorKind};

/// The headers that belong to a request of its own, not to the batch.
const KEPT: [&str; 5] = ["accept", "client-request-id", "consistencylevel", "content-type", "prefer"];

#[derive(Serialize)]
pub(super) struct BatchRequest<'a> {
    pub(super) requests: Vec<Numbered<'a>>,
}

/// A request of one round.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Numbered<'a> {
    pub(super) id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) depends_on: Vec<String>,
    #[serde(flatten)]
    pub(super) request: &'a Described,
}

/// A request as a batch holds it.
#[derive(Serialize)]
pub(super) struct Described {
    method: String,
    url: String,
    headers: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(super) struct BatchResponse {
    #[serde(default)]
    pub(super) responses: Vec<Response>,
}

/// The answer to one request. Whatever its members are, they are read one by one, later: an odd one spoils no other
/// request's answer.
#[derive(Deserialize)]
pub(super) struct Response {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    status: Value,
    #[serde(default)]
    headers: Value,
    #[serde(default)]
    pub(super) body: Option<Box<RawValue>>,
}

impl Described {
    /// Describes a request to `version` of the endpoint.
    pub(super) fn new(connection: &Connection, version: &str, request: &Request) -> Result<Self, Error> {
        let base = connection.version_url(version);
        // The batch knows the version that its requests are for.
        let url = request.url().as_str().strip_prefix(&base).ok_or_else(|| {
            Error::new(ErrorKind::Refused, "a request of a batch goes to another address or version than the batch")
        })?;
        let read = |body: &reqwest::Body| body.as_bytes().and_then(|bytes| serde_json::from_slice(bytes).ok());
        let not_json = || Error::invalid_input("a body that is not JSON cannot be part of a batch");
        let body = request.body().map(|body| read(body).ok_or_else(not_json)).transpose()?;
        let headers = request.headers().iter().filter(|(name, _)| KEPT.contains(&name.as_str()));
        let headers = headers.filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
        Ok(Self { method: request.method().to_string(), url: url.to_owned(), headers: headers.collect(), body })
    }

    /// The id that the client gave to the request.
    pub(super) fn client_request_id(&self) -> Option<String> {
        self.headers.get("client-request-id").cloned()
    }
}

impl Response {
    /// Graph answers with the id that was sent, as text; others were seen to make a number of it.
    pub(super) fn index(&self) -> Option<usize> {
        match &self.id {
            Value::String(id) => id.parse().ok(),
            Value::Number(id) => usize::try_from(id.as_u64()?).ok(),
            _ => None,
        }
    }

    /// The status, if it is one of HTTP's.
    pub(super) fn status(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.status.as_u64()?.try_into().ok()?).ok()
    }

    pub(super) fn headers(&self) -> HeaderMap {
        let headers = self.headers.as_object().into_iter().flatten().filter_map(|(name, value)| {
            let value = match value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                _ => return None,
            };
            Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?))
        });
        headers.collect()
    }
}
