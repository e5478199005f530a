use std::error::Error;
use std::fmt;

use crate::excerpt::excerpt;

/// A text that is not a value of the primitive type it was read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidLiteral {
    text: Box<str>,
    expected: &'static str,
}

impl InvalidLiteral {
    /// `text` is not what was `expected`: a type and an example of its values.
    pub(super) fn new(text: &str, expected: &'static str) -> Self {
        Self { text: excerpt(text), expected }
    }

    /// What was expected.
    pub(super) fn expected(&self) -> &'static str {
        self.expected
    }
}

impl fmt::Display for InvalidLiteral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not {}", self.text, self.expected)
    }
}

impl Error for InvalidLiteral {}
