//! `filterByCurrentUser`: what concerns whoever calls.

use uuid::Uuid;

use super::collection::{PimCollection, Stage};
use super::handlers::collection_of;
use super::request;
use super::rows::{self, is_shown};
use super::schedule::MemberType;
use crate::domain::{Request, ReviewResult, orders};
use crate::graph::context::Context;
use crate::graph::entity::{Entity, tagged};
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};
use crate::store::{RequestFilter, ScheduleFilter};

/// In which way something is to concern the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    Principal,
    CreatedBy,
    Approver,
}

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let collection = collection_of(context)?;
    let user = context.user()?;
    let on = on(collection, context.parameter(0))?;
    let query = context.query(collection.schema())?;
    let name = collection.schema().name().trim_start_matches("microsoft.graph.");
    let fragment = format!("Collection({name})");
    let page = Collection { fragment: &fragment, query: &query };
    page::answer(context, &page, |after, limit| {
        let found = match (collection.stage, on) {
            (Stage::Requests, On::Principal) => requests(context, collection, Some(user), None, (after, limit))?,
            (Stage::Requests, On::CreatedBy) => requests(context, collection, None, Some(user), (after, limit))?,
            (Stage::Requests, On::Approver) => to_approve(context, collection, user, (after, limit))?,
            (Stage::Schedules | Stage::Instances, _) => held(context, collection, user, after)?,
        };
        Ok(found.into_iter().map(|(row, entity)| (row, tagged(collection.schema(), entity))).collect())
    })
}

/// Requests can concern one in three ways, what they lead to in one.
fn on(collection: PimCollection, text: &str) -> Result<On> {
    let known = [("principal", On::Principal), ("createdBy", On::CreatedBy), ("approver", On::Approver)];
    let known = if collection.stage == Stage::Requests { &known[..] } else { &known[..1] };
    let found = known.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    found.map(|(_, on)| *on).ok_or_else(|| {
        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
        GraphError::bad_request(format!("filterByCurrentUser: on='{text}' is not one of {}.", names.join(", ")))
    })
}

/// The requests for a principal, or by a user: only those that name them, not their groups.
fn requests(
    context: &Context<'_>,
    collection: PimCollection,
    principal: Option<Uuid>,
    created_by: Option<Uuid>,
    (after, limit): (i64, u32),
) -> Result<Vec<(i64, Entity)>> {
    let PimCollection { family, kind, .. } = collection;
    let filter = RequestFilter { family, kind, principal, resource: None, created_by, needs_approval: false };
    let found = context.session.requests(filter, after, limit)?;
    Ok(found.iter().map(|(row, found)| (*row, request::represent(collection, found))).collect())
}

/// The requests that a user may decide on, and those that the user has decided.
fn to_approve(
    context: &Context<'_>,
    collection: PimCollection,
    user: Uuid,
    (after, limit): (i64, u32),
) -> Result<Vec<(i64, Entity)>> {
    let PimCollection { family, kind, .. } = collection;
    let filter =
        RequestFilter { family, kind, principal: None, resource: None, created_by: None, needs_approval: true };
    let mut after = after;
    loop {
        let found = context.session.requests(filter, after, limit)?;
        let Some((last, _)) = found.last() else { return Ok(Vec::new()) };
        after = *last;
        let mut entities = Vec::new();
        for (row, found) in &found {
            if concerns(context, user, found)? {
                entities.push((*row, request::represent(collection, found)));
            }
        }
        if !entities.is_empty() {
            return Ok(entities);
        }
    }
}

fn concerns(context: &Context<'_>, user: Uuid, request: &Request) -> Result<bool> {
    let Some(approval) = context.session.approval(request.id)? else { return Ok(false) };
    if approval.is_open {
        return Ok(orders::is_approver(context.session, user, &approval, request)?);
    }
    Ok(approval.result != ReviewResult::NotReviewed && approval.reviewer == Some(user))
}

/// What a user has, and what the groups have that the user is in: that is shown as theirs.
fn held(context: &Context<'_>, collection: PimCollection, user: Uuid, after: i64) -> Result<Vec<(i64, Entity)>> {
    let session = context.session;
    let mut holders = vec![(user, MemberType::Direct)];
    holders.extend(session.groups_of(user)?.into_iter().map(|group| (group, MemberType::Group)));
    let mut found = Vec::new();
    for (holder, member) in holders {
        let filter = ScheduleFilter {
            family: collection.family,
            kind: collection.kind,
            principal: Some(holder),
            resource: None,
            in_force: collection.stage == Stage::Instances,
        };
        // What one person has fits a page of the store.
        for (row, schedule) in session.schedules(filter, after, u32::MAX)? {
            if collection.stage != Stage::Instances || is_shown(session, &schedule)? {
                found.push((row, rows::represent(session, collection, &schedule, member)));
            }
        }
    }
    found.sort_by_key(|(row, _)| *row);
    Ok(found)
}
