//! What a caller may do now, with the roles that it holds now.

use uuid::Uuid;

use super::authority::permissions::missing;
use super::authority::sensitive::{self, Affected, Sensitive};
use super::authority::{Area, Relation, Standing, Verb, may};
use super::directory::{self, Group};
use super::{Access, Caller, Identity, Result, Target};
use crate::catalog::ids::{GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR, USER_ADMINISTRATOR};
use crate::store::{self, Session};

/// Whether a caller may. Applications may what they were permitted; users need a role besides, or some relation to what
/// they ask for.
pub(crate) fn has(session: &Session<'_>, caller: &Caller, area: Area, verb: Verb, relation: Relation) -> Result<bool> {
    let Identity::User(user) = caller.identity else { return Ok(true) };
    let roles = roles_of(session, user)?;
    Ok(may(area, verb, Standing { roles: &roles, relation, is_guest: directory::is_guest(session, user)? }))
}

/// Whether a caller may do something sensitive to a user.
///
/// A role protects a user while it is held: whether one that may only be activated does, too, is not documented. It protects
/// in whatever part of the tenant it is held. An application does with its permission what User Administrators do, and needs
/// a role of its own for more.
pub(crate) fn may_act_on(session: &Session<'_>, caller: &Caller, action: Sensitive, user: Uuid) -> Result<bool> {
    let mut held = session.roles_held_anywhere_by(user)?;
    let groups = session.groups_of(user)?;
    for group in &groups {
        held.extend(session.roles_held_anywhere_by(*group)?);
    }
    let mut is_in_assignable_group = false;
    for group in groups.into_iter().chain(session.groups_owned_by(user)?) {
        is_in_assignable_group |= Group::find(session, group)?.is_some_and(|group| group.is_assignable_to_role());
    }
    let affected = Affected { roles: &held, is_in_assignable_group };
    let mut roles = roles_of(session, caller.identity.object())?;
    match caller.identity {
        Identity::Application { .. } => roles.push(USER_ADMINISTRATOR),
        Identity::User(_) => {
            let acts_as_user = missing(sensitive::AS_THE_USER, &caller.permissions).is_none();
            if !acts_as_user && sensitive::is_privileged(affected) {
                return Ok(false);
            }
        }
    }
    Ok(sensitive::may_act(&roles, action, affected))
}

/// Whether a caller may order assignments for others.
pub(crate) fn may_administer(session: &Session<'_>, caller: &Caller, target: Target) -> Result<bool> {
    may_use(session, caller, target, Verb::Write)
}

/// Whether a caller may see or change what PIM has about a target, whomever it is about.
pub(crate) fn may_use(session: &Session<'_>, caller: &Caller, target: Target, verb: Verb) -> Result<bool> {
    match target {
        Target::Role { .. } => has(session, caller, Area::RoleSchedules, verb, Relation::Nothing),
        Target::Group { group, .. } => {
            let relation = relation_to_group(session, caller, group)?;
            let is_assignable_to_role = Group::find(session, group)?.is_some_and(|group| group.is_assignable_to_role());
            has(session, caller, Area::GroupPim { is_assignable_to_role }, verb, relation)
        }
    }
}

/// What a caller is to a group.
pub(crate) fn relation_to_group(session: &Session<'_>, caller: &Caller, group: Uuid) -> Result<Relation> {
    let object = caller.identity.object();
    let holds = |access| -> Result<bool> { Ok(session.is_held_by(group, access, object)?) };
    Ok(if holds(Access::Owner)? {
        Relation::Owner
    } else if holds(Access::Member)? {
        Relation::Member
    } else {
        Relation::Nothing
    })
}

/// Whether a user is one of those who decide where nobody is named.
pub(crate) fn administers_roles(session: &Session<'_>, user: Uuid) -> Result<bool, store::Error> {
    let roles = roles_of(session, user)?;
    Ok(roles.iter().any(|role| [GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR].contains(role)))
}

/// The roles that a user or an application holds now in the whole tenant, itself and through groups.
fn roles_of(session: &Session<'_>, user: Uuid) -> Result<Vec<Uuid>, store::Error> {
    let mut roles = session.roles_held_by(user)?;
    for group in session.groups_of(user)? {
        roles.extend(session.roles_held_by(group)?);
    }
    Ok(roles)
}
