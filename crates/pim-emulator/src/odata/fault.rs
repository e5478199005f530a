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

/// How many characters a message has at most: what is wrong is quoted in it, however long that is.
const LONGEST: usize = 600;

impl Fault {
    /// A query that breaks the rules of the language, or names what is not there.
    pub(crate) fn bad_request(message: impl AsRef<str>) -> Self {
        Self::new("BadRequest", message.as_ref())
    }

    /// A filter that is one, but not one that the collection answers.
    pub(crate) fn invalid_filter(message: impl AsRef<str>) -> Self {
        Self::new("InvalidFilter", message.as_ref())
    }

    fn new(code: &'static str, message: &str) -> Self {
        let mut characters = message.chars().map(|c| if c.is_control() { ' ' } else { c });
        let mut message: String = characters.by_ref().take(LONGEST).collect();
        if characters.next().is_some() {
            message.push('…');
        }
        Self { code, message }
    }
}
