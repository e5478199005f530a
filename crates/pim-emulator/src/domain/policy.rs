//! Policies: what PIM demands of those who assign and activate.
//!
//! Nobody makes a policy: every role has one, and every group two, with the rules that Microsoft gave them until they
//! are changed. So what is kept of a policy is [what is not as it was at first](Policy::changes_to_keep).

mod approval;
mod approver;
mod change;
mod check;
mod context;
mod enablement;
mod expiration;
mod id;
mod members;
mod notification;
mod object;
mod rule_id;
mod target;
#[cfg(test)]
mod tests;

use pim_client::v1_0::models::UnifiedRoleManagementPolicyRule;
use serde_json::Value;

pub(crate) use approval::{ApprovalRequirement, ApprovalRule};
pub(crate) use approver::{Approver, NamedApprover};
pub(crate) use change::{Changed, rule_id, rules_in};
pub(crate) use context::AuthenticationContextRule;
pub(crate) use enablement::{Enablement, EnablementRule};
pub(crate) use expiration::ExpirationRule;
pub(crate) use id::{Governed, PolicyAssignmentId, PolicyId};
pub(crate) use notification::NotificationRules;
pub(crate) use object::{Modified, policy_assignment_object, policy_object};
pub(crate) use rule_id::{Event, Recipient, RuleId};

use super::Refusal;

/// What a policy is about: that decides how it begins, and who approves if nobody is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PolicyKind {
    Role,
    Group,
}

/// The 17 rules of a role, or of being a member or an owner of a group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Policy {
    kind: PolicyKind,
    eligible_assignment: EventRules,
    active_assignment: EventRules,
    activation: EventRules,
    approval: ApprovalRule,
    authentication_context: AuthenticationContextRule,
}

/// The rules that every event has.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EventRules {
    pub(crate) expiration: ExpirationRule,
    pub(crate) enablement: EnablementRule,
    pub(crate) notifications: NotificationRules,
}

impl Policy {
    /// The policy as it is before anybody changes it.
    pub(crate) fn default_of(kind: PolicyKind) -> Self {
        let rules = |event| EventRules {
            expiration: ExpirationRule::default_of(kind, event),
            enablement: EnablementRule::default_of(kind, event),
            notifications: NotificationRules::default(),
        };
        Self {
            kind,
            eligible_assignment: rules(Event::EligibleAssignment),
            active_assignment: rules(Event::ActiveAssignment),
            activation: rules(Event::Activation),
            approval: ApprovalRule::default(),
            authentication_context: AuthenticationContextRule::default(),
        }
    }

    /// The policy that [`changes_to_keep`](Self::changes_to_keep) were taken from.
    pub(crate) fn with_changes<I: AsRef<str>>(
        kind: PolicyKind,
        changes: impl IntoIterator<Item = (I, Value)>,
    ) -> Result<Self, Refusal> {
        let mut policy = Self::default_of(kind);
        for (id, rule) in changes {
            policy.put(change::rule_id(id.as_ref())?, &rule)?;
        }
        policy.checked()
    }

    /// The rules that say something else than those of [`default_of`](Self::default_of), as Graph has them.
    pub(crate) fn changes_to_keep(&self) -> Vec<(RuleId, Value)> {
        let default = Self::default_of(self.kind);
        let changed = RuleId::ALL.into_iter().filter(|id| !self.has_same(&default, *id));
        changed.map(|id| (id, serde_json::to_value(self.rule_object(id)).unwrap_or_default())).collect()
    }

    /// The rules that every event has.
    pub(crate) fn of(&self, event: Event) -> &EventRules {
        match event {
            Event::EligibleAssignment => &self.eligible_assignment,
            Event::ActiveAssignment => &self.active_assignment,
            Event::Activation => &self.activation,
        }
    }

    fn of_mut(&mut self, event: Event) -> &mut EventRules {
        match event {
            Event::EligibleAssignment => &mut self.eligible_assignment,
            Event::ActiveAssignment => &mut self.active_assignment,
            Event::Activation => &mut self.activation,
        }
    }

    /// What an activation needs besides, if it needs approval.
    pub(crate) fn approval(&self) -> Option<ApprovalRequirement> {
        self.approval.requirement()
    }

    /// Whether who activates has to prove who they are with more than a password.
    pub(crate) fn demands_proof_to_activate(&self) -> bool {
        self.activation.enablement.demands(Enablement::MultiFactorAuthentication)
            || self.authentication_context.required().is_some()
    }

    /// The rules as Graph has them, in the order of its documentation.
    pub(crate) fn rule_objects(&self) -> Vec<UnifiedRoleManagementPolicyRule> {
        RuleId::ALL.into_iter().map(|id| self.rule_object(id)).collect()
    }

    /// A rule as Graph has it.
    pub(crate) fn rule_object(&self, id: RuleId) -> UnifiedRoleManagementPolicyRule {
        match id {
            RuleId::Expiration(event) => self.of(event).expiration.to_object(event),
            RuleId::Enablement(event) => self.of(event).enablement.to_object(event),
            RuleId::Notification(recipient, event) => {
                self.of(event).notifications.of(recipient).to_object(recipient, event)
            }
            RuleId::Approval => self.approval.to_object(),
            RuleId::AuthenticationContext => self.authentication_context.to_object(),
        }
    }

    /// Whether a rule says the same in both, in the same spelling.
    fn has_same(&self, other: &Self, id: RuleId) -> bool {
        match id {
            RuleId::Expiration(event) => self.of(event).expiration == other.of(event).expiration,
            RuleId::Enablement(event) => self.of(event).enablement == other.of(event).enablement,
            RuleId::Notification(recipient, event) => {
                self.of(event).notifications.of(recipient) == other.of(event).notifications.of(recipient)
            }
            RuleId::Approval => self.approval == other.approval,
            RuleId::AuthenticationContext => self.authentication_context == other.authentication_context,
        }
    }
}
