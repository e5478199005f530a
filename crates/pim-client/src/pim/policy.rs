//! Policies.

use super::{Pim, Target};
use crate::edm::Duration;
use crate::error::Error;

/// The policy of a role or group.
#[derive(Clone, Debug)]
pub struct Policy {}

/// What a policy demands.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PolicySettings {
    /// Activation.
    pub activation: ActivationSettings,
}

/// What a policy demands of activations.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ActivationSettings {
    /// How long one may last.
    pub maximum_duration: Option<Duration>,
}

impl Policy {
    /// What it demands.
    #[must_use]
    pub fn settings(&self) -> PolicySettings {
        PolicySettings { activation: ActivationSettings { maximum_duration: None } }
    }
}

impl Pim {
    pub(super) async fn policy_of(&self, target: &Target) -> Result<Policy, Error> {
        let _ = (self, target);
        Err(Error::invalid_input("policies cannot be read yet"))
    }
}
