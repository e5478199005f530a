//! Members and owners of groups, added and removed one by one.

use super::{address, find, rights};
use crate::domain::Access;
use crate::domain::directory::membership;
use crate::graph::body;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;

pub(super) fn add(context: &Context<'_>) -> Result<Answer> {
    let group = find::center(context)?;
    rights::check_write(context, &group)?;
    let body = body::object(&context.incoming.body)?;
    let object = address::object(context, reference(&body)?)?;
    membership::add(context.session, context.caller.identity, &group, access(context), &object)?;
    Ok(Answer::no_content())
}

pub(super) fn remove(context: &Context<'_>) -> Result<Answer> {
    let group = find::center(context)?;
    rights::check_write(context, &group)?;
    let object = context.guid(1).ok_or_else(|| GraphError::no_object(context.parameter(1)))?;
    membership::remove(context.session, context.caller.identity, &group, access(context), object)?;
    Ok(Answer::no_content())
}

fn access(context: &Context<'_>) -> Access {
    if context.route.operation.path.contains("/owners/") { Access::Owner } else { Access::Member }
}

/// The address in `{"@odata.id": "…"}`.
fn reference(body: &Entity) -> Result<&str> {
    let is_id = |name: &str| name.strip_prefix('@').unwrap_or(name).eq_ignore_ascii_case("odata.id");
    let found = body.iter().find(|(name, _)| is_id(name)).and_then(|(_, value)| value.as_str());
    found.ok_or_else(|| {
        GraphError::invalid_object(
            "'@odata.id' is missing: the address of an object, such as \
             https://graph.microsoft.com/v1.0/directoryObjects/{id}.",
        )
    })
}
