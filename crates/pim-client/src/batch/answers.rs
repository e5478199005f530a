use std::any::TypeId;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::Ticket;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::transport::Record;

/// The answers to a batch, each for the [`Ticket`] of its request.
pub struct BatchAnswers {
    batch: u64,
    answers: Vec<Option<Result<Body, Error>>>,
}

/// What a request was answered with, when it succeeded.
pub(super) struct Body {
    pub(super) operation: &'static Operation,
    pub(super) record: Record,
    pub(super) json: Option<Box<RawValue>>,
}

impl BatchAnswers {
    pub(super) fn new(batch: u64, answers: Vec<Result<Body, Error>>) -> Self {
        Self { batch, answers: answers.into_iter().map(Some).collect() }
    }

    /// The answer to one request, or its error.
    #[expect(clippy::needless_pass_by_value, reason = "an answer can be taken once: the ticket goes with it")]
    pub fn take<T: DeserializeOwned + 'static>(&mut self, ticket: Ticket<T>) -> Result<T, Error> {
        let found = self.answers.get_mut(ticket.id.index).filter(|_| ticket.id.batch == self.batch);
        found.and_then(Option::take).ok_or_else(|| Error::invalid_input("the ticket is of another batch"))??.decode()
    }

    /// How many requests succeeded and were not taken yet.
    #[must_use]
    pub fn succeeded(&self) -> usize {
        self.answers.iter().flatten().filter(|answer| answer.is_ok()).count()
    }
}

impl Body {
    fn decode<T: DeserializeOwned + 'static>(self) -> Result<T, Error> {
        let Self { operation, record, json } = self;
        // An operation without an answer may be answered even so.
        let is_empty = TypeId::of::<T>() == TypeId::of::<()>();
        let text = json.as_deref().filter(|_| !is_empty).map_or("null", RawValue::get);
        serde_json::from_str(text).map_err(|error| {
            let text = if json.is_some() { text } else { "" };
            Error::new(ErrorKind::Decode, crate::error::fault(text.as_bytes(), &error)).of_call(operation, record)
        })
    }
}

impl fmt::Debug for BatchAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.answers.iter().map(|answer| match answer {
            None => "taken".to_owned(),
            Some(Ok(body)) => format!("{}: {}", body.operation, body.record.status.unwrap_or_default().as_u16()),
            Some(Err(error)) => error.to_string(),
        });
        f.debug_list().entries(shown).finish()
    }
}
