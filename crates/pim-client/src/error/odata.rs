//! The body of an error, as OData and Graph write it.

use std::iter::successors;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::ErrorCode;
use super::text::one_line;

/// What Graph answers instead of a success.
#[derive(Clone, Debug, Deserialize)]
pub struct ODataError {
    pub(crate) error: MainError,
}

/// The fault itself. Whatever is missing or of another type than expected is left out: an error must never be
/// unreadable.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Map<String, Value>")]
pub(crate) struct MainError {
    pub(super) code: Option<ErrorCode>,
    pub(super) message: Option<String>,
    pub(super) target: Option<String>,
    pub(super) details: Vec<ErrorDetail>,
    /// The codes of the inner errors, from the outermost to the innermost.
    pub(super) inner_codes: Vec<String>,
    pub(super) request_id: Option<String>,
}

/// One fault of several that an error reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// Graph's word for this fault.
    pub code: Option<String>,
    /// The explanation, for people.
    pub message: Option<String>,
    /// The part of the request that is to blame.
    pub target: Option<String>,
}

impl ODataError {
    pub(crate) fn code(&self) -> Option<&ErrorCode> {
        self.error.code.as_ref()
    }

    pub(crate) fn message(&self) -> Option<&str> {
        self.error.message.as_deref()
    }

    /// All that it says.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let error = &self.error;
        let code = error.code.as_ref().map(ErrorCode::as_str);
        let own = [code, error.message.as_deref(), error.target.as_deref(), error.request_id.as_deref()];
        let details = error.details.iter().flat_map(|detail| [&detail.code, &detail.message, &detail.target]);
        let inner = error.inner_codes.iter().map(String::as_str);
        own.into_iter().flatten().chain(details.flatten().map(String::as_str)).chain(inner)
    }
}

impl From<Map<String, Value>> for MainError {
    fn from(error: Map<String, Value>) -> Self {
        let inner_errors = || successors(inner_error(&error), |error| inner_error(error));
        let details = error.get("details").and_then(Value::as_array);
        Self {
            code: text(&error, "code").map(ErrorCode::from),
            message: text(&error, "message"),
            target: text(&error, "target"),
            details: details.into_iter().flatten().filter_map(Value::as_object).map(ErrorDetail::read).collect(),
            inner_codes: inner_errors().filter_map(|error| text(error, "code")).collect(),
            request_id: inner_errors().find_map(|error| text(error, "request-id")),
        }
    }
}

impl ErrorDetail {
    fn read(detail: &Map<String, Value>) -> Self {
        Self { code: text(detail, "code"), message: text(detail, "message"), target: text(detail, "target") }
    }
}

/// OData 4.0 writes `innererror`, Graph writes `innerError`; both occur.
fn inner_error(error: &Map<String, Value>) -> Option<&Map<String, Value>> {
    error.get("innerError").or_else(|| error.get("innererror"))?.as_object()
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name)?.as_str().map(one_line).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    fn read(error: &Value) -> MainError {
        from_value::<ODataError>(json!({ "error": error })).unwrap().error
    }

    #[test]
    fn all_of_an_error_is_read() {
        let error = read(&json!({
            "code": "BadRequest", "message": "The policy\nfailed.", "target": "scheduleInfo",
            "details": [{ "code": "ExpirationRule", "message": "Too long.", "target": "duration" }],
            "innerError": { "code": "PolicyValidation", "date": "2026-01-01T00:00:00", "request-id": "r",
                            "innererror": { "code": "Duration" } },
        }));
        assert_eq!(error.code, Some(ErrorCode::BadRequest));
        assert_eq!(error.message.as_deref(), Some("The policy failed."));
        assert_eq!(error.target.as_deref(), Some("scheduleInfo"));
        assert_eq!(error.details[0].code.as_deref(), Some("ExpirationRule"));
        assert_eq!(error.inner_codes, ["PolicyValidation", "Duration"]);
        assert_eq!(error.request_id.as_deref(), Some("r"));
    }

    #[test]
    fn what_is_missing_or_odd_is_left_out() {
        for odd in [
            json!({}),
            json!({ "code": "", "message": null, "details": null, "innerError": null }),
            json!({ "code": 5, "message": [], "details": [1], "innerError": "none" }),
        ] {
            let error = read(&odd);
            assert_eq!((error.code, error.message, error.details.len()), (None, None, 0));
        }
    }

    #[test]
    fn what_is_no_error_object_is_refused() {
        for wrong in [json!({}), json!({ "error": "invalid_token" }), json!([]), json!({ "error": null })] {
            assert!(from_value::<ODataError>(wrong).is_err());
        }
    }
}
