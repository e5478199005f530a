//! Changes of a policy: of one rule or of several, wholly or not at all.

use serde_json::Value;

use super::members::{Members, invalid, shown};
use super::{Enablement, Event, Policy, RuleId, approval, context, enablement, expiration, notification, target};
use crate::domain::Refusal;

/// A policy after a change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Changed {
    pub(crate) policy: Policy,
    /// The rules that say something else than before, in the order of [`RuleId::ALL`].
    pub(crate) rules: Vec<RuleId>,
}

/// The rules in the body of a change of a policy. Nothing else of a policy can be changed.
pub(crate) fn rules_in(body: &Value) -> Result<&[Value], Refusal> {
    let members = Members::of(body, "roleManagementPolicy", &["id", "rules"])?;
    let rules = members.list("rules")?;
    rules.ok_or_else(|| invalid("roleManagementPolicy: rules are missing; give those that are to change."))
}

/// The rule of that name.
pub(crate) fn rule_id(name: &str) -> Result<RuleId, Refusal> {
    RuleId::from_name(name).ok_or_else(|| Refusal::InvalidRule(name.escape_debug().take(100).collect()))
}

impl Policy {
    /// The policy with rules changed, each of which says which it is.
    pub(crate) fn change(&self, rules: &[Value]) -> Result<Changed, Refusal> {
        let mut policy = self.clone();
        for rule in rules {
            policy.put(said_id(rule)?, rule)?;
        }
        policy.checked().map(|policy| policy.compared_to(self))
    }

    /// The policy with one rule changed; the rule need not say again which it is.
    pub(crate) fn change_rule(&self, id: &str, rule: &Value) -> Result<Changed, Refusal> {
        let mut policy = self.clone();
        policy.put(rule_id(id)?, rule)?;
        policy.checked().map(|policy| policy.compared_to(self))
    }

    fn compared_to(self, before: &Self) -> Changed {
        let rules = RuleId::ALL.into_iter().filter(|id| !self.has_same(before, *id)).collect();
        Changed { policy: self, rules }
    }

    /// Puts what `rule` says into the rule `id`. What it leaves out stays.
    pub(super) fn put(&mut self, id: RuleId, rule: &Value) -> Result<(), Refusal> {
        let known: &[&str] = match id {
            RuleId::Expiration(_) => &expiration::MEMBERS,
            RuleId::Enablement(_) => &enablement::MEMBERS,
            RuleId::Notification(..) => &notification::MEMBERS,
            RuleId::Approval => &approval::MEMBERS,
            RuleId::AuthenticationContext => &context::MEMBERS,
        };
        let members = Members::of(rule, id.to_string(), known)?;
        members.odata_type(&[(id.odata_type(), ())])?;
        members.word("id", &[(id.to_string().as_str(), ())])?;
        target::check(&members, id.event())?;
        match id {
            RuleId::Expiration(event) => {
                let rule = &mut self.of_mut(event).expiration;
                *rule = rule.merged(event, &members)?;
            }
            RuleId::Enablement(event) => {
                let rule = &mut self.of_mut(event).enablement;
                *rule = rule.merged(&members)?;
            }
            RuleId::Notification(recipient, event) => {
                let rule = self.of_mut(event).notifications.of_mut(recipient);
                *rule = rule.merged(recipient, &members)?;
            }
            RuleId::Approval => self.approval = self.approval.merged(self.kind, &members)?,
            RuleId::AuthenticationContext => {
                self.authentication_context = self.authentication_context.merged(&members)?;
            }
        }
        Ok(())
    }

    /// The policy, if its rules go together. One that goes off may come after one that goes on, so this comes last.
    pub(super) fn checked(self) -> Result<Self, Refusal> {
        let demands_mfa = self.of(Event::Activation).enablement.demands(Enablement::MultiFactorAuthentication);
        if demands_mfa && self.authentication_context.is_enabled { Err(Refusal::MfaAndContext) } else { Ok(self) }
    }
}

/// Which rule an object says it is.
fn said_id(rule: &Value) -> Result<RuleId, Refusal> {
    let Value::Object(members) = rule else {
        return Err(invalid(format!("rules: {} is no rule; give objects.", shown(rule))));
    };
    let id = members.iter().find(|(name, _)| name.eq_ignore_ascii_case("id"));
    match id {
        Some((_, Value::String(id))) => rule_id(id),
        _ => Err(invalid("rules: a rule has no id; give one such as Expiration_EndUser_Assignment.")),
    }
}
