use super::event::{self, Event, Recipient};
use super::{Approver, NotificationLevel, Policy};
use crate::edm::Duration;
use crate::v1_0::models::UnifiedRoleManagementPolicyRule as Rule;

/// What the 17 rules of a policy say.
///
/// What is `None` is not said: the rule, or its member, is missing. To ask for `None` leaves it as it is; an empty list
/// is asked for like any other.
///
/// It is shown as a few lines: `println!("{settings}")`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct PolicySettings {
    /// When somebody activates what they are eligible for.
    pub activation: ActivationSettings,
    /// When an administrator makes somebody eligible.
    pub eligible_assignment: AssignmentSettings,
    /// When an administrator gives somebody something without the need to activate.
    pub active_assignment: AssignmentSettings,
}

/// What a policy demands of activations.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ActivationSettings {
    /// Whether it has to end. It does.
    pub requires_expiration: Option<bool>,
    /// How long it may last: from half an hour to a day.
    pub maximum_duration: Option<Duration>,
    /// Whether a justification has to be given.
    pub requires_justification: Option<bool>,
    /// Whether a ticket has to be named.
    pub requires_ticket: Option<bool>,
    /// Whether multifactor authentication is needed. It excludes an authentication context.
    pub requires_mfa: Option<bool>,
    /// The authentication context that is needed, `c1` to `c99`. None if none is, or if there is no such rule; to ask
    /// for `None` switches it off.
    pub authentication_context: Option<String>,
    /// Whether somebody has to approve.
    pub requires_approval: Option<bool>,
    /// Who approves. If nobody is named for a role, its administrators do; for a group somebody has to be named.
    /// Neither their order matters nor whether one is named twice: a policy that has them all is not changed.
    pub approvers: Vec<Approver>,
    /// Whether an approver has to give a justification.
    pub requires_approver_justification: Option<bool>,
    /// Who is told.
    pub notifications: NotificationSettings,
}

/// What a policy demands of administrators who assign.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AssignmentSettings {
    /// Whether the assignment has to end.
    pub requires_expiration: Option<bool>,
    /// How long the assignment may last, if it has to end.
    pub maximum_duration: Option<Duration>,
    /// Whether a justification has to be given.
    pub requires_justification: Option<bool>,
    /// Whether a ticket has to be named. PIM may take that for activations only.
    pub requires_ticket: Option<bool>,
    /// Whether multifactor authentication is needed. It keeps applications from assigning.
    pub requires_mfa: Option<bool>,
    /// Who is told.
    pub notifications: NotificationSettings,
}

/// Who is told by mail.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct NotificationSettings {
    /// What administrators are told.
    pub admin: Notification,
    /// What the one is told whom it is about.
    pub requestor: Notification,
    /// What approvers are told.
    pub approver: Notification,
}

/// What is told by mail, and to whom besides.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Notification {
    /// How much is told.
    pub level: Option<NotificationLevel>,
    /// Whether those are told whom PIM tells by itself.
    pub is_default_recipients_enabled: Option<bool>,
    /// The addresses that are told as well.
    pub recipients: Vec<String>,
}

impl Policy {
    /// What the rules say.
    #[must_use]
    pub fn settings(&self) -> PolicySettings {
        PolicySettings {
            activation: self.activation(),
            eligible_assignment: self.assignment(Event::EligibleAssignment),
            active_assignment: self.assignment(Event::ActiveAssignment),
        }
    }

    fn activation(&self) -> ActivationSettings {
        let AssignmentSettings {
            requires_expiration,
            maximum_duration,
            requires_justification,
            requires_ticket,
            requires_mfa,
            notifications,
        } = self.assignment(Event::Activation);
        let mut settings = ActivationSettings {
            requires_expiration,
            maximum_duration,
            requires_justification,
            requires_ticket,
            requires_mfa,
            notifications,
            ..ActivationSettings::default()
        };
        if let Some(Rule::AuthenticationContextRule(rule)) = self.rule(event::AUTHENTICATION_CONTEXT) {
            let is_enabled = rule.is_enabled == Some(true);
            settings.authentication_context = is_enabled.then(|| rule.claim_value.clone().unwrap_or_default());
        }
        if let Some(Rule::ApprovalRule(rule)) = self.rule(event::APPROVAL)
            && let Some(setting) = &rule.setting
        {
            settings.requires_approval = setting.is_approval_required;
            if let Some(stage) = setting.approval_stages.iter().flatten().next() {
                settings.approvers = stage.primary_approvers.iter().flatten().map(Approver::from).collect();
                settings.requires_approver_justification = stage.is_approver_justification_required;
            }
        }
        settings
    }

    /// What an activation has in common with an assignment.
    fn assignment(&self, event: Event) -> AssignmentSettings {
        let mut settings = AssignmentSettings::default();
        if let Some(Rule::ExpirationRule(rule)) = self.rule(&event.expiration()) {
            settings.requires_expiration = rule.is_expiration_required;
            settings.maximum_duration.clone_from(&rule.maximum_duration);
        }
        if let Some(Rule::EnablementRule(rule)) = self.rule(&event.enablement()) {
            let has =
                |word: &str| Some(rule.enabled_rules.as_ref()?.iter().any(|rule| rule.eq_ignore_ascii_case(word)));
            settings.requires_justification = has(event::JUSTIFICATION);
            settings.requires_ticket = has(event::TICKETING);
            settings.requires_mfa = has(event::MFA);
        }
        for recipient in Recipient::ALL {
            if let Some(Rule::NotificationRule(rule)) = self.rule(&event.notification(recipient)) {
                *settings.notifications.of_mut(recipient) = Notification {
                    level: rule.notification_level.as_deref().map(NotificationLevel::from),
                    is_default_recipients_enabled: rule.is_default_recipients_enabled,
                    recipients: rule.notification_recipients.clone().unwrap_or_default(),
                };
            }
        }
        settings
    }
}

impl NotificationSettings {
    pub(super) fn of(&self, recipient: Recipient) -> &Notification {
        match recipient {
            Recipient::Admin => &self.admin,
            Recipient::Requestor => &self.requestor,
            Recipient::Approver => &self.approver,
        }
    }

    fn of_mut(&mut self, recipient: Recipient) -> &mut Notification {
        match recipient {
            Recipient::Admin => &mut self.admin,
            Recipient::Requestor => &mut self.requestor,
            Recipient::Approver => &mut self.approver,
        }
    }
}
