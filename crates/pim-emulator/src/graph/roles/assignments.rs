//! The operations on role assignments. What is made here is made outside PIM: at once, and for good.

use http::StatusCode;
use uuid::Uuid;

use super::assignment::{self, Wanted};
use super::definitions::check;
use crate::domain::authority::{Relation, Verb};
use crate::domain::directory::{self, Group};
use crate::domain::ending::{self, Cause};
use crate::domain::{Identity, Key, Kind, Schedule, Scope, Target, audit};
use crate::graph::body::text;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};
use crate::store::ObjectType;

const FRAGMENT: &str = "roleManagement/directory/roleAssignments";

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(assignment::schema())?;
    let wanted = Wanted::of(&query);
    check(context, Verb::Read, relation(context, wanted.principal))?;
    page::answer(context, &Collection { fragment: FRAGMENT, query: &query }, |after, limit| {
        let found = assignment::rows(context.session, wanted, after, limit)?;
        Ok(found.iter().map(|(row, found)| (*row, assignment::represent(found))).collect())
    })
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(assignment::schema())?;
    let found = find(context)?;
    let found = found.first().ok_or_else(|| GraphError::no_object(context.parameter(0)))?;
    check(context, Verb::Read, relation(context, Some(found.key.principal)))?;
    page::single(context, &Collection { fragment: FRAGMENT, query: &query }, assignment::represent(found))
}

/// Everybody sees what is their own.
pub(super) fn relation(context: &Context<'_>, principal: Option<Uuid>) -> Relation {
    match principal {
        Some(principal) if context.caller.identity == Identity::User(principal) => Relation::Own,
        _ => Relation::Nothing,
    }
}

fn find(context: &Context<'_>) -> Result<Vec<Schedule>> {
    assignment::find(context.session, context.parameter(0))
}

pub(super) fn create(context: &Context<'_>) -> Result<Answer> {
    let body = context.body(assignment::schema())?;
    check(context, Verb::Write, Relation::Nothing)?;
    let key = read(context, &body)?;
    check_new(context, key)?;
    let schedule = Schedule::outside_pim(key, Uuid::new_v4(), context.session.now());
    context.session.add_schedule(&schedule)?;
    audit::role_assigned(context.session, context.caller.identity, &schedule)?;
    let mut entity = assignment::represent(&schedule);
    entity.insert("@odata.context".to_owned(), context.context_url(&format!("{FRAGMENT}/$entity")).into());
    Ok(Answer::json(StatusCode::CREATED, entity))
}

/// Who is to have which role where, each of which exists.
fn read(context: &Context<'_>, body: &Entity) -> Result<Key> {
    let required = |name: &str| {
        let value = text(body, name)?;
        value.ok_or_else(|| GraphError::invalid_object(format!("'{name}' is missing: a role assignment needs it.")))
    };
    let (principal, role) = (required("principalId")?, required("roleDefinitionId")?);
    let scope = match (text(body, "directoryScopeId")?, text(body, "appScopeId")?) {
        (Some(_), Some(_)) => {
            return Err(GraphError::invalid_object("Both 'directoryScopeId' and 'appScopeId' are given; give one."));
        }
        (Some(scope), None) | (None, Some(scope)) => scope,
        (None, None) => {
            return Err(GraphError::invalid_object("'directoryScopeId' is missing: give '/' for the whole tenant."));
        }
    };
    let scope = scope.parse().map_err(|error| GraphError::invalid_object(format!("'directoryScopeId': {error}.")))?;
    check_scope(context, scope)?;
    Ok(Key {
        principal: check_principal(context, principal)?,
        target: Target::Role { role: check_role(context, role)?, scope },
    })
}

fn check_role(context: &Context<'_>, text: &str) -> Result<Uuid> {
    let id: Uuid = text.parse().map_err(|_| GraphError::no_object(text))?;
    if directory::role_exists(context.session, id)? {
        return Ok(id);
    }
    match context.session.role(id)? {
        Some(_) => Err(GraphError::invalid_object(format!("The role '{id}' is disabled. Enable it to assign it."))),
        None => Err(GraphError::no_object(text)),
    }
}

fn check_principal(context: &Context<'_>, text: &str) -> Result<Uuid> {
    let no_object = || GraphError::no_object(text);
    let id = text.parse().map_err(|_| no_object())?;
    let principal = context.session.object(id)?.ok_or_else(no_object)?;
    match principal.object_type {
        ObjectType::User | ObjectType::ServicePrincipal => Ok(id),
        ObjectType::Group if Group::read(&principal).is_assignable_to_role() => Ok(id),
        ObjectType::Group => Err(GraphError::invalid_object(format!(
            "The group '{id}' cannot have roles: only a group that was created with isAssignableToRole can."
        ))),
        ObjectType::Application | ObjectType::AdministrativeUnit => Err(GraphError::invalid_object(format!(
            "'{id}' cannot have roles: give a user, a group or a service principal."
        ))),
    }
}

fn check_scope(context: &Context<'_>, scope: Scope) -> Result<()> {
    let (id, allowed): (_, &[ObjectType]) = match scope {
        Scope::Tenant => return Ok(()),
        Scope::AdministrativeUnit(id) => (id, &[ObjectType::AdministrativeUnit]),
        Scope::Object(id) => (id, &[ObjectType::Application, ObjectType::ServicePrincipal]),
    };
    let found = context.session.object(id)?.filter(|object| allowed.contains(&object.object_type));
    found.map(drop).ok_or_else(|| GraphError::no_object(&id.to_string()))
}

/// Nothing can be on the key yet: an activation has the same id, and so would what PIM has assigned from later on.
fn check_new(context: &Context<'_>, key: Key) -> Result<()> {
    if context.session.schedules_on(Kind::Assignment, key)?.is_empty() {
        return Ok(());
    }
    Err(GraphError::invalid_object(
        "A conflicting object with one or more of the specified property values is present in the directory.",
    ))
}

/// Ends what is in force, made in PIM or outside it.
pub(super) fn delete(context: &Context<'_>) -> Result<Answer> {
    check(context, Verb::Write, Relation::Nothing)?;
    let found = find(context)?;
    let shown = found.first().ok_or_else(|| GraphError::no_object(context.parameter(0)))?;
    for schedule in &found {
        ending::end(context.session, schedule, Cause::Removed)?;
    }
    audit::role_removed(context.session, context.caller.identity, shown)?;
    Ok(Answer::no_content())
}
