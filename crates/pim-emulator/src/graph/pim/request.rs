//! Requests as Graph shows them.

use serde_json::{Value, json};

use super::collection::PimCollection;
use super::ids::schedule_id;
use crate::domain::{Expiration, Family, Identity, Instant, Request, Target};
use crate::graph::entity::{Builder, Entity};

/// A request as Graph shows it.
pub(crate) fn represent(collection: PimCollection, request: &Request) -> Entity {
    let order = &request.order;
    let is_removal = order.action.is_removal();
    let entity = Builder::new(collection.schema())
        .with("id", request.id.to_string())
        .with("status", request.status.name())
        .with("action", order.action.name())
        .with("approvalId", request.needs_approval.then(|| request.id.to_string()))
        .with("createdDateTime", time(request.created))
        .with("completedDateTime", request.completed.map(time))
        .with("customData", order.custom_data.clone())
        .with("isValidationOnly", order.is_validation_only)
        .with("justification", order.justification.clone())
        .with("createdBy", created_by(request))
        .with("principalId", order.key.principal.to_string())
        .with("targetScheduleId", request.target_schedule.map(|id| schedule_id(order.key.target, id)))
        .with(
            "scheduleInfo",
            if is_removal { Value::Null } else { schedule_info(request.starts, order.expiration.as_ref()) },
        )
        .with("ticketInfo", json!({"ticketNumber": order.ticket.number, "ticketSystem": order.ticket.system}));
    match order.key.target {
        Target::Role { role, scope } => {
            entity.with("roleDefinitionId", role.to_string()).with("directoryScopeId", scope.to_string())
        }
        Target::Group { group, access } => entity.with("groupId", group.to_string()).with("accessId", access.name()),
    }
    .finish()
}

/// Who made a request: requests for groups tell of users only where a user made them.
fn created_by(request: &Request) -> Value {
    match (request.created_by, request.order.key.target.family()) {
        (Identity::User(id), Family::Groups) => json!({"user": identity(&id.to_string())}),
        (Identity::User(id), Family::Roles) => {
            json!({"application": null, "device": null, "user": identity(&id.to_string())})
        }
        (Identity::Application { app_id, .. }, _) => {
            json!({"application": identity(&app_id.to_string()), "device": null, "user": null})
        }
    }
}

fn identity(id: &str) -> Value {
    json!({"displayName": null, "id": id})
}

/// From when until when, in the way it was asked for.
pub(crate) fn schedule_info(starts: Option<Instant>, expiration: Option<&Expiration>) -> Value {
    let (kind, end, duration) = match expiration {
        None | Some(Expiration::NotSpecified) => ("notSpecified", None, None),
        Some(Expiration::Never) => ("noExpiration", None, None),
        Some(Expiration::At(end)) => ("afterDateTime", Some(time(*end)), None),
        Some(Expiration::After(duration)) => ("afterDuration", None, Some(duration.as_str())),
    };
    json!({
        "startDateTime": starts.map(time),
        "recurrence": null,
        "expiration": {"type": kind, "endDateTime": end, "duration": duration},
    })
}

pub(crate) fn time(instant: Instant) -> String {
    instant.to_string()
}
