//! Claims challenges: what a token lacks, in the words of the identity platform.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use crate::Error;
use crate::error::text::one_line;

/// The longest challenge that is passed on, in bytes. Graph's have some hundreds.
const LIMIT: usize = 8 << 10;

/// What Graph asks a token to have: the `claims` parameter of a request to the identity platform.
///
/// Graph sends one when a role's policy demands an authentication context or a fresh sign-in. A provider passes it on
/// to the identity platform, which lets the user prove what is asked for.
///
/// ```
/// use pim_client::auth::Claims;
///
/// let claims = Claims::parse(r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#)?;
/// assert_eq!(claims.authentication_context().as_deref(), Some("c1"));
/// # Ok::<(), pim_client::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Claims(Box<str>);

impl Claims {
    /// Takes claims as the identity platform's parameter of that name has them: as a JSON object.
    pub fn parse(json: &str) -> Result<Self, Error> {
        let json = json.trim();
        if json.len() > LIMIT {
            return Err(Error::invalid_input("the claims are longer than 8 KiB; Graph sends no such challenge"));
        }
        serde_json::from_str::<Map<String, Value>>(json)
            .map_err(|_| Error::invalid_input("the claims are not a JSON object"))?;
        Ok(Self(json.into()))
    }

    /// Takes claims as they are in the header `WWW-Authenticate`: in Base64, of either alphabet, padded or not.
    pub(crate) fn decode(base64: &str) -> Option<Self> {
        let base64 = base64.trim();
        if base64.len() > LIMIT * 2 {
            return None;
        }
        let json = [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD]
            .into_iter()
            .find_map(|engine| engine.decode(base64).ok())?;
        Self::parse(str::from_utf8(&json).ok()?).ok()
    }

    /// The JSON object, as the parameter `claims` takes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The claims in Base64, as `az login --claims-challenge` takes them.
    #[must_use]
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0.as_bytes())
    }

    /// The authentication context that is asked for, such as `c1`, if it is one. It is on one line.
    #[must_use]
    pub fn authentication_context(&self) -> Option<String> {
        let claims: Value = serde_json::from_str(&self.0).ok()?;
        let acrs = claims.get("access_token")?.get("acrs")?;
        let value = acrs.get("value").or_else(|| acrs.get("values")?.get(0))?;
        value.as_str().map(one_line)
    }
}

/// The JSON object on one line, for people. [`as_str`](Self::as_str) is what the identity platform takes.
impl fmt::Display for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_line(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACRS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;

    #[test]
    fn base64_of_either_alphabet_is_read() {
        // The text has characters of the last third of the alphabets, which they write differently.
        let json = r#"{"access_token":{"nbf":{"essential":true,"value":">>>???"}}}"#;
        for text in [STANDARD.encode(json), URL_SAFE.encode(json), URL_SAFE_NO_PAD.encode(json)] {
            assert_eq!(Claims::decode(&text).unwrap().as_str(), json);
        }
        assert_eq!(Claims::decode(&Claims::parse(ACRS).unwrap().to_base64()).unwrap().as_str(), ACRS);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for wrong in ["", "[]", "null", "\"c1\"", "{", "{} {}"] {
            assert!(Claims::parse(wrong).is_err(), "{wrong}");
            assert_eq!(Claims::decode(&STANDARD.encode(wrong)), None, "{wrong}");
        }
        assert_eq!(Claims::decode("***"), None);
        assert!(Claims::parse(&format!("{{\"a\":\"{}\"}}", "x".repeat(LIMIT))).is_err());
    }

    #[test]
    fn what_is_shown_is_one_line() {
        let json = "{\"access_token\":\n{\"acrs\":{\"value\":\"c1\\u001b[2J\u{202e}\"}}}";
        let claims = Claims::parse(json).unwrap();
        assert_eq!(claims.as_str(), json);
        assert_eq!(claims.authentication_context().as_deref(), Some("c1 [2J "));
        assert!(!claims.to_string().contains(['\n', '\u{202e}']), "{claims}");
    }

    #[test]
    fn the_authentication_context_is_found_where_it_is_asked_for() {
        for (json, expected) in [
            (ACRS, Some("c1")),
            (r#"{"access_token":{"acrs":{"essential":true,"values":["c3"]}}}"#, Some("c3")),
            (r#"{"access_token":{"nbf":{"essential":true,"value":"1652813508"}}}"#, None),
            (r#"{"access_token":{"acrs":{"value":5}}}"#, None),
            ("{}", None),
        ] {
            assert_eq!(Claims::parse(json).unwrap().authentication_context().as_deref(), expected, "{json}");
        }
    }
}
