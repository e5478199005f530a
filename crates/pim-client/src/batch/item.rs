//! One request of a batch.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use reqwest::Request;

use super::TicketId;
use crate::error::Error;
use crate::operation::Operation;
use crate::request::Call;
use crate::transport::{Captured, Exchange};

/// A request that was added, and what it waits for.
pub(super) struct Item<'a> {
    pub(super) operation: &'static Operation,
    pub(super) after: Vec<TicketId>,
    request: BoxFuture<'a, Result<Request, Error>>,
}

impl<'a> Item<'a> {
    pub(super) fn new<T: Send + 'a>(call: Call<'a, T>, after: Vec<TicketId>) -> Self {
        let operation = call.operation;
        Self { operation, after, request: capture(call).boxed() }
    }

    /// What the generated code would send.
    pub(super) async fn into_request(self) -> Result<Request, Error> {
        self.request.await
    }
}

/// Runs the generated code until it would send its request, and takes that.
async fn capture<T>(call: Call<'_, T>) -> Result<Request, Error> {
    let Call { operation, http } = call;
    let exchange = Exchange { capture: Some(Captured::default()), ..Exchange::of(operation) };
    let (answer, exchange) = exchange.lend(http).await;
    if let Some(Captured(Some(request))) = exchange.capture {
        return Ok(request);
    }
    // It did not get that far: a key cannot stand in a path, or a body cannot be written.
    let error = match (exchange.fault, answer) {
        (Some(fault), _) => fault,
        (None, Err(error)) => Error::from_progenitor(error),
        (None, Ok(_)) => Error::invalid_input("the request cannot be part of a batch"),
    };
    Err(error.of_call(operation, exchange.record))
}
