//! A request, sent so that it is neither lost nor made twice.

use chrono::{DateTime, TimeDelta, Utc};

use super::draft::Draft;
use super::{Pim, PimRequest, ledger};
use crate::edm::DateTimeOffset;
use crate::error::{Error, ErrorCode, FailedRule};
use crate::v1_0::models::UnifiedRoleScheduleRequestActions as Action;

/// How far PIM's clock may be behind ours.
const SKEW: TimeDelta = TimeDelta::seconds(60);

/// Sends `draft`. If nobody knows what became of it, it is looked for by what it asked; if it is not there, it is sent
/// once more, which PIM would refuse if it had the first after all.
pub(super) async fn place(pim: &Pim, draft: &Draft) -> Result<PimRequest, Error> {
    let since = DateTime::<Utc>::from(DateTimeOffset::now()) - SKEW;
    let created = match ledger::create(&pim.graph, draft).await {
        Err(lost) if lost.is_outcome_unknown() && !draft.is_validation_only => {
            if let Some(found) = ledger::find(&pim.graph, draft, since).await? {
                return Ok(found);
            }
            match ledger::create(&pim.graph, draft).await {
                Err(error) if says_there_is_one(&error) => {
                    return ledger::find(&pim.graph, draft, since).await?.ok_or(lost);
                }
                created => created,
            }
        }
        created => created,
    };
    match created {
        Err(error) => Err(explained(pim, draft, error).await),
        created => created,
    }
}

fn says_there_is_one(error: &Error) -> bool {
    let codes = [
        ErrorCode::RoleAssignmentExists,
        ErrorCode::RoleAssignmentRequestExists,
        ErrorCode::PendingRoleAssignmentRequest,
        ErrorCode::RoleAssignmentDoesNotExist,
    ];
    error.code().is_some_and(|code| codes.contains(code))
}

/// The same error, with what the policy allows, where that is what it is about and can be found out.
async fn explained(pim: &Pim, draft: &Draft, error: Error) -> Error {
    let is_activation = draft.action == Action::SelfActivate;
    if !is_activation || !error.failed_rules().contains(&FailedRule::Expiration) {
        return error;
    }
    match pim.longest_activation(&draft.target).await {
        Ok(limit) => error.with_hint(format!("the policy limits activation to {limit}")),
        Err(_) => error,
    }
}
