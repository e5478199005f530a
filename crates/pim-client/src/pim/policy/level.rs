use crate::runtime::open_enum;

/// How much is told by mail.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotificationLevel {
    /// Nothing.
    None,
    /// What somebody has to act on.
    Critical,
    /// All.
    All,
    /// Any other.
    Unrecognized(Box<str>),
}

open_enum! {
    NotificationLevel = "microsoft.graph.unifiedRoleManagementPolicyNotificationRule.notificationLevel" {
        None => "None",
        Critical => "Critical",
        All => "All",
    }
}
