//! Decisions: of approvers on activations, of administrators on extensions and renewals.

use uuid::Uuid;

use crate::domain::audit::{self, Activity};
use crate::domain::directory;
use crate::domain::policy::Approver;
use crate::domain::{Approval, Caller, Identity, Refusal, Request, Result, ReviewResult, Status, powers, provision};
use crate::store::Session;

/// Decides on an activation, once and for all.
pub(crate) fn decide(
    session: &Session<'_>,
    caller: &Caller,
    mut approval: Approval,
    result: ReviewResult,
    justification: Option<&str>,
) -> Result<()> {
    let Some(request) = session.request(approval.request)? else { return Err(Refusal::ResourceNotFound.into()) };
    let Identity::User(reviewer) = caller.identity else { return Err(Refusal::Unauthorized.into()) };
    if !is_approver(session, reviewer, &approval, &request)? {
        return Err(Refusal::Unauthorized.into());
    }
    if !approval.is_open {
        return Err(Refusal::AlreadyDecided.into());
    }
    let justification = justification.filter(|text| !text.trim().is_empty());
    if approval.approvers.must_justify && justification.is_none() {
        return Err(Refusal::InvalidRequest("The policy wants a justification from the approver: give one.").into());
    }
    approval.is_open = false;
    approval.result = result;
    approval.justification = justification.map(str::to_owned);
    approval.reviewer = Some(reviewer);
    approval.reviewed = Some(session.now());
    session.put_approval(&approval)?;
    conclude(session, caller.identity, request, result == ReviewResult::Approved)?;
    Ok(())
}

/// Answers a request to extend or to renew. Graph has no operation for it; an administrator does it in the portal.
pub(crate) fn answer(session: &Session<'_>, by: Identity, id: Uuid, allows: bool) -> Result<Option<Request>> {
    let Some(request) = session.request(id)? else { return Ok(None) };
    if request.status != Status::PendingAdminDecision {
        return Err(Refusal::AlreadyDecided.into());
    }
    conclude(session, by, request, allows).map(Some)
}

/// Has a request that waited take effect, or not.
fn conclude(session: &Session<'_>, by: Identity, mut request: Request, allowed: bool) -> Result<Request> {
    request.due = None;
    request.target_schedule = None;
    audit::note(session, &Activity::Decided(&request, by, allowed))?;
    let span = if allowed { super::still_possible(session, &mut request)? } else { None };
    if let Some(span) = span {
        provision::grant(session, &mut request, span)?;
        session.update_request(&request)?;
        if request.status == Status::Provisioned {
            audit::note(session, &Activity::Completed(&request))?;
        }
    } else {
        request.status = if allowed { Status::Failed } else { Status::Denied };
        session.update_request(&request)?;
        if allowed {
            audit::note(session, &Activity::Failed(&request))?;
        }
    }
    Ok(request)
}

/// Whether a user is one of those who may decide on a request: never whoever made it.
pub(crate) fn is_approver(session: &Session<'_>, user: Uuid, approval: &Approval, request: &Request) -> Result<bool> {
    if user == request.order.key.principal || request.created_by == Identity::User(user) {
        return Ok(false);
    }
    if approval.approvers.who.is_empty() {
        return Ok(powers::administers_roles(session, user)?);
    }
    for approver in &approval.approvers.who {
        let is_meant = match *approver {
            Approver::User(id) => id == user,
            Approver::GroupMembers(group) => session.transitive_members(group)?.contains(&user),
            Approver::RequestorManager(level) => {
                directory::manager_of(session, request.order.key.principal, level)? == Some(user)
            }
        };
        if is_meant {
            return Ok(true);
        }
    }
    Ok(false)
}
