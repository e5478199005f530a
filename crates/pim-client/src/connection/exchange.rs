//! What is known of one request and its answer, kept for the error message.
//!
//! progenitor's errors forget the status of an answer that they cannot decode, and never knew the ids that Microsoft's
//! support asks for. The hooks see all of that, but have no way to hand it on. So they write it down here: the runtime
//! lends its [`Exchange`] to the thread while it polls the generated code, and takes it back after each poll.

use std::cell::RefCell;
use std::future::poll_fn;
use std::mem::swap;
use std::pin::pin;

use http::{HeaderMap, StatusCode};

use crate::error::text::one_line;

/// Who asked, and what came back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exchange {
    /// The id that the client gave to the request.
    pub(crate) client_request_id: Option<String>,
    /// The id that Graph gave to the request.
    pub(crate) request_id: Option<String>,
    /// The status of the answer. None if there was no answer.
    pub(crate) status: Option<StatusCode>,
}

thread_local! {
    static CURRENT: RefCell<Exchange> = RefCell::default();
}

impl Exchange {
    /// Runs a call of generated code, and returns beside its result what the hooks recorded meanwhile.
    pub(crate) async fn observe<F: Future>(call: F) -> (F::Output, Self) {
        let mut exchange = Self::default();
        let mut call = pin!(call);
        let output = poll_fn(|context| {
            CURRENT.with_borrow_mut(|current| swap(current, &mut exchange));
            let polled = call.as_mut().poll(context);
            CURRENT.with_borrow_mut(|current| swap(current, &mut exchange));
            polled
        })
        .await;
        (output, exchange)
    }

    /// Records that a request is about to be sent under `client_request_id`.
    pub(crate) fn asked(client_request_id: String) {
        CURRENT.set(Self { client_request_id: Some(client_request_id), ..Self::default() });
    }

    /// Records the head of an answer.
    pub(crate) fn answered(status: StatusCode, headers: &HeaderMap) {
        let request_id = headers.get("request-id").and_then(|id| id.to_str().ok()).map(one_line);
        CURRENT.with_borrow_mut(|current| {
            current.status = Some(status);
            current.request_id = request_id;
        });
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    async fn ask(id: &str) {
        Exchange::asked(id.to_owned());
        tokio::task::yield_now().await;
        let headers = [(HeaderName::from_static("request-id"), HeaderValue::from_str(id).unwrap())];
        Exchange::answered(StatusCode::OK, &HeaderMap::from_iter(headers));
    }

    #[tokio::test]
    async fn calls_that_take_turns_on_one_thread_do_not_mix() {
        let calls = ["a", "b", "c"].map(|id| Exchange::observe(ask(id)));
        for (id, ((), exchange)) in ["a", "b", "c"].iter().zip(futures_util::future::join_all(calls).await) {
            assert_eq!(exchange.client_request_id.as_deref(), Some(*id));
            assert_eq!(exchange.request_id.as_deref(), Some(*id));
        }
    }
}
