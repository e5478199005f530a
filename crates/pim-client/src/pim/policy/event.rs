//! What the rules of a policy are about, as their ids say.

/// When a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// An administrator makes somebody eligible.
    EligibleAssignment,
    /// An administrator gives somebody something active.
    ActiveAssignment,
    /// Somebody activates.
    Activation,
}

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recipient {
    Admin,
    Requestor,
    Approver,
}

impl Event {
    pub(super) const ALL: [Self; 3] = [Self::EligibleAssignment, Self::ActiveAssignment, Self::Activation];

    /// The end of the ids of its rules: who calls, and on which level.
    fn suffix(self) -> &'static str {
        match self {
            Self::EligibleAssignment => "Admin_Eligibility",
            Self::ActiveAssignment => "Admin_Assignment",
            Self::Activation => "EndUser_Assignment",
        }
    }

    pub(super) fn expiration(self) -> String {
        format!("Expiration_{}", self.suffix())
    }

    pub(super) fn enablement(self) -> String {
        format!("Enablement_{}", self.suffix())
    }

    pub(super) fn notification(self, recipient: Recipient) -> String {
        format!("Notification_{recipient:?}_{}", self.suffix())
    }
}

impl Recipient {
    pub(super) const ALL: [Self; 3] = [Self::Admin, Self::Requestor, Self::Approver];
}

/// The rule about approval, which only an activation has.
pub(super) const APPROVAL: &str = "Approval_EndUser_Assignment";

/// The rule about an authentication context, which only an activation has.
pub(super) const AUTHENTICATION_CONTEXT: &str = "AuthenticationContext_EndUser_Assignment";

/// The words of an enablement rule.
pub(super) const JUSTIFICATION: &str = "Justification";
pub(super) const TICKETING: &str = "Ticketing";
pub(super) const MFA: &str = "MultiFactorAuthentication";
