//! How a request takes effect.

use uuid::Uuid;

use super::ending::{self, Cause};
use super::span::Span;
use super::{Action, Expiration, Instant, Kind, Order, Request, Schedule, Status};
use crate::store::{Result, Session};

/// From when until when an order is to count, if it is dealt with now. An extension counts from the beginning of what it
/// extends, if that has yet to come.
pub(super) fn span_of(session: &Session<'_>, order: &Order) -> super::Result<Span> {
    let now = session.now();
    let earliest = match order.action {
        action if extends(action) => assigned(session, order)?.map_or(now, |extended| extended.starts.max(now)),
        _ => now,
    };
    Ok(Span::of(order, earliest)?)
}

/// Gives what was ordered: makes the schedule, in the place of one that it updates, extends or renews.
pub(super) fn grant(session: &Session<'_>, request: &mut Request, span: Span) -> Result<()> {
    let order = &request.order;
    let replaced = match order.action {
        Action::SelfActivate => None,
        _ => assigned(session, order)?,
    };
    let (starts, expiration) = match &replaced {
        Some(extended) if extends(order.action) => (extended.starts, end_of_extension(order, span)),
        _ => (span.starts, order.expiration.clone()),
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
        starts,
        ends: span.ends,
        expiration: expiration.unwrap_or(Expiration::Never),
    };
    session.add_schedule(&schedule)?;
    if let Some(replaced) = replaced {
        // Activations go on with what replaces their eligibility, so far as it supports them.
        session.move_activations(replaced.id, schedule.id)?;
        ending::end(session, &replaced, Cause::Replaced)?;
        for activation in session.activations_of(schedule.id)? {
            // One that ended before may have taken this one along.
            if session.schedule(activation.id)?.is_some()
                && !super::eligibility::supports(session, schedule.id, &activation)?
            {
                ending::end(session, &activation, Cause::Unfounded)?;
            }
        }
    }
    tell(request, span, (starts, session.now()));
    Ok(())
}

/// Has a request say what it would have led to, without doing it.
pub(super) fn try_out(session: &Session<'_>, request: &mut Request, span: Span) -> Result<()> {
    let extended = if extends(request.order.action) { assigned(session, &request.order)? } else { None };
    let starts = extended.map_or(span.starts, |extended| extended.starts);
    tell(request, span, (starts, session.now()));
    request.due = None;
    Ok(())
}

/// Has a request say what it leads to: something that counts from `starts` on.
fn tell(request: &mut Request, span: Span, (starts, now): (Instant, Instant)) {
    let begins_later = starts > now;
    request.status = if begins_later { Status::Granted } else { Status::Provisioned };
    request.starts = Some(span.starts);
    request.completed = Some(starts.max(now));
    request.due = begins_later.then_some(starts);
    request.target_schedule = Some(request.id);
}

/// Whether an action moves the end of what is there, and lets it go on from where it began.
fn extends(action: Action) -> bool {
    matches!(action, Action::AdminExtend | Action::SelfExtend)
}

/// The end of what is extended. A duration would count from a beginning that the extension does not have: it is a date.
fn end_of_extension(order: &Order, span: Span) -> Option<Expiration> {
    match (&order.expiration, span.ends) {
        (Some(Expiration::After(_)), Some(end)) => Some(Expiration::At(end)),
        (expiration, _) => expiration.clone(),
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
