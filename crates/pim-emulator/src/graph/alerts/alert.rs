//! The operations on alerts.

use pim_client::beta::models;
use pim_client::schema::{HasSchema as _, Schema};

use super::{find, incidents};
use crate::domain::alerts::{AlertKind, Configuration, State};
use crate::domain::authority::Verb;
use crate::graph::body::boolean;
use crate::graph::context::Context;
use crate::graph::entity::{Builder, Entity};
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::pim::time;

pub(super) fn schema() -> &'static Schema {
    models::UnifiedRoleManagementAlert::schema()
}

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    find::list(context, "alerts", schema(), |kind| represent(context, kind))
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    find::single(context, "alerts", schema(), |kind| represent(context, kind))
}

/// Dismisses an alert, or has it shown again.
pub(super) fn update(context: &Context<'_>) -> Result<Answer> {
    find::check(context, Verb::Write)?;
    let kind = find::in_path(context)?;
    let body = context.body(schema())?;
    let Some(is_active) = boolean(&body, "isActive")? else {
        return Err(GraphError::bad_request("'isActive' is missing: give false to dismiss the alert."));
    };
    State::dismiss(context.session, kind, !is_active)?;
    Ok(Answer::no_content())
}

/// An alert as it is now. What it points at can still be read when it is dismissed.
fn represent(context: &Context<'_>, kind: AlertKind) -> Result<Entity> {
    let state = State::of(context.session, kind)?;
    let configuration = Configuration::of(context.session, kind)?;
    let count = incidents::of(context, kind)?.len();
    Ok(Builder::new(schema())
        .with("id", find::id(context, kind))
        .with("alertDefinitionId", find::id(context, kind))
        .with("scopeId", "/")
        .with("scopeType", "DirectoryRole")
        .with("incidentCount", count)
        .with("isActive", configuration.is_enabled && !state.is_dismissed && count > 0)
        .with("lastModifiedDateTime", state.modified.map(time))
        // Whoever looks has it looked for.
        .with("lastScannedDateTime", time(context.session.now()))
        .finish())
}
