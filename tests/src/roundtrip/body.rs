//! One body, held against the type that it has.

use pim_client::exchange::Codec;
use pim_client::runtime::ODataError;
use serde_json::{Map, Value};

use super::difference::{Change, Difference, differences};
use super::recording::Recording;

/// What a body should be.
#[derive(Clone, Copy)]
pub(super) enum Expected {
    /// The JSON of a generated type.
    Typed(Codec),
    /// A bare number: how many objects a collection has.
    Count,
    /// An OData error.
    Error,
    /// No body.
    Nothing,
}

impl Expected {
    /// How `body` is different once it has been decoded and encoded again, or what keeps it from being decoded.
    pub(super) fn hold(self, body: &str, recording: &Recording<'_>) -> Result<Vec<Difference>, String> {
        match self {
            Self::Typed(codec) => recode(codec, body, recording),
            Self::Count => parse(body).and_then(|count| expect_count(&count)),
            Self::Error => expect_error(body),
            Self::Nothing => parse(body).map(|body| losses(&body)),
        }
    }
}

fn recode(codec: Codec, body: &str, recording: &Recording<'_>) -> Result<Vec<Difference>, String> {
    let decoded = codec.recode(body).or_else(|_| codec.recode(&recording.in_place(body)));
    let written = decoded.map_err(|error| error.to_string())?;
    Ok(differences(&parse(body)?, &written))
}

fn parse(body: &str) -> Result<Value, String> {
    serde_json::from_str(body).map_err(|error| error.to_string())
}

fn expect_count(count: &Value) -> Result<Vec<Difference>, String> {
    // It is text on the wire, so that a recorder may have taken it for either.
    let is_count = count.is_u64() || count.as_str().is_some_and(|text| text.trim().parse::<u64>().is_ok());
    if is_count { Ok(Vec::new()) } else { Err("not a number".to_owned()) }
}

/// Errors are not written again: that they are understood is all that can be told.
fn expect_error(body: &str) -> Result<Vec<Difference>, String> {
    match serde_json::from_str::<ODataError>(body) {
        Ok(_) => Ok(Vec::new()),
        Err(_) => Err("not an OData error".to_owned()),
    }
}

/// What is lost of a body that nobody reads.
fn losses(body: &Value) -> Vec<Difference> {
    match body {
        Value::Object(_) => differences(body, &Value::Object(Map::new())),
        _ => vec![Difference { pointer: String::new(), change: Change::Lost }],
    }
}
