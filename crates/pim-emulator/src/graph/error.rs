//! Errors as Graph answers them.

use http::{HeaderName, StatusCode};
use serde_json::{Value, json};

use super::exchange::Answer;
use crate::domain::directory::DirectoryRefusal;
use crate::domain::{Failure, Refusal};
use crate::odata::Fault;
use crate::store;

pub(crate) type Result<T, E = GraphError> = std::result::Result<T, E>;

/// An error as Graph answers it.
#[derive(Clone, Debug)]
pub(crate) struct GraphError {
    pub(crate) status: StatusCode,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) headers: Vec<(HeaderName, String)>,
}

impl GraphError {
    pub(crate) fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), message: message.into(), headers: Vec::new() }
    }

    /// What was sent cannot be understood.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    /// What was sent cannot be done to an object of the directory.
    pub(crate) fn invalid_object(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Request_BadRequest", message)
    }

    /// An object of the directory does not exist.
    pub(crate) fn no_object(id: &str) -> Self {
        let message =
            format!("Resource '{id}' does not exist or one of its queried reference-property objects are not present.");
        Self::new(StatusCode::NOT_FOUND, "Request_ResourceNotFound", message)
    }

    /// There is nothing with that key in a collection of PIM.
    pub(crate) fn not_found(id: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "ResourceNotFound", format!("The resource '{id}' is not found."))
    }

    /// The caller may not do this in the directory.
    pub(crate) fn denied() -> Self {
        let message = "Insufficient privileges to complete the operation.";
        Self::new(StatusCode::FORBIDDEN, "Authorization_RequestDenied", message)
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The error as it is sent; the date is the machine's, as is that of the header.
    pub(crate) fn into_answer(self, request_id: &str, client_request_id: &str) -> Answer {
        let inner = json!({
            "date": chrono::Utc::now().format("%Y-%m-%dT%H:%M:%S").to_string(),
            "request-id": request_id,
            "client-request-id": client_request_id,
        });
        let body: Value = json!({"error": {"code": self.code, "message": self.message, "innerError": inner}});
        self.headers
            .into_iter()
            .fold(Answer::json(self.status, body), |answer, (name, value)| answer.with_header(name, &value))
    }
}

impl From<Refusal> for GraphError {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal {
            Refusal::SubjectNotFound | Refusal::RoleNotFound | Refusal::ResourceNotFound => StatusCode::NOT_FOUND,
            Refusal::Unauthorized => StatusCode::FORBIDDEN,
            Refusal::AlreadyDecided => StatusCode::CONFLICT,
            _ => StatusCode::BAD_REQUEST,
        };
        Self::new(status, refusal.code(), refusal.to_string())
    }
}

impl From<DirectoryRefusal> for GraphError {
    fn from(refusal: DirectoryRefusal) -> Self {
        match refusal {
            DirectoryRefusal::NotFound(id) => Self::no_object(&id),
            DirectoryRefusal::Store(error) => error.into(),
            refusal => Self::invalid_object(refusal.to_string()),
        }
    }
}

impl From<store::Error> for GraphError {
    fn from(error: store::Error) -> Self {
        tracing::error!(%error, "the store failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InternalServerError",
            "The store failed; the log of the emulator says why.",
        )
    }
}

impl From<Failure> for GraphError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Store(error) => error.into(),
        }
    }
}

impl From<Fault> for GraphError {
    fn from(fault: Fault) -> Self {
        Self::new(StatusCode::BAD_REQUEST, fault.code, fault.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_database_says_stays_here() {
        let connection = rusqlite::Connection::open_in_memory().expect("a database");
        let error = connection.execute("SELECT hidden FROM nowhere", []).expect_err("there is no such table");
        assert!(error.to_string().contains("nowhere"));
        let told = GraphError::from(store::Error::from(error));
        assert_eq!(told.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!told.message.contains("nowhere"), "{}", told.message);
    }
}
