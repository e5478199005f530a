//! What is held: the instances that are in force.

use futures_util::TryStreamExt;
use futures_util::future::try_join;

use super::resolve::quoted;
use super::{Assignment, Pim, PimRequest, RequestKind, Target};
use crate::error::Error;
use crate::graph::Graph;
use crate::v1_0::models::UnifiedRoleScheduleRequestActions as Action;

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

    /// The groups of which the caller is a member or owner by PIM.
    pub async fn active_groups(&self) -> Result<Vec<Assignment>, Error> {
        of_caller(&self.graph, RequestKind::GroupAssignment).await
    }
}

/// The instances that come of requests of one kind.
macro_rules! instances {
    ($graph:expr, $kind:expr, |$collection:ident| $list:expr) => {{
        let roles = $graph.role_management().directory();
        let groups = $graph.identity_governance().privileged_access().group();
        match $kind {
            RequestKind::RoleAssignment => {
                let $collection = roles.role_assignment_schedule_instances();
                $list.expand(["roleDefinition"]).stream().map_ok(Assignment::from).try_collect().await
            }
            RequestKind::RoleEligibility => {
                let $collection = roles.role_eligibility_schedule_instances();
                $list.expand(["roleDefinition"]).stream().map_ok(Assignment::from).try_collect().await
            }
            RequestKind::GroupAssignment => {
                let $collection = groups.assignment_schedule_instances();
                $list.expand(["group"]).stream().map_ok(Assignment::from).try_collect().await
            }
            RequestKind::GroupEligibility => {
                let $collection = groups.eligibility_schedule_instances();
                $list.expand(["group"]).stream().map_ok(Assignment::from).try_collect().await
            }
        }
    }};
}

async fn of_caller(graph: &Graph, kind: RequestKind) -> Result<Vec<Assignment>, Error> {
    instances!(graph, kind, |collection| collection.filter_by_current_user("principal"))
}

/// What came of `request`, once it is there.
pub(super) async fn result_of(graph: &Graph, request: &PimRequest) -> Result<Option<Assignment>, Error> {
    let Some(principal) = request.principal_id.as_ref().map(|id| id.as_str()) else { return Ok(None) };
    let held: Vec<Assignment> = match request.action {
        // Those who act for themselves may not read what others hold.
        Some(Action::SelfActivate | Action::SelfExtend | Action::SelfRenew) => of_caller(graph, request.kind).await?,
        _ => {
            let id = match &request.target {
                Target::Role { id, .. } => format!("roleDefinitionId eq {}", quoted(id.as_str())),
                Target::Group { id, .. } => format!("groupId eq {}", quoted(id.as_str())),
            };
            let filter = format!("{id} and principalId eq {}", quoted(principal));
            instances!(graph, request.kind, |collection| collection.list().filter(filter.as_str()))?
        }
    };
    let is_theirs = |assignment: &Assignment| {
        let holder = assignment.principal_id.as_ref().map(|id| id.as_str());
        assignment.target.is_same(&request.target) && holder.is_some_and(|id| id.eq_ignore_ascii_case(principal))
    };
    Ok(held.into_iter().find(is_theirs))
}
