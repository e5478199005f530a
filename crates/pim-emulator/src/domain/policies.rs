//! The policies of a tenant: they are there for every role and every group, and what was changed of them is kept.

use uuid::Uuid;

use super::policy::{Changed, Governed, Policy};
use super::{Access, Caller, Result, Target, audit, directory};
use crate::store::{self, PolicyChange, Session};

/// The policy for what a target is.
pub(crate) fn of(session: &Session<'_>, target: Target) -> Result<Policy> {
    governing(session, target.into())
}

/// The policy that governs something.
pub(crate) fn governing(session: &Session<'_>, governed: Governed) -> Result<Policy> {
    let changes = session.changed_rules(key(governed))?;
    let changes = changes.into_iter().filter_map(|(id, body)| Some((id, serde_json::from_str(&body).ok()?)));
    Ok(Policy::with_changes(governed.kind(), changes)?)
}

/// Keeps a changed policy, and who changed it.
pub(crate) fn keep(session: &Session<'_>, caller: &Caller, governed: Governed, changed: &Changed) -> Result<()> {
    plant(session, governed, &changed.policy)?;
    let by = directory::display_name(session, caller.identity.object())?;
    session.note_policy_change(key(governed), &PolicyChange { at: session.now(), by })?;
    if let Governed::Group { group, .. } = governed {
        onboard(session, group)?;
    }
    audit::policy_changed(session, caller.identity, governed, changed)?;
    Ok(())
}

/// Keeps a policy as one that has always been so.
pub(crate) fn plant(session: &Session<'_>, governed: Governed, policy: &Policy) -> Result<()> {
    let key = key(governed);
    session.forget_rules(key)?;
    for (id, rule) in policy.changes_to_keep() {
        session.put_rule(key, &id.to_string(), &rule.to_string())?;
    }
    Ok(())
}

/// When the policy was changed last, and by whom.
pub(crate) fn last_change(session: &Session<'_>, governed: Governed) -> Result<Option<PolicyChange>> {
    Ok(session.policy_change(key(governed))?)
}

/// Takes a group under PIM, for good.
pub(super) fn onboard(session: &Session<'_>, group: Uuid) -> Result<()> {
    if session.onboard(group)? {
        audit::onboarded(session, group)?;
    }
    Ok(())
}

/// Forgets what was changed of the policies of a group that is gone.
pub(super) fn forget_group(session: &Session<'_>, group: Uuid) -> Result<(), store::Error> {
    for access in [Access::Member, Access::Owner] {
        let key = key(Governed::Group { group, access });
        session.forget_rules(key)?;
        session.forget_policy_change(key)?;
    }
    session.forget_onboarding(group)
}

/// What the policy is kept under.
fn key(governed: Governed) -> Uuid {
    let name = format!("{}/{}", governed.scope_id(), governed.role_definition_id());
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())
}
