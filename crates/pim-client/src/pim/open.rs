//! What the caller has asked for and is not settled.

use futures_util::future::try_join;

use super::{Pim, PimRequest, RequestKind, ledger};
use crate::edm::DateTimeOffset;
use crate::error::Error;
use crate::graph::Graph;
use crate::v1_0::models::UnifiedRoleScheduleRequestActions as Action;

/// What the caller waits for.
impl Pim {
    /// The requests that the caller made for itself and that are undecided or begin later, roles first: they can be
    /// [waited](Self::wait) for or [canceled](Self::cancel).
    ///
    /// ```no_run
    /// # async fn example(pim: pim_client::pim::Pim) -> pim_client::Result<()> {
    /// for request in pim.open_requests().await? {
    ///     println!("withdrawing {request}");
    ///     pim.cancel(&request).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn open_requests(&self) -> Result<Vec<PimRequest>, Error> {
        let (mut roles, groups) = try_join(self.open_requests_for_roles(), self.open_requests_for_groups()).await?;
        roles.extend(groups);
        Ok(roles)
    }

    /// The caller's [open requests](Self::open_requests) for roles.
    pub async fn open_requests_for_roles(&self) -> Result<Vec<PimRequest>, Error> {
        both(&self.graph, RequestKind::RoleAssignment, RequestKind::RoleEligibility).await
    }

    /// The caller's [open requests](Self::open_requests) for access to groups.
    pub async fn open_requests_for_groups(&self) -> Result<Vec<PimRequest>, Error> {
        both(&self.graph, RequestKind::GroupAssignment, RequestKind::GroupEligibility).await
    }
}

async fn both(graph: &Graph, active: RequestKind, eligible: RequestKind) -> Result<Vec<PimRequest>, Error> {
    let (mut open, eligible) = try_join(of_caller(graph, active), of_caller(graph, eligible)).await?;
    open.extend(eligible);
    Ok(open)
}

/// The open requests of one kind that the caller made for itself: what an administrator asked for is not the caller's
/// to withdraw.
pub(super) async fn of_caller(graph: &Graph, kind: RequestKind) -> Result<Vec<PimRequest>, Error> {
    let now = DateTimeOffset::now();
    let mut requests = ledger::of_caller(graph, kind).await?;
    requests.retain(|request| request.is_open(now) && request.action.as_ref().is_some_and(is_own));
    Ok(requests)
}

fn is_own(action: &Action) -> bool {
    matches!(action, Action::SelfActivate | Action::SelfDeactivate | Action::SelfExtend | Action::SelfRenew)
}
