//! Whether those whom a request is about exist, and can have what it is about.

use uuid::Uuid;

use crate::domain::directory::{self, Group};
use crate::domain::{Kind, Order, Refusal, Result, Scope, Target};
use crate::store::{Entry, ObjectType, Session};

pub(super) fn check(session: &Session<'_>, order: &Order) -> Result<()> {
    match order.key.target {
        Target::Role { role, scope } => {
            if !directory::role_exists(session, role)? {
                return Err(Refusal::RoleNotFound.into());
            }
            let principal = principal(session, order)?;
            check_scope(session, scope)?;
            check_holder_of_role(&principal, order.kind)
        }
        Target::Group { group, .. } => {
            check_group(session, group)?;
            check_holder_of_group(session, &principal(session, order)?, group)
        }
    }
}

fn principal(session: &Session<'_>, order: &Order) -> Result<Entry> {
    session.object(order.key.principal)?.ok_or_else(|| Refusal::SubjectNotFound.into())
}

fn check_scope(session: &Session<'_>, scope: Scope) -> Result<()> {
    let exists = match scope {
        Scope::Tenant => true,
        Scope::AdministrativeUnit(id) => {
            session.object(id)?.is_some_and(|object| object.object_type == ObjectType::AdministrativeUnit)
        }
        Scope::Object(id) => session
            .object(id)?
            .is_some_and(|object| matches!(object.object_type, ObjectType::Application | ObjectType::ServicePrincipal)),
    };
    if exists { Ok(()) } else { Err(Refusal::ResourceNotFound.into()) }
}

/// Groups whose members somebody else decides on cannot be under PIM.
fn check_group(session: &Session<'_>, id: Uuid) -> Result<()> {
    let Some(group) = Group::find(session, id)? else { return Err(Refusal::ResourceNotFound.into()) };
    if group.is_dynamic() || group.is_synchronized() {
        return Err(Refusal::InvalidRequest("The members of this group are not assigned here.").into());
    }
    Ok(())
}

fn check_holder_of_role(principal: &Entry, kind: Kind) -> Result<()> {
    let allowed = match principal.object_type {
        ObjectType::User => true,
        ObjectType::Group => Group::read(principal).is_assignable_to_role(),
        ObjectType::ServicePrincipal => kind == Kind::Assignment,
        ObjectType::Application | ObjectType::AdministrativeUnit => false,
    };
    if allowed { Ok(()) } else { Err(Refusal::InvalidRequest("This principal cannot have this role.").into()) }
}

fn check_holder_of_group(session: &Session<'_>, principal: &Entry, group: Uuid) -> Result<()> {
    let allowed = match principal.object_type {
        ObjectType::User | ObjectType::ServicePrincipal => true,
        // A role is not to reach people through a group of groups.
        ObjectType::Group => {
            principal.id != group && !Group::find(session, group)?.is_some_and(|group| group.is_assignable_to_role())
        }
        ObjectType::Application | ObjectType::AdministrativeUnit => false,
    };
    if allowed { Ok(()) } else { Err(Refusal::InvalidRequest("This principal cannot be in this group.").into()) }
}
