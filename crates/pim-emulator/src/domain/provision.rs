//! How a request takes effect.

use uuid::Uuid;

use super::ending::{self, Cause};
use super::span::Span;
use super::{Action, Kind, Order, Request, Schedule, Status};
use crate::store::{Result, Session};

/// Gives what was ordered: makes the schedule, in the place of one that it updates, extends or renews.
pub(super) fn grant(session: &Session<'_>, request: &mut Request, span: Span) -> Result<()> {
    let order = &request.order;
    let replaced = match order.action {
        Action::SelfActivate => None,
        _ => assigned(session, order)?,
    };
    let schedule = Schedule {
        id: request.id,
        instance: instance_of(request.id),
        kind: order.kind,
        key: order.key,
        activated: request.activated_using,
        created_using: Some(request.id),
        created: Some(session.now()),
        modified: replaced.as_ref().map(|_| session.now()),
        starts: starts(order.action, replaced.as_ref(), span),
        ends: span.ends,
        expiration: order.expiration.clone().unwrap_or(super::Expiration::Never),
    };
    session.add_schedule(&schedule)?;
    if let Some(replaced) = replaced {
        // Activations go on with what replaces their eligibility, so far as it supports them.
        session.move_activations(replaced.id, schedule.id)?;
        ending::end(session, &replaced, Cause::Replaced)?;
        for activation in session.activations_of(schedule.id)? {
            if !super::eligibility::supports(session, schedule.id, &activation)? {
                ending::end(session, &activation, Cause::Unfounded)?;
            }
        }
    }
    let begins_later = span.starts > session.now();
    request.status = if begins_later { Status::Granted } else { Status::Provisioned };
    request.starts = Some(span.starts);
    request.completed = Some(span.starts);
    request.due = begins_later.then_some(span.starts);
    request.target_schedule = Some(schedule.id);
    Ok(())
}

/// An extension goes on from what it extends; everything else begins when it was asked to.
fn starts(action: Action, replaced: Option<&Schedule>, span: Span) -> super::Instant {
    match (action, replaced) {
        (Action::AdminExtend | Action::SelfExtend, Some(replaced)) => replaced.starts.min(span.starts),
        _ => span.starts,
    }
}

/// What is assigned on the key of an order, now or in the future; activations do not count.
pub(super) fn assigned(session: &Session<'_>, order: &Order) -> Result<Option<Schedule>> {
    let all = session.schedules_on(order.kind, order.key)?;
    Ok(all.into_iter().find(|schedule| !schedule.is_activation()))
}

/// What is activated on the key of an order, now or in the future.
pub(super) fn activated(session: &Session<'_>, order: &Order) -> Result<Option<Schedule>> {
    let all = session.schedules_on(Kind::Assignment, order.key)?;
    Ok(all.into_iter().find(Schedule::is_activation))
}

/// The id of a schedule's instance: another than the schedule's, and always the same.
fn instance_of(schedule: Uuid) -> Uuid {
    Uuid::new_v5(&schedule, b"instance")
}
