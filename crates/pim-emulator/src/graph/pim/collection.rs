//! Which of the twelve collections.

use pim_client::schema::{HasSchema as _, Schema};
use pim_client::v1_0::models;

use crate::domain::{Family, Kind};

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Stage {
    Requests,
    Schedules,
    Instances,
}

/// One of the twelve collections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PimCollection {
    pub(crate) family: Family,
    pub(crate) kind: Kind,
    pub(crate) stage: Stage,
}

impl PimCollection {
    pub(crate) const ALL: [Self; 12] = {
        const fn of(family: Family, kind: Kind, stage: Stage) -> PimCollection {
            PimCollection { family, kind, stage }
        }
        [
            of(Family::Roles, Kind::Eligibility, Stage::Requests),
            of(Family::Roles, Kind::Eligibility, Stage::Schedules),
            of(Family::Roles, Kind::Eligibility, Stage::Instances),
            of(Family::Roles, Kind::Assignment, Stage::Requests),
            of(Family::Roles, Kind::Assignment, Stage::Schedules),
            of(Family::Roles, Kind::Assignment, Stage::Instances),
            of(Family::Groups, Kind::Eligibility, Stage::Requests),
            of(Family::Groups, Kind::Eligibility, Stage::Schedules),
            of(Family::Groups, Kind::Eligibility, Stage::Instances),
            of(Family::Groups, Kind::Assignment, Stage::Requests),
            of(Family::Groups, Kind::Assignment, Stage::Schedules),
            of(Family::Groups, Kind::Assignment, Stage::Instances),
        ]
    };

    /// The collection that the template of a path leads to or through.
    pub(crate) fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|collection| {
            path.strip_prefix(collection.path()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// The collection whose entities are of this type.
    pub(crate) fn of_schema(schema: &Schema) -> Option<Self> {
        Self::ALL.into_iter().find(|collection| collection.schema().name() == schema.name())
    }

    pub(crate) fn path(self) -> &'static str {
        match (self.family, self.kind, self.stage) {
            (Family::Roles, Kind::Eligibility, Stage::Requests) => {
                "/roleManagement/directory/roleEligibilityScheduleRequests"
            }
            (Family::Roles, Kind::Eligibility, Stage::Schedules) => {
                "/roleManagement/directory/roleEligibilitySchedules"
            }
            (Family::Roles, Kind::Eligibility, Stage::Instances) => {
                "/roleManagement/directory/roleEligibilityScheduleInstances"
            }
            (Family::Roles, Kind::Assignment, Stage::Requests) => {
                "/roleManagement/directory/roleAssignmentScheduleRequests"
            }
            (Family::Roles, Kind::Assignment, Stage::Schedules) => "/roleManagement/directory/roleAssignmentSchedules",
            (Family::Roles, Kind::Assignment, Stage::Instances) => {
                "/roleManagement/directory/roleAssignmentScheduleInstances"
            }
            (Family::Groups, Kind::Eligibility, Stage::Requests) => {
                "/identityGovernance/privilegedAccess/group/eligibilityScheduleRequests"
            }
            (Family::Groups, Kind::Eligibility, Stage::Schedules) => {
                "/identityGovernance/privilegedAccess/group/eligibilitySchedules"
            }
            (Family::Groups, Kind::Eligibility, Stage::Instances) => {
                "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances"
            }
            (Family::Groups, Kind::Assignment, Stage::Requests) => {
                "/identityGovernance/privilegedAccess/group/assignmentScheduleRequests"
            }
            (Family::Groups, Kind::Assignment, Stage::Schedules) => {
                "/identityGovernance/privilegedAccess/group/assignmentSchedules"
            }
            (Family::Groups, Kind::Assignment, Stage::Instances) => {
                "/identityGovernance/privilegedAccess/group/assignmentScheduleInstances"
            }
        }
    }

    /// The type of its entities.
    pub(crate) fn schema(self) -> &'static Schema {
        match (self.family, self.kind, self.stage) {
            (Family::Roles, Kind::Eligibility, Stage::Requests) => {
                models::UnifiedRoleEligibilityScheduleRequest::schema()
            }
            (Family::Roles, Kind::Eligibility, Stage::Schedules) => models::UnifiedRoleEligibilitySchedule::schema(),
            (Family::Roles, Kind::Eligibility, Stage::Instances) => {
                models::UnifiedRoleEligibilityScheduleInstance::schema()
            }
            (Family::Roles, Kind::Assignment, Stage::Requests) => {
                models::UnifiedRoleAssignmentScheduleRequest::schema()
            }
            (Family::Roles, Kind::Assignment, Stage::Schedules) => models::UnifiedRoleAssignmentSchedule::schema(),
            (Family::Roles, Kind::Assignment, Stage::Instances) => {
                models::UnifiedRoleAssignmentScheduleInstance::schema()
            }
            (Family::Groups, Kind::Eligibility, Stage::Requests) => {
                models::PrivilegedAccessGroupEligibilityScheduleRequest::schema()
            }
            (Family::Groups, Kind::Eligibility, Stage::Schedules) => {
                models::PrivilegedAccessGroupEligibilitySchedule::schema()
            }
            (Family::Groups, Kind::Eligibility, Stage::Instances) => {
                models::PrivilegedAccessGroupEligibilityScheduleInstance::schema()
            }
            (Family::Groups, Kind::Assignment, Stage::Requests) => {
                models::PrivilegedAccessGroupAssignmentScheduleRequest::schema()
            }
            (Family::Groups, Kind::Assignment, Stage::Schedules) => {
                models::PrivilegedAccessGroupAssignmentSchedule::schema()
            }
            (Family::Groups, Kind::Assignment, Stage::Instances) => {
                models::PrivilegedAccessGroupAssignmentScheduleInstance::schema()
            }
        }
    }

    pub(crate) fn at(self, stage: Stage) -> Self {
        Self { stage, ..self }
    }
}
