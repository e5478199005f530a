//! Many activations at once, of which none stops the others.

use futures_util::StreamExt;
use futures_util::stream;

use super::draft::Draft;
use super::place::place;
use super::wait::failure;
use super::{Activation, ActivationOutcome, ActivationReport, Order, Pim, PimRequest, Privilege, held, open};
use crate::error::{Error, ErrorCode};

/// How many activations are under way at once.
const AT_ONCE: usize = 4;

impl Pim {
    /// Sends many activations, a few at a time, and tells what became of each, in the order in which they were given.
    ///
    /// None stops the others: what is active already, or asked for already, is told with what there is, and what went
    /// wrong is told with its error.
    ///
    /// ```no_run
    /// # async fn example(pim: pim_client::pim::Pim) -> pim_client::Result<()> {
    /// let eligible = pim.eligible().await?;
    /// let orders = eligible.iter().map(|assignment| pim.activate(assignment).hours(1).justification("On call"));
    /// for report in pim.activate_all(orders).await {
    ///     println!("{report}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It does not wait for what is not active at once: [`wait`](Self::wait) does, for the
    /// [request](ActivationOutcome::request) of an outcome.
    pub async fn activate_all(&self, orders: impl IntoIterator<Item = Order<Activation>>) -> Vec<ActivationReport> {
        let orders: Vec<_> = orders.into_iter().map(prepared).collect();
        let prepared: Vec<_> = stream::iter(orders).buffered(AT_ONCE).collect().await;
        // What is held in two ways is listed twice: PIM is asked for the second when it has answered to the first.
        let is_repeated = |(index, (_, draft)): (usize, &Prepared)| {
            let is_same = |(_, earlier): &Prepared| are_same(earlier, draft);
            prepared[..index].iter().any(is_same)
        };
        let is_repeated: Vec<_> = prepared.iter().enumerate().map(is_repeated).collect();
        let (repeated, first): (Vec<_>, Vec<_>) =
            prepared.into_iter().enumerate().partition(|(index, _)| is_repeated[*index]);
        let first: Vec<_> = first.into_iter().map(|(index, prepared)| report(self, index, prepared)).collect();
        let mut reports: Vec<_> = stream::iter(first).buffered(AT_ONCE).collect().await;
        for (index, prepared) in repeated {
            reports.push(report(self, index, prepared).await);
        }
        reports.sort_by_key(|(index, _)| *index);
        reports.into_iter().map(|(_, report)| report).collect()
    }
}

/// What is to be activated, as it was called, and with its names resolved.
type Prepared = (Privilege, Result<Draft, Error>);

async fn prepared(order: Order<Activation>) -> Prepared {
    (order.privilege.clone(), order.draft(false).await)
}

fn are_same(one: &Result<Draft, Error>, other: &Result<Draft, Error>) -> bool {
    matches!((one, other), (Ok(one), Ok(other)) if one.target.is_same(&other.target))
}

async fn report(pim: &Pim, index: usize, (privilege, draft): Prepared) -> (usize, ActivationReport) {
    let outcome = match draft {
        Ok(draft) => outcome(pim, &draft).await,
        Err(error) => ActivationOutcome::Failed(error),
    };
    (index, ActivationReport { privilege, outcome })
}

async fn outcome(pim: &Pim, draft: &Draft) -> ActivationOutcome {
    match place(pim, draft).await {
        Ok(request) if request.is_failure() => ActivationOutcome::Failed(failure(pim, &request).await),
        Ok(request) if request.status.waits_for_decision() => ActivationOutcome::NeedsApproval(request),
        Ok(request) => ActivationOutcome::Activated(request),
        Err(error) => existing(pim, draft, error).await,
    }
}

/// What there is already, if that is why the activation was refused.
async fn existing(pim: &Pim, draft: &Draft, error: Error) -> ActivationOutcome {
    match error.code() {
        Some(ErrorCode::RoleAssignmentExists) => {
            let held = held::of_caller(&pim.graph, draft.kind).await.unwrap_or_default();
            let active = held.into_iter().find(|assignment| assignment.target.is_same(&draft.target));
            if active.is_none()
                // An activation that begins later is there already, too.
                && let Some(request) = pending(pim, draft).await
            {
                return ActivationOutcome::AlreadyPending(Some(request));
            }
            ActivationOutcome::AlreadyActive(active)
        }
        Some(ErrorCode::RoleAssignmentRequestExists | ErrorCode::PendingRoleAssignmentRequest) => {
            ActivationOutcome::AlreadyPending(pending(pim, draft).await)
        }
        _ => ActivationOutcome::Failed(error),
    }
}

/// The newest open request that asks for the same.
async fn pending(pim: &Pim, draft: &Draft) -> Option<PimRequest> {
    let open = open::of_caller(&pim.graph, draft.kind).await.ok()?;
    open.into_iter()
        .filter(|request| request.action.as_ref() == Some(&draft.action) && request.target.is_same(&draft.target))
        .max_by_key(|request| request.created_date_time)
}
