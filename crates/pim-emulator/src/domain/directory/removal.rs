//! Taking an object out of the directory, with all that rests on it.

use uuid::Uuid;

use crate::domain::audit::{self, Activity};
use crate::domain::ending::{self, Cause};
use crate::domain::settle::close_approval;
use crate::domain::{Status, policies};
use crate::store::{Result, Session};

/// Removes a user: its eligibilities, assignments and activations end, it leaves its groups.
pub(crate) fn remove_user(session: &Session<'_>, user: Uuid) -> Result<()> {
    remove(session, user)
}

/// Removes a group: what its members had or could activate through it ends, and nobody is in it any more. What was
/// changed of its policies is forgotten.
pub(crate) fn remove_group(session: &Session<'_>, group: Uuid) -> Result<()> {
    remove(session, group)?;
    policies::forget_group(session, group)
}

fn remove(session: &Session<'_>, object: Uuid) -> Result<()> {
    fail_open_requests(session, object)?;
    for schedule in session.schedules_about(object)? {
        // One that ended before may have taken this one along.
        if session.schedule(schedule.id)?.is_some() {
            ending::end(session, &schedule, Cause::Removed)?;
        }
    }
    session.forget_all_expired(object)?;
    session.remove_object(object)
}

/// Nobody withdrew the requests that wait for something, and nobody refused them: they fail, as do those that find
/// nobody when their time comes. Requests that were dealt with stay as they are: they are history.
fn fail_open_requests(session: &Session<'_>, object: Uuid) -> Result<()> {
    for mut request in session.open_requests_about(object)? {
        close_approval(session, &request)?;
        request.status = Status::Failed;
        request.due = None;
        session.update_request(&request)?;
        audit::note(session, &Activity::Failed(&request))?;
    }
    Ok(())
}
