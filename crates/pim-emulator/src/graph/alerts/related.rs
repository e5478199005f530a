//! What alerts and their settings lead to.

use pim_client::schema::Schema;
use serde_json::Value;

use super::{alert, configurations, definitions, find, incidents};
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::Result;

/// What a navigation property of an alert, or of its settings, leads to.
pub(crate) fn related(
    context: &Context<'_>,
    of: &'static Schema,
    entity: &Entity,
    navigation: &str,
) -> Result<Option<Value>> {
    let is_known = of.name() == alert::schema().name() || configurations::schema().subtype(of.name()).is_some();
    let id = entity.get("id").and_then(Value::as_str).unwrap_or_default();
    let Some(kind) = find::by_id(context, id).filter(|_| is_known) else { return Ok(None) };
    Ok(Some(match navigation {
        "alertDefinition" => Value::Object(definitions::represent(context, kind)),
        "alertConfiguration" => Value::Object(configurations::represent(context, kind)?),
        "alertIncidents" => incidents::entities(context, kind)?.into_iter().map(Value::Object).collect(),
        _ => Value::Null,
    }))
}
