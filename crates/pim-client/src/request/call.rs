//! One call: of generated code, to the client's own result.

use std::fmt;
use std::future::IntoFuture;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt, TryFutureExt};
use progenitor_client::{Error as HttpError, ResponseValue};
use reqwest::RequestBuilder;
use serde::de::DeserializeOwned;
use tracing::field::{Empty, display};
use tracing::{Instrument, Span};

use crate::connection::Connection;
use crate::error::{Error, ODataError};
use crate::operation::Operation;
use crate::transport::{Exchange, hooks};

/// What a function of the generated HTTP client results in.
pub type Answer<T> = Result<ResponseValue<T>, HttpError<ODataError>>;

/// A request without options, which is sent by `.await` or [`send`](Self::send).
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct Call<'a, T> {
    pub(crate) operation: &'static Operation,
    pub(crate) http: BoxFuture<'a, Answer<T>>,
}

impl<'a, T: DeserializeOwned> Call<'a, T> {
    /// A call of generated code.
    #[doc(hidden)]
    pub fn new(operation: &'static Operation, http: impl Future<Output = Answer<T>> + Send + 'a) -> Self {
        Self { operation, http: http.boxed() }
    }

    /// Sends the request and returns what the operation answers.
    pub async fn send(self) -> Result<T, Error> {
        call(self.operation, self.http).await
    }
}

impl<'a, T: DeserializeOwned + Send + 'a> IntoFuture for Call<'a, T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send().boxed()
    }
}

impl<T> fmt::Debug for Call<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &format_args!("{}", self.operation)).finish_non_exhaustive()
    }
}

/// Calls the generated code and returns what the operation answers.
pub(crate) fn call<T: DeserializeOwned>(
    operation: &'static Operation,
    http: impl Future<Output = Answer<T>>,
) -> impl Future<Output = Result<T, Error>> {
    // No `async`: every layer of it would hold another copy of what it waits for.
    call_with(Exchange::of(operation), http).map_ok(|(answer, _)| answer)
}

/// Calls code that answers as the generated code does, with an exchange that says more than the operation, and returns
/// beside the answer what was noted there.
pub(crate) async fn call_with<T: DeserializeOwned>(
    exchange: Exchange,
    http: impl Future<Output = Answer<T>>,
) -> Result<(T, Exchange), Error> {
    let operation = exchange.operation;
    let (answer, mut exchange) = observe(exchange, http).await;
    let failed = match (exchange.fault.take(), answer) {
        (None, Ok(answer)) => return Ok((answer.into_inner(), exchange)),
        (Some(fault), _) => fault,
        (None, Err(error)) => Error::from_progenitor(error),
    };
    Err(failed.of_call(operation, exchange.record))
}

/// Sends a request that no generated code makes, as generated code sends its own.
pub(crate) async fn send_request<T: DeserializeOwned>(connection: &Connection, request: RequestBuilder) -> Answer<T> {
    let mut request = request.build()?;
    hooks::pre(connection, &mut request).await?;
    let response = hooks::exec(connection, request).await?;
    match response.status().as_u16() {
        200..=299 => ResponseValue::from_response(response).await,
        400..=599 => Err(HttpError::ErrorResponse(ResponseValue::from_response(response).await?)),
        _ => Err(HttpError::UnexpectedResponse(response)),
    }
}

/// Polls `call` with an exchange of its own, within a span that tells of it.
pub(super) async fn observe<F: Future>(exchange: Exchange, call: F) -> (F::Output, Exchange) {
    let operation = exchange.operation;
    let span = tracing::info_span!(
        "graph",
        operation = %operation,
        version = operation.version,
        client_request_id = Empty,
        request_id = Empty,
        status = Empty,
        tries = Empty,
    );
    let (output, exchange) = exchange.lend(call).instrument(span.clone()).await;
    tell(&span, &exchange);
    (output, exchange)
}

fn tell(span: &Span, exchange: &Exchange) {
    let record = &exchange.record;
    span.record("client_request_id", record.client_request_id.as_deref().map(display));
    span.record("request_id", record.request_id.as_deref().map(display));
    span.record("status", record.status.map(|status| status.as_u16()));
    span.record("tries", record.tries);
}
