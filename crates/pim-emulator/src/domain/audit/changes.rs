//! What is changed in the directory by itself, outside PIM.
//!
//! What is deleted is named in its entry as long as it is still there: so the entry is written first.

use pim_client::v1_0::models::TargetResource;
use uuid::Uuid;

use super::effects;
use super::entry::{Entry, Outcome, Service};
use super::names::{self, Names};
use crate::catalog;
use crate::domain::{Access, Identity, Key, Schedule, Target};
use crate::store::{Result, Session};

/// Writes that a user was added.
pub(crate) fn user_created(session: &Session<'_>, by: Identity, id: Uuid) -> Result<()> {
    of_object(session, by, id, (USERS, "Add user", "Add"))
}

/// Writes that a user was changed.
pub(crate) fn user_updated(session: &Session<'_>, by: Identity, id: Uuid) -> Result<()> {
    of_object(session, by, id, (USERS, "Update user", "Update"))
}

/// Writes that a user is being deleted.
pub(crate) fn user_deleted(session: &Session<'_>, by: Identity, id: Uuid) -> Result<()> {
    of_object(session, by, id, (USERS, "Delete user", "Delete"))
}

/// Writes that a group was added.
pub(crate) fn group_created(session: &Session<'_>, by: Identity, id: Uuid) -> Result<()> {
    of_object(session, by, id, (GROUPS, "Add group", "Add"))
}

/// Writes that a group was changed.
pub(crate) fn group_updated(session: &Session<'_>, by: Identity, id: Uuid) -> Result<()> {
    of_object(session, by, id, (GROUPS, "Update group", "Update"))
}

/// Writes that a group is being deleted.
pub(crate) fn group_deleted(session: &Session<'_>, by: Identity, id: Uuid) -> Result<()> {
    of_object(session, by, id, (GROUPS, "Delete group", "Delete"))
}

/// Writes that somebody was added to a group's members or owners.
pub(crate) fn member_added(
    session: &Session<'_>,
    by: Identity,
    group: Uuid,
    principal: Uuid,
    access: Access,
) -> Result<()> {
    let names = Names::of(session);
    let key = Key { principal, target: Target::Group { group, access } };
    effects::gained(&names, names.initiator(by)?, key, Uuid::new_v4())
}

/// Writes that somebody was removed from a group's members or owners.
pub(crate) fn member_removed(
    session: &Session<'_>,
    by: Identity,
    group: Uuid,
    principal: Uuid,
    access: Access,
) -> Result<()> {
    let names = Names::of(session);
    let key = Key { principal, target: Target::Group { group, access } };
    effects::taken(&names, names.initiator(by)?, key, Uuid::new_v4())
}

/// Writes that a role was assigned outside PIM, which PIM notices.
pub(crate) fn role_assigned(session: &Session<'_>, by: Identity, schedule: &Schedule) -> Result<()> {
    let names = Names::of(session);
    let initiator = names.initiator(by)?;
    effects::gained(&names, initiator.clone(), schedule.key, schedule.id)?;
    effects::noticed(&names, initiator, schedule.key, schedule.id, true)
}

/// Writes that a role assignment was deleted outside PIM; PIM notices if it was its own.
pub(crate) fn role_removed(session: &Session<'_>, by: Identity, schedule: &Schedule) -> Result<()> {
    let names = Names::of(session);
    let initiator = names.initiator(by)?;
    effects::taken(&names, initiator.clone(), schedule.key, schedule.id)?;
    match schedule.created_using {
        Some(request) => effects::noticed(&names, initiator, schedule.key, request, false),
        None => Ok(()),
    }
}

/// Writes that a custom role was added.
pub(crate) fn role_created(session: &Session<'_>, by: Identity, id: Uuid) -> Result<()> {
    of_role(session, by, id, ("Add role definition", "Add"))
}

/// Writes that a custom role was changed.
pub(crate) fn role_updated(session: &Session<'_>, by: Identity, id: Uuid) -> Result<()> {
    of_role(session, by, id, ("Update role definition", "Update"))
}

/// Writes that a custom role is being deleted.
pub(crate) fn role_deleted(session: &Session<'_>, by: Identity, id: Uuid) -> Result<()> {
    of_role(session, by, id, ("Delete role definition", "Delete"))
}

/// Writes that a role of entitlement management was assigned.
pub(crate) fn entitlement_assigned(session: &Session<'_>, by: Identity, principal: Uuid, role: Uuid) -> Result<()> {
    of_entitlement(session, by, (principal, role), ("Add Entitlement Management role assignment", "Add"))
}

/// Writes that an assignment of a role of entitlement management was deleted.
pub(crate) fn entitlement_removed(session: &Session<'_>, by: Identity, principal: Uuid, role: Uuid) -> Result<()> {
    of_entitlement(session, by, (principal, role), ("Remove Entitlement Management role assignment", "Delete"))
}

const USERS: &str = "UserManagement";
const GROUPS: &str = "GroupManagement";
const ROLES: &str = "RoleManagement";
const ENTITLEMENTS: &str = "EntitlementManagement";

fn of_object(
    session: &Session<'_>,
    by: Identity,
    id: Uuid,
    what: (&'static str, &'static str, &'static str),
) -> Result<()> {
    let names = Names::of(session);
    let targets = vec![names.object(id)?];
    write(&names, Service::Directory, by, what, targets)
}

fn of_role(
    session: &Session<'_>,
    by: Identity,
    id: Uuid,
    (activity, operation): (&'static str, &'static str),
) -> Result<()> {
    let names = Names::of(session);
    let targets = vec![names.role(id)?];
    write(&names, Service::Directory, by, (ROLES, activity, operation), targets)
}

fn of_entitlement(
    session: &Session<'_>,
    by: Identity,
    (principal, role): (Uuid, Uuid),
    (activity, operation): (&'static str, &'static str),
) -> Result<()> {
    let names = Names::of(session);
    let known = catalog::ENTITLEMENT_ROLES.iter().find(|known| known.id == role);
    let role = names::role(&role.to_string(), known.map(|known| known.display_name.to_owned()));
    let targets = vec![role, names.object(principal)?];
    write(&names, Service::EntitlementManagement, by, (ENTITLEMENTS, activity, operation), targets)
}

fn write(
    names: &Names<'_>,
    service: Service,
    by: Identity,
    (category, activity, operation): (&'static str, &'static str, &'static str),
    targets: Vec<TargetResource>,
) -> Result<()> {
    let entry = Entry {
        service,
        category,
        activity: activity.into(),
        operation,
        outcome: Outcome::Success,
        reason: None,
        correlation: Uuid::new_v4(),
        by: names.initiator(by)?,
        targets,
        details: Vec::new(),
    };
    entry.write(names.session())
}
