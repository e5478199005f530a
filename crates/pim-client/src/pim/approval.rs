//! Approvals: what waits for a decision, and deciding.

mod decide;
mod stage;

pub use decide::Decision;

use futures_util::TryStreamExt;
use futures_util::future::try_join;

use super::{Pim, PimRequest, RequestStatus};
use crate::error::Error;
use crate::error::text::one_line;

/// Which requests wait for a decision.
const PENDING: &str = "status eq 'PendingApproval'";

/// The longest reason that is told, in characters.
const LIMIT: usize = 300;

/// What others wait for.
///
/// [How approvals go](https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-approval-workflow)
/// is told by Microsoft.
impl Pim {
    /// The requests that wait for the caller's decision, roles first.
    ///
    /// ```no_run
    /// # async fn example(pim: pim_client::pim::Pim) -> pim_client::Result<()> {
    /// for request in pim.to_approve().await? {
    ///     println!("{request}, because {}", request.justification.as_deref().unwrap_or("nothing was said"));
    ///     pim.approve(&request).justification("On call this week").send().await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn to_approve(&self) -> Result<Vec<PimRequest>, Error> {
        let (mut roles, groups) = try_join(self.to_approve_roles(), self.to_approve_groups()).await?;
        roles.extend(groups);
        Ok(roles)
    }

    /// The activations of roles that wait for the caller's decision.
    pub async fn to_approve_roles(&self) -> Result<Vec<PimRequest>, Error> {
        let requests = self.graph.role_management().directory().role_assignment_schedule_requests();
        let pending = requests.filter_by_current_user("approver").filter(PENDING).expand(["roleDefinition"]);
        pending.stream().map_ok(PimRequest::from).try_collect().await
    }

    /// The activations of memberships and ownerships of groups that wait for the caller's decision.
    pub async fn to_approve_groups(&self) -> Result<Vec<PimRequest>, Error> {
        let requests = self.graph.identity_governance().privileged_access().group().assignment_schedule_requests();
        let pending = requests.filter_by_current_user("approver").filter(PENDING).expand(["group"]);
        pending.stream().map_ok(PimRequest::from).try_collect().await
    }

    /// Lets `request` have what it asks for, as soon as it is [sent](Decision::send).
    ///
    /// Graph takes decisions on roles in its beta only: they need this crate's feature `beta`.
    pub fn approve(&self, request: &PimRequest) -> Decision {
        Decision::new(self, request, stage::Verdict::Approve)
    }

    /// Refuses `request`, as soon as it is [sent](Decision::send).
    ///
    /// Graph takes decisions on roles in its beta only: they need this crate's feature `beta`.
    pub fn deny(&self, request: &PimRequest) -> Decision {
        Decision::new(self, request, stage::Verdict::Deny)
    }

    /// Who decided against a request, and why, as far as that can be read.
    pub(super) async fn decision_reason(&self, request: &PimRequest) -> Option<String> {
        let is_denied = matches!(request.status, RequestStatus::Denied | RequestStatus::AdminDenied);
        if !is_denied || !request.kind.is_active() {
            return None;
        }
        let stages = stage::list(&self.graph, request).await.ok()?;
        let denial = stages.into_iter().find(|stage| stage.verdict() == Some(stage::Verdict::Deny))?;
        let text = one_line(&denial.to_string());
        Some(text.chars().take(LIMIT).collect())
    }
}
