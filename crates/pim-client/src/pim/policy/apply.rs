//! From settings to the rules that have to change.
//!
//! Every rule is the one that was read, with the members that differ put in: what is in it besides goes back as it came.

use super::event::{self, Event, Recipient};
use super::{
    ActivationSettings, Approver, AssignmentSettings, Notification, NotificationLevel, Policy, PolicySettings,
    RuleChange,
};
use crate::error::Error;
use crate::error::text::one_line;
use crate::v1_0::models::{ApprovalSettings, UnifiedApprovalStage, UnifiedRoleManagementPolicyRule as Rule};

/// The rules that differ from what is asked, in the order in which they have to be written.
pub(super) fn changes(policy: &Policy, asked: &PolicySettings) -> Result<Vec<RuleChange>, Error> {
    let mut changes = Vec::new();
    for event in Event::ALL {
        let asked = asked.of(event);
        changes.extend(expiration(policy, event, &asked)?);
        changes.extend(enablement(policy, event, &asked)?);
        for recipient in Recipient::ALL {
            changes.extend(notification(policy, event, recipient, &asked)?);
        }
    }
    changes.extend(approval(policy, &asked.activation)?);
    if let Some(context) = authentication_context(policy, &asked.activation)? {
        // It never is in force together with multifactor authentication: what goes off goes off first.
        let first = if asked.activation.authentication_context.is_some() { changes.len() } else { 0 };
        changes.insert(first, context);
    }
    Ok(changes)
}

impl PolicySettings {
    /// What an activation has in common with an assignment.
    pub(super) fn of(&self, event: Event) -> AssignmentSettings {
        match event {
            Event::EligibleAssignment => self.eligible_assignment.clone(),
            Event::ActiveAssignment => self.active_assignment.clone(),
            Event::Activation => AssignmentSettings {
                requires_expiration: self.activation.requires_expiration,
                maximum_duration: self.activation.maximum_duration.clone(),
                requires_justification: self.activation.requires_justification,
                requires_ticket: self.activation.requires_ticket,
                requires_mfa: self.activation.requires_mfa,
                notifications: self.activation.notifications.clone(),
            },
        }
    }
}

fn expiration(policy: &Policy, event: Event, asked: &AssignmentSettings) -> Result<Option<RuleChange>, Error> {
    let id = event.expiration();
    let Some(before @ Rule::ExpirationRule(rule)) = policy.rule(&id) else {
        return absent(policy, &id, asked.requires_expiration.is_some() || asked.maximum_duration.is_some());
    };
    let mut rule = rule.clone();
    rule.is_expiration_required = asked.requires_expiration.or(rule.is_expiration_required);
    // The same length in other words is left as it is written.
    if asked.maximum_duration.is_some() && asked.maximum_duration != rule.maximum_duration {
        rule.maximum_duration.clone_from(&asked.maximum_duration);
    }
    Ok(RuleChange::between(before, Rule::ExpirationRule(rule)))
}

fn enablement(policy: &Policy, event: Event, asked: &AssignmentSettings) -> Result<Option<RuleChange>, Error> {
    let id = event.enablement();
    let asked = [
        (event::MFA, asked.requires_mfa),
        (event::JUSTIFICATION, asked.requires_justification),
        (event::TICKETING, asked.requires_ticket),
    ];
    let is_asked = asked.iter().any(|(_, asked)| asked.is_some());
    let Some(before @ Rule::EnablementRule(rule)) = policy.rule(&id) else { return absent(policy, &id, is_asked) };
    if !is_asked {
        return Ok(None);
    }
    let mut rule = rule.clone();
    let words = rule.enabled_rules.get_or_insert_default();
    for (word, asked) in asked {
        let has = words.iter().any(|known| known.eq_ignore_ascii_case(word));
        match asked {
            Some(true) if !has => words.push(word.to_owned()),
            Some(false) => words.retain(|known| !known.eq_ignore_ascii_case(word)),
            _ => {}
        }
    }
    Ok(RuleChange::between(before, Rule::EnablementRule(rule)))
}

fn notification(
    policy: &Policy,
    event: Event,
    recipient: Recipient,
    asked: &AssignmentSettings,
) -> Result<Option<RuleChange>, Error> {
    let (id, asked) = (event.notification(recipient), asked.notifications.of(recipient));
    let Some(before @ Rule::NotificationRule(rule)) = policy.rule(&id) else {
        return absent(policy, &id, *asked != Notification::default());
    };
    let mut rule = rule.clone();
    if let Some(level) = &asked.level
        && rule.notification_level.as_deref().map(NotificationLevel::from).as_ref() != Some(level)
    {
        rule.notification_level = Some(level.as_str().to_owned());
    }
    let enabled = asked.is_default_recipients_enabled.or(rule.is_default_recipients_enabled);
    rule.is_default_recipients_enabled = enabled;
    // Mail does not care for letter case, and so the service need not keep it.
    let is_same = |a: &String, b: &String| a.eq_ignore_ascii_case(b);
    if !are_same(rule.notification_recipients.as_deref().unwrap_or_default(), &asked.recipients, is_same) {
        rule.notification_recipients = Some(asked.recipients.clone());
    }
    Ok(RuleChange::between(before, Rule::NotificationRule(rule)))
}

fn approval(policy: &Policy, asked: &ActivationSettings) -> Result<Option<RuleChange>, Error> {
    let Some(before @ Rule::ApprovalRule(rule)) = policy.rule(event::APPROVAL) else {
        let is_asked = asked.requires_approval.is_some()
            || asked.requires_approver_justification.is_some()
            || !asked.approvers.is_empty();
        return absent(policy, event::APPROVAL, is_asked);
    };
    let mut setting = rule.setting.clone().unwrap_or_default();
    setting.is_approval_required = asked.requires_approval.or(setting.is_approval_required);

    let wants_stage = asked.requires_approver_justification.is_some() || !asked.approvers.is_empty();
    if let Some(first) = setting.approval_stages.iter_mut().flatten().next() {
        put_approvers(first, asked);
    } else if wants_stage {
        let mut first = usual_stage();
        put_approvers(&mut first, asked);
        setting.approval_stages = Some(vec![first]);
    }
    let mut rule = rule.clone();
    if rule.setting.is_some() || setting != ApprovalSettings::default() {
        rule.setting = Some(setting);
    }
    Ok(RuleChange::between(before, Rule::ApprovalRule(rule)))
}

fn put_approvers(stage: &mut UnifiedApprovalStage, asked: &ActivationSettings) {
    let justification = asked.requires_approver_justification.or(stage.is_approver_justification_required);
    stage.is_approver_justification_required = justification;
    let sets = stage.primary_approvers.as_deref().unwrap_or_default();
    let known: Vec<_> = sets.iter().map(Approver::from).collect();
    if !are_same(&known, &asked.approvers, PartialEq::eq) {
        // Those who stay are sent as they were read.
        let stays = |approver: &Approver| sets.get(known.iter().position(|known| known == approver)?).cloned();
        let sets = asked.approvers.iter().map(|approver| stays(approver).unwrap_or_else(|| approver.to_subject_set()));
        stage.primary_approvers = Some(sets.collect());
    }
}

fn authentication_context(policy: &Policy, asked: &ActivationSettings) -> Result<Option<RuleChange>, Error> {
    let asked = asked.authentication_context.as_deref();
    let Some(before @ Rule::AuthenticationContextRule(rule)) = policy.rule(event::AUTHENTICATION_CONTEXT) else {
        return absent(policy, event::AUTHENTICATION_CONTEXT, asked.is_some());
    };
    let mut rule = rule.clone();
    if rule.is_enabled.unwrap_or_default() != asked.is_some() {
        rule.is_enabled = Some(asked.is_some());
    }
    if let Some(asked) = asked
        && rule.claim_value.as_deref().unwrap_or_default() != asked
    {
        rule.claim_value = Some(asked.to_owned());
    }
    Ok(RuleChange::between(before, Rule::AuthenticationContextRule(rule)))
}

/// Nothing can be asked of a rule that is not there.
fn absent(policy: &Policy, id: &str, is_asked: bool) -> Result<Option<RuleChange>, Error> {
    if !is_asked {
        return Ok(None);
    }
    let target = one_line(&policy.target.to_string());
    Err(Error::invalid_input(format!("the policy of {target} has no rule {id}; leave unset what that rule would say")))
}

/// The one stage of a policy that nobody has changed.
fn usual_stage() -> UnifiedApprovalStage {
    UnifiedApprovalStage::new()
        .approval_stage_time_out_in_days(1)
        .is_approver_justification_required(true)
        .escalation_time_in_minutes(0)
        .is_escalation_enabled(false)
        .primary_approvers(Vec::new())
        .escalation_approvers(Vec::new())
}

/// Whether both lists hold the same, in whatever order.
fn are_same<T>(one: &[T], other: &[T], is_same: impl Fn(&T, &T) -> bool) -> bool {
    let holds = |list: &[T], item: &T| list.iter().any(|known| is_same(known, item));
    one.iter().all(|item| holds(other, item)) && other.iter().all(|item| holds(one, item))
}
