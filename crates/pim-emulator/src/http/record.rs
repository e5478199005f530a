//! What was asked of Graph, for assertions.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use pim_client::edm::DateTimeOffset;
use serde::Serialize;

use crate::graph::{Answer, Content, Incoming};

/// How many requests are kept.
const KEPT: usize = 1000;

/// The longest answer that is kept with its request: a thousand of them are still little.
const LONGEST_ANSWER: usize = 16 << 10;

/// A request that Graph was asked.
///
/// Tokens are not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Recorded {
    /// When, by PIM's clock.
    pub at: String,
    /// The HTTP method.
    pub method: String,
    /// Path and query, as they came.
    pub url: String,
    /// The headers, with their names in lower case; without those that are secret.
    pub headers: Vec<(String, String)>,
    /// The body, if it is text.
    pub body: String,
    /// The status of the answer.
    pub status: u16,
    /// The body of the answer; empty if it had none, or one of more than 16 KiB.
    pub answer: String,
}

impl Recorded {
    pub(super) fn new(at: DateTimeOffset, incoming: &Incoming, answer: &Answer) -> Self {
        let url = match &incoming.query {
            Some(query) => format!("{}?{query}", incoming.path),
            None => incoming.path.clone(),
        };
        let shown = |name: &str| !["authorization", "cookie", "x-identity-header"].contains(&name);
        let headers = incoming.headers.iter().filter(|(name, _)| shown(name.as_str()));
        Self {
            at: at.to_string(),
            method: incoming.method.to_string(),
            url,
            headers: headers
                .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
                .collect(),
            body: String::from_utf8_lossy(&incoming.body).into_owned(),
            status: answer.status.as_u16(),
            answer: body(answer),
        }
    }
}

fn body(answer: &Answer) -> String {
    let body = match &answer.content {
        Content::None => String::new(),
        Content::Json(value) => value.to_string(),
        Content::Text(text) => text.clone(),
    };
    if body.len() > LONGEST_ANSWER { String::new() } else { body }
}

/// The latest requests.
#[derive(Debug, Default)]
pub(crate) struct Records(Mutex<VecDeque<Recorded>>);

impl Records {
    pub(super) fn add(&self, recorded: Recorded) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if records.len() == KEPT {
            records.pop_front();
        }
        records.push_back(recorded);
    }

    pub(crate) fn all(&self) -> Vec<Recorded> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
