//! Answers, made safe to read: none is endless, and every error can be decoded.

use bytes::Bytes;
use http::HeaderMap;

use crate::auth::BearerToken;
use crate::error::ODataError;
use crate::error::text::one_line;

/// The longest error that is read. Graph's own have a few hundred bytes.
pub(super) const ERROR_LIMIT: usize = 1 << 20;

/// The longest answer that is read. Graph's largest pages, of 999 objects, have a few megabytes.
pub(super) const ANSWER_LIMIT: usize = 64 << 20;

/// Stands for an error body that says nothing a program could read.
const SILENT_ERROR: &[u8] = br#"{"error":{}}"#;

/// A body that is an OData error, and in which `token` does not occur.
///
/// Not everything that refuses a request is Graph: gateways answer with HTML, or nothing, or the request that they did
/// not like. progenitor would report such a body as undecodable, and lose the status.
pub(super) fn readable(body: Bytes, token: Option<&BearerToken>) -> Bytes {
    if error_in(&body, token).is_some() { body } else { Bytes::from_static(SILENT_ERROR) }
}

/// The OData error that `body` is, unless `token` occurs in it.
pub(crate) fn error_in(body: &[u8], token: Option<&BearerToken>) -> Option<ODataError> {
    let tells_token = |text: &str| token.is_some_and(|token| token.is_in(text));
    serde_json::from_slice::<ODataError>(body).ok().filter(|error| !error.texts().any(tells_token))
}

/// The id that Graph gave to a request, unless `token` occurs in it.
pub(crate) fn request_id(headers: &HeaderMap, token: Option<&BearerToken>) -> Option<String> {
    let id = headers.get("request-id")?.to_str().ok().map(one_line)?;
    (!token.is_some_and(|token| token.is_in(&id))).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_repeats_the_token_says_nothing() {
        let token = BearerToken::new("s3cr3t").unwrap();
        for body in [
            r#"{"error":{"code":"s3cr3t"}}"#,
            r#"{"error":{"message":"sent: Bearer s3cr3t"}}"#,
            r#"{"error":{"message":"\u00733cr3t"}}"#,
            r#"{"error":{"details":[{"target":"s3cr3t"}]}}"#,
            r#"{"error":{"innerError":{"innerError":{"code":"s3cr3t"}}}}"#,
            "s3cr3t",
        ] {
            assert_eq!(readable(Bytes::from_static(body.as_bytes()), Some(&token)), SILENT_ERROR, "{body}");
        }
        let harmless = Bytes::from_static(br#"{"error":{"code":"Denied"}}"#);
        assert_eq!(readable(harmless.clone(), Some(&token)), harmless);
    }
}
