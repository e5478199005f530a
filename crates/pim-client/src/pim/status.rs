use crate::runtime::open_enum;

/// How far a request is.
///
/// Graph's type is text; these are the values that
/// [its documentation lists](https://learn.microsoft.com/graph/api/resources/request), and those that older interfaces
/// of PIM are known to use.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestStatus {
    /// It has taken effect.
    Provisioned,
    /// It is granted, and takes effect when its time comes.
    Granted,
    /// What it was to remove is removed.
    Revoked,
    /// An approver has to decide.
    PendingApproval,
    /// An administrator has to decide.
    PendingAdminDecision,
    /// It is about to take effect.
    PendingProvisioning,
    /// Its schedule is about to be made.
    PendingScheduleCreation,
    /// Its schedule is made.
    ScheduleCreated,
    /// Whoever made it, or an administrator, withdrew it.
    Canceled,
    /// An approver or administrator refused it.
    Denied,
    /// It could not take effect.
    Failed,
    /// It was accepted, and is on its way.
    Accepted,
    /// An administrator granted it.
    AdminApproved,
    /// An administrator refused it.
    AdminDenied,
    /// What it is about is locked.
    FailedAsResourceIsLocked,
    /// It made no sense.
    Invalid,
    /// It is about to be looked at.
    PendingEvaluation,
    /// It is about to be removed.
    PendingRevocation,
    /// It is taking effect.
    ProvisioningStarted,
    /// Nobody decided in time.
    TimedOut,
    /// Any other.
    Unrecognized(Box<str>),
}

open_enum! {
    RequestStatus = "microsoft.graph.request.status" {
        Provisioned => "Provisioned",
        Granted => "Granted",
        Revoked => "Revoked",
        PendingApproval => "PendingApproval",
        PendingAdminDecision => "PendingAdminDecision",
        PendingProvisioning => "PendingProvisioning",
        PendingScheduleCreation => "PendingScheduleCreation",
        ScheduleCreated => "ScheduleCreated",
        Canceled => "Canceled",
        Denied => "Denied",
        Failed => "Failed",
        Accepted => "Accepted",
        AdminApproved => "AdminApproved",
        AdminDenied => "AdminDenied",
        FailedAsResourceIsLocked => "FailedAsResourceIsLocked",
        Invalid => "Invalid",
        PendingEvaluation => "PendingEvaluation",
        PendingRevocation => "PendingRevocation",
        ProvisioningStarted => "ProvisioningStarted",
        TimedOut => "TimedOut",
    }
}

impl RequestStatus {
    /// Whether it ended without effect.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(
            self,
            Self::Canceled
                | Self::Denied
                | Self::Failed
                | Self::AdminDenied
                | Self::FailedAsResourceIsLocked
                | Self::Invalid
                | Self::TimedOut
        )
    }

    /// Whether it has taken effect, or will by itself when its time comes. `Revoked` is what becomes of a removal:
    /// [`PimRequest::is_success`](super::PimRequest::is_success) knows whether it is one.
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Provisioned | Self::Granted | Self::ScheduleCreated | Self::Revoked)
    }

    /// Whether a person has to decide.
    #[must_use]
    pub fn waits_for_decision(&self) -> bool {
        matches!(self, Self::PendingApproval | Self::PendingAdminDecision)
    }
}
