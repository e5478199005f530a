//! What is said of a request besides: `additionalDetails`.
//!
//! Queries over the log look for the start by its place: it is the fourth of a role's details, the third of a group's.

use pim_client::v1_0::models::KeyValue;

use crate::catalog;
use crate::domain::time::length;
use crate::domain::{Expiration, Instant, Order, Request, Schedule, Target};

/// Whether what is ordered has no end.
pub(super) fn is_permanent(order: &Order) -> bool {
    matches!(order.expiration, None | Some(Expiration::Never | Expiration::NotSpecified))
}

/// The details of a request.
pub(super) fn of_request(request: &Request) -> Vec<KeyValue> {
    let order = &request.order;
    let starts = request.starts.or(order.start);
    let mut details = of_target(order.key.target);
    if !order.action.is_removal() {
        let starts = starts.unwrap_or(request.created);
        add(&mut details, "StartTime", Some(starts));
        add(&mut details, "ExpirationTime", end(order, starts));
    }
    add(&mut details, "Justification", order.justification.as_deref());
    add(&mut details, "TicketNumber", order.ticket.number.as_deref());
    add(&mut details, "TicketSystem", order.ticket.system.as_deref());
    details
}

/// The details of what is over.
pub(super) fn of_schedule(schedule: &Schedule) -> Vec<KeyValue> {
    let mut details = of_target(schedule.key.target);
    add(&mut details, "StartTime", Some(schedule.starts));
    add(&mut details, "ExpirationTime", schedule.ends);
    details
}

fn of_target(target: Target) -> Vec<KeyValue> {
    let mut details = Vec::with_capacity(8);
    match target {
        Target::Role { role, .. } => {
            let origin = if catalog::role(role).is_some() { "BuiltInRole" } else { "CustomRole" };
            add(&mut details, "RoleDefinitionOriginId", Some(role));
            add(&mut details, "RoleDefinitionOriginType", Some(origin));
            add(&mut details, "TemplateId", Some(role));
        }
        Target::Group { access, .. } => {
            add(&mut details, "RoleDefinitionOriginId", Some(access.name()));
            add(&mut details, "RoleDefinitionOriginType", Some("BuiltInRole"));
        }
    }
    details
}

/// When what is ordered ends if it begins at a time.
fn end(order: &Order, starts: Instant) -> Option<Instant> {
    match order.expiration.as_ref()? {
        Expiration::Never | Expiration::NotSpecified => None,
        Expiration::At(end) => Some(*end),
        Expiration::After(duration) => length(duration).map(|length| starts.plus(length)),
    }
}

/// Adds what there is to say.
fn add(details: &mut Vec<KeyValue>, key: &str, value: Option<impl ToString>) {
    if let Some(value) = value {
        details.push(KeyValue::new().key(key).value(value.to_string()));
    }
}
