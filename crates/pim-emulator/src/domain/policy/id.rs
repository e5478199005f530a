//! The ids of policies and of their assignments.
//!
//! As a policy is there without having been made, its id follows from what it governs.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use super::PolicyKind;
use crate::domain::{Access, Target};

/// What a policy governs: a role, wherever it is held, or being a member or an owner of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Governed {
    Role(Uuid),
    Group { group: Uuid, access: Access },
}

/// `DirectoryRole_{tenant}_{guid}`, `Group_{group}_{guid}`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PolicyId {
    kind: PolicyKind,
    /// The tenant or the group.
    scope: Uuid,
    guid: Uuid,
}

/// The id of a policy, an underscore, and the id of the role, `member` or `owner`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PolicyAssignmentId {
    policy: PolicyId,
    governed: Governed,
}

/// A text that is no id of a policy, or of an assignment of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no id of a policy: list roleManagementPolicyAssignments to find it")]
pub(crate) struct InvalidPolicyId(String);

impl Governed {
    pub(crate) fn kind(self) -> PolicyKind {
        match self {
            Self::Role(_) => PolicyKind::Role,
            Self::Group { .. } => PolicyKind::Group,
        }
    }

    /// `scopeId`: where it is governed.
    pub(crate) fn scope_id(self) -> String {
        match self {
            Self::Role(_) => "/".to_owned(),
            Self::Group { group, .. } => group.to_string(),
        }
    }

    /// `roleDefinitionId` of the policy's assignment.
    pub(crate) fn role_definition_id(self) -> String {
        match self {
            Self::Role(role) => role.to_string(),
            Self::Group { access, .. } => access.name().to_owned(),
        }
    }
}

impl From<Target> for Governed {
    fn from(target: Target) -> Self {
        match target {
            Target::Role { role, .. } => Self::Role(role),
            Target::Group { group, access } => Self::Group { group, access },
        }
    }
}

impl PolicyKind {
    /// `scopeType`, and the beginning of the id.
    pub(crate) fn scope_type(self) -> &'static str {
        match self {
            Self::Role => "DirectoryRole",
            Self::Group => "Group",
        }
    }

    /// The kind of that name, in any letter case; the older `Directory` is taken as well.
    pub(crate) fn from_scope_type(name: &str) -> Option<Self> {
        let names = [("DirectoryRole", Self::Role), ("Directory", Self::Role), ("Group", Self::Group)];
        names.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, kind)| kind)
    }
}

impl PolicyId {
    /// The id of what governs something in a tenant.
    pub(crate) fn of(tenant: Uuid, governed: Governed) -> Self {
        let name = format!("{}/{}", governed.scope_id(), governed.role_definition_id());
        let scope = match governed {
            Governed::Role(_) => tenant,
            Governed::Group { group, .. } => group,
        };
        Self { kind: governed.kind(), scope, guid: Uuid::new_v5(&tenant, name.as_bytes()) }
    }

    pub(crate) fn kind(self) -> PolicyKind {
        self.kind
    }

    /// What the policy governs: one of `roles`, or access to the group that the id names. Whether there is such a
    /// group is not looked at.
    pub(crate) fn governed(self, tenant: Uuid, roles: impl IntoIterator<Item = Uuid>) -> Option<Governed> {
        let is_this = |governed: &Governed| Self::of(tenant, *governed) == self;
        match self.kind {
            PolicyKind::Role => roles.into_iter().map(Governed::Role).find(is_this),
            PolicyKind::Group => {
                let access = |access| Governed::Group { group: self.scope, access };
                [Access::Member, Access::Owner].map(access).into_iter().find(is_this)
            }
        }
    }
}

impl PolicyAssignmentId {
    /// The id of the assignment of what governs something in a tenant.
    pub(crate) fn of(tenant: Uuid, governed: Governed) -> Self {
        Self { policy: PolicyId::of(tenant, governed), governed }
    }

    /// What the policy governs, if this is an id of this tenant. Whether there is such a role or group is not looked
    /// at.
    pub(crate) fn governed(self, tenant: Uuid) -> Option<Governed> {
        (Self::of(tenant, self.governed) == self).then_some(self.governed)
    }
}

impl fmt::Display for PolicyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}_{}", self.kind.scope_type(), self.scope, self.guid)
    }
}

impl fmt::Display for PolicyAssignmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.policy, self.governed.role_definition_id())
    }
}

impl FromStr for PolicyId {
    type Err = InvalidPolicyId;

    fn from_str(text: &str) -> Result<Self, InvalidPolicyId> {
        parse(text).ok_or_else(|| InvalidPolicyId(text.to_owned()))
    }
}

impl FromStr for PolicyAssignmentId {
    type Err = InvalidPolicyId;

    fn from_str(text: &str) -> Result<Self, InvalidPolicyId> {
        let read = || {
            let (policy, key) = text.rsplit_once('_')?;
            let policy = parse(policy)?;
            let governed = match policy.kind {
                PolicyKind::Role => Governed::Role(guid(key)?),
                PolicyKind::Group => Governed::Group { group: policy.scope, access: Access::from_name(key)? },
            };
            Some(Self { policy, governed })
        };
        read().ok_or_else(|| InvalidPolicyId(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<PolicyId> {
    let mut parts = text.split('_');
    let (kind, scope, id) = (parts.next()?, parts.next()?, parts.next()?);
    let kind = PolicyKind::from_scope_type(kind)?;
    parts.next().is_none().then_some(())?;
    Some(PolicyId { kind, scope: guid(scope)?, guid: guid(id)? })
}

/// A GUID with its hyphens and nothing around it.
fn guid(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok().filter(|guid| guid.to_string().eq_ignore_ascii_case(text))
}
