//! What is known of one call and its answer, beside what progenitor hands on.
//!
//! progenitor's hooks know neither which operation they serve nor a way to hand on what they see; its errors forget the
//! status of an answer that they cannot decode. So the runtime lends an [`Exchange`] to each call of generated code,
//! and the hooks note there what they see. It travels with the call's future, not with a thread.

use std::borrow::Cow;
use std::cell::RefCell;
use std::pin::pin;
use std::time::Duration;

use http::StatusCode;
use reqwest::{Request, Url};

use crate::auth::{BearerToken, Claims};
use crate::error::Error;
use crate::operation::Operation;

/// What was asked and what came back, as far as an error tells it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// The id that the client gave to the request.
    pub(crate) client_request_id: Option<String>,
    /// The id that Graph gave to the request, when it was last sent.
    pub(crate) request_id: Option<String>,
    /// The status of the last answer. None if there was no answer.
    pub(crate) status: Option<StatusCode>,
    /// How often the request was sent.
    pub(crate) tries: u32,
    /// How long Graph asked to wait, in its last answer.
    pub(crate) retry_after: Option<Duration>,
    /// What Graph asked the token to have, in its last answer.
    pub(crate) challenge: Option<Claims>,
    /// Why the provider could not get such a token.
    pub(crate) not_stepped_up: Option<String>,
}

/// A call on its way.
pub(crate) struct Exchange {
    /// What is called.
    pub(crate) operation: &'static Operation,
    /// The least delegated permissions that the call needs.
    pub(crate) permissions: Cow<'static, [&'static str]>,
    /// Whether the request may be sent twice without harm.
    pub(crate) is_idempotent: bool,
    pub(crate) record: Record,
    /// The address that was asked.
    pub(crate) address: Option<Url>,
    /// What the request was last sent with: nothing that is told about the answer may repeat it.
    pub(crate) token: Option<BearerToken>,
    /// What the client itself found wrong. It says more than what progenitor makes of it.
    pub(crate) fault: Option<Error>,
    /// Whether the request is to be described instead of being sent, and the description.
    pub(crate) capture: Option<Captured>,
}

/// The request of a call that is not sent by itself.
#[derive(Default)]
pub(crate) struct Captured(pub(crate) Option<Request>);

tokio::task_local! {
    static CURRENT: RefCell<Exchange>;
}

impl Exchange {
    pub(crate) fn of(operation: &'static Operation) -> Self {
        Self {
            operation,
            permissions: Cow::Borrowed(operation.delegated),
            is_idempotent: operation.is_idempotent(),
            record: Record::default(),
            address: None,
            token: None,
            fault: None,
            capture: None,
        }
    }

    /// Runs `call`, and returns beside its result what the hooks noted meanwhile.
    pub(crate) async fn lend<F: Future>(self, call: F) -> (F::Output, Self) {
        let operation = self.operation;
        let mut call = pin!(CURRENT.scope(RefCell::new(self), call));
        let output = call.as_mut().await;
        let exchange = call.take_value().map_or_else(|| Self::of(operation), RefCell::into_inner);
        (output, exchange)
    }

    /// Notes something in the exchange of the call that is being polled. Outside of a call there is nobody to tell it.
    pub(crate) fn note<T>(note: impl FnOnce(&mut Self) -> T) -> Option<T> {
        CURRENT.try_with(|current| note(&mut current.borrow_mut())).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::stand_in::LIST;

    async fn ask(id: &str) {
        Exchange::note(|exchange| exchange.record.client_request_id = Some(id.to_owned()));
        tokio::task::yield_now().await;
        Exchange::note(|exchange| exchange.record.request_id = Some(id.to_owned()));
    }

    #[tokio::test]
    async fn calls_that_take_turns_on_one_thread_do_not_mix() {
        let calls = ["a", "b", "c"].map(|id| Exchange::of(&LIST).lend(ask(id)));
        for (id, ((), exchange)) in ["a", "b", "c"].iter().zip(futures_util::future::join_all(calls).await) {
            assert_eq!(exchange.record.client_request_id.as_deref(), Some(*id));
            assert_eq!(exchange.record.request_id.as_deref(), Some(*id));
        }
    }

    #[tokio::test]
    async fn outside_of_a_call_nothing_is_noted() {
        ask("nobody").await;
        assert!(Exchange::note(|_| ()).is_none());
    }
}
