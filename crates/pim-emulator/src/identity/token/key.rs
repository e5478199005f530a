use std::fmt;

use zeroize::Zeroizing;

use crate::identity::secret::random_bytes;

/// The key that tokens are signed with. `Debug` does not show it, and its memory is overwritten in the end.
#[derive(Clone)]
pub(crate) struct SigningKey(Zeroizing<[u8; 32]>);

impl SigningKey {
    /// A new one.
    pub(crate) fn random() -> Self {
        Self(random_bytes())
    }

    /// One that was kept, so that tokens outlive the process.
    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key itself, to be kept.
    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}
