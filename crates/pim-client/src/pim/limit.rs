//! How long the policy lets an activation last.

use super::hint::hinted;
use super::{Pim, Target};
use crate::edm::Duration;
use crate::error::Error;

impl Pim {
    /// The longest activation that the policy of `target` allows.
    pub(super) async fn longest_activation(&self, target: &Target) -> Result<Duration, Error> {
        let settings = self.policy_of(target).await.map_err(unreadable)?.settings();
        settings.activation.maximum_duration.ok_or_else(|| {
            Error::invalid_input("the policy does not say how long an activation may last; say `hours` or `until`")
        })
    }
}

/// The same error, with the way around it: those who activate often may not read policies.
fn unreadable(error: Error) -> Error {
    let hint =
        "say `hours` or `until`: without, an activation lasts as long as the policy allows, which could not be read";
    hinted(error, hint)
}
