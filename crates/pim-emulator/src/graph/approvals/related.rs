//! What approvals lead to.

use pim_client::schema::Schema;
use serde_json::Value;

use super::family::Approvals;
use super::objects::Found;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::Result;

/// What a navigation property of an approval leads to: its stages.
pub(crate) fn related(
    context: &Context<'_>,
    of: &'static Schema,
    entity: &Entity,
    _navigation: &str,
) -> Result<Option<Value>> {
    let approvals = Approvals::of(context);
    if of.name() != approvals.schema().name() {
        return Ok(None);
    }
    let id = entity.get("id").and_then(Value::as_str).unwrap_or_default();
    let Some(found) = Found::by_id(context, approvals, id)? else { return Ok(Some(Value::Array(Vec::new()))) };
    Ok(Some(Value::Array(vec![Value::Object(found.represent_stage(context, approvals)?)])))
}
