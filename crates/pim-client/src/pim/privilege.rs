use std::fmt;

use super::{Assignment, PimRequest, Scope, Target};
use crate::v1_0::models::PrivilegedAccessGroupRelationships as Access;

/// What can be held, as people call it: a role at a scope, or access to a group. Text is the name or id of a role that
/// is held in all of the tenant.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Privilege {
    /// A role of the directory.
    Role(Role),
    /// Being a member or owner of a group.
    Group(GroupAccess),
    /// What was read before.
    Known(Target),
}

/// A role of the directory, by name or id.
///
/// ```
/// use pim_client::pim::Role;
///
/// let everywhere = Role::new("User Administrator");
/// let in_paris = Role::new("fe930be7-5e62-47db-91af-98c3a49a38b1").in_administrative_unit("Paris");
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Role {
    pub(super) name_or_id: String,
    pub(super) place: Place,
}

/// Where a role is held, as people call it.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Known(Scope),
    AdministrativeUnit(String),
}

impl Role {
    /// A role, by its name (`User Administrator`) or id, in all of the tenant.
    pub fn new(name_or_id: impl Into<String>) -> Self {
        Self { name_or_id: name_or_id.into(), place: Place::Known(Scope::Tenant) }
    }

    /// The same role in an administrative unit, by its name or id.
    pub fn in_administrative_unit(mut self, name_or_id: impl Into<String>) -> Self {
        self.place = Place::AdministrativeUnit(name_or_id.into());
        self
    }

    /// The same role at another scope.
    pub fn at(mut self, scope: impl Into<Scope>) -> Self {
        self.place = Place::Known(scope.into());
        self
    }
}

/// Being a member or owner of a group.
///
/// ```
/// use pim_client::pim::GroupAccess;
///
/// let member = GroupAccess::member("Helpdesk");
/// let owner = GroupAccess::owner("e77cbb23-0ff2-4e18-819c-690f58269752");
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct GroupAccess {
    pub(super) name_or_id: String,
    pub(super) access: Access,
}

impl GroupAccess {
    /// A member of the group of this name or id.
    pub fn member(name_or_id: impl Into<String>) -> Self {
        Self { name_or_id: name_or_id.into(), access: Access::Member }
    }

    /// An owner of the group of this name or id.
    pub fn owner(name_or_id: impl Into<String>) -> Self {
        Self { name_or_id: name_or_id.into(), access: Access::Owner }
    }
}

impl Privilege {
    pub(super) fn is_role(&self) -> bool {
        match self {
            Self::Role(_) => true,
            Self::Group(_) => false,
            Self::Known(target) => matches!(target, Target::Role { .. }),
        }
    }
}

/// As it is called: `User Administrator in Paris`, `member of Helpdesk`.
impl fmt::Display for Privilege {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role(Role { name_or_id, place }) => {
                f.write_str(name_or_id)?;
                match place {
                    Place::Known(Scope::Tenant) => Ok(()),
                    Place::Known(scope) => write!(f, " at {scope}"),
                    Place::AdministrativeUnit(unit) => write!(f, " in {unit}"),
                }
            }
            Self::Group(GroupAccess { name_or_id, access }) => write!(f, "{access} of {name_or_id}"),
            Self::Known(target) => target.fmt(f),
        }
    }
}

impl From<&str> for Privilege {
    fn from(role: &str) -> Self {
        Self::Role(Role::new(role))
    }
}

impl From<String> for Privilege {
    fn from(role: String) -> Self {
        Self::Role(Role::new(role))
    }
}

impl From<Role> for Privilege {
    fn from(role: Role) -> Self {
        Self::Role(role)
    }
}

impl From<GroupAccess> for Privilege {
    fn from(group: GroupAccess) -> Self {
        Self::Group(group)
    }
}

impl From<Target> for Privilege {
    fn from(target: Target) -> Self {
        Self::Known(target)
    }
}

/// What the assignment is of: not whose it is.
impl From<&Assignment> for Privilege {
    fn from(assignment: &Assignment) -> Self {
        Self::Known(assignment.target.clone())
    }
}

/// What the request is for: not for whom.
impl From<&PimRequest> for Privilege {
    fn from(request: &PimRequest) -> Self {
        Self::Known(request.target.clone())
    }
}
