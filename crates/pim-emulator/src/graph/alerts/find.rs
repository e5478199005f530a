//! Which alert an id means, and whether the caller may ask about it.

use pim_client::schema::Schema;

use crate::domain::Refusal;
use crate::domain::alerts::AlertKind;
use crate::domain::authority::{Area, Relation, Verb};
use crate::domain::policy::PolicyKind;
use crate::domain::powers;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};
use crate::graph::scope_filter::Scoped;

pub(super) const ROOT: &str = "identityGovernance/roleManagementAlerts";

/// Refuses a caller who may not do this with alerts.
pub(super) fn check(context: &Context<'_>, verb: Verb) -> Result<()> {
    let Context { session, caller, .. } = context;
    let allowed = powers::has(session, caller, Area::RoleAlerts, verb, Relation::Nothing)?;
    if allowed { Ok(()) } else { Err(Refusal::Unauthorized.into()) }
}

/// The id of an alert, of its definition and of its configuration.
pub(super) fn id(context: &Context<'_>, kind: AlertKind) -> String {
    format!("{}_{}_{}", PolicyKind::Role.scope_type(), context.service.tenant, kind.name())
}

/// The alert of that id, in any letter case.
pub(super) fn by_id(context: &Context<'_>, text: &str) -> Option<AlertKind> {
    AlertKind::ALL.into_iter().find(|kind| id(context, *kind).eq_ignore_ascii_case(text))
}

/// The alert that the path names.
pub(super) fn in_path(context: &Context<'_>) -> Result<AlertKind> {
    let id = context.parameter(0);
    by_id(context, id).ok_or_else(|| GraphError::not_found(id))
}

/// Answers with what `show` makes of every alert that the filter lets through: it has to name the scope.
pub(super) fn list(
    context: &Context<'_>,
    name: &str,
    schema: &'static Schema,
    show: impl Fn(AlertKind) -> Result<Entity>,
) -> Result<Answer> {
    check(context, Verb::Read)?;
    let scoped = Scoped::read(context, schema)?;
    let mut entities = Vec::new();
    for kind in AlertKind::ALL {
        let entity = show(kind)?;
        if scoped.matches(context, &entity)? {
            entities.push(entity);
        }
    }
    let fragment = format!("{ROOT}/{name}");
    page::of_all(context, &Collection { fragment: &fragment, query: &scoped.query }, &entities)
}

/// Answers with what `show` makes of the alert that the path names.
pub(super) fn single(
    context: &Context<'_>,
    name: &str,
    schema: &'static Schema,
    show: impl Fn(AlertKind) -> Result<Entity>,
) -> Result<Answer> {
    let query = context.query(schema)?;
    check(context, Verb::Read)?;
    let entity = show(in_path(context)?)?;
    page::single(context, &Collection { fragment: &format!("{ROOT}/{name}"), query: &query }, entity)
}
