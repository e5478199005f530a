//! Who is told by mail.

use pim_client::v1_0::models::{UnifiedRoleManagementPolicyNotificationRule, UnifiedRoleManagementPolicyRule};

use super::members::Members;
use super::{Event, Recipient, RuleId, target};
use crate::domain::Refusal;

pub(super) const MEMBERS: [&str; 7] = [
    "id",
    "target",
    "notificationType",
    "recipientType",
    "notificationLevel",
    "isDefaultRecipientsEnabled",
    "notificationRecipients",
];

/// The only way to be told.
const TYPE: &str = "Email";

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NotificationLevel {
    None,
    Critical,
    All,
}

/// What somebody is told, and who is told besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotificationRule {
    pub(crate) level: NotificationLevel,
    /// Whether those are told whom PIM tells by itself.
    pub(crate) is_default_recipients_enabled: bool,
    /// The addresses that are told as well.
    pub(crate) recipients: Vec<String>,
}

/// What each of them is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NotificationRules {
    admin: NotificationRule,
    requestor: NotificationRule,
    approver: NotificationRule,
}

const LEVELS: [(&str, NotificationLevel); 3] =
    [("None", NotificationLevel::None), ("Critical", NotificationLevel::Critical), ("All", NotificationLevel::All)];

impl NotificationLevel {
    /// The name that Graph gives it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Critical => "Critical",
            Self::All => "All",
        }
    }
}

/// Everybody is told everything at first.
impl Default for NotificationRule {
    fn default() -> Self {
        Self { level: NotificationLevel::All, is_default_recipients_enabled: true, recipients: Vec::new() }
    }
}

impl NotificationRule {
    /// The rule with what `members` say.
    pub(super) fn merged(&self, recipient: Recipient, members: &Members<'_>) -> Result<Self, Refusal> {
        members.word("notificationType", &[(TYPE, ())])?;
        members.word("recipientType", &[(recipient.name(), ())])?;
        let enabled = members.bool("isDefaultRecipientsEnabled")?;
        Ok(Self {
            level: members.word("notificationLevel", &LEVELS)?.unwrap_or(self.level),
            is_default_recipients_enabled: enabled.unwrap_or(self.is_default_recipients_enabled),
            recipients: members.texts("notificationRecipients")?.unwrap_or_else(|| self.recipients.clone()),
        })
    }

    pub(super) fn to_object(&self, recipient: Recipient, event: Event) -> UnifiedRoleManagementPolicyRule {
        UnifiedRoleManagementPolicyNotificationRule::new()
            .id(RuleId::Notification(recipient, event).to_string())
            .target(target::to_object(event))
            .notification_type(TYPE)
            .recipient_type(recipient.name())
            .notification_level(self.level.name())
            .is_default_recipients_enabled(self.is_default_recipients_enabled)
            .notification_recipients(self.recipients.clone())
            .into()
    }
}

impl NotificationRules {
    pub(crate) fn of(&self, recipient: Recipient) -> &NotificationRule {
        match recipient {
            Recipient::Admin => &self.admin,
            Recipient::Requestor => &self.requestor,
            Recipient::Approver => &self.approver,
        }
    }

    pub(super) fn of_mut(&mut self, recipient: Recipient) -> &mut NotificationRule {
        match recipient {
            Recipient::Admin => &mut self.admin,
            Recipient::Requestor => &mut self.requestor,
            Recipient::Approver => &mut self.approver,
        }
    }
}
