//! Members and owners of groups, as the directory itself adds and removes them.
//!
//! They are the same assignments that PIM makes, made outside PIM: see [`Schedule::outside_pim`].

use uuid::Uuid;

use super::{DirectoryRefusal, Group};
use crate::domain::ending::{self, Cause};
use crate::domain::{Access, Identity, Key, Kind, Schedule, Target, audit};
use crate::store::{Entry, ObjectType, Session};

type Result<T, E = DirectoryRefusal> = std::result::Result<T, E>;

/// Adds an object to a group, or to those who own it.
pub(crate) fn add(session: &Session<'_>, by: Identity, group: &Entry, access: Access, object: &Entry) -> Result<()> {
    let kept = Group::read(group);
    if access == Access::Member {
        check_assigned(&kept)?;
    }
    check_fits(group.id, &kept, access, object)?;
    if session.is_held_by(group.id, access, object.id)? {
        return Err(DirectoryRefusal::AlreadyThere(access));
    }
    let key = Key { principal: object.id, target: Target::Group { group: group.id, access } };
    // What was to begin later has begun, and for good: there is one assignment on a key.
    for later in session.schedules_on(Kind::Assignment, key)?.iter().filter(|schedule| !schedule.is_activation()) {
        ending::end(session, later, Cause::Replaced)?;
    }
    session.add_schedule(&Schedule::outside_pim(key, Uuid::new_v4(), session.now()))?;
    audit::member_added(session, by, group.id, object.id, access)?;
    Ok(())
}

/// Takes an object out of a group, or from those who own it. If it was there through PIM, that assignment or activation
/// ends; what it may activate it may activate again.
pub(crate) fn remove(session: &Session<'_>, by: Identity, group: &Entry, access: Access, object: Uuid) -> Result<()> {
    if !session.is_held_by(group.id, access, object)? {
        return Err(DirectoryRefusal::NotFound(object.to_string()));
    }
    match access {
        Access::Member => check_assigned(&Group::read(group))?,
        Access::Owner if session.held_by(group.id, Access::Owner)?.len() == 1 => {
            return Err(DirectoryRefusal::invalid(
                "The group must have at least one owner, hence this owner cannot be removed. Add another one first.",
            ));
        }
        Access::Owner => {}
    }
    audit::member_removed(session, by, group.id, object, access)?;
    let key = Key { principal: object, target: Target::Group { group: group.id, access } };
    let held = session.schedules_on(Kind::Assignment, key)?;
    for schedule in held.iter().filter(|schedule| schedule.is_in_force(session.now())) {
        ending::end(session, schedule, Cause::Removed)?;
    }
    Ok(())
}

/// Whether members are added and removed one by one.
fn check_assigned(group: &Group) -> Result<()> {
    if group.is_dynamic() {
        return Err(DirectoryRefusal::invalid(
            "The members of this group follow from its membershipRule; change the rule instead.",
        ));
    }
    if group.is_synchronized() {
        return Err(DirectoryRefusal::invalid(
            "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects \
             currently undergoing migration.",
        ));
    }
    Ok(())
}

/// Whether an object of this type can be there.
fn check_fits(id: Uuid, group: &Group, access: Access, object: &Entry) -> Result<()> {
    let refused = |reason: String| Err(DirectoryRefusal::Invalid(reason));
    match (object.object_type, access) {
        (ObjectType::Group, Access::Owner) => {
            refused(format!("'{}' is a group; owners are users and service principals.", object.id))
        }
        (ObjectType::Group, Access::Member) if object.id == id => {
            refused(format!("'{id}' is the group itself; a group is no member of itself."))
        }
        (ObjectType::Group, Access::Member) if group.is_assignable_to_role() => refused(format!(
            "'{}' is a group; a group that is assignable to roles has no groups as members.",
            object.id
        )),
        (ObjectType::Group, Access::Member) if group.is_microsoft_365() => {
            refused(format!("'{}' is a group; a Microsoft 365 group has no groups as members.", object.id))
        }
        (ObjectType::User | ObjectType::ServicePrincipal, _) | (ObjectType::Group, Access::Member) => Ok(()),
        (ObjectType::Application | ObjectType::AdministrativeUnit, _) => {
            refused(format!("'{}' can neither be in a group nor own one.", object.id))
        }
    }
}
