//! Which groups an object is in, directly or not.

use pim_client::schema::HasSchema as _;
use pim_client::v1_0::models;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::directory_objects::texts;
use super::{find, rights};
use crate::graph::body;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;

/// How many groups can be checked at once.
const MOST: usize = 20;

/// Those of the groups in the body that the object is in.
pub(super) fn check(context: &Context<'_>) -> Result<Answer> {
    let object = find::center(context)?;
    rights::check_read(context, &object)?;
    let body = context.body(models::DirectoryObjectCheckMemberGroupsBody::schema())?;
    let ids = texts(&body, "groupIds")?
        .ok_or_else(|| GraphError::invalid_object("'groupIds' is missing: a list of ids of groups."))?;
    if ids.len() > MOST {
        let message = format!("'groupIds' has {} elements; at most {MOST} can be checked at once.", ids.len());
        return Err(GraphError::invalid_object(message));
    }
    let groups = context.session.groups_of(object.id)?;
    let is_in = |id: &&str| id.parse::<Uuid>().is_ok_and(|id| groups.contains(&id));
    Ok(ids_answer(context, ids.into_iter().filter(is_in).map(str::to_owned).collect()))
}

/// All groups that the object is in.
pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let object = find::center(context)?;
    rights::check_read(context, &object)?;
    let body = context.body(models::DirectoryObjectGetMemberGroupsBody::schema())?;
    let security_only = body::boolean(&body, "securityEnabledOnly")?
        .ok_or_else(|| GraphError::invalid_object("'securityEnabledOnly' is missing: true or false."))?;
    let mut ids = Vec::new();
    for group in context.session.groups_of(object.id)? {
        if !security_only || is_security_enabled(context, group)? {
            ids.push(group.to_string());
        }
    }
    Ok(ids_answer(context, ids))
}

fn is_security_enabled(context: &Context<'_>, group: Uuid) -> Result<bool> {
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    struct Kept {
        security_enabled: Option<bool>,
    }
    let Some(group) = context.session.object(group)? else { return Ok(false) };
    let kept: Kept = serde_json::from_str(&group.properties).unwrap_or_default();
    Ok(kept.security_enabled == Some(true))
}

fn ids_answer(context: &Context<'_>, ids: Vec<String>) -> Answer {
    let mut answer = Entity::new();
    answer.insert("@odata.context".to_owned(), context.context_url("Collection(Edm.String)").into());
    answer.insert("value".to_owned(), Value::from(ids));
    Answer::ok(answer)
}
