//! Which policies there are, and which of them an id means.

use uuid::Uuid;

use crate::catalog;
use crate::domain::directory::Group;
use crate::domain::policy::{Governed, PolicyAssignmentId, PolicyId, PolicyKind};
use crate::domain::{Access, directory};
use crate::graph::context::Context;
use crate::graph::error::{GraphError, Result};

/// What the policy of that id governs.
pub(super) fn policy(context: &Context<'_>, id: &str) -> Result<Governed> {
    let not_found = || GraphError::not_found(id);
    let parsed: PolicyId = id.parse().map_err(|_| not_found())?;
    let roles = match parsed.kind() {
        PolicyKind::Role => roles(context)?,
        PolicyKind::Group => Vec::new(),
    };
    let governed = parsed.governed(context.service.tenant, roles).ok_or_else(not_found)?;
    if exists(context, governed)? { Ok(governed) } else { Err(not_found()) }
}

/// What the policy governs that an assignment of that id is of.
pub(super) fn assignment(context: &Context<'_>, id: &str) -> Result<Governed> {
    let not_found = || GraphError::not_found(id);
    let parsed: PolicyAssignmentId = id.parse().map_err(|_| not_found())?;
    let governed = parsed.governed(context.service.tenant).ok_or_else(not_found)?;
    if exists(context, governed)? { Ok(governed) } else { Err(not_found()) }
}

/// What is governed in a scope.
pub(super) fn in_scope(context: &Context<'_>, kind: PolicyKind, scope: &str) -> Result<Vec<Governed>> {
    match kind {
        PolicyKind::Role if scope == "/" => Ok(roles(context)?.into_iter().map(Governed::Role).collect()),
        PolicyKind::Role => Ok(Vec::new()),
        PolicyKind::Group => {
            let Ok(group) = scope.parse() else { return Ok(Vec::new()) };
            let governed = [Access::Member, Access::Owner].map(|access| Governed::Group { group, access });
            if is_governed(context, group)? { Ok(governed.to_vec()) } else { Ok(Vec::new()) }
        }
    }
}

/// The built-in roles and the custom ones.
fn roles(context: &Context<'_>) -> Result<Vec<Uuid>> {
    let custom = context.session.roles()?.into_iter().map(|(id, _)| id);
    Ok(catalog::roles().map(|role| role.id).chain(custom).collect())
}

fn exists(context: &Context<'_>, governed: Governed) -> Result<bool> {
    match governed {
        Governed::Role(role) => {
            Ok(directory::role_exists(context.session, role)? || context.session.role(role)?.is_some())
        }
        Governed::Group { group, .. } => is_governed(context, group),
    }
}

/// Groups whose members somebody else decides on cannot be under PIM.
fn is_governed(context: &Context<'_>, group: Uuid) -> Result<bool> {
    let group = Group::find(context.session, group)?;
    Ok(group.is_some_and(|group| !group.is_dynamic() && !group.is_synchronized()))
}
