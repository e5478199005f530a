//! What the directory says when it does not do what is asked.

use uuid::Uuid;

use crate::domain::Access;
use crate::store;

/// Why the directory does not do what is asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DirectoryRefusal {
    /// There is no such object.
    #[error("Resource '{0}' does not exist or one of its queried reference-property objects are not present.")]
    NotFound(String),
    #[error(
        "One or more added object references already exist for the following modified properties: '{}'.",
        plural(*.0)
    )]
    AlreadyThere(Access),
    #[error("Object '{0}' is given more than once, and can only be present once as an add/remove change.")]
    GivenTwice(Uuid),
    #[error("{0}")]
    Invalid(String),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl DirectoryRefusal {
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid(message.into())
    }
}

/// The navigation property of a group.
pub(crate) fn plural(access: Access) -> &'static str {
    match access {
        Access::Member => "members",
        Access::Owner => "owners",
    }
}
