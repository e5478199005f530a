use std::fmt;

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};

use super::{Scope, Target};
use crate::Id;
use crate::edm::DateTimeOffset;
use crate::v1_0::models::{
    DirectoryObject, PrivilegedAccessGroupAssignmentScheduleInstance, PrivilegedAccessGroupAssignmentType,
    PrivilegedAccessGroupEligibilityScheduleInstance, PrivilegedAccessGroupMemberType,
    PrivilegedAccessGroupRelationships, UnifiedRoleAssignmentScheduleInstance, UnifiedRoleEligibilityScheduleInstance,
};

/// What kind of assignment it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AssignmentKind {
    /// It can be activated.
    Eligible,
    /// It is there without the need to activate.
    Assigned,
    /// It was activated.
    Activated,
}

/// An assignment that is in force: of a role, or of access to a group.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Assignment {
    /// Its key.
    pub id: String,
    /// Whether it can be activated, was activated, or is assigned.
    pub kind: AssignmentKind,
    /// What is assigned.
    pub target: Target,
    /// Whose it is. For one that is held through a group this is the group: it is no id to activate with.
    pub principal_id: Option<Id<DirectoryObject>>,
    /// Whether it is held through a group, not directly.
    pub is_through_group: bool,
    /// When it began. None if it was made outside PIM.
    pub start_date_time: Option<DateTimeOffset>,
    /// When it ends. None if it does not.
    pub end_date_time: Option<DateTimeOffset>,
    /// The schedule that it is an instance of.
    pub schedule_id: Option<String>,
}

impl Assignment {
    /// How long it lasts after `now`. None if it has no end.
    #[must_use]
    pub fn time_left(&self, now: DateTimeOffset) -> Option<std::time::Duration> {
        let end = DateTime::<Utc>::from(self.end_date_time?);
        Some((end - DateTime::<Utc>::from(now)).max(TimeDelta::zero()).to_std().unwrap_or_default())
    }

    /// ` until 2025-03-21T16:46:00Z`, to the second: PIM counts in parts of microseconds.
    pub(super) fn write_end(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.end_date_time.map(DateTime::<Utc>::from) {
            Some(end) => write!(f, " until {}", DateTimeOffset::from(end.trunc_subsecs(0))),
            None => f.write_str(", without an end"),
        }
    }

    /// Whether it ends in at most `time` after `now`.
    ///
    /// ```no_run
    /// # async fn example(pim: pim_client::pim::Pim) -> pim_client::Result<()> {
    /// use pim_client::edm::DateTimeOffset;
    /// use std::time::Duration;
    ///
    /// let fortnight = Duration::from_hours(14 * 24);
    /// let mut eligible = pim.eligible().await?;
    /// eligible.retain(|assignment| assignment.ends_within(fortnight, DateTimeOffset::now()));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn ends_within(&self, time: std::time::Duration, now: DateTimeOffset) -> bool {
        self.time_left(now).is_some_and(|left| left <= time)
    }
}

/// `User Administrator, activated until 2025-03-21T16:46:00Z`
impl fmt::Display for Assignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            AssignmentKind::Eligible => "eligible",
            AssignmentKind::Assigned => "assigned",
            AssignmentKind::Activated => "activated",
        };
        write!(f, "{}, {kind}", self.target)?;
        if self.is_through_group {
            f.write_str(" through a group")?;
        }
        self.write_end(f)
    }
}

/// Takes over what the four kinds of instances have in common.
macro_rules! common {
    ($instance:ident, $kind:expr, $target:expr, $is_through_group:expr, $schedule:ident) => {
        Self {
            kind: $kind,
            target: $target,
            is_through_group: $is_through_group,
            id: $instance.id.map(|id| id.as_str().to_owned()).unwrap_or_default(),
            principal_id: $instance.principal_id,
            start_date_time: $instance.start_date_time,
            end_date_time: $instance.end_date_time,
            schedule_id: $instance.$schedule.map(|id| id.as_str().to_owned()),
        }
    };
}

macro_rules! from_role_instance {
    ($model:ident, $schedule:ident, $kind:expr) => {
        impl From<$model> for Assignment {
            fn from(instance: $model) -> Self {
                let kind = $kind(&instance);
                let target = Target::Role {
                    id: instance.role_definition_id.unwrap_or_else(|| "".into()),
                    name: instance.role_definition.and_then(|role| role.display_name),
                    scope: Scope::read(instance.directory_scope_id.as_deref(), instance.app_scope_id.as_deref()),
                };
                // The service writes it in either case.
                let through_group = instance.member_type.as_deref().is_some_and(|ty| ty.eq_ignore_ascii_case("Group"));
                common!(instance, kind, target, through_group, $schedule)
            }
        }
    };
}

macro_rules! from_group_instance {
    ($model:ident, $schedule:ident, $kind:expr) => {
        impl From<$model> for Assignment {
            fn from(instance: $model) -> Self {
                let kind = $kind(&instance);
                let target = Target::Group {
                    id: instance.group_id.unwrap_or_else(|| "".into()),
                    name: instance.group.and_then(|group| group.display_name),
                    access: instance.access_id.unwrap_or(PrivilegedAccessGroupRelationships::Member),
                };
                let through_group = instance.member_type == Some(PrivilegedAccessGroupMemberType::Group);
                common!(instance, kind, target, through_group, $schedule)
            }
        }
    };
}

from_role_instance!(UnifiedRoleEligibilityScheduleInstance, role_eligibility_schedule_id, |_: &_| {
    AssignmentKind::Eligible
});
from_role_instance!(
    UnifiedRoleAssignmentScheduleInstance,
    role_assignment_schedule_id,
    |instance: &UnifiedRoleAssignmentScheduleInstance| match instance.assignment_type.as_deref() {
        Some(ty) if ty.eq_ignore_ascii_case("Activated") => AssignmentKind::Activated,
        _ => AssignmentKind::Assigned,
    }
);
from_group_instance!(PrivilegedAccessGroupEligibilityScheduleInstance, eligibility_schedule_id, |_: &_| {
    AssignmentKind::Eligible
});
from_group_instance!(
    PrivilegedAccessGroupAssignmentScheduleInstance,
    assignment_schedule_id,
    |instance: &PrivilegedAccessGroupAssignmentScheduleInstance| match instance.assignment_type {
        Some(PrivilegedAccessGroupAssignmentType::Activated) => AssignmentKind::Activated,
        _ => AssignmentKind::Assigned,
    }
);
