//! The one error type of the client.

mod code;
mod convert;
mod decode;
mod display;
mod hint;
mod kind;
mod odata;
#[cfg(test)]
mod tests;
pub(crate) mod text;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

pub use code::{ErrorCode, FailedRule};
pub(crate) use decode::fault;
pub use kind::ErrorKind;
pub use odata::ErrorDetail;
pub use odata::ODataError;

use crate::auth::Claims;
use crate::operation::Operation;
use crate::transport::Record;
pub(crate) use odata::MainError;

/// Why a call failed: one line for people, and accessors for programs.
///
/// [`Display`](fmt::Display) names the operation, the status, what Graph or the client has to say, and the request id
/// that Microsoft's support asks for:
///
/// ```text
/// POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests: 400 RoleAssignmentExists: The Role assignment already exists. (request-id b7dee9ee-…)
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
    record: Record,
    /// What Graph says of it. Empty if the client says it.
    answer: MainError,
    failed_rules: Vec<FailedRule>,
    /// What the client says of it. Empty if Graph says it.
    reason: Cow<'static, str>,
    /// What to do about it, from somebody who knows more than the answer tells.
    hint: Option<String>,
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
        self.0.record.status.map(|status| status.as_u16())
    }

    /// Graph's word for the fault, such as [`ErrorCode::RoleAssignmentExists`]. It is stable, unlike the message.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.0.answer.code.as_ref()
    }

    /// Graph's codes from the general to the particular: [`code`](Self::code) first, then those of the inner errors.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.code().map(ErrorCode::as_str).into_iter().chain(self.0.answer.inner_codes.iter().map(String::as_str))
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

    /// The rules of the policy that the request did not meet, if PIM refused it for that.
    #[must_use]
    pub fn failed_rules(&self) -> &[FailedRule] {
        &self.0.failed_rules
    }

    /// What Graph asks the token to have, if that is why it refused the request. The provider was asked for such a
    /// token, and had none; or the one it had was refused, too.
    #[must_use]
    pub fn challenge(&self) -> Option<&Claims> {
        self.0.record.challenge.as_ref()
    }

    /// How long Graph asks to wait before the next try.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.record.retry_after
    }

    /// How often the request was sent. Not at all, if the fault was found before.
    #[must_use]
    pub fn tries(&self) -> u32 {
        self.0.record.tries
    }

    /// The id that Graph gave to the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.record.request_id.as_deref().or(self.0.answer.request_id.as_deref())
    }

    /// The id that this client gave to the request. Support can find a request by it that was never answered.
    #[must_use]
    pub fn client_request_id(&self) -> Option<&str> {
        self.0.record.client_request_id.as_deref()
    }

    /// Whether the same request may be sent again and could then succeed.
    ///
    /// True if Graph said that it did not act (429, 503, 509) or the request never left; and, for operations that may
    /// be repeated without harm, also if nobody knows whether Graph acted (no answer, 408, 502, 504). The client has
    /// tried as often as its [`RetryPolicy`](crate::RetryPolicy) lets it by then.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let harmless = self.0.operation.is_some_and(Operation::is_idempotent);
        match (self.kind(), self.status()) {
            (ErrorKind::Service, Some(429 | 503 | 509)) => true,
            (ErrorKind::Service, Some(408 | 502 | 504)) | (ErrorKind::Transport, _) => harmless || self.never_left(),
            _ => false,
        }
    }

    /// Whether nobody knows if Graph acted: the request left, and no answer came that tells.
    pub(crate) fn is_outcome_unknown(&self) -> bool {
        match (self.kind(), self.status()) {
            (ErrorKind::Service, status) => matches!(status, Some(408 | 502 | 504)),
            (ErrorKind::Transport, _) => !self.never_left(),
            (ErrorKind::Decode, _) => true,
            _ => false,
        }
    }

    /// Whether the request was not sent: for lack of a token, or of a connection to send it over.
    fn never_left(&self) -> bool {
        let source = self.0.source.as_deref().and_then(|source| source.downcast_ref::<reqwest::Error>());
        self.tries() == 0 || source.is_some_and(reqwest::Error::is_connect)
    }
}

impl Error {
    /// For a [`TokenProvider`](crate::auth::TokenProvider): no token can be had. `reason` is one line that says why, and
    /// what to do instead. It is shown, so it must not hold a secret.
    pub fn authentication(reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::Authentication, text::one_line(&reason.into()))
    }

    /// The same error, with what it came from.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The caller gave something that cannot be used. `reason` says what to give instead.
    pub(crate) fn invalid_input(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::InvalidInput, reason)
    }

    /// A fault that the client found, in its own words.
    pub(crate) fn new(kind: ErrorKind, reason: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Repr {
            kind,
            operation: None,
            record: Record::default(),
            answer: MainError::default(),
            failed_rules: Vec::new(),
            reason: reason.into(),
            hint: None,
            source: None,
        }))
    }

    /// A fault that Graph reports.
    pub(crate) fn service(answer: MainError) -> Self {
        let mut error = Self::new(ErrorKind::Service, "");
        if answer.code == Some(ErrorCode::RoleAssignmentRequestPolicyValidationFailed) {
            error.0.failed_rules = answer.message.as_deref().map(code::failed_rules).unwrap_or_default();
        }
        error.0.answer = answer;
        error
    }

    /// The same error, which belongs to a call of `operation`.
    pub(crate) fn of_call(mut self, operation: &'static Operation, record: Record) -> Self {
        self.0.operation = Some(operation);
        self.0.record = record;
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
