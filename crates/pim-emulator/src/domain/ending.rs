//! How assignments end, and what ends with them.

use uuid::Uuid;

use super::audit::{self, Activity};
use super::{Access, Kind, Schedule, Status, Target, eligibility};
use crate::store::{Result, Session};

/// Why a schedule ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Its time is over.
    Expired,
    /// A request took it away; the request is in the audit log.
    Removed,
    /// A request put another schedule in its place.
    Replaced,
    /// What it rested on is gone: its eligibility, or a membership.
    Unfounded,
}

/// Ends a schedule and what rests on it.
pub(crate) fn end(session: &Session<'_>, schedule: &Schedule, cause: Cause) -> Result<()> {
    session.remove_schedule(schedule.id)?;
    if let Some(request) = schedule.created_using {
        close_request(session, request, cause)?;
    }
    if cause == Cause::Expired && !schedule.is_activation() {
        session.note_expired(schedule.kind, schedule.key, session.now())?;
    }
    match cause {
        // What had not begun has no end that anybody saw.
        Cause::Expired | Cause::Unfounded if schedule.starts <= session.now() => {
            audit::note(session, &Activity::Ended(schedule))?;
        }
        Cause::Expired | Cause::Unfounded | Cause::Removed | Cause::Replaced => {}
    }
    match (schedule.kind, schedule.key.target) {
        (Kind::Eligibility, _) => end_activations_of(session, schedule.id),
        (Kind::Assignment, Target::Group { access: Access::Member, .. }) => {
            membership_lost(session, schedule.key.principal)
        }
        (Kind::Assignment, _) => Ok(()),
    }
}

/// What was to begin and never will is not provisioned when its time comes. Requests that took effect stay as they are.
fn close_request(session: &Session<'_>, id: Uuid, cause: Cause) -> Result<()> {
    let Some(mut request) = session.request(id)?.filter(|request| request.status == Status::Granted) else {
        return Ok(());
    };
    request.status = if cause == Cause::Unfounded { Status::Failed } else { Status::Canceled };
    request.completed = None;
    request.target_schedule = None;
    request.due = None;
    session.update_request(&request)?;
    if request.status == Status::Failed {
        audit::note(session, &Activity::Failed(&request))?;
    }
    Ok(())
}

/// Ends the activations of an eligibility that is gone.
fn end_activations_of(session: &Session<'_>, eligibility: Uuid) -> Result<()> {
    for activation in session.activations_of(eligibility)? {
        // One that ended before may have taken this one along.
        if session.schedule(activation.id)?.is_some() {
            end(session, &activation, Cause::Unfounded)?;
        }
    }
    Ok(())
}

/// Ends what a principal could only activate as a member of a group that it is no member of any more. If the principal
/// is a group, the same goes for all in it.
pub(crate) fn membership_lost(session: &Session<'_>, principal: Uuid) -> Result<()> {
    end_unfounded(session, principal)?;
    for member in session.transitive_members(principal)? {
        end_unfounded(session, member)?;
    }
    Ok(())
}

fn end_unfounded(session: &Session<'_>, principal: Uuid) -> Result<()> {
    for activation in session.activations_by(principal)? {
        let Some(eligibility) = activation.activated else { continue };
        // An earlier end may have taken this one along.
        if session.schedule(activation.id)?.is_some() && !eligibility::supports(session, eligibility, &activation)? {
            end(session, &activation, Cause::Unfounded)?;
        }
    }
    Ok(())
}
