//! The operations on the stages of an approval.

use super::family::Approvals;
use super::objects::Found;
use crate::domain::{ReviewResult, orders};
use crate::graph::body::text;
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let approvals = Approvals::of(context);
    let query = context.query(approvals.stage_schema())?;
    let found = Found::in_path(context)?;
    found.check_reader(context)?;
    let stage = found.represent_stage(context, approvals)?;
    let fragment = fragment(context, &found);
    page::of_all(context, &Collection { fragment: &fragment, query: &query }, &[stage])
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let approvals = Approvals::of(context);
    let query = context.query(approvals.stage_schema())?;
    let found = Found::in_path(context)?;
    found.check_reader(context)?;
    check_stage(context, &found)?;
    let stage = found.represent_stage(context, approvals)?;
    let fragment = fragment(context, &found);
    page::single(context, &Collection { fragment: &fragment, query: &query }, stage)
}

/// Decides.
pub(super) fn update(context: &Context<'_>) -> Result<Answer> {
    let found = Found::in_path(context)?;
    check_stage(context, &found)?;
    let body = context.body(Approvals::of(context).stage_schema())?;
    let result = decision(&body)?;
    orders::decide(context.session, context.caller, found.approval, result, text(&body, "justification")?)?;
    Ok(Answer::no_content())
}

/// What the body says: that nothing is decided is no decision.
fn decision(body: &Entity) -> Result<ReviewResult> {
    let Some(name) = text(body, "reviewResult")? else {
        return Err(GraphError::bad_request("'reviewResult' is missing: give Approve or Deny."));
    };
    match ReviewResult::from_name(name) {
        Some(result @ (ReviewResult::Approved | ReviewResult::Denied)) => Ok(result),
        _ => Err(GraphError::bad_request(format!("'reviewResult' cannot be '{name}': give Approve or Deny."))),
    }
}

/// The only stage has the id of its approval.
fn check_stage(context: &Context<'_>, found: &Found) -> Result<()> {
    if context.guid(1) == Some(found.approval.request) {
        return Ok(());
    }
    Err(GraphError::not_found(context.parameter(1)))
}

/// The stages are called as the path calls them.
fn fragment(context: &Context<'_>, found: &Found) -> String {
    let is_of_steps = context.route.operation.path.contains("/steps");
    let name = if is_of_steps { "steps" } else { "stages" };
    format!("{}('{}')/{name}", Approvals::of(context).fragment(), found.approval.request)
}
