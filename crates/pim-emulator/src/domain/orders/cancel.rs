//! Withdrawing a request.

use uuid::Uuid;

use crate::domain::audit::{self, Activity};
use crate::domain::ending::{self, Cause};
use crate::domain::settle::close_approval;
use crate::domain::{Caller, Family, Kind, Refusal, Request, Result, Status, powers};
use crate::store::Session;

/// Withdraws a request that has not taken effect. Nothing, if there is no such request.
pub(crate) fn cancel(
    session: &Session<'_>,
    caller: &Caller,
    (family, kind): (Family, Kind),
    id: Uuid,
) -> Result<Option<Request>> {
    let found = session.request(id)?;
    let of_collection = |request: &Request| (request.order.key.target.family(), request.order.kind) == (family, kind);
    let Some(mut request) = found.filter(of_collection) else { return Ok(None) };
    let is_its_own = request.created_by.object() == caller.identity.object();
    if !is_its_own && !powers::may_administer(session, caller, request.order.key.target)? {
        return Err(Refusal::Unauthorized.into());
    }
    if !request.status.is_open() {
        return Err(Refusal::CannotBeCancelled.into());
    }
    if let (Status::Granted, Some(schedule)) = (request.status, request.target_schedule)
        && let Some(schedule) = session.schedule(schedule)?
    {
        ending::end(session, &schedule, Cause::Removed)?;
    }
    close_approval(session, &request)?;
    request.status = Status::Canceled;
    request.completed = None;
    request.target_schedule = None;
    request.due = None;
    session.update_request(&request)?;
    audit::note(session, &Activity::Canceled(&request, caller.identity))?;
    Ok(Some(request))
}
