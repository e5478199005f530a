//! Which rules a policy has, and what each is about.

use std::fmt;

use pim_client::runtime::Object as _;
use pim_client::v1_0::models::{
    UnifiedRoleManagementPolicyApprovalRule, UnifiedRoleManagementPolicyAuthenticationContextRule,
    UnifiedRoleManagementPolicyEnablementRule, UnifiedRoleManagementPolicyExpirationRule,
    UnifiedRoleManagementPolicyNotificationRule,
};

/// When a rule applies: the caller and the level of its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Event {
    /// An administrator makes somebody eligible: `Admin`, `Eligibility`.
    EligibleAssignment,
    /// An administrator gives somebody something active: `Admin`, `Assignment`.
    ActiveAssignment,
    /// Somebody activates: `EndUser`, `Assignment`.
    Activation,
}

/// Who is told by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Recipient {
    Admin,
    Requestor,
    Approver,
}

/// One of the 17 rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum RuleId {
    Expiration(Event),
    Enablement(Event),
    Notification(Recipient, Event),
    /// Only an activation has it.
    Approval,
    /// Only an activation has it.
    AuthenticationContext,
}

impl Event {
    /// `caller` of the rule's target.
    pub(crate) fn caller(self) -> &'static str {
        match self {
            Self::EligibleAssignment | Self::ActiveAssignment => "Admin",
            Self::Activation => "EndUser",
        }
    }

    /// `level` of the rule's target.
    pub(crate) fn level(self) -> &'static str {
        match self {
            Self::EligibleAssignment => "Eligibility",
            Self::ActiveAssignment | Self::Activation => "Assignment",
        }
    }
}

impl Recipient {
    /// The name that Graph gives it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Admin => "Admin",
            Self::Requestor => "Requestor",
            Self::Approver => "Approver",
        }
    }
}

impl RuleId {
    /// All, in the order in which Graph's documentation has them.
    pub(crate) const ALL: [Self; 17] = [
        Self::Expiration(Event::EligibleAssignment),
        Self::Enablement(Event::EligibleAssignment),
        Self::Notification(Recipient::Admin, Event::EligibleAssignment),
        Self::Notification(Recipient::Requestor, Event::EligibleAssignment),
        Self::Notification(Recipient::Approver, Event::EligibleAssignment),
        Self::Expiration(Event::ActiveAssignment),
        Self::Enablement(Event::ActiveAssignment),
        Self::Notification(Recipient::Admin, Event::ActiveAssignment),
        Self::Notification(Recipient::Requestor, Event::ActiveAssignment),
        Self::Notification(Recipient::Approver, Event::ActiveAssignment),
        Self::Expiration(Event::Activation),
        Self::Enablement(Event::Activation),
        Self::Approval,
        Self::AuthenticationContext,
        Self::Notification(Recipient::Admin, Event::Activation),
        Self::Notification(Recipient::Requestor, Event::Activation),
        Self::Notification(Recipient::Approver, Event::Activation),
    ];

    /// The rule of that name, in any letter case.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.to_string().eq_ignore_ascii_case(name))
    }

    /// When it applies.
    pub(crate) fn event(self) -> Event {
        match self {
            Self::Expiration(event) | Self::Enablement(event) | Self::Notification(_, event) => event,
            Self::Approval | Self::AuthenticationContext => Event::Activation,
        }
    }

    /// The name of its type.
    pub(crate) fn odata_type(self) -> &'static str {
        match self {
            Self::Expiration(_) => UnifiedRoleManagementPolicyExpirationRule::ODATA_TYPE,
            Self::Enablement(_) => UnifiedRoleManagementPolicyEnablementRule::ODATA_TYPE,
            Self::Notification(..) => UnifiedRoleManagementPolicyNotificationRule::ODATA_TYPE,
            Self::Approval => UnifiedRoleManagementPolicyApprovalRule::ODATA_TYPE,
            Self::AuthenticationContext => UnifiedRoleManagementPolicyAuthenticationContextRule::ODATA_TYPE,
        }
    }
}

/// `Expiration_EndUser_Assignment`, `Notification_Approver_Admin_Eligibility`
impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expiration(_) => f.write_str("Expiration")?,
            Self::Enablement(_) => f.write_str("Enablement")?,
            Self::Notification(recipient, _) => write!(f, "Notification_{}", recipient.name())?,
            Self::Approval => f.write_str("Approval")?,
            Self::AuthenticationContext => f.write_str("AuthenticationContext")?,
        }
        write!(f, "_{}_{}", self.event().caller(), self.event().level())
    }
}
