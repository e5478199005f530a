//! Reading what TOML or serde have no type for.

use pim_client::edm::DateTimeOffset;
use serde::de::{Deserialize, Deserializer, Error};
use toml::value::Datetime;
use uuid::Uuid;

/// An id: serde knows none, as the feature for it is not on.
pub(super) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Uuid>, D::Error> {
    let text = String::deserialize(deserializer)?;
    match text.parse() {
        Ok(id) => Ok(Some(id)),
        Err(_) => Err(D::Error::custom(format_args!("{text:?} is no id: it is to be a GUID"))),
    }
}

/// A point in time, as TOML writes it: 2025-03-21T11:06:00Z, without quotes.
pub(super) fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTimeOffset>, D::Error> {
    let text = Datetime::deserialize(deserializer)?.to_string();
    match text.parse() {
        Ok(time) => Ok(Some(time)),
        Err(_) => Err(D::Error::custom(format_args!(
            "{text} is no point in time: it is to have a date, a time and an offset, such as 2025-03-21T11:06:00Z"
        ))),
    }
}

/// What a boolean is that is not said.
pub(super) fn yes() -> bool {
    true
}
