//! Requests: placed, withdrawn, decided.

mod cancel;
mod decide;
mod existing;
mod subjects;

use chrono::TimeDelta;
use uuid::Uuid;

use super::audit::{self, Activity};
use super::ending::{self, Cause};
use super::span::Span;
use super::{
    Action, Approval, Caller, Failure, Identity, Kind, Order, Refusal, Request, Result, ReviewResult, Schedule, Status,
    Target, eligibility, policies, powers, provision,
};
use crate::store::Session;

pub(crate) use cancel::cancel;
pub(crate) use decide::{answer, decide, is_approver};

/// How long an approver has.
const TO_APPROVE: TimeDelta = TimeDelta::hours(24);

/// How the service is set up, as far as requests are concerned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    /// How long requests are on their way before they take effect.
    pub(crate) parked_for: Option<TimeDelta>,
    /// Whether an activation for a group's own id activates the role for all of its members, as the service has been
    /// seen to do, instead of being refused.
    pub(crate) groups_can_activate: bool,
}

/// Places a request: checks it, in the service's order, and has it take effect, wait, or be refused.
pub(crate) fn place(session: &Session<'_>, caller: &Caller, order: Order, setup: Setup) -> Result<Request> {
    if order.kind == Kind::Eligibility && matches!(order.action, Action::SelfActivate | Action::SelfDeactivate) {
        return Err(Refusal::InvalidRequest("An eligibility is activated through the assignments.").into());
    }
    check_caller(session, caller, &order, setup)?;
    subjects::check(session, &order)?;
    let request = Request {
        id: Uuid::new_v4(),
        status: Status::Revoked,
        created: session.now(),
        created_by: caller.identity,
        completed: None,
        starts: None,
        target_schedule: None,
        activated_using: None,
        needs_approval: false,
        due: None,
        order,
    };
    let request = if request.order.action.is_removal() {
        remove(session, request)?
    } else {
        give(session, caller, request, setup)?
    };
    if let (Target::Group { group, .. }, false) = (request.order.key.target, request.order.is_validation_only) {
        policies::onboard(session, group)?;
    }
    Ok(request)
}

/// Administrators act for everyone, everybody else for themselves.
fn check_caller(session: &Session<'_>, caller: &Caller, order: &Order, setup: Setup) -> Result<()> {
    let allowed = if order.action.is_self_service() {
        let by_itself = caller.identity == Identity::User(order.key.principal);
        by_itself
            || setup.groups_can_activate && session.groups_of(caller.identity.object())?.contains(&order.key.principal)
    } else {
        powers::may_administer(session, caller, order.key.target)?
    };
    if allowed { Ok(()) } else { Err(Refusal::Unauthorized.into()) }
}

/// Takes away what is on the key.
fn remove(session: &Session<'_>, request: Request) -> Result<Request> {
    let schedule = existing::to_remove(session, &request.order)?;
    if request.order.is_validation_only {
        return Ok(request);
    }
    session.add_request(&request)?;
    audit::note(session, &Activity::RemovalRequested(&request, &schedule))?;
    if !schedule.is_activation() {
        // What an administrator took away is not renewed, whatever had expired before it.
        session.forget_expired(schedule.kind, schedule.key)?;
    }
    ending::end(session, &schedule, Cause::Removed)?;
    audit::note(session, &Activity::Removed(&request, &schedule))?;
    Ok(request)
}

/// Assigns, activates, extends or renews; or waits for somebody to allow it.
fn give(session: &Session<'_>, caller: &Caller, mut request: Request, setup: Setup) -> Result<Request> {
    let order = &request.order;
    let span = provision::span_of(session, order)?;
    existing::check(session, order)?;
    let used = check_rules(session, caller, order, span)?;
    request.activated_using = used.map(|eligibility| eligibility.id);
    request.starts = Some(span.starts);

    let approval = approval_of(session, &request)?;
    match order.action {
        Action::SelfExtend | Action::SelfRenew => {
            request.status = Status::PendingAdminDecision;
            request.starts = request.order.start;
        }
        Action::SelfActivate if approval.is_some() => {
            request.status = Status::PendingApproval;
            request.needs_approval = true;
            request.starts = request.order.start;
            request.target_schedule = Some(request.id);
            request.due = Some(session.now().plus(TO_APPROVE));
        }
        _ => {
            if let Some(length) = setup.parked_for {
                request.status = Status::PendingProvisioning;
                request.due = Some(session.now().plus(length));
            } else if request.order.is_validation_only {
                provision::try_out(session, &mut request, span)?;
            } else {
                provision::grant(session, &mut request, span)?;
            }
        }
    }
    if request.order.is_validation_only {
        return Ok(request);
    }
    session.add_request(&request)?;
    audit::note(session, &Activity::Requested(&request))?;
    match approval {
        Some(approval) if request.needs_approval => {
            session.put_approval(&approval)?;
            audit::note(session, &Activity::ApprovalRequested(&request))?;
        }
        _ if request.status == Status::Provisioned => audit::note(session, &Activity::Completed(&request))?,
        _ => {}
    }
    Ok(request)
}

/// Checks the policy; tells which eligibility an activation uses.
fn check_rules(session: &Session<'_>, caller: &Caller, order: &Order, span: Span) -> Result<Option<Schedule>> {
    let policy = policies::of(session, order.key.target)?;
    let mut failed = Vec::new();
    let mut used = None;
    if order.action == Action::SelfActivate {
        let eligible = eligibility::for_activation(session, order.key)?;
        if eligible.is_empty() {
            return Err(Refusal::AssignmentDoesNotExist.into());
        }
        used = eligibility::to_use(session, eligible, span);
        if used.is_none() {
            failed.push(super::FailedRule::Eligibility);
        }
    }
    failed.extend(policy.check(order, caller, span.starts));
    // Who asks for more time answers to no enablement rule, but has shown a second factor.
    if matches!(order.action, Action::SelfExtend | Action::SelfRenew) && !caller.has_mfa {
        failed.push(super::FailedRule::Mfa);
    }
    if !failed.is_empty() {
        return Err(Refusal::RulesFailed(failed).into());
    }
    match policy.missing_context(order, caller) {
        Some(context) => Err(Refusal::ContextMissing(context.to_owned()).into()),
        None => Ok(used),
    }
}

/// The approval that a request needs, if its policy wants one.
fn approval_of(session: &Session<'_>, request: &Request) -> Result<Option<Approval>> {
    if request.order.action != Action::SelfActivate {
        return Ok(None);
    }
    let policy = policies::of(session, request.order.key.target)?;
    Ok(policy.approval().map(|requirement| Approval {
        request: request.id,
        approvers: requirement.into(),
        result: ReviewResult::NotReviewed,
        is_open: true,
        justification: None,
        reviewer: None,
        reviewed: None,
    }))
}

/// From when until when a request counts that takes effect only now; nothing, if what was checked when it was placed holds
/// no more. An activation uses what the principal is eligible for now: that may be another eligibility than at first.
pub(super) fn still_possible(session: &Session<'_>, request: &mut Request) -> Result<Option<Span>> {
    let order = &request.order;
    if refused(subjects::check(session, order))?
        || refused(existing::check_assignments(session, order, request.created))?
    {
        return Ok(None);
    }
    let span = match provision::span_of(session, order) {
        Ok(span) => span,
        Err(Failure::Refused(_)) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    if order.action == Action::SelfActivate {
        let eligible = eligibility::for_activation(session, order.key)?;
        let Some(used) = eligibility::to_use(session, eligible, span) else { return Ok(None) };
        request.activated_using = Some(used.id);
    }
    Ok(Some(span))
}

/// Whether PIM refused; what else went wrong is passed on.
fn refused(checked: Result<()>) -> Result<bool> {
    match checked {
        Ok(()) => Ok(false),
        Err(Failure::Refused(_)) => Ok(true),
        Err(failure) => Err(failure),
    }
}
