//! Instances as Graph shows them: schedules that are in force.

use super::collection::PimCollection;
use super::request::time;
use super::schedule::{MemberType, assignment_type};
use crate::domain::{Kind, Schedule, Target};
use crate::graph::entity::{Builder, Entity};

/// An instance as Graph shows it.
pub(crate) fn represent(collection: PimCollection, schedule: &Schedule, member: MemberType) -> Entity {
    let by_pim = schedule.created_using.is_some();
    let mut entity = Builder::new(collection.schema())
        .with("id", schedule.instance_id())
        .with("principalId", schedule.key.principal.to_string())
        .with("startDateTime", by_pim.then(|| time(schedule.starts)))
        .with("endDateTime", schedule.ends.map(time))
        .with("memberType", member.name(collection.family));
    if schedule.kind == Kind::Assignment {
        entity = entity.with("assignmentType", assignment_type(schedule));
    }
    let id = schedule.graph_id();
    match (schedule.key.target, schedule.kind) {
        (Target::Role { .. }, Kind::Assignment) => {
            entity = entity.with("roleAssignmentScheduleId", id).with("roleAssignmentOriginId", schedule.instance_id());
        }
        (Target::Role { .. }, Kind::Eligibility) => entity = entity.with("roleEligibilityScheduleId", id),
        (Target::Group { .. }, Kind::Assignment) => entity = entity.with("assignmentScheduleId", id),
        (Target::Group { .. }, Kind::Eligibility) => entity = entity.with("eligibilityScheduleId", id),
    }
    match schedule.key.target {
        Target::Role { role, scope } => {
            entity.with("roleDefinitionId", role.to_string()).with("directoryScopeId", scope.to_string())
        }
        Target::Group { group, access } => entity.with("groupId", group.to_string()).with("accessId", access.name()),
    }
    .finish()
}
