use std::fmt;

use super::Scope;
use crate::Id;
use crate::error::text::one_line;
use crate::v1_0::models::{Group, PrivilegedAccessGroupRelationships, UnifiedRoleDefinition};

/// What a request or an assignment is about, by its ids: a role at a scope, or access to a group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// A role of the directory.
    #[non_exhaustive]
    Role {
        /// The key of the role.
        id: Id<UnifiedRoleDefinition>,
        /// The name of the role, where it is known.
        name: Option<String>,
        /// Where it is held.
        scope: Scope,
    },
    /// Being a member or owner of a group.
    #[non_exhaustive]
    Group {
        /// The key of the group.
        id: Id<Group>,
        /// The name of the group, where it is known.
        name: Option<String>,
        /// Whether as a member or as an owner.
        access: PrivilegedAccessGroupRelationships,
    },
}

impl Target {
    /// The name of the role or group, where it is known.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Role { name, .. } | Self::Group { name, .. } => name.as_deref(),
        }
    }

    /// Whether both are about the same, whatever is known of its name. Ids are the same in any letter case.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Role { id, scope, .. }, Self::Role { id: other_id, scope: other_scope, .. }) => {
                let same_scope = scope.to_string().eq_ignore_ascii_case(&other_scope.to_string());
                same_scope && id.as_str().eq_ignore_ascii_case(other_id.as_str())
            }
            (Self::Group { id, access, .. }, Self::Group { id: other_id, access: other_access, .. }) => {
                access == other_access && id.as_str().eq_ignore_ascii_case(other_id.as_str())
            }
            _ => false,
        }
    }
}

/// `User Administrator`, `User Administrator at /administrativeUnits/…`, `member of Helpdesk`; ids where names are not
/// known.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names are other people's text, and lines go to terminals.
        match self {
            Self::Role { id, name, scope } => {
                f.write_str(&one_line(name.as_deref().unwrap_or(id.as_str())))?;
                if *scope == Scope::Tenant { Ok(()) } else { write!(f, " at {scope}") }
            }
            Self::Group { id, name, access } => {
                write!(f, "{access} of {}", one_line(name.as_deref().unwrap_or(id.as_str())))
            }
        }
    }
}
