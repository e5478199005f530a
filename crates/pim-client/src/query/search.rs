//! `$search`: which words.

use std::fmt;
use std::marker::PhantomData;

use super::field::Field;
use super::path::Path;

/// Words that occur in objects of type `T`: `$search`.
///
/// It comes from [`Field::matches`], or from text that is sent as it is, such as `"\"displayName:admin\" OR \"mail:admin\""`.
///
/// It is described in
/// [Graph's documentation](https://learn.microsoft.com/graph/search-query-parameter).
#[must_use = "a search does nothing until a request has it"]
pub struct Search<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

/// Text that can be searched.
impl<T, P: Path> Field<T, String, P> {
    /// `words` occur in the text, in any order: `"displayName:role admin"`. Quotes and backslashes in them are escaped.
    ///
    /// ```
    /// use pim_client::v1_0::fields::group;
    ///
    /// let search = group::display_name().matches("role admin");
    /// assert_eq!(search.to_string(), "\"displayName:role admin\"");
    /// ```
    pub fn matches(self, words: impl AsRef<str>) -> Search<T> {
        let words = words.as_ref().replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{self}:{words}\"").into()
    }
}

impl<T> From<String> for Search<T> {
    fn from(text: String) -> Self {
        Self { text, of: PhantomData }
    }
}

impl<T> From<&str> for Search<T> {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<T> From<&String> for Search<T> {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

// Written out rather than derived: what holds for a search holds whatever `T` is.
impl<T> Clone for Search<T> {
    fn clone(&self) -> Self {
        self.text.clone().into()
    }
}

/// As it is sent, before it is percent-encoded.
impl<T> fmt::Display for Search<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<T> fmt::Debug for Search<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Search").field(&self.text).finish()
    }
}
