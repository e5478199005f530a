//! What PIM calls what it does. The log of groups has the same words as that of roles.

use std::borrow::Cow;

use crate::domain::{Action, Kind, Order};

pub(super) const APPROVAL_REQUESTED: &str = "Add member to role approval requested (PIM activation)";
pub(super) const APPROVAL_EXPIRED: &str = "PIM activation request expired";
pub(super) const ACTIVATION_EXPIRED: &str = "Remove member from role (PIM activation expired)";
pub(super) const POLICY_CHANGED: &str = "Update role setting in PIM";
pub(super) const ONBOARDED: &str = "Onboarded resource to PIM";
pub(super) const ASSIGNED_OUTSIDE: &str = "Add member to role outside of PIM (permanent)";
pub(super) const REMOVED_OUTSIDE: &str = "Remove permanent direct role assignment";

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Requested,
    Completed,
    Canceled,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Completed => "completed",
            Self::Canceled => "canceled",
        }
    }
}

/// What a step of a request is called; what is assigned or taken away is permanent or not.
///
/// An update is called like an extension, and there is no name for either being completed: then the request is said to
/// be processed.
pub(super) fn of(order: &Order, step: Step, is_permanent: bool) -> Cow<'static, str> {
    let (member, at) = (member(order.kind), step.name());
    match order.action {
        Action::SelfActivate => format!("Add member to role {at} (PIM activation)").into(),
        Action::SelfDeactivate => format!("Remove member from role {at} (PIM deactivate)").into(),
        Action::AdminAssign => format!("Add {member} to role in PIM {at} ({})", term(is_permanent)).into(),
        Action::AdminRenew | Action::SelfRenew => format!("Add {member} to role in PIM {at} (renew)").into(),
        Action::AdminRemove => removal(order.kind, step, is_permanent),
        Action::AdminUpdate | Action::AdminExtend | Action::SelfExtend if step == Step::Completed => {
            process(order.action).into()
        }
        Action::AdminUpdate | Action::AdminExtend | Action::SelfExtend => {
            format!("Update {member} in PIM {at} (extend)").into()
        }
    }
}

/// What it is called that something assigned is taken away, or ends.
pub(super) fn removal(kind: Kind, step: Step, is_permanent: bool) -> Cow<'static, str> {
    format!("Remove {} from role in PIM {} ({})", member(kind), step.name(), term(is_permanent)).into()
}

/// What it is called that a request is processed.
pub(super) fn process(action: Action) -> &'static str {
    match action {
        Action::AdminUpdate | Action::AdminExtend | Action::SelfExtend => "Process role update request",
        Action::AdminRemove | Action::SelfDeactivate => "Process role removal request",
        Action::AdminAssign | Action::AdminRenew | Action::SelfRenew | Action::SelfActivate => "Process request",
    }
}

/// What a decision is called: an approver's on an activation, or an administrator's.
pub(super) fn decided(action: Action, allowed: bool) -> &'static str {
    match (action, allowed) {
        (Action::SelfActivate, true) => "Add member to role request approved (PIM activation)",
        (Action::SelfActivate, false) => "Add member to role request denied (PIM activation)",
        (_, true) => "Update member in PIM approved by admin (extend/renew)",
        (_, false) => "Update member in PIM denied by admin (extend/renew)",
    }
}

/// `operationType`
pub(super) fn operation(action: Action) -> &'static str {
    match action {
        Action::SelfActivate => "ActivateRole",
        Action::SelfDeactivate => "DeactivateRole",
        Action::AdminAssign | Action::AdminRenew | Action::SelfRenew => "Assign",
        Action::AdminUpdate | Action::AdminExtend | Action::SelfExtend => "Update",
        Action::AdminRemove => "Remove",
    }
}

fn member(kind: Kind) -> &'static str {
    match kind {
        Kind::Eligibility => "eligible member",
        Kind::Assignment => "member",
    }
}

fn term(is_permanent: bool) -> &'static str {
    if is_permanent { "permanent" } else { "timebound" }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{Key, Scope, Target, Ticket};

    fn order(kind: Kind, action: Action) -> Order {
        let target = Target::Role { role: Uuid::nil(), scope: Scope::Tenant };
        Order {
            kind,
            action,
            key: Key { principal: Uuid::nil(), target },
            start: None,
            expiration: None,
            justification: None,
            ticket: Ticket::default(),
            custom_data: None,
            is_validation_only: false,
        }
    }

    #[test]
    fn every_step_of_every_action_has_its_name() {
        use Kind::{Assignment, Eligibility};
        use Step::{Canceled, Completed, Requested};

        for (kind, action, step, permanent, time_bound) in [
            (
                Eligibility,
                Action::AdminAssign,
                Requested,
                "Add eligible member to role in PIM requested (permanent)",
                "Add eligible member to role in PIM requested (timebound)",
            ),
            (
                Assignment,
                Action::AdminAssign,
                Completed,
                "Add member to role in PIM completed (permanent)",
                "Add member to role in PIM completed (timebound)",
            ),
            (
                Eligibility,
                Action::AdminRenew,
                Completed,
                "Add eligible member to role in PIM completed (renew)",
                "Add eligible member to role in PIM completed (renew)",
            ),
            (
                Assignment,
                Action::SelfRenew,
                Canceled,
                "Add member to role in PIM canceled (renew)",
                "Add member to role in PIM canceled (renew)",
            ),
            (
                Assignment,
                Action::SelfActivate,
                Canceled,
                "Add member to role canceled (PIM activation)",
                "Add member to role canceled (PIM activation)",
            ),
            (
                Assignment,
                Action::SelfDeactivate,
                Completed,
                "Remove member from role completed (PIM deactivate)",
                "Remove member from role completed (PIM deactivate)",
            ),
            (
                Eligibility,
                Action::AdminRemove,
                Completed,
                "Remove eligible member from role in PIM completed (permanent)",
                "Remove eligible member from role in PIM completed (timebound)",
            ),
            (
                Eligibility,
                Action::AdminExtend,
                Requested,
                "Update eligible member in PIM requested (extend)",
                "Update eligible member in PIM requested (extend)",
            ),
            (
                Assignment,
                Action::SelfExtend,
                Canceled,
                "Update member in PIM canceled (extend)",
                "Update member in PIM canceled (extend)",
            ),
            (Assignment, Action::AdminUpdate, Completed, "Process role update request", "Process role update request"),
        ] {
            let order = order(kind, action);
            assert_eq!(of(&order, step, true), permanent);
            assert_eq!(of(&order, step, false), time_bound);
        }
    }
}
