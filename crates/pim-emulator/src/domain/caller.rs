//! Who calls, as far as a token says.

use uuid::Uuid;

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Identity {
    /// A user, through some application.
    User(Uuid),
    /// An application by itself: its service principal, and the application's own id.
    Application { service_principal: Uuid, app_id: Uuid },
}

impl Identity {
    /// The object in the directory.
    pub(crate) fn object(self) -> Uuid {
        match self {
            Self::User(id) => id,
            Self::Application { service_principal, .. } => service_principal,
        }
    }
}

/// Who calls, and how they proved it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) identity: Identity,
    /// The permissions of the token: delegated ones of a user, application permissions of an application.
    pub(crate) permissions: Vec<String>,
    /// Whether a second factor was shown (`mfa` in the claim `amr`).
    pub(crate) has_mfa: bool,
    /// The authentication contexts that were satisfied (the claim `acrs`), such as `c1`.
    pub(crate) contexts: Vec<String>,
}
