//! What has to be there already for a request, and what must not.

use chrono::TimeDelta;

use crate::domain::provision::{activated, assigned};
use crate::domain::span::SHORTEST;
use crate::domain::{Action, Instant, Order, Refusal, Result, Schedule, Status};
use crate::store::Session;

/// From how long before the end on one may ask to extend.
const TO_EXTEND: TimeDelta = TimeDelta::days(14);

/// For how long after the end one may ask to renew.
const TO_RENEW: TimeDelta = TimeDelta::days(30);

/// Whether the key is as the action needs it, and nothing else is on its way.
pub(super) fn check(session: &Session<'_>, order: &Order) -> Result<()> {
    check_assignments(session, order, session.now())?;
    for open in session.open_requests_on(order.kind, order.key)? {
        match open.status {
            Status::PendingProvisioning if open.order.action == order.action => {
                return Err(Refusal::RequestExists.into());
            }
            status if status.is_pending() => return Err(Refusal::PendingRequest.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Whether what is assigned on the key is as the action needs it, which was asked for at `asked`.
pub(super) fn check_assignments(session: &Session<'_>, order: &Order, asked: Instant) -> Result<()> {
    let assigned = assigned(session, order)?;
    match order.action {
        Action::AdminAssign => none(assigned.as_ref()),
        Action::AdminUpdate => some(assigned).map(drop),
        Action::AdminExtend => time_bound(some(assigned)?).map(drop),
        Action::AdminRenew => {
            none(assigned.as_ref())?;
            expired(session, order, asked, TimeDelta::MAX)
        }
        Action::SelfActivate => {
            // What is to be assigned only later does not keep anybody from activating until then.
            none(assigned.filter(|assigned| assigned.is_in_force(session.now())).as_ref())?;
            none(activated(session, order)?.as_ref())
        }
        Action::SelfExtend => {
            let (_, end) = time_bound(some(assigned)?)?;
            if end.since(asked) > TO_EXTEND {
                return Err(Refusal::InvalidRequest("It can be extended from fourteen days before its end.").into());
            }
            Ok(())
        }
        Action::SelfRenew => {
            none(assigned.as_ref())?;
            expired(session, order, asked, TO_RENEW)
        }
        // Those take away: see `to_remove`.
        Action::AdminRemove | Action::SelfDeactivate => Ok(()),
    }
}

/// What a removal takes away: what is assigned before what is activated.
pub(super) fn to_remove(session: &Session<'_>, order: &Order) -> Result<Schedule> {
    let schedule = match (order.action, assigned(session, order)?) {
        // What has yet to begin is not deactivated: its request is cancelled.
        (Action::SelfDeactivate, _) => activated(session, order)?.filter(|found| found.is_in_force(session.now())),
        (_, None) => activated(session, order)?,
        (_, assigned) => assigned,
    };
    let schedule = some(schedule.filter(|found| found.kind == order.kind))?;
    let has_begun = schedule.starts <= session.now();
    let by_pim = schedule.created_using.is_some();
    if by_pim && has_begun && session.now().since(schedule.starts) < SHORTEST {
        return Err(Refusal::TooShort.into());
    }
    Ok(schedule)
}

fn none(schedule: Option<&Schedule>) -> Result<()> {
    if schedule.is_some() { Err(Refusal::AssignmentExists.into()) } else { Ok(()) }
}

fn some(schedule: Option<Schedule>) -> Result<Schedule> {
    schedule.ok_or_else(|| Refusal::AssignmentDoesNotExist.into())
}

fn time_bound(schedule: Schedule) -> Result<(Schedule, Instant)> {
    match schedule.ends {
        Some(end) => Ok((schedule, end)),
        None => Err(Refusal::InvalidRequest("What has no end cannot be extended.").into()),
    }
}

fn expired(session: &Session<'_>, order: &Order, asked: Instant, within: TimeDelta) -> Result<()> {
    match session.expired(order.kind, order.key)? {
        Some(end) if asked.since(end) <= within => Ok(()),
        Some(_) => Err(Refusal::InvalidRequest("It can be renewed until thirty days after its end.").into()),
        None => Err(Refusal::AssignmentDoesNotExist.into()),
    }
}
