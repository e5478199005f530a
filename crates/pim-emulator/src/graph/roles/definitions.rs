//! The operations on role definitions: built-in roles are only read, custom roles are made, changed and deleted.

use http::StatusCode;
use serde_json::Value;
use uuid::Uuid;

use super::{custom, definition};
use crate::catalog;
use crate::domain::audit;
use crate::domain::authority::{Area, Relation, Verb};
use crate::domain::powers;
use crate::graph::body;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::listed;
use crate::graph::page::{self, Collection};

const FRAGMENT: &str = "roleManagement/directory/roleDefinitions";

/// Whether the caller may do something with roles.
pub(super) fn check(context: &Context<'_>, verb: Verb, relation: Relation) -> Result<()> {
    let allowed = powers::has(context.session, context.caller, Area::Roles, verb, relation)?;
    if allowed { Ok(()) } else { Err(GraphError::denied()) }
}

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let query = context.directory_query(definition::schema(context.route.version))?;
    check(context, Verb::Read, Relation::Nothing)?;
    let wanted = query.filter.as_ref().and_then(|filter| filter.required("id"));
    let entities = match wanted {
        Some(ids) => some(context, &ids)?,
        None => all(context)?,
    };
    page::answer(context, &Collection { fragment: FRAGMENT, query: &query }, listed::rows(entities))
}

/// The roles with some ids.
fn some(context: &Context<'_>, ids: &[String]) -> Result<Vec<Entity>> {
    let ids = ids.iter().filter_map(|id| id.parse().ok());
    let found = ids.map(|id| definition::find(context, id)).collect::<Result<Vec<_>>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// The built-in roles, then the custom ones in the order in which they were made.
fn all(context: &Context<'_>) -> Result<Vec<Entity>> {
    let version = context.route.version;
    let mut entities: Vec<_> = catalog::roles().map(|role| definition::represent(role, version)).collect();
    for (id, properties) in context.session.roles()? {
        entities.push(definition::represent_custom(id, &properties, version));
    }
    Ok(entities)
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.directory_query(definition::schema(context.route.version))?;
    check(context, Verb::Read, Relation::Nothing)?;
    let found = context.guid(0).map(|id| definition::find(context, id)).transpose()?.flatten();
    let found = found.ok_or_else(|| GraphError::no_object(context.parameter(0)))?;
    page::single(context, &Collection { fragment: FRAGMENT, query: &query }, found)
}

pub(super) fn create(context: &Context<'_>) -> Result<Answer> {
    let body = context.body(definition::schema(context.route.version))?;
    check(context, Verb::Write, Relation::Nothing)?;
    let role = custom::created(body)?;
    let id = Uuid::new_v4();
    let properties = Value::Object(role).to_string();
    context.session.put_role(id, &properties)?;
    audit::role_created(context.session, context.caller.identity, id)?;
    let mut entity = definition::represent_custom(id, &properties, context.route.version);
    entity.insert("@odata.context".to_owned(), context.context_url(&format!("{FRAGMENT}/$entity")).into());
    Ok(Answer::json(StatusCode::CREATED, entity))
}

pub(super) fn update(context: &Context<'_>) -> Result<Answer> {
    let change = context.body(definition::schema(context.route.version))?;
    check(context, Verb::Write, Relation::Nothing)?;
    let (id, properties) = existing_custom(context)?;
    let role = body::object(properties.as_bytes())?;
    let role = custom::changed(role, change)?;
    context.session.put_role(id, &Value::Object(role).to_string())?;
    audit::role_updated(context.session, context.caller.identity, id)?;
    Ok(Answer::no_content())
}

pub(super) fn delete(context: &Context<'_>) -> Result<Answer> {
    check(context, Verb::Write, Relation::Nothing)?;
    let (id, _) = existing_custom(context)?;
    if !context.session.schedules_about(id)?.is_empty() {
        return Err(GraphError::invalid_object(format!(
            "The role '{id}' is assigned, or somebody is eligible for it. Remove that first."
        )));
    }
    audit::role_deleted(context.session, context.caller.identity, id)?;
    context.session.remove_role(id)?;
    Ok(Answer::no_content())
}

/// The custom role that the path names; built-in ones stay as they are.
fn existing_custom(context: &Context<'_>) -> Result<(Uuid, String)> {
    let no_object = || GraphError::no_object(context.parameter(0));
    let id = context.guid(0).ok_or_else(no_object)?;
    if catalog::role(id).is_some() {
        return Err(GraphError::invalid_object(format!(
            "The role '{id}' is built-in: it can be neither changed nor deleted. Create a custom role instead."
        )));
    }
    Ok((id, context.session.role(id)?.ok_or_else(no_object)?))
}
