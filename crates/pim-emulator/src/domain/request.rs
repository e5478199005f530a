//! A request, once it is placed: what was asked, and what became of it.

use uuid::Uuid;

use super::{Identity, Instant, Order};

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    /// It took effect.
    Provisioned,
    /// It will take effect when its time comes.
    Granted,
    /// It took something away.
    Revoked,
    /// It waits for an approver.
    PendingApproval,
    /// It waits for an administrator: whether to extend or to renew.
    PendingAdminDecision,
    /// It is on its way; only seen when that is asked for, to try out who polls.
    PendingProvisioning,
    /// Whoever made it, or an administrator, withdrew it.
    Canceled,
    /// An approver or an administrator said no, or nobody said anything in time.
    Denied,
    /// It could not take effect when its time came.
    Failed,
}

impl Status {
    const ALL: [Self; 9] = [
        Self::Provisioned,
        Self::Granted,
        Self::Revoked,
        Self::PendingApproval,
        Self::PendingAdminDecision,
        Self::PendingProvisioning,
        Self::Canceled,
        Self::Denied,
        Self::Failed,
    ];

    /// The name that Graph gives it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Provisioned => "Provisioned",
            Self::Granted => "Granted",
            Self::Revoked => "Revoked",
            Self::PendingApproval => "PendingApproval",
            Self::PendingAdminDecision => "PendingAdminDecision",
            Self::PendingProvisioning => "PendingProvisioning",
            Self::Canceled => "Canceled",
            Self::Denied => "Denied",
            Self::Failed => "Failed",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name().eq_ignore_ascii_case(name))
    }

    /// Whether somebody or something has yet to decide: nothing else can be asked for the same key.
    pub(crate) fn is_pending(self) -> bool {
        matches!(self, Self::PendingApproval | Self::PendingAdminDecision | Self::PendingProvisioning)
    }

    /// Whether it has yet to be decided or to begin; until then it can be withdrawn.
    pub(crate) fn is_open(self) -> bool {
        self.is_pending() || self == Self::Granted
    }
}

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Request {
    pub(crate) id: Uuid,
    pub(crate) order: Order,
    pub(crate) status: Status,
    pub(crate) created: Instant,
    pub(crate) created_by: Identity,
    /// When it took effect, or will.
    pub(crate) completed: Option<Instant>,
    /// From when on it counts: what was asked for, or when it took effect. Removals have none.
    pub(crate) starts: Option<Instant>,
    /// The schedule that it made.
    pub(crate) target_schedule: Option<Uuid>,
    /// The eligibility that it activates.
    pub(crate) activated_using: Option<Uuid>,
    /// Whether an approver has or had to decide; the approval has the request's id.
    pub(crate) needs_approval: bool,
    /// When something happens to it by itself.
    pub(crate) due: Option<Instant>,
}
