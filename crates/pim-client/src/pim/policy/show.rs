//! Settings, as a few lines for people.

use std::fmt;

use super::event::{Event, Recipient};
use super::{AssignmentSettings, Notification, PolicySettings};
use crate::error::text::one_line;

/// One line for each event, and one for the mail that it sends:
///
/// ```text
/// eligible assignment: may have no end
///   mail: admins All, requestors All, approvers All
/// active assignment: at most P180D, justification
///   mail: admins All, requestors All, approvers All
/// activation: at most PT8H, multifactor authentication, justification, approval by user 9b6c9bd6-…
///   mail: admins Critical and soc@contoso.com, requestors All, approvers All
/// ```
impl fmt::Display for PolicySettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, event) in Event::ALL.into_iter().enumerate() {
            let (name, settings) = (name(event), self.of(event));
            let mut demands = demands(&settings);
            if event == Event::Activation {
                demands.extend(self.activation_demands());
            }
            let demands = if demands.is_empty() { "nothing is demanded".to_owned() } else { demands.join(", ") };
            let line = if index == 0 { "" } else { "\n" };
            write!(f, "{line}{name}: {demands}\n  mail: {}", mail(&settings))?;
        }
        Ok(())
    }
}

fn name(event: Event) -> &'static str {
    match event {
        Event::EligibleAssignment => "eligible assignment",
        Event::ActiveAssignment => "active assignment",
        Event::Activation => "activation",
    }
}

fn demands(settings: &AssignmentSettings) -> Vec<String> {
    let expiration = match (settings.requires_expiration, &settings.maximum_duration) {
        (Some(false), _) => Some("may have no end".to_owned()),
        (_, Some(maximum)) => Some(format!("at most {maximum}")),
        (Some(true), None) => Some("must end".to_owned()),
        (None, None) => None,
    };
    let others = [
        (settings.requires_mfa, "multifactor authentication"),
        (settings.requires_justification, "justification"),
        (settings.requires_ticket, "ticket"),
    ];
    let others = others.into_iter().filter(|(demanded, _)| *demanded == Some(true)).map(|(_, name)| name.to_owned());
    expiration.into_iter().chain(others).collect()
}

impl PolicySettings {
    fn activation_demands(&self) -> Vec<String> {
        let activation = &self.activation;
        let context = activation.authentication_context.as_deref();
        let context = context.map(|context| format!("authentication context {}", one_line(context)));
        let approval = (activation.requires_approval == Some(true)).then(|| {
            let approvers: Vec<_> =
                activation.approvers.iter().map(|approver| one_line(&approver.to_string())).collect();
            let approvers = if approvers.is_empty() { "administrators".to_owned() } else { approvers.join(" or ") };
            format!("approval by {approvers}")
        });
        context.into_iter().chain(approval).collect()
    }
}

fn mail(settings: &AssignmentSettings) -> String {
    let all = Recipient::ALL.map(|recipient| {
        let name = match recipient {
            Recipient::Admin => "admins",
            Recipient::Requestor => "requestors",
            Recipient::Approver => "approvers",
        };
        format!("{name} {}", told(settings.notifications.of(recipient)))
    });
    all.join(", ")
}

fn told(notification: &Notification) -> String {
    let Some(level) = &notification.level else { return "unknown".to_owned() };
    let mut text = one_line(level.as_str());
    if notification.is_default_recipients_enabled == Some(false) {
        text.push_str(" but not by default");
    }
    for recipient in &notification.recipients {
        text.push_str(" and ");
        text.push_str(&one_line(recipient));
    }
    text
}
