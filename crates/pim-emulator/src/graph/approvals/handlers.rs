//! The operations on approvals.

use serde_json::Value;
use uuid::Uuid;

use super::family::Approvals;
use super::objects::Found;
use crate::domain::Kind;
use crate::graph::context::Context;
use crate::graph::entity::{Entity, tagged};
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};
use crate::store::RequestFilter;

/// In which way an approval is to concern the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    /// The caller may decide.
    Approver,
    /// It is about what the caller would hold.
    Target,
    CreatedBy,
}

const NAMES: [(&str, On); 3] = [("approver", On::Approver), ("target", On::Target), ("createdBy", On::CreatedBy)];

/// Answers with the approvals that concern the caller.
pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let approvals = Approvals::of(context);
    let user = context.user()?;
    let on = on(context.parameter(0))?;
    let query = context.query(approvals.schema())?;
    let page = Collection { fragment: "Collection(approval)", query: &query };
    page::answer(context, &page, |after, limit| rows(context, approvals, (on, user), after, limit))
}

fn on(text: &str) -> Result<On> {
    let found = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    found.map(|(_, on)| *on).ok_or_else(|| {
        let names = NAMES.map(|(name, _)| name).join(", ");
        GraphError::bad_request(format!("filterByCurrentUser: on='{text}' is not one of {names}."))
    })
}

fn rows(
    context: &Context<'_>,
    approvals: Approvals,
    (on, user): (On, Uuid),
    mut after: i64,
    limit: u32,
) -> Result<Vec<(i64, Entity)>> {
    let filter = RequestFilter {
        family: approvals.family,
        kind: Kind::Assignment,
        principal: (on == On::Target).then_some(user),
        resource: None,
        created_by: (on == On::CreatedBy).then_some(user),
        needs_approval: true,
    };
    // An empty batch means the end, so those that do not concern the caller are passed over.
    loop {
        let found = context.session.requests(filter, after, limit)?;
        let Some((last, _)) = found.last() else { return Ok(Vec::new()) };
        after = *last;
        let mut entities = Vec::new();
        for (row, request) in found {
            let Some(approval) = context.session.approval(request.id)? else { continue };
            let found = Found { approval, request };
            if on != On::Approver || found.is_assigned_to_caller(context)? {
                entities.push((row, tagged(approvals.schema(), found.represent(approvals))));
            }
        }
        if !entities.is_empty() {
            return Ok(entities);
        }
    }
}

/// Answers with an approval, and as Graph does with its stages in it, though nobody asks for them.
pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let approvals = Approvals::of(context);
    let query = context.query(approvals.schema())?;
    let found = Found::in_path(context)?;
    found.check_reader(context)?;
    let mut entity = found.represent(approvals);
    let (fragment, stages) = (approvals.fragment(), approvals.stages());
    let stages_url = context.context_url(&format!("{fragment}('{}')/{stages}", found.approval.request));
    let stage = Value::Object(found.represent_stage(context, approvals)?);
    entity.insert(format!("{stages}@odata.context"), stages_url.into());
    entity.insert(stages.to_owned(), Value::Array(vec![stage]));
    page::single(context, &Collection { fragment, query: &query }, entity)
}
