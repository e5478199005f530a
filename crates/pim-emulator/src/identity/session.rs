//! Sign-ins: who did, and what was proven.

use uuid::Uuid;

use super::demand::Demand;
use super::fault::Fault;

/// A user who has signed in to an application.
///
/// A second factor was shown unless somebody said that it was not: on the sign-in page, or with `mfa=false`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Session {
    pub(super) user: Uuid,
    pub(super) client: Uuid,
    pub(super) has_mfa: bool,
    pub(super) contexts: Vec<String>,
}

impl Session {
    /// A sign-in in which the user does all that is demanded, and shows a second factor unless `is_weak`.
    pub(super) fn interactive(user: Uuid, client: Uuid, is_weak: bool, demand: &Demand) -> Self {
        Self { user, client, has_mfa: demand.needs_mfa || !is_weak, contexts: demand.contexts.clone() }
    }

    /// Fails if the user would have to prove more.
    pub(super) fn check(&self, demand: &Demand) -> Result<(), Fault> {
        let lacks_context = demand.contexts.iter().any(|context| !self.contexts.contains(context));
        if lacks_context || (demand.needs_mfa && !self.has_mfa) {
            return Err(Fault::interaction_required(demand.text.as_deref()));
        }
        Ok(())
    }
}
