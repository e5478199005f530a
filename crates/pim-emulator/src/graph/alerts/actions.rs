//! What can be done about alerts.

use http::StatusCode;
use http::header::LOCATION;

use super::{find, incidents, operations};
use crate::domain::alerts::{self, AlertKind, State};
use crate::domain::authority::Verb;
use crate::domain::policy::PolicyKind;
use crate::graph::body::{object, text};
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::{Answer, Content};

/// Looks for an alert anew.
pub(super) fn refresh(context: &Context<'_>) -> Result<Answer> {
    find::check(context, Verb::Write)?;
    let kind = find::in_path(context)?;
    State::refresh(context.session, kind)?;
    Ok(empty(StatusCode::ACCEPTED).with_header(LOCATION, &operations::location(context, kind)))
}

/// Looks for all alerts anew. Graph tells of the scan for one of them.
pub(super) fn refresh_all(context: &Context<'_>) -> Result<Answer> {
    find::check(context, Verb::Write)?;
    check_scope(&object(&context.incoming.body)?)?;
    for kind in AlertKind::ALL {
        State::refresh(context.session, kind)?;
    }
    let location = operations::location(context, AlertKind::RolesAssignedOutsidePim);
    Ok(empty(StatusCode::ACCEPTED).with_header(LOCATION, &location))
}

/// There are alerts of roles in the whole tenant, and no others.
fn check_scope(body: &Entity) -> Result<()> {
    let given = |wanted: &str| {
        let name = body.keys().find(|name| name.eq_ignore_ascii_case(wanted)).map_or(wanted, String::as_str);
        text(body, name)
    };
    let is_of_roles = given("scopeType")?.and_then(PolicyKind::from_scope_type) == Some(PolicyKind::Role);
    if is_of_roles && given("scopeId")? == Some("/") {
        return Ok(());
    }
    Err(GraphError::bad_request("The scope has no alerts: give scopeId '/' and scopeType 'DirectoryRole'."))
}

/// Puts an incident right.
pub(super) fn remediate(context: &Context<'_>) -> Result<Answer> {
    find::check(context, Verb::Write)?;
    let kind = find::in_path(context)?;
    let incident = incidents::in_path(context, kind)?;
    if !kind.is_remediable() {
        let message = format!("{}: there is nothing that can be done by itself; see mitigationSteps.", kind.name());
        return Err(GraphError::bad_request(message));
    }
    alerts::remedy(context.session, context.caller, context.settings.setup(), &incident)?;
    State::touch(context.session, kind)?;
    Ok(empty(StatusCode::OK))
}

fn empty(status: StatusCode) -> Answer {
    Answer { status, content: Content::None, ..Answer::no_content() }
}
