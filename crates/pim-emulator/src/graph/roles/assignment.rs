//! Role assignments as Graph shows them: what is in force, whoever made it.

use pim_client::schema::{HasSchema as _, Schema};
use pim_client::v1_0::models;

use crate::domain::{Kind, Schedule, Target};
use crate::graph::entity::{Builder, Entity};
use crate::graph::error::Result;
use crate::graph::pim::ids::RoleAssignmentId;
use crate::graph::pim::is_shown;
use crate::odata::Query;
use crate::store::{ScheduleFilter, Session};
use uuid::Uuid;

pub(super) fn schema() -> &'static Schema {
    models::UnifiedRoleAssignment::schema()
}

pub(super) fn represent(schedule: &Schedule) -> Entity {
    let entity = Builder::new(schema())
        .with("id", schedule.instance_id())
        .with("principalId", schedule.key.principal.to_string());
    match schedule.key.target {
        Target::Role { role, scope } => {
            entity.with("roleDefinitionId", role.to_string()).with("directoryScopeId", scope.to_string())
        }
        Target::Group { .. } => entity,
    }
    .finish()
}

/// What the store narrows the assignments down to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    pub(super) principal: Option<Uuid>,
    pub(super) role: Option<Uuid>,
}

impl Wanted {
    /// What a filter wants of every assignment that it lets through.
    pub(super) fn of(query: &Query) -> Self {
        let single = |path: &str| {
            let values = query.filter.as_ref()?.required(path)?;
            let [value] = values.as_slice() else { return None };
            value.parse().ok()
        };
        Self {
            principal: single("principalId").or_else(|| single("principal/id")),
            role: single("roleDefinitionId").or_else(|| single("roleDefinition/id")),
        }
    }
}

/// The assignments in force behind a row: as many as are found among the next `limit` schedules, and one at least
/// unless there is none.
pub(super) fn rows(session: &Session<'_>, wanted: Wanted, mut after: i64, limit: u32) -> Result<Vec<(i64, Schedule)>> {
    let filter = ScheduleFilter {
        family: crate::domain::Family::Roles,
        kind: Kind::Assignment,
        principal: wanted.principal,
        resource: wanted.role,
        in_force: true,
    };
    loop {
        let mut found = session.schedules(filter, after, limit)?;
        let Some((last, _)) = found.last() else { return Ok(found) };
        after = *last;
        let mut shown = Vec::with_capacity(found.len());
        for (row, schedule) in found.drain(..) {
            if is_shown(session, &schedule)? {
                shown.push((row, schedule));
            }
        }
        if !shown.is_empty() {
            return Ok(shown);
        }
    }
}

/// Everything in force on the key that an id names: what is assigned first.
pub(super) fn find(session: &Session<'_>, id: &str) -> Result<Vec<Schedule>> {
    let Some(id) = RoleAssignmentId::parse(id).filter(|id| id.kind == Kind::Assignment) else { return Ok(Vec::new()) };
    let mut found = session.schedules_on(Kind::Assignment, id.key())?;
    found.retain(|schedule| schedule.is_in_force(session.now()));
    found.sort_by_key(Schedule::is_activation);
    Ok(found)
}
