//! What is in the collections, as far as the store can narrow it down to what a filter wants.

use uuid::Uuid;

use super::collection::{PimCollection, Stage};
use super::ids::{GroupScheduleId, RoleAssignmentId};
use super::schedule::MemberType;
use super::{instance, request, schedule};
use crate::domain::{Family, Kind, Schedule};
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::Result;
use crate::odata::Query;
use crate::store::{RequestFilter, ScheduleFilter, Session};

/// What the store narrows down to: whom it is about, and which role or group.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    pub(super) principal: Option<Uuid>,
    pub(super) resource: Option<Uuid>,
}

impl Wanted {
    /// What a filter wants of every entity that it lets through. One of several values cannot be narrowed down to.
    pub(super) fn of(collection: PimCollection, query: &Query) -> Self {
        let single = |path: &str| {
            let values = query.filter.as_ref()?.required(path)?;
            let [value] = values.as_slice() else { return None };
            value.parse().ok()
        };
        let of = |property: &str, navigation: &str| single(property).or_else(|| single(navigation));
        Self {
            principal: of("principalId", "principal/id"),
            resource: match collection.family {
                Family::Roles => of("roleDefinitionId", "roleDefinition/id"),
                Family::Groups => of("groupId", "group/id"),
            },
        }
    }
}

/// The entities of a collection behind a row, at most so many.
pub(super) fn rows(
    session: &Session<'_>,
    collection: PimCollection,
    wanted: Wanted,
    after: i64,
    limit: u32,
) -> Result<Vec<(i64, Entity)>> {
    let PimCollection { family, kind, stage } = collection;
    let Wanted { principal, resource } = wanted;
    if stage == Stage::Requests {
        let filter = RequestFilter { family, kind, principal, resource, created_by: None, needs_approval: false };
        let found = session.requests(filter, after, limit)?;
        return Ok(found.iter().map(|(row, found)| (*row, request::represent(collection, found))).collect());
    }
    let in_force = stage == Stage::Instances;
    let filter = ScheduleFilter { family, kind, principal, resource, in_force };
    // Instances may be fewer than the schedules that they are of: an empty batch must mean the end.
    let mut after = after;
    loop {
        let found = session.schedules(filter, after, limit)?;
        let Some((last, _)) = found.last() else { return Ok(Vec::new()) };
        after = *last;
        let mut entities = Vec::with_capacity(found.len());
        for (row, schedule) in &found {
            if !in_force || is_shown(session, schedule)? {
                entities.push((*row, represent(session, collection, schedule, MemberType::Direct)));
            }
        }
        if !entities.is_empty() {
            return Ok(entities);
        }
    }
}

/// A schedule, or its instance.
pub(super) fn represent(
    session: &Session<'_>,
    collection: PimCollection,
    found: &Schedule,
    member: MemberType,
) -> Entity {
    match collection.stage {
        Stage::Instances => instance::represent(collection, found, member),
        Stage::Schedules | Stage::Requests => schedule::represent(collection, found, member, session.now()),
    }
}

/// There is one instance on a key: what is assigned, rather than what is activated besides.
pub(crate) fn is_shown(session: &Session<'_>, found: &Schedule) -> Result<bool> {
    if !found.is_activation() {
        return Ok(true);
    }
    let others = session.schedules_on(Kind::Assignment, found.key)?;
    Ok(!others.iter().any(|other| !other.is_activation() && other.is_in_force(session.now())))
}

/// The schedule that an id names, as a schedule or as an instance.
pub(super) fn find(context: &Context<'_>, collection: PimCollection, id: &str) -> Result<Option<Schedule>> {
    let session = context.session;
    let found = match (collection.stage, collection.family) {
        (Stage::Requests, _) => None,
        (Stage::Schedules, Family::Roles) => match id.parse() {
            Ok(id) => session.schedule(id)?.filter(|found| found.created_using.is_some()),
            // What was made outside PIM has the same id as its instance.
            Err(_) => in_force(session, collection, id)?.filter(|found| found.created_using.is_none()),
        },
        (Stage::Instances, Family::Roles) => in_force(session, collection, id)?,
        (Stage::Schedules, Family::Groups) => match GroupScheduleId::parse(id) {
            Some(id) => session.schedule(id.id)?,
            None => None,
        },
        (Stage::Instances, Family::Groups) => match GroupScheduleId::parse(id) {
            Some(id) => session.schedule_of_instance(id.group, id.id)?.filter(|found| found.is_in_force(session.now())),
            None => None,
        },
    };
    let is_of_collection = |found: &Schedule| {
        (found.key.target.family(), found.kind) == (collection.family, collection.kind)
            && (collection.family == Family::Roles || id_is_of(collection.stage, found, id))
    };
    Ok(found.filter(is_of_collection))
}

/// Whether an id of several parts is that of the schedule in all of them.
fn id_is_of(stage: Stage, found: &Schedule, id: &str) -> bool {
    let own = if stage == Stage::Instances { found.instance_id() } else { found.graph_id() };
    own.eq_ignore_ascii_case(id)
}

/// What is in force on the key that an encoded id names.
fn in_force(session: &Session<'_>, collection: PimCollection, id: &str) -> Result<Option<Schedule>> {
    let Some(id) = RoleAssignmentId::parse(id).filter(|id| id.kind == collection.kind) else { return Ok(None) };
    for found in session.schedules_on(id.kind, id.key())? {
        if found.is_in_force(session.now()) && is_shown(session, &found)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
