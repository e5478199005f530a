//! What the rules of a policy say about an order.

use super::{Enablement, Event, ExpirationRule, Policy};
use crate::domain::time::length;
use crate::domain::{Action, Caller, Expiration, FailedRule, Identity, Instant, Kind, Order};

impl Policy {
    /// The rules that an order of `caller` fails, in the order in which PIM names them. It would begin at `effective`.
    ///
    /// Whether there is an eligibility to activate is not for a policy to say.
    pub(crate) fn check(&self, order: &Order, caller: &Caller, effective: Instant) -> Vec<FailedRule> {
        let mut failed = Vec::new();
        if let Some(event) = limited_by(order.kind, order.action)
            && !may_last(&self.of(event).expiration, event, order.expiration.as_ref(), effective)
        {
            failed.push(FailedRule::Expiration);
        }
        let Some(event) = enabled_by(order.kind, order.action) else { return failed };
        let gives_ticket = is_given(order.ticket.number.as_ref()) && is_given(order.ticket.system.as_ref());
        let demands = [
            (Enablement::Justification, is_given(order.justification.as_ref()), FailedRule::Justification),
            (Enablement::Ticketing, gives_ticket, FailedRule::Ticketing),
            (Enablement::MultiFactorAuthentication, has_mfa(caller), FailedRule::Mfa),
        ];
        let rule = &self.of(event).enablement;
        let unmet = demands.into_iter().filter(|(what, is_met, _)| !is_met && rule.demands(*what));
        failed.extend(unmet.map(|(_, _, rule)| rule));
        failed
    }

    /// The authentication context that an order needs and `caller` lacks. PIM asks for it when no rule failed.
    pub(crate) fn missing_context(&self, order: &Order, caller: &Caller) -> Option<&str> {
        let is_activation = (order.kind, order.action) == (Kind::Assignment, Action::SelfActivate);
        let context = self.authentication_context.required().filter(|_| is_activation)?;
        let is_satisfied = caller.contexts.iter().any(|known| known.eq_ignore_ascii_case(context));
        (!is_satisfied).then_some(context)
    }
}

/// The event whose expiration rule limits an order.
fn limited_by(kind: Kind, action: Action) -> Option<Event> {
    match (kind, action) {
        (_, Action::AdminRemove | Action::SelfDeactivate) | (Kind::Eligibility, Action::SelfActivate) => None,
        (Kind::Assignment, Action::SelfActivate) => Some(Event::Activation),
        (Kind::Eligibility, _) => Some(Event::EligibleAssignment),
        (Kind::Assignment, _) => Some(Event::ActiveAssignment),
    }
}

/// The event whose enablement rule an order answers to: who asks for more time is not yet an administrator who gives it.
fn enabled_by(kind: Kind, action: Action) -> Option<Event> {
    match action {
        Action::SelfExtend | Action::SelfRenew => None,
        _ => limited_by(kind, action),
    }
}

/// Whether a rule lets something that begins at `effective` last as long as is asked.
fn may_last(rule: &ExpirationRule, event: Event, asked: Option<&Expiration>, effective: Instant) -> bool {
    // An activation always ends; that its rule says so too is for show.
    if !rule.is_required && event != Event::Activation {
        return true;
    }
    let maximum = rule.maximum.as_ref();
    match asked {
        None | Some(Expiration::NotSpecified | Expiration::Never) => false,
        Some(Expiration::After(duration)) => maximum.is_none_or(|maximum| duration <= maximum),
        // A maximum that is longer than time is limits nothing.
        Some(Expiration::At(end)) => maximum.and_then(length).is_none_or(|maximum| end.since(effective) <= maximum),
    }
}

fn is_given(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

/// An application has no second factor to show.
fn has_mfa(caller: &Caller) -> bool {
    caller.has_mfa && matches!(caller.identity, Identity::User(_))
}
