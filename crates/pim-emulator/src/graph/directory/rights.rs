//! Whether the caller may see or change an object of the directory.

use crate::domain::authority::permissions::{ROLE_ASSIGNABLE_GROUP, missing};
use crate::domain::authority::sensitive::Sensitive;
use crate::domain::authority::{Area, Relation, Verb};
use crate::domain::directory::Group;
use crate::domain::{Identity, powers};
use crate::graph::context::Context;
use crate::graph::error::{GraphError, Result};
use crate::store::{Entry, ObjectType};

/// Whether the caller may see objects of a type, whichever they are.
pub(super) fn check_list(context: &Context<'_>, object_type: ObjectType) -> Result<()> {
    check(context, area(object_type, false), Verb::Read, Relation::Nothing)
}

/// Whether the caller may see an object.
pub(super) fn check_read(context: &Context<'_>, object: &Entry) -> Result<()> {
    let area = area(object.object_type, Group::read(object).is_assignable_to_role());
    check(context, area, Verb::Read, relation(context, object)?)
}

/// Whether the caller may change an object. Of groups that can hold roles, applications need a permission more.
pub(super) fn check_write(context: &Context<'_>, object: &Entry) -> Result<()> {
    let is_assignable_to_role = Group::read(object).is_assignable_to_role();
    if is_assignable_to_role && matches!(context.caller.identity, Identity::Application { .. }) {
        check_permission_for_roles(context)?;
    }
    check(context, area(object.object_type, is_assignable_to_role), Verb::Write, relation(context, object)?)
}

/// Whether the caller may make a group.
pub(super) fn check_new_group(context: &Context<'_>, is_assignable_to_role: bool) -> Result<()> {
    if is_assignable_to_role {
        check_permission_for_roles(context)?;
    }
    check(context, Area::NewGroup { is_assignable_to_role }, Verb::Write, Relation::Nothing)
}

/// Whether the caller may make a user.
pub(super) fn check_new_user(context: &Context<'_>) -> Result<()> {
    check(context, Area::NewUser, Verb::Write, Relation::Nothing)
}

/// Whether the caller may change of users what is nobody's own business.
pub(super) fn check_administers_users(context: &Context<'_>) -> Result<()> {
    check(context, Area::User, Verb::Write, Relation::Nothing)
}

/// Whether the caller may do something sensitive to a user.
pub(super) fn check_sensitive(context: &Context<'_>, action: Sensitive, user: &Entry) -> Result<()> {
    let may = powers::may_act_on(context.session, context.caller, action, user.id)?;
    if may { Ok(()) } else { Err(GraphError::denied()) }
}

/// Whether the caller may see objects of whatever type.
pub(super) fn check_directory(context: &Context<'_>) -> Result<()> {
    check(context, Area::DirectoryObjects, Verb::Read, Relation::Nothing)
}

fn check(context: &Context<'_>, area: Area, verb: Verb, relation: Relation) -> Result<()> {
    if powers::has(context.session, context.caller, area, verb, relation)? { Ok(()) } else { Err(GraphError::denied()) }
}

fn check_permission_for_roles(context: &Context<'_>) -> Result<()> {
    match missing(ROLE_ASSIGNABLE_GROUP, &context.caller.permissions) {
        None => Ok(()),
        Some(_) => Err(GraphError::denied()),
    }
}

fn area(object_type: ObjectType, is_assignable_to_role: bool) -> Area {
    match object_type {
        ObjectType::User => Area::User,
        ObjectType::Group => Area::Group { is_assignable_to_role },
        ObjectType::AdministrativeUnit => Area::AdministrativeUnits,
        ObjectType::ServicePrincipal | ObjectType::Application => Area::DirectoryObjects,
    }
}

/// What the caller has to do with an object.
fn relation(context: &Context<'_>, object: &Entry) -> Result<Relation> {
    Ok(match object.object_type {
        ObjectType::Group => powers::relation_to_group(context.session, context.caller, object.id)?,
        _ if object.id == context.caller.identity.object() => Relation::Own,
        _ => Relation::Nothing,
    })
}
