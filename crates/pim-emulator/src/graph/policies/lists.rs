//! Lists of policies and of their assignments.

use pim_client::schema::Schema;

use super::{access, find};
use crate::domain::policy::Governed;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::Result;
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};
use crate::graph::scope_filter::Scoped;

/// Answers with what `show` makes of everything governed that the filter lets through.
pub(super) fn answer(
    context: &Context<'_>,
    fragment: &str,
    schema: &'static Schema,
    show: impl Fn(Governed) -> Result<Entity>,
) -> Result<Answer> {
    let scoped = Scoped::read(context, schema)?;
    access::check_list(context, &scoped)?;
    let mut entities = Vec::new();
    for governed in governed(context, &scoped)? {
        let entity = show(governed)?;
        if scoped.matches(context, &entity)? {
            entities.push(entity);
        }
    }
    page::of_all(context, &Collection { fragment, query: &scoped.query }, &entities)
}

/// What is governed in the scopes that are asked for; of one role only, if the filter says so.
fn governed(context: &Context<'_>, scoped: &Scoped) -> Result<Vec<Governed>> {
    let only = scoped.only("roleDefinitionId");
    let is_meant =
        |governed: &Governed| only.as_ref().is_none_or(|only| governed.role_definition_id().eq_ignore_ascii_case(only));
    let mut all = Vec::new();
    for kind in &scoped.kinds {
        for scope in &scoped.ids {
            all.extend(find::in_scope(context, *kind, scope)?.into_iter().filter(is_meant));
        }
    }
    Ok(all)
}
