use crate::Id;
use crate::v1_0::models::DirectoryObject;

/// Who gets or loses something: a user, a group, a service principal.
///
/// Text is a user principal name (`alined@contoso.com`), an id, or the display name of a user or group. A service
/// principal is called by its id, which is neither that of its application nor that of its registration.
#[derive(Clone, Debug)]
pub struct Principal(pub(super) Who);

#[derive(Clone, Debug)]
pub(super) enum Who {
    Caller,
    Known(Id<DirectoryObject>),
    Named(String),
}

impl Principal {
    /// The user who is signed in.
    #[must_use]
    pub fn me() -> Self {
        Self(Who::Caller)
    }

    /// The one with this id, of which nothing else is asked.
    pub fn id(id: impl Into<Id<DirectoryObject>>) -> Self {
        Self(Who::Known(id.into()))
    }

    /// The one with this user principal name, id or display name.
    pub fn named(name_or_id: impl Into<String>) -> Self {
        Self(Who::Named(name_or_id.into()))
    }
}

impl From<&str> for Principal {
    fn from(name_or_id: &str) -> Self {
        Self::named(name_or_id)
    }
}

impl From<String> for Principal {
    fn from(name_or_id: String) -> Self {
        Self::named(name_or_id)
    }
}

impl From<Id<DirectoryObject>> for Principal {
    fn from(id: Id<DirectoryObject>) -> Self {
        Self::id(id)
    }
}
