//! What is said about a query that is wrong.

/// A query that cannot be answered: in one line what is wrong with it, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Fault {
    /// The code of the error that is answered.
    pub(crate) code: &'static str,
    /// The message of the error that is answered.
    pub(crate) message: String,
}

impl Fault {
    /// A query that breaks the rules of the language, or names what is not there.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self { code: "BadRequest", message: message.into() }
    }

    /// A filter that is one, but not one that the collection answers.
    pub(crate) fn invalid_filter(message: impl Into<String>) -> Self {
        Self { code: "InvalidFilter", message: message.into() }
    }
}
