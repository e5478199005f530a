//! What PIM warns of: how roles are held that is risky.
//!
//! Nothing is looked for in the background: a tenant is scanned whenever somebody looks, so that alerts always tell how
//! it is now. Only built-in roles count, and only where they extend to the whole tenant. Nobody's sign-ins are recorded
//! here, so there are never [stale ones](AlertKind::StaleSignIn).

mod activations;
mod configuration;
mod remedy;
mod scan;
mod state;

use uuid::Uuid;

use super::{Instant, Schedule};

pub(crate) use configuration::{Configuration, Thresholds};
pub(crate) use remedy::remedy;
pub(crate) use scan::incidents;
pub(crate) use state::State;

/// Which alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum AlertKind {
    /// The tenant is not licensed for PIM.
    InvalidLicense,
    /// A privileged role is activated with nothing but a password.
    NoMfaOnRoleActivation,
    /// Somebody is eligible, and does not activate.
    RedundantAssignment,
    /// Somebody holds a role that PIM did not give.
    RolesAssignedOutsidePim,
    /// Somebody activates a role again and again.
    SequentialActivationRenewals,
    /// Somebody holds a role, and has not signed in for long.
    StaleSignIn,
    /// Too many hold the most powerful role.
    TooManyGlobalAdmins,
}

/// Something that an alert points at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Incident {
    NoLicense,
    NoMfa { role: Uuid },
    Redundant { eligibility: Schedule, role: Uuid, last_activation: Option<Instant> },
    OutsidePim { assignment: Schedule, role: Uuid },
    Renewals { principal: Uuid, role: Uuid, count: usize, first: Instant, last: Instant },
    GlobalAdministrator { principal: Uuid },
}

impl AlertKind {
    pub(crate) const ALL: [Self; 7] = [
        Self::InvalidLicense,
        Self::NoMfaOnRoleActivation,
        Self::RedundantAssignment,
        Self::RolesAssignedOutsidePim,
        Self::SequentialActivationRenewals,
        Self::StaleSignIn,
        Self::TooManyGlobalAdmins,
    ];

    /// The name that Graph gives it, in ids.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::InvalidLicense => "InvalidLicenseAlert",
            Self::NoMfaOnRoleActivation => "NoMfaOnRoleActivationAlert",
            Self::RedundantAssignment => "RedundantAssignmentAlert",
            Self::RolesAssignedOutsidePim => "RolesAssignedOutsidePimAlert",
            Self::SequentialActivationRenewals => "SequentialActivationRenewalsAlert",
            Self::StaleSignIn => "StaleSignInAlert",
            Self::TooManyGlobalAdmins => "TooManyGlobalAdminsAssignedToTenantAlert",
        }
    }

    /// Whether PIM can put an incident right by itself.
    pub(crate) fn is_remediable(self) -> bool {
        !matches!(self, Self::InvalidLicense | Self::SequentialActivationRenewals)
    }

    /// Whether there is more to set than whether it is looked for.
    pub(crate) fn is_configurable(self) -> bool {
        Thresholds::default_of(self) != Thresholds::None
    }
}
