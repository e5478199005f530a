//! The one error type of the client.

mod convert;
mod decode;
mod display;
mod kind;
mod odata;
#[cfg(test)]
mod tests;
pub(crate) mod text;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

#[cfg(feature = "exchange")]
pub(crate) use decode::fault;
pub use kind::ErrorKind;
pub use odata::ErrorDetail;
pub use odata::ODataError;

use crate::connection::Exchange;
use crate::operation::Operation;
use odata::MainError;

/// Why a call failed: one line for people, and accessors for programs.
///
/// [`Display`](fmt::Display) names the operation, the status, what Graph or the client has to say, and the request id
/// that Microsoft's support asks for:
///
/// ```text
/// POST /roleManagement/directory/roleAssignmentScheduleRequests: 400 RoleAssignmentExists: The Role assignment already exists. (request-id b7dee9ee-…)
/// ```
///
/// Neither it nor [`Debug`](fmt::Debug) shows a token, a header or a body; the text that Graph sent is on one line and
/// bounded. Every accessor returns text without control characters.
pub struct Error(Box<Repr>);

/// The client's results.
pub type Result<T, E = Error> = std::result::Result<T, E>;

struct Repr {
    kind: ErrorKind,
    operation: Option<&'static Operation>,
    exchange: Exchange,
    /// What Graph says of it. Empty if the client says it.
    answer: MainError,
    /// What the client says of it. Empty if Graph says it.
    reason: Cow<'static, str>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// What kind of fault it is: the first thing for a program to look at.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation that failed. None if the fault came before any, as in building a client.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The HTTP status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.exchange.status.map(|status| status.as_u16())
    }

    /// Graph's word for the fault, such as `RoleAssignmentExists`. It is stable, unlike the message.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.answer.code.as_deref()
    }

    /// Graph's codes from the general to the particular: [`code`](Self::code) first, then those of the inner errors.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.code().into_iter().chain(self.0.answer.inner_codes.iter().map(String::as_str))
    }

    /// Graph's explanation, in full. It is meant for people and changes without notice.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.answer.message.as_deref()
    }

    /// The part of the request that Graph blames, if it names one.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        self.0.answer.target.as_deref()
    }

    /// The single faults, if Graph lists them.
    #[must_use]
    pub fn details(&self) -> &[ErrorDetail] {
        &self.0.answer.details
    }

    /// The id that Graph gave to the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.exchange.request_id.as_deref().or(self.0.answer.request_id.as_deref())
    }

    /// The id that this client gave to the request. Support can find a request by it that was never answered.
    #[must_use]
    pub fn client_request_id(&self) -> Option<&str> {
        self.0.exchange.client_request_id.as_deref()
    }

    /// Whether the same request may be sent again and could then succeed.
    ///
    /// True if Graph said that it did not act (429, 503) or the request never left; and, for operations that may be
    /// repeated without harm, also if nobody knows whether Graph acted (no answer, 408, 502, 504).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let harmless = self.0.operation.is_some_and(Operation::is_idempotent);
        match (self.kind(), self.status()) {
            (ErrorKind::Service, Some(429 | 503)) => true,
            (ErrorKind::Service, Some(408 | 502 | 504)) | (ErrorKind::Transport, _) => harmless || self.never_left(),
            _ => false,
        }
    }

    /// Whether there was not even a connection to send the request over.
    fn never_left(&self) -> bool {
        let source = self.0.source.as_deref().and_then(|source| source.downcast_ref::<reqwest::Error>());
        source.is_some_and(reqwest::Error::is_connect)
    }
}

impl Error {
    /// The caller gave something that cannot be used. `reason` says what to give instead.
    pub(crate) fn invalid_input(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidInput, reason)
    }

    /// A fault that the client found, in its own words.
    pub(crate) fn new(kind: ErrorKind, reason: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Repr {
            kind,
            operation: None,
            exchange: Exchange::default(),
            answer: MainError::default(),
            reason: reason.into(),
            source: None,
        }))
    }

    /// A fault that Graph reports.
    pub(crate) fn service(answer: MainError) -> Self {
        let mut error = Self::new(ErrorKind::Service, "");
        error.0.answer = answer;
        error
    }

    /// The same error, which belongs to a call of `operation`.
    pub(crate) fn of_call(mut self, operation: &'static Operation, exchange: Exchange) -> Self {
        self.0.operation = Some(operation);
        self.0.exchange = exchange;
        self
    }

    /// The same error, which came from `source`. Addresses are left out: their queries name people.
    pub(crate) fn caused_by(mut self, source: reqwest::Error) -> Self {
        self.0.source = Some(Box::new(source.without_url()));
        self
    }
}

/// The kind and the line, so that a program whose `main` returns the error ends with something readable.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.kind)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
