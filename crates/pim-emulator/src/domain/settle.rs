//! What happens by itself as time goes by.
//!
//! Nothing runs in the background: before anything is looked at, everything that was due by then is caught up with, in
//! the order and at the moments in which it was due. So a clock that jumps a year leaves the same behind as one that
//! ran for a year.

use super::audit::{self, Activity};
use super::ending::{self, Cause};
use super::{Instant, Request, Result, Status, provision};
use crate::store::{self, Session};

/// Whether anything is due.
pub(crate) fn is_due(session: &Session<'_>) -> Result<bool, store::Error> {
    Ok(next(session)?.is_some_and(|next| next <= session.now()))
}

fn next(session: &Session<'_>) -> Result<Option<Instant>, store::Error> {
    let (end, due) = (session.next_end()?, session.next_due()?);
    Ok(match (end, due) {
        (Some(end), Some(due)) => Some(end.min(due)),
        (one, other) => one.or(other),
    })
}

/// Catches up with everything that is due.
pub(crate) fn settle(session: &Session<'_>) -> Result<()> {
    loop {
        let (schedule, request) = (session.next_ended_schedule()?, session.next_due_request()?);
        match (schedule.and_then(|schedule| Some((schedule.ends?, schedule))), request.and_then(|r| Some((r.due?, r))))
        {
            (None, None) => return Ok(()),
            // What ends makes room for what begins at the same moment.
            (Some((end, schedule)), request) if request.as_ref().is_none_or(|(due, _)| end <= *due) => {
                ending::end(&session.at(end), &schedule, Cause::Expired)?;
            }
            (_, Some((due, request))) => proceed(&session.at(due), request)?,
            (Some((end, schedule)), None) => ending::end(&session.at(end), &schedule, Cause::Expired)?,
        }
    }
}

/// What a request was waiting for has come.
fn proceed(session: &Session<'_>, mut request: Request) -> Result<()> {
    request.due = None;
    match request.status {
        Status::Granted => {
            request.status = Status::Provisioned;
            session.update_request(&request)?;
            audit::note(session, &Activity::Completed(&request))?;
        }
        Status::PendingApproval => {
            request.status = Status::Denied;
            request.target_schedule = None;
            session.update_request(&request)?;
            close_approval(session, &request)?;
            audit::note(session, &Activity::ApprovalExpired(&request))?;
        }
        Status::PendingProvisioning => arrive(session, request)?,
        // Nothing else waits for a time.
        _ => session.update_request(&request)?,
    }
    Ok(())
}

/// A request that was on its way takes effect, if it still can.
fn arrive(session: &Session<'_>, mut request: Request) -> Result<()> {
    if let Some(span) = super::orders::still_possible(session, &mut request)? {
        provision::grant(session, &mut request, span)?;
        session.update_request(&request)?;
        if request.status == Status::Provisioned {
            audit::note(session, &Activity::Completed(&request))?;
        }
    } else {
        request.status = Status::Failed;
        session.update_request(&request)?;
        audit::note(session, &Activity::Failed(&request))?;
    }
    Ok(())
}

/// Nobody can decide any more.
pub(super) fn close_approval(session: &Session<'_>, request: &Request) -> Result<(), store::Error> {
    let Some(mut approval) = session.approval(request.id)?.filter(|approval| approval.is_open) else { return Ok(()) };
    approval.is_open = false;
    session.put_approval(&approval)
}
