//! Schedules as Graph shows them.

use super::collection::PimCollection;
use super::request::{schedule_info, time};
use crate::domain::{Family, Instant, Kind, Schedule, Target};
use crate::graph::entity::{Builder, Entity};

/// How somebody comes by what a schedule gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemberType {
    /// It names them.
    Direct,
    /// It names a group that they are in.
    Group,
}

impl MemberType {
    /// For roles this is text, for groups an enumeration, and they are not spelled alike.
    pub(super) fn name(self, family: Family) -> &'static str {
        match (family, self) {
            (Family::Roles, Self::Direct) => "Direct",
            (Family::Roles, Self::Group) => "Group",
            (Family::Groups, Self::Direct) => "direct",
            (Family::Groups, Self::Group) => "group",
        }
    }
}

pub(super) fn assignment_type(schedule: &Schedule) -> &'static str {
    match (schedule.key.target.family(), schedule.is_activation()) {
        (Family::Roles, false) => "Assigned",
        (Family::Roles, true) => "Activated",
        (Family::Groups, false) => "assigned",
        (Family::Groups, true) => "activated",
    }
}

/// A schedule as Graph shows it.
pub(crate) fn represent(collection: PimCollection, schedule: &Schedule, member: MemberType, now: Instant) -> Entity {
    // What was made outside PIM has no beginning that PIM knows of.
    let starts = if schedule.created_using.is_some() { schedule.starts } else { now };
    let mut entity = Builder::new(collection.schema())
        .with("id", schedule.graph_id())
        .with("principalId", schedule.key.principal.to_string())
        .with("createdUsing", schedule.created_using.map(|id| id.to_string()))
        .with("createdDateTime", schedule.created.map(time))
        .with("modifiedDateTime", schedule.modified.map(time))
        .with("status", "Provisioned")
        .with("memberType", member.name(collection.family))
        .with("scheduleInfo", schedule_info(Some(starts), Some(&schedule.expiration)));
    if schedule.kind == Kind::Assignment {
        entity = entity.with("assignmentType", assignment_type(schedule));
    }
    match schedule.key.target {
        Target::Role { role, scope } => {
            entity.with("roleDefinitionId", role.to_string()).with("directoryScopeId", scope.to_string())
        }
        Target::Group { group, access } => entity.with("groupId", group.to_string()).with("accessId", access.name()),
    }
    .finish()
}
