use std::fmt;
use std::sync::Arc;

use http::HeaderValue;
use zeroize::Zeroizing;

use crate::Error;

/// What stands before the token in the header.
const SCHEME: &str = "Bearer ";

/// An access token for Graph, as the identity platform issued it.
///
/// The token can be sent and nothing else: no method gives it back, [`Debug`] does not show it, and the memory is
/// overwritten when the last clone is dropped. Two can be compared: a provider can tell whether the token that it has is
/// the one that was [refused](super::TokenRequest::refused).
///
/// ```
/// let token = pim_client::auth::BearerToken::new("eyJ0eXAiOiJKV1Qi.e30.c2ln")?;
/// assert_eq!(format!("{token:?}"), "BearerToken(…)");
/// # Ok::<(), pim_client::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct BearerToken(Arc<Zeroizing<String>>);

impl BearerToken {
    /// Takes a token, or refuses one that is empty or holds anything but visible ASCII characters.
    pub fn new(token: impl AsRef<str>) -> Result<Self, Error> {
        let token = token.as_ref();
        if token.is_empty() {
            return Err(Error::invalid_input("the access token is empty; get one from the identity platform first"));
        }
        if token.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME)) {
            return Err(Error::invalid_input("the access token begins with `Bearer `; leave that word out"));
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::invalid_input(
                "the access token has a space, a line break or another character that no token has; trim it",
            ));
        }
        Ok(Self(Arc::new(Zeroizing::new(format!("{SCHEME}{token}")))))
    }

    /// The value of the `Authorization` header, marked sensitive.
    pub(crate) fn authorization(&self) -> Result<HeaderValue, Error> {
        let mut header = HeaderValue::try_from(self.0.as_str())
            .map_err(|_| Error::invalid_input("the access token cannot be sent in a header"))?;
        header.set_sensitive(true);
        Ok(header)
    }

    /// Whether somebody repeats the token in `text`.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        text.contains(&self.0[SCHEME.len()..])
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_token() {
        let token = BearerToken::new("s3cr3t.t0ken").unwrap();
        assert_eq!(format!("{token:?} {:?}", token.authorization().unwrap()), "BearerToken(…) Sensitive");
    }

    #[test]
    fn a_repetition_is_found() {
        let token = BearerToken::new("s3cr3t").unwrap();
        assert!(token.is_in("Authorization: Bearer s3cr3t") && token.is_in("s3cr3t"));
        assert!(!token.is_in("") && !token.is_in("s3cr3") && !token.is_in("Bearer"));
    }

    #[test]
    fn what_is_no_token_is_refused_without_being_shown() {
        for wrong in ["", "Bearer s3cr3t", "bearer s3cr3t", "s3cr3t token", "s3cr3t\n", "s3cr3t\u{e9}", "s3cr3t\u{7f}"]
        {
            let error = BearerToken::new(wrong).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::InvalidInput, "{wrong:?}");
            assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error}");
        }
    }
}
