//! What is held: the instances that are in force.

use futures_util::TryStreamExt;
use futures_util::future::try_join;

use super::{Assignment, Pim, PimRequest, RequestKind};
use crate::Id;
use crate::error::Error;
use crate::graph::Graph;
use crate::v1_0::fields::{
    privileged_access_group_assignment_schedule_instance as active_group,
    privileged_access_group_eligibility_schedule_instance as eligible_group,
    unified_role_assignment_schedule_instance as active_role,
    unified_role_eligibility_schedule_instance as eligible_role,
};
use crate::v1_0::models::{DirectoryObject, UnifiedRoleScheduleRequestActions as Action};

/// What the caller holds.
impl Pim {
    /// What the caller may activate, roles first: directly, or through a group.
    pub async fn eligible(&self) -> Result<Vec<Assignment>, Error> {
        let (mut roles, groups) = try_join(self.eligible_roles(), self.eligible_groups()).await?;
        roles.extend(groups);
        Ok(roles)
    }

    /// The roles that the caller may activate.
    pub async fn eligible_roles(&self) -> Result<Vec<Assignment>, Error> {
        of_caller(&self.graph, RequestKind::RoleEligibility).await
    }

    /// The groups of which the caller may become a member or owner.
    pub async fn eligible_groups(&self) -> Result<Vec<Assignment>, Error> {
        of_caller(&self.graph, RequestKind::GroupEligibility).await
    }

    /// What is active for the caller, and until when, roles first.
    pub async fn active(&self) -> Result<Vec<Assignment>, Error> {
        let (mut roles, groups) = try_join(self.active_roles(), self.active_groups()).await?;
        roles.extend(groups);
        Ok(roles)
    }

    /// The roles that are active for the caller.
    pub async fn active_roles(&self) -> Result<Vec<Assignment>, Error> {
        of_caller(&self.graph, RequestKind::RoleAssignment).await
    }

    /// The groups of which the caller is a member or owner now, as the service's instances tell: activated, assigned by PIM,
    /// and assigned outside PIM. The last have no [`start_date_time`](Assignment::start_date_time) and no end.
    ///
    /// Whether the service lists groups that PIM does not manage as well is not documented. All groups that the caller is a
    /// member of are behind `graph.me().transitive_member_of()`.
    pub async fn active_groups(&self) -> Result<Vec<Assignment>, Error> {
        of_caller(&self.graph, RequestKind::GroupAssignment).await
    }
}

/// What the caller holds of one kind.
pub(super) async fn of_caller(graph: &Graph, kind: RequestKind) -> Result<Vec<Assignment>, Error> {
    instances(graph, kind, None).await
}

/// What came of `request`, once it is there: that of its own schedule, where it names one that is known.
pub(super) async fn result_of(graph: &Graph, request: &PimRequest) -> Result<Option<Assignment>, Error> {
    let Some(principal) = &request.principal_id else { return Ok(None) };
    let holder = match request.action {
        // Those who act for themselves may not read what others hold.
        Some(Action::SelfActivate | Action::SelfExtend | Action::SelfRenew) => None,
        _ => Some(principal),
    };
    let held = instances(graph, request.kind, holder).await?;
    let is_theirs = |assignment: &Assignment| {
        let holder = assignment.principal_id.as_ref().map(Id::as_str);
        assignment.target.is_same(&request.target)
            && holder.is_some_and(|id| id.eq_ignore_ascii_case(principal.as_str()))
    };
    let (mut of_request, others): (Vec<_>, Vec<_>) = held.into_iter().filter(is_theirs).partition(|assignment| {
        assignment.schedule_id.is_some() && assignment.schedule_id == request.target_schedule_id
    });
    Ok(of_request.pop().or_else(|| others.into_iter().next()))
}

/// The instances that come of requests of one kind: those of `holder`, or of the caller.
async fn instances(
    graph: &Graph,
    kind: RequestKind,
    holder: Option<&Id<DirectoryObject>>,
) -> Result<Vec<Assignment>, Error> {
    macro_rules! of {
        ($collection:expr, $fields:ident, $named_by:ident) => {{
            let list = match holder {
                Some(holder) => $collection.list().filter($fields::principal_id().eq(holder)),
                None => $collection.filter_by_current_user("principal"),
            };
            list.expand($fields::$named_by()).stream().map_ok(Assignment::from).try_collect().await
        }};
    }
    let roles = graph.role_management().directory();
    let groups = graph.identity_governance().privileged_access().group();
    match kind {
        RequestKind::RoleAssignment => of!(roles.role_assignment_schedule_instances(), active_role, role_definition),
        RequestKind::RoleEligibility => {
            of!(roles.role_eligibility_schedule_instances(), eligible_role, role_definition)
        }
        RequestKind::GroupAssignment => of!(groups.assignment_schedule_instances(), active_group, group),
        RequestKind::GroupEligibility => of!(groups.eligibility_schedule_instances(), eligible_group, group),
    }
}
