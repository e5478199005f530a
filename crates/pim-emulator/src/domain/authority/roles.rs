//! What the directory roles of a user allow.

use uuid::Uuid;

use crate::catalog::ids::{
    AUTHENTICATION_ADMINISTRATOR, DIRECTORY_READERS, DIRECTORY_WRITERS, GLOBAL_ADMINISTRATOR, GLOBAL_READER,
    GROUPS_ADMINISTRATOR, IDENTITY_GOVERNANCE_ADMINISTRATOR, PRIVILEGED_AUTHENTICATION_ADMINISTRATOR,
    PRIVILEGED_ROLE_ADMINISTRATOR, REPORTS_READER, SECURITY_ADMINISTRATOR, SECURITY_OPERATOR, SECURITY_READER,
    USER_ADMINISTRATOR,
};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Area {
    /// Requests, schedules and instances of roles.
    RoleSchedules,
    /// Policies of roles.
    RolePolicies,
    /// Role definitions and role assignments, outside PIM.
    Roles,
    /// What PIM warns of.
    RoleAlerts,
    /// Requests, schedules, instances and policies of one group.
    GroupPim {
        is_assignable_to_role: bool,
    },
    /// Making a group.
    NewGroup {
        is_assignable_to_role: bool,
    },
    /// One group, its members and its owners.
    Group {
        is_assignable_to_role: bool,
    },
    /// Making a user.
    NewUser,
    /// A user, but for what is [sensitive](super::sensitive); what belongs to `me` is the caller's own.
    User,
    /// Objects of the directory of whatever kind.
    DirectoryObjects,
    AdministrativeUnits,
    AuditLogs,
    EntitlementManagement,
}

/// What is to be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Verb {
    Read,
    Write,
}

/// What the caller has to do with the very thing that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Relation {
    Nothing,
    /// It is about the caller: its own assignment, its own request, its own profile. A write is one by the caller for
    /// itself (a self-service action); what only administrators order is not its own, even if it is about itself.
    Own,
    /// The caller is a member of the group.
    Member,
    /// The caller owns the group.
    Owner,
}

/// Who a user is, as far as that decides what it may do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'a> {
    /// The roles that the user holds now in the whole tenant (the scope `/`), itself or as member of a group. Roles in
    /// a smaller scope do not count: nothing here is asked of a part of the directory.
    pub(crate) roles: &'a [Uuid],
    pub(crate) relation: Relation,
    /// Guests see nothing of the directory but themselves.
    pub(crate) is_guest: bool,
}

/// Whether a user may. A Global Administrator may do everything that anybody may do.
pub(crate) fn may(area: Area, verb: Verb, standing: Standing<'_>) -> bool {
    is_entitled(area, verb, standing)
        || standing.roles.iter().any(|role| {
            let nobody = area == Area::AuditLogs && verb == Verb::Write;
            *role == GLOBAL_ADMINISTRATOR && !nobody || allowing(area, verb).contains(role)
        })
}

/// Whether a user may without any role.
fn is_entitled(area: Area, verb: Verb, Standing { relation, is_guest, .. }: Standing<'_>) -> bool {
    match (area, verb) {
        (Area::RoleSchedules | Area::User, _) | (Area::Roles | Area::DirectoryObjects, Verb::Read)
            if relation == Relation::Own =>
        {
            true
        }
        (Area::GroupPim { .. }, Verb::Read) => relation != Relation::Nothing,
        (Area::GroupPim { .. }, Verb::Write) => matches!(relation, Relation::Own | Relation::Owner),
        (Area::Group { .. }, Verb::Write) => relation == Relation::Owner,
        (Area::Group { .. }, Verb::Read) => !is_guest || matches!(relation, Relation::Member | Relation::Owner),
        // Members of a tenant see who is in the directory and who holds which role, unless that is switched off.
        (Area::User | Area::DirectoryObjects | Area::Roles | Area::AdministrativeUnits, Verb::Read) => !is_guest,
        // Members may make groups, unless that is switched off.
        (Area::NewGroup { is_assignable_to_role }, Verb::Write) => !is_guest && !is_assignable_to_role,
        _ => false,
    }
}

const READERS_OF_PIM: &[Uuid] =
    &[GLOBAL_READER, SECURITY_OPERATOR, SECURITY_READER, SECURITY_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR];
const READERS_OF_THE_DIRECTORY: &[Uuid] = &[
    DIRECTORY_READERS,
    DIRECTORY_WRITERS,
    GLOBAL_READER,
    GROUPS_ADMINISTRATOR,
    IDENTITY_GOVERNANCE_ADMINISTRATOR,
    PRIVILEGED_ROLE_ADMINISTRATOR,
    SECURITY_ADMINISTRATOR,
    SECURITY_OPERATOR,
    SECURITY_READER,
    USER_ADMINISTRATOR,
];
const WRITERS_OF_GROUPS: &[Uuid] =
    &[DIRECTORY_WRITERS, GROUPS_ADMINISTRATOR, IDENTITY_GOVERNANCE_ADMINISTRATOR, USER_ADMINISTRATOR];

/// The roles each of which allows it, beside Global Administrator.
fn allowing(area: Area, verb: Verb) -> &'static [Uuid] {
    match (area, verb) {
        (Area::RoleSchedules | Area::RolePolicies | Area::RoleAlerts, Verb::Read) => READERS_OF_PIM,
        (Area::GroupPim { is_assignable_to_role: true }, Verb::Read) => &[PRIVILEGED_ROLE_ADMINISTRATOR, GLOBAL_READER],
        (Area::GroupPim { is_assignable_to_role: false }, Verb::Read) => &[
            PRIVILEGED_ROLE_ADMINISTRATOR,
            GLOBAL_READER,
            DIRECTORY_WRITERS,
            GROUPS_ADMINISTRATOR,
            IDENTITY_GOVERNANCE_ADMINISTRATOR,
            USER_ADMINISTRATOR,
        ],
        (Area::GroupPim { is_assignable_to_role: false }, Verb::Write) => &[
            PRIVILEGED_ROLE_ADMINISTRATOR,
            DIRECTORY_WRITERS,
            GROUPS_ADMINISTRATOR,
            IDENTITY_GOVERNANCE_ADMINISTRATOR,
            USER_ADMINISTRATOR,
        ],
        (
            Area::RoleSchedules
            | Area::RolePolicies
            | Area::RoleAlerts
            | Area::Roles
            | Area::AdministrativeUnits
            | Area::GroupPim { is_assignable_to_role: true }
            | Area::Group { is_assignable_to_role: true }
            | Area::NewGroup { is_assignable_to_role: true },
            Verb::Write,
        ) => &[PRIVILEGED_ROLE_ADMINISTRATOR],
        (
            Area::Group { is_assignable_to_role: false } | Area::NewGroup { is_assignable_to_role: false },
            Verb::Write,
        ) => WRITERS_OF_GROUPS,
        (
            Area::Roles
            | Area::NewUser
            | Area::NewGroup { .. }
            | Area::Group { .. }
            | Area::User
            | Area::DirectoryObjects
            | Area::AdministrativeUnits,
            Verb::Read,
        ) => READERS_OF_THE_DIRECTORY,
        (Area::User, Verb::Write) => &[
            USER_ADMINISTRATOR,
            DIRECTORY_WRITERS,
            AUTHENTICATION_ADMINISTRATOR,
            PRIVILEGED_AUTHENTICATION_ADMINISTRATOR,
        ],
        (Area::NewUser | Area::DirectoryObjects, Verb::Write) => &[USER_ADMINISTRATOR, DIRECTORY_WRITERS],
        (Area::AuditLogs, Verb::Read) => {
            &[REPORTS_READER, GLOBAL_READER, SECURITY_READER, SECURITY_OPERATOR, SECURITY_ADMINISTRATOR]
        }
        (Area::AuditLogs, Verb::Write) => &[],
        (Area::EntitlementManagement, Verb::Read) => {
            &[GLOBAL_READER, SECURITY_READER, IDENTITY_GOVERNANCE_ADMINISTRATOR]
        }
        (Area::EntitlementManagement, Verb::Write) => &[IDENTITY_GOVERNANCE_ADMINISTRATOR],
    }
}

#[cfg(test)]
mod tests;
