//! From the body of a request to what it asks for.

use pim_client::v1_0::models::{ExpirationPattern, ExpirationPatternType, RequestSchedule, TicketInfo};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::collection::PimCollection;
use crate::domain::{Access, Action, Expiration, Family, Instant, Key, Order, Refusal, Scope, Target, Ticket};
use crate::graph::body::{boolean, text};
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};

/// What the body of a request asks for.
pub(super) fn read(collection: PimCollection, body: &Entity) -> Result<Order> {
    let action = required(body, "action")?;
    let Some(action) = Action::from_name(action) else {
        return Err(GraphError::bad_request(format!("'action': there is no action '{action}'.")));
    };
    let principal = guid(required(body, "principalId")?).ok_or(Refusal::SubjectNotFound)?;
    let target = match collection.family {
        Family::Roles => role_in_scope(body)?,
        Family::Groups => access_to_group(body)?,
    };
    let schedule: Option<RequestSchedule> = member(body, "scheduleInfo").map_err(|error| invalid(error.message))?;
    let ticket: TicketInfo = member(body, "ticketInfo")?.unwrap_or_default();
    let (start, expiration) = match schedule {
        // A removal happens at once, whatever it says about when.
        Some(schedule) if !action.is_removal() => {
            (schedule.start_date_time.map(Instant::from), schedule.expiration.as_ref().map(expiration).transpose()?)
        }
        _ => (None, None),
    };
    Ok(Order {
        kind: collection.kind,
        action,
        key: Key { principal, target },
        start,
        expiration,
        justification: text(body, "justification")?.map(str::to_owned),
        ticket: Ticket { number: ticket.ticket_number, system: ticket.ticket_system },
        custom_data: text(body, "customData")?.map(str::to_owned),
        is_validation_only: boolean(body, "isValidationOnly")?.unwrap_or(false),
    })
}

fn role_in_scope(body: &Entity) -> Result<Target> {
    let role = guid(required(body, "roleDefinitionId")?).ok_or(Refusal::RoleNotFound)?;
    // Scopes that only applications know belong to other providers; their root is the directory's.
    let scope = text(body, "directoryScopeId")?.or(text(body, "appScopeId")?);
    let scope = scope.ok_or_else(|| invalid("'directoryScopeId' is missing: give '/' for the whole tenant."))?;
    let scope: Scope = scope.parse().map_err(|error| invalid(format!("'directoryScopeId': {error}.")))?;
    Ok(Target::Role { role, scope })
}

fn access_to_group(body: &Entity) -> Result<Target> {
    let access = required(body, "accessId")?;
    let Some(access) = Access::from_name(access) else {
        return Err(GraphError::bad_request(format!("'accessId': '{access}' is neither member nor owner.")));
    };
    let group = guid(required(body, "groupId")?).ok_or(Refusal::ResourceNotFound)?;
    Ok(Target::Group { group, access })
}

/// The end that is asked for. What belongs to another type of end is passed over, as clients send it along.
fn expiration(pattern: &ExpirationPattern) -> Result<Expiration> {
    match &pattern.r#type {
        Some(ExpirationPatternType::NoExpiration) => Ok(Expiration::Never),
        Some(ExpirationPatternType::AfterDateTime) => match pattern.end_date_time {
            Some(end) => Ok(Expiration::At(end.into())),
            None => Err(invalid("'scheduleInfo/expiration': afterDateTime needs an endDateTime.")),
        },
        Some(ExpirationPatternType::AfterDuration) => match &pattern.duration {
            Some(duration) => Ok(Expiration::After(duration.clone())),
            None => Err(invalid("'scheduleInfo/expiration': afterDuration needs a duration.")),
        },
        Some(ExpirationPatternType::NotSpecified) => Ok(Expiration::NotSpecified),
        None => Err(invalid("'scheduleInfo/expiration': the type is missing.")),
        Some(other) => Err(invalid(format!("'scheduleInfo/expiration': there is no type '{other}'."))),
    }
}

fn invalid(message: impl std::fmt::Display) -> GraphError {
    let refusal = Refusal::InvalidRequest("");
    GraphError::new(http::StatusCode::BAD_REQUEST, refusal.code(), format!("{refusal} {message}"))
}

fn required<'a>(body: &'a Entity, name: &str) -> Result<&'a str> {
    text(body, name)?.ok_or_else(|| invalid(format!("'{name}' is missing.")))
}

/// A GUID as Graph writes it.
fn guid(text: &str) -> Option<Uuid> {
    text.parse().ok()
}

/// A member that is an object of the model.
fn member<T: DeserializeOwned>(body: &Entity, name: &str) -> Result<Option<T>> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match T::deserialize(value) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(GraphError::bad_request(format!("'{name}': {error}."))),
        },
    }
}
