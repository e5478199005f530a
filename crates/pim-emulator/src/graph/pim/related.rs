//! What requests, schedules and instances lead to.

use pim_client::schema::Schema;
use serde_json::{Value, json};
use uuid::Uuid;

use super::collection::{PimCollection, Stage};
use super::rows;
use super::schedule::MemberType;
use crate::domain::{Kind, Scope};
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::Result;
use crate::graph::{objects, roles};

/// What a navigation property of an entity of one of the twelve collections leads to.
pub(crate) fn related(
    context: &Context<'_>,
    of: &'static Schema,
    entity: &Entity,
    navigation: &str,
) -> Result<Option<Value>> {
    let Some(collection) = PimCollection::of_schema(of) else { return Ok(None) };
    let text = |name: &str| entity.get(name).and_then(Value::as_str);
    let guid = |name: &str| text(name).and_then(|text| text.parse::<Uuid>().ok());
    Ok(Some(match navigation {
        "principal" => objects::by_id(context, guid("principalId"))?,
        "roleDefinition" => roles::by_id(context, guid("roleDefinitionId"))?,
        "group" => objects::by_id(context, guid("groupId"))?,
        "directoryScope" => scope(context, text("directoryScopeId"))?,
        "targetSchedule" => schedule(context, collection.at(Stage::Schedules), text("targetScheduleId"))?,
        "activatedUsing" => activated_using(context, collection, text("id").unwrap_or_default())?,
        // An application's own scopes are not kept.
        _ => Value::Null,
    }))
}

/// The tenant has no object that stands for it.
pub(crate) fn scope(context: &Context<'_>, scope: Option<&str>) -> Result<Value> {
    match scope.and_then(|scope| scope.parse().ok()) {
        Some(Scope::Tenant) => Ok(json!({"id": "/"})),
        Some(Scope::AdministrativeUnit(id) | Scope::Object(id)) => objects::by_id(context, Some(id)),
        None => Ok(Value::Null),
    }
}

fn schedule(context: &Context<'_>, collection: PimCollection, id: Option<&str>) -> Result<Value> {
    let Some(id) = id else { return Ok(Value::Null) };
    let found = rows::find(context, collection, id)?;
    Ok(found.map_or(Value::Null, |found| {
        Value::Object(rows::represent(context.session, collection, &found, MemberType::Direct))
    }))
}

/// The eligibility that an activation uses: a request's and a schedule's is a schedule, an instance's an instance.
fn activated_using(context: &Context<'_>, collection: PimCollection, id: &str) -> Result<Value> {
    let session = context.session;
    let used = match collection.stage {
        Stage::Requests => {
            let request = id.parse().ok().map(|id| session.request(id)).transpose()?.flatten();
            request.and_then(|request| request.activated_using)
        }
        Stage::Schedules | Stage::Instances => rows::find(context, collection, id)?.and_then(|found| found.activated),
    };
    let Some(used) = used.map(|id| session.schedule(id)).transpose()?.flatten() else { return Ok(Value::Null) };
    let stage = if collection.stage == Stage::Instances { Stage::Instances } else { Stage::Schedules };
    let collection = PimCollection { kind: Kind::Eligibility, stage, ..collection };
    Ok(Value::Object(rows::represent(session, collection, &used, MemberType::Direct)))
}
