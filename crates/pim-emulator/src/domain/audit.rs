//! What goes into the audit log.

use uuid::Uuid;

use super::policy::{Changed, Governed};
use super::{Identity, Request, Schedule};
use crate::store::{Result, Session};

/// Something that the audit log tells.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Activity<'a> {
    /// A request was placed.
    Requested(&'a Request),
    /// A request took effect.
    Completed(&'a Request),
    /// A request could not take effect any more.
    Failed(&'a Request),
    /// A request was withdrawn.
    Canceled(&'a Request, Identity),
    /// A request waits for an approver.
    ApprovalRequested(&'a Request),
    /// An approver or an administrator allowed a request, or not.
    Decided(&'a Request, Identity, bool),
    /// Nobody decided in time.
    ApprovalExpired(&'a Request),
    /// An activation ended by itself.
    ActivationEnded(&'a Schedule),
}

/// Writes an entry.
pub(crate) fn note(_session: &Session<'_>, _activity: &Activity<'_>) -> Result<()> {
    Ok(())
}

/// Writes that a policy was changed.
pub(crate) fn policy_changed(
    _session: &Session<'_>,
    _by: Identity,
    _governed: Governed,
    _changed: &Changed,
) -> Result<()> {
    Ok(())
}

/// Writes that a group was taken under PIM.
pub(crate) fn onboarded(_session: &Session<'_>, _group: Uuid) -> Result<()> {
    Ok(())
}
