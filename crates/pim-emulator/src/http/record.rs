//! What was asked of Graph, for assertions.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::StatusCode;
use serde::Serialize;

use super::redact;
use crate::domain::Instant;
use crate::graph::Incoming;

/// How many requests are kept.
const KEPT: usize = 1000;

/// The longest answer that is kept with its request: a thousand of them are still little.
const LONGEST_ANSWER: usize = 16 << 10;

/// How many bytes of a body are kept.
const LONGEST: usize = 64 << 10;

/// A request that Graph was asked.
///
/// What is secret is not told: in the place of tokens, passwords and client secrets stands `(redacted)`, wherever in
/// a body or a query they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Recorded {
    /// When, by PIM's clock.
    pub at: String,
    /// The HTTP method.
    pub method: String,
    /// Path and query, as they came but for what is secret.
    pub url: String,
    /// The headers, with their names in lower case; without those that are secret.
    pub headers: Vec<(String, String)>,
    /// The body as text, up to 64 KiB of it. It is as it came, unless there is something secret in it. Where one that is cut
    /// or no JSON may have secrets in it, it is left out.
    pub body: String,
    /// The status of the answer.
    pub status: u16,
    /// The body of the answer; empty if it had none, or one of more than 16 KiB.
    pub answer: String,
}

/// What there is to be recorded of a request: it is put into words when somebody wants to know.
#[derive(Debug)]
struct Kept {
    at: Instant,
    incoming: Incoming,
    status: StatusCode,
    answer: Bytes,
}

impl From<&Kept> for Recorded {
    fn from(Kept { at, incoming, status, answer }: &Kept) -> Self {
        let url = match &incoming.query {
            Some(query) => format!("{}?{}", incoming.path, redact::form(query)),
            None => incoming.path.clone(),
        };
        let headers = incoming.headers.iter();
        Self {
            at: at.to_string(),
            method: incoming.method.to_string(),
            url,
            headers: headers
                .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
                .collect(),
            body: redact::body(&String::from_utf8_lossy(&incoming.body)).into_owned(),
            status: status.as_u16(),
            answer: String::from_utf8_lossy(answer).into_owned(),
        }
    }
}

/// The latest requests.
#[derive(Debug, Default)]
pub(crate) struct Records(Mutex<VecDeque<Kept>>);

impl Records {
    pub(super) fn add(&self, at: Instant, mut incoming: Incoming, status: StatusCode, mut answer: Bytes) {
        for secret in ["authorization", "cookie", "x-identity-header"] {
            incoming.headers.remove(secret);
        }
        if incoming.body.len() > LONGEST {
            // A copy, since a part would keep the whole.
            incoming.body = Bytes::copy_from_slice(&incoming.body[..LONGEST]);
        }
        if answer.len() > LONGEST_ANSWER {
            answer.clear();
        }
        let mut records = self.lock();
        if records.len() == KEPT {
            records.pop_front();
        }
        records.push_back(Kept { at, incoming, status, answer });
    }

    pub(crate) fn all(&self) -> Vec<Recorded> {
        self.lock().iter().map(Recorded::from).collect()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
