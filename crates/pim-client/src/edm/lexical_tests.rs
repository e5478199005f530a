//! What is asked of the lexical form of every primitive type.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::InvalidLiteral;

/// Asserts that the text is read, displayed and written back as it is.
pub(super) fn survives<T>(text: &str)
where
    T: FromStr<Err = InvalidLiteral> + Display + Debug + PartialEq + Serialize + DeserializeOwned,
{
    let value: T = text.parse().unwrap();
    assert_eq!(value.to_string(), text);
    let json = serde_json::to_string(text).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), value);
}

/// Asserts that none of the texts is read.
pub(super) fn refused<T>(texts: &[&str])
where
    T: FromStr<Err = InvalidLiteral> + Debug,
{
    for text in texts {
        let error = text.parse::<T>().unwrap_err().to_string();
        assert!(error.contains(" is not an Edm.") && error.lines().count() == 1, "{error}");
    }
}
