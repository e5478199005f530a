//! What is written by hand: the selection (`pim.toml`) and the overlay (`overlay.toml`).
//!
//! Both are plain data here; [`select`](crate::select) and [`lower`](crate::lower) hold them against the metadata.

mod manifest;
mod overlay;

pub use manifest::*;
pub use overlay::*;

use serde::de::DeserializeOwned;

use crate::{Error, Result};

/// Reads a TOML file; what does not fit is an error with its place.
fn parse<T: DeserializeOwned>(text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let message = error.message().lines().collect::<Vec<_>>().join(" ");
        match error.span() {
            Some(span) => Error::at(text.as_bytes(), span.start, message),
            None => Error::new(message),
        }
    })
}

/// Whether an entry speaks of `version`: one that names no versions speaks of all.
pub(crate) fn covers(versions: Option<&[String]>, version: &str) -> bool {
    versions.is_none_or(|versions| versions.iter().any(|named| named == version))
}
