//! What can be assigned, and to whom.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// Whether one may activate or already holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Eligibility,
    Assignment,
}

/// The part of the directory that a role extends to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    /// `/`
    Tenant,
    /// `/administrativeUnits/{id}`
    AdministrativeUnit(Uuid),
    /// `/{id}`: an application or a service principal.
    Object(Uuid),
}

/// What there is of a group to be assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Access {
    Member,
    Owner,
}

/// What is assigned: a role in a scope, or the membership or ownership of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    Role { role: Uuid, scope: Scope },
    Group { group: Uuid, access: Access },
}

/// The two APIs of PIM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    Roles,
    Groups,
}

impl Target {
    pub(crate) fn family(self) -> Family {
        match self {
            Self::Role { .. } => Family::Roles,
            Self::Group { .. } => Family::Groups,
        }
    }

    /// The role or the group.
    pub(crate) fn resource(self) -> Uuid {
        match self {
            Self::Role { role, .. } => role,
            Self::Group { group, .. } => group,
        }
    }
}

/// What makes an assignment the same as another: who, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) principal: Uuid,
    pub(crate) target: Target,
}

const UNITS: &str = "/administrativeUnits/";

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenant => f.write_str("/"),
            Self::AdministrativeUnit(id) => write!(f, "{UNITS}{id}"),
            Self::Object(id) => write!(f, "/{id}"),
        }
    }
}

/// A text that is no scope.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no scope: it is /, /administrativeUnits/{{id}} or /{{id}}")]
pub(crate) struct InvalidScope(String);

impl FromStr for Scope {
    type Err = InvalidScope;

    fn from_str(text: &str) -> Result<Self, InvalidScope> {
        let id = |text: &str| text.parse().map_err(|_| InvalidScope(text.to_owned()));
        match text.get(..UNITS.len()) {
            _ if text == "/" => Ok(Self::Tenant),
            Some(start) if start.eq_ignore_ascii_case(UNITS) => id(&text[UNITS.len()..]).map(Self::AdministrativeUnit),
            _ => text.strip_prefix('/').ok_or_else(|| InvalidScope(text.to_owned())).and_then(id).map(Self::Object),
        }
    }
}

impl Access {
    /// The name that Graph gives it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Owner => "owner",
        }
    }

    /// The access of that name, in any letter case.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Member, Self::Owner].into_iter().find(|access| access.name().eq_ignore_ascii_case(name))
    }
}
