use std::fmt;

use super::{Assignment, PimRequest, Privilege, RequestStatus};
use crate::error::Error;

/// What became of one of many activations: see [`Pim::activate_all`](super::Pim::activate_all).
#[derive(Debug)]
#[non_exhaustive]
pub struct ActivationReport {
    /// What was to be activated, as it was given.
    pub privilege: Privilege,
    /// What became of it.
    pub outcome: ActivationOutcome,
}

/// What became of an activation.
#[derive(Debug)]
#[non_exhaustive]
pub enum ActivationOutcome {
    /// It is active, or will be without anybody's decision: the request's status tells.
    Activated(PimRequest),
    /// Somebody has to approve the request.
    NeedsApproval(PimRequest),
    /// It was active before, as this assignment. None if that cannot be read.
    AlreadyActive(Option<Assignment>),
    /// It was asked for before, with this request. None if that cannot be read.
    AlreadyPending(Option<PimRequest>),
    /// It was refused, or could not be asked for.
    Failed(Error),
}

impl ActivationOutcome {
    /// The request to [wait](super::Pim::wait) for or to [cancel](super::Pim::cancel), the new one or the one that was
    /// there.
    #[must_use]
    pub fn request(&self) -> Option<&PimRequest> {
        match self {
            Self::Activated(request) | Self::NeedsApproval(request) => Some(request),
            Self::AlreadyPending(request) => request.as_ref(),
            Self::AlreadyActive(_) | Self::Failed(_) => None,
        }
    }

    /// Why it failed, if it did.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// Whether it is active now, by this activation or an earlier one.
    #[must_use]
    pub fn is_active(&self) -> bool {
        match self {
            Self::Activated(request) => request.status == RequestStatus::Provisioned,
            Self::AlreadyActive(_) => true,
            Self::NeedsApproval(_) | Self::AlreadyPending(_) | Self::Failed(_) => false,
        }
    }
}

/// `User Administrator: already active until 2025-03-21T16:46:00Z`
impl fmt::Display for ActivationReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.privilege, self.outcome)
    }
}

/// `already active until 2025-03-21T16:46:00Z`
impl fmt::Display for ActivationOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Activated(_) if self.is_active() => f.write_str("activated"),
            Self::Activated(request) => write!(f, "accepted, not active yet ({})", request.status),
            Self::NeedsApproval(request) => write!(f, "needs an approval ({})", request.status),
            Self::AlreadyActive(assignment) => {
                f.write_str("already active")?;
                assignment.as_ref().map_or(Ok(()), |assignment| assignment.write_end(f))
            }
            Self::AlreadyPending(Some(request)) => write!(f, "already asked for ({})", request.status),
            Self::AlreadyPending(None) => f.write_str("already asked for"),
            Self::Failed(error) => write!(f, "failed: {error}"),
        }
    }
}
