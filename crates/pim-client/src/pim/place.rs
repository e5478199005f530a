//! A request, sent so that it is neither lost nor made twice.

use chrono::{DateTime, TimeDelta, Utc};

use super::draft::Draft;
use super::hint::hinted;
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
        Err(lost) if lost.is_outcome_unknown() && !draft.is_validation_only => settle(pim, draft, since, lost).await,
        created => created,
    };
    match created {
        Err(error) => Err(explained(pim, draft, error).await),
        Ok(request) => Ok(named(request, draft)),
    }
}

/// Finds out what became of a request whose answer got lost, and sends it once more if nothing did.
async fn settle(pim: &Pim, draft: &Draft, since: DateTime<Utc>, lost: Error) -> Result<PimRequest, Error> {
    match ledger::find(&pim.graph, draft, since).await {
        Ok(Some(found)) => return Ok(found),
        Ok(None) => {}
        Err(_) => return Err(in_doubt(lost)),
    }
    match ledger::create(&pim.graph, draft).await {
        Err(error) if says_there_is_one(&error) || error.is_outcome_unknown() => {
            let found = ledger::find(&pim.graph, draft, since).await;
            found.ok().flatten().ok_or_else(|| in_doubt(lost))
        }
        created => created,
    }
}

/// The error of a request that may have been made.
fn in_doubt(lost: Error) -> Error {
    hinted(lost, "the request may have been made or not; look before asking again")
}

/// Answers to new requests lack the name of what they are about, which `draft` may know.
fn named(mut request: PimRequest, draft: &Draft) -> PimRequest {
    if request.target.name().is_none() && request.target.is_same(&draft.target) {
        request.target = draft.target.clone();
    }
    request
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

/// The same error, with what to do about it, where the order tells more than the answer.
async fn explained(pim: &Pim, draft: &Draft, error: Error) -> Error {
    if draft.action != Action::SelfActivate {
        return error;
    }
    let hint = match error.code() {
        Some(ErrorCode::RoleAssignmentDoesNotExist) => {
            "the caller is not eligible for it; `eligible` lists what can be activated".to_owned()
        }
        _ if error.failed_rules().contains(&FailedRule::Expiration) => {
            let Ok(limit) = pim.longest_activation(&draft.target).await else { return error };
            format!("the policy limits activation to {limit}")
        }
        _ => return error,
    };
    hinted(error, &hint)
}
