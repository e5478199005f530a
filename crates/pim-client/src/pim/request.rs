use std::fmt;

use super::{Privilege, RequestStatus, Scope, Target};
use crate::Id;
use crate::edm::DateTimeOffset;
use crate::v1_0::models::{
    DirectoryObject, IdentitySet, PrivilegedAccessGroupAssignmentScheduleRequest,
    PrivilegedAccessGroupEligibilityScheduleRequest, PrivilegedAccessGroupRelationships, RequestSchedule, TicketInfo,
    UnifiedRoleAssignmentScheduleRequest, UnifiedRoleEligibilityScheduleRequest,
    UnifiedRoleScheduleRequestActions as Action,
};

/// Which of PIM's four collections a request is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestKind {
    /// Active roles and activations: `roleAssignmentScheduleRequests`.
    RoleAssignment,
    /// Eligible roles: `roleEligibilityScheduleRequests`.
    RoleEligibility,
    /// Active access to groups, and activations: `assignmentScheduleRequests`.
    GroupAssignment,
    /// Eligible access to groups: `eligibilityScheduleRequests`.
    GroupEligibility,
}

impl RequestKind {
    /// The collection for active `privilege`s, and the privilege.
    pub(super) fn active(privilege: impl Into<Privilege>) -> (Self, Privilege) {
        let privilege = privilege.into();
        (if privilege.is_role() { Self::RoleAssignment } else { Self::GroupAssignment }, privilege)
    }

    /// The collection for eligible `privilege`s, and the privilege.
    pub(super) fn eligible(privilege: impl Into<Privilege>) -> (Self, Privilege) {
        let privilege = privilege.into();
        (if privilege.is_role() { Self::RoleEligibility } else { Self::GroupEligibility }, privilege)
    }

    /// Whether what comes of the request is active, not eligible.
    #[must_use]
    pub fn is_active(self) -> bool {
        matches!(self, Self::RoleAssignment | Self::GroupAssignment)
    }
}

/// A request to PIM, of whichever kind.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PimRequest {
    /// Which collection it is in.
    pub kind: RequestKind,
    /// Its key. Empty for one that was only tried.
    pub id: String,
    /// What it orders.
    pub action: Option<Action>,
    /// How far it is.
    pub status: RequestStatus,
    /// What it is about.
    pub target: Target,
    /// Who gets or loses it.
    pub principal_id: Option<Id<DirectoryObject>>,
    /// Who made the request.
    pub created_by: Option<IdentitySet>,
    /// When it was made.
    pub created_date_time: Option<DateTimeOffset>,
    /// When it took effect or will.
    pub completed_date_time: Option<DateTimeOffset>,
    /// From when, for how long.
    pub schedule_info: Option<RequestSchedule>,
    /// Why.
    pub justification: Option<String>,
    /// The ticket that it belongs to.
    pub ticket_info: Option<TicketInfo>,
    /// The approval that it waits or waited for.
    pub approval_id: Option<String>,
    /// The schedule that it made or changed.
    pub target_schedule_id: Option<String>,
    /// Whether the rules were only tried.
    pub is_validation_only: bool,
}

impl PimRequest {
    /// Whether it orders that something ends.
    #[must_use]
    pub fn is_removal(&self) -> bool {
        matches!(self.action, Some(Action::AdminRemove | Action::SelfDeactivate))
    }

    /// Whether it has taken effect, or will by itself when its time comes.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.status.is_success() && !self.is_failure()
    }

    /// Whether it ended without effect. One that was [`Revoked`](RequestStatus::Revoked) did, unless it was to remove
    /// something.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        let is_withdrawn =
            self.status == RequestStatus::Revoked && self.action.as_ref().is_some_and(|_| !self.is_removal());
        is_withdrawn || self.status.is_failure()
    }

    /// Whether it still can be waited for or [canceled](super::Pim::cancel): it is undecided, or begins after `now`.
    #[must_use]
    pub fn is_open(&self, now: DateTimeOffset) -> bool {
        let is_over = self.is_failure() || self.is_success();
        !is_over || self.is_scheduled(now)
    }

    /// Whether it is granted, and begins after `now`.
    pub(super) fn is_scheduled(&self, now: DateTimeOffset) -> bool {
        let start = self.schedule_info.as_ref().and_then(|schedule| schedule.start_date_time);
        let is_granted = matches!(self.status, RequestStatus::Granted | RequestStatus::ScheduleCreated);
        is_granted && start.is_some_and(|start| start > now)
    }
}

/// `selfActivate User Administrator: Provisioned`
impl fmt::Display for PimRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(action) = &self.action {
            write!(f, "{action} ")?;
        }
        write!(f, "{}: {}", self.target, self.status)
    }
}

/// Takes over what the four kinds of requests have in common.
macro_rules! common {
    ($request:ident, $kind:ident, $target:expr) => {
        Self {
            kind: RequestKind::$kind,
            target: $target,
            id: $request.id.map(|id| id.as_str().to_owned()).unwrap_or_default(),
            action: $request.action.map(|action| Action::from(action.as_str())),
            status: RequestStatus::from($request.status.as_deref().unwrap_or_default()),
            principal_id: $request.principal_id,
            created_by: $request.created_by,
            created_date_time: $request.created_date_time,
            completed_date_time: $request.completed_date_time,
            schedule_info: $request.schedule_info,
            justification: $request.justification,
            ticket_info: $request.ticket_info,
            approval_id: $request.approval_id.map(|id| id.to_string()),
            target_schedule_id: $request.target_schedule_id.map(|id| id.as_str().to_owned()),
            is_validation_only: $request.is_validation_only.unwrap_or_default(),
        }
    };
}

macro_rules! from_role_request {
    ($model:ident, $kind:ident) => {
        impl From<$model> for PimRequest {
            fn from(request: $model) -> Self {
                let target = Target::Role {
                    id: request.role_definition_id.unwrap_or_else(|| "".into()),
                    name: request.role_definition.and_then(|role| role.display_name),
                    scope: Scope::read(request.directory_scope_id.as_deref(), request.app_scope_id.as_deref()),
                };
                common!(request, $kind, target)
            }
        }
    };
}

macro_rules! from_group_request {
    ($model:ident, $kind:ident) => {
        impl From<$model> for PimRequest {
            fn from(request: $model) -> Self {
                let target = Target::Group {
                    id: request.group_id.unwrap_or_else(|| "".into()),
                    name: request.group.and_then(|group| group.display_name),
                    access: request.access_id.unwrap_or(PrivilegedAccessGroupRelationships::Member),
                };
                common!(request, $kind, target)
            }
        }
    };
}

from_role_request!(UnifiedRoleAssignmentScheduleRequest, RoleAssignment);
from_role_request!(UnifiedRoleEligibilityScheduleRequest, RoleEligibility);
from_group_request!(PrivilegedAccessGroupAssignmentScheduleRequest, GroupAssignment);
from_group_request!(PrivilegedAccessGroupEligibilityScheduleRequest, GroupEligibility);
