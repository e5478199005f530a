//! What policies and their assignments lead to.

use pim_client::schema::Schema;
use serde_json::Value;

use super::{find, objects};
use crate::domain::policies;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::Result;

/// What a navigation property of a policy, or of an assignment of one, leads to.
pub(crate) fn related(
    context: &Context<'_>,
    of: &'static Schema,
    entity: &Entity,
    navigation: &str,
) -> Result<Option<Value>> {
    let id = entity.get("id").and_then(Value::as_str).unwrap_or_default();
    if of.name() == objects::assignment_schema().name() {
        let governed = find::assignment(context, id)?;
        return Ok((navigation == "policy").then_some(Value::Object(objects::policy(context, governed)?)));
    }
    if of.name() == objects::policy_schema().name() {
        let policy = policies::governing(context.session, find::policy(context, id)?)?;
        return Ok(Some(objects::rules(&policy).into_iter().map(Value::Object).collect()));
    }
    Ok(None)
}
