//! What only its owner may see.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

/// A password, a client secret or a token. `Debug` does not show it, and its memory is overwritten in the end.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<String>);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// One that nobody can guess, of characters that need no escaping anywhere.
    pub(crate) fn random() -> Self {
        Self::new(URL_SAFE_NO_PAD.encode(random_bytes()))
    }

    /// The secret itself, to be sent or stored.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// Whether `text` is the secret. The time it takes tells nothing: digests are compared, which nobody can steer.
    pub(crate) fn matches(&self, text: &str) -> bool {
        digest(&self.0) == digest(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is kept of a secret that is only to be recognized.
pub(super) fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// 256 bits from the operating system: three UUIDs hold 366 random ones.
pub(super) fn random_bytes() -> Zeroizing<[u8; 32]> {
    let mut hash = Sha256::new();
    for _ in 0..3 {
        hash.update(Uuid::new_v4().as_bytes());
    }
    Zeroizing::new(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_recognized_and_not_shown() {
        let secret = Secret::new("s3cr3t");
        assert!(secret.matches("s3cr3t"));
        assert!(!secret.matches("s3cr3") && !secret.matches("") && !secret.matches("S3CR3T"));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }

    #[test]
    fn random_secrets_are_long_and_differ() {
        let (one, other) = (Secret::random(), Secret::random());
        assert_eq!(one.expose().len(), 43);
        assert!(!one.matches(other.expose()));
    }
}
