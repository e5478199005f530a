//! Which types the bodies of each operation have: to hold recorded traffic against them.
//!
//! A program that wants to know whether this crate understands its tenant decodes what was recorded and encodes it
//! again: what it gets is what it gave, but for the spelling of enumerations.
//!
//! ```
//! use pim_client::v1_0::exchange::bodies;
//!
//! let bodies = bodies("groups_get").expect("an operation");
//! let group = r#"{"displayName": "IT Helpdesk", "new in Graph": [1, 2], "mail": null}"#;
//! let again = bodies.response.expect("a group").recode(group)?;
//! assert_eq!(again, serde_json::from_str::<serde_json::Value>(group)?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, ErrorKind, fault};

/// The types of the bodies of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Bodies {
    /// What is sent; nothing, if the request has no body.
    pub request: Option<Codec>,
    /// What is answered; nothing, if the answer has no body, or one that is not JSON.
    pub response: Option<Codec>,
}

/// A type that bodies are decoded as and encoded from.
#[derive(Clone, Copy, Debug)]
pub struct Codec(fn(&str) -> Result<Value, Error>);

impl Codec {
    /// The codec of `T`.
    #[must_use]
    pub const fn of<T: DeserializeOwned + Serialize>() -> Self {
        Self(recode::<T>)
    }

    /// Decodes `json` and encodes it again. If it cannot be decoded, the error says where.
    pub fn recode(self, json: &str) -> Result<Value, Error> {
        (self.0)(json)
    }
}

fn recode<T: DeserializeOwned + Serialize>(json: &str) -> Result<Value, Error> {
    let decode = |text: String| Error::new(ErrorKind::Decode, text);
    let decoded: T = serde_json::from_str(json).map_err(|error| decode(fault(json.as_bytes(), &error)))?;
    serde_json::to_value(&decoded).map_err(|error| decode(error.to_string()))
}
