//! JSON strings that hold a primitive value.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

use super::InvalidLiteral;

/// Reads a value from a JSON string where it stands: the string itself is not copied.
pub(super) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err = InvalidLiteral>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: FromStr<Err = InvalidLiteral>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        // What was found is not repeated: the value may be confidential, or somebody's attempt to be.
        text.parse().map_err(|error: InvalidLiteral| E::invalid_value(Unexpected::Other("text"), &error.expected()))
    }
}
