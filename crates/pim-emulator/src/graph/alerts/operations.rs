//! Scans that somebody wanted: they are over as soon as they are asked for.

use pim_client::beta::models;
use pim_client::schema::{HasSchema as _, Schema};

use super::find;
use crate::domain::alerts::{AlertKind, State};
use crate::domain::authority::Verb;
use crate::graph::context::Context;
use crate::graph::entity::{Builder, Entity};
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::page::{self, Collection};

const NAME: &str = "operations";
const PREFIX: &str = "refresh:";

fn schema() -> &'static Schema {
    models::LongRunningOperation::schema()
}

pub(super) fn list(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(schema())?;
    find::check(context, Verb::Read)?;
    let mut operations = Vec::new();
    for kind in AlertKind::ALL {
        operations.extend(of(context, kind)?);
    }
    page::of_all(context, &Collection { fragment: &fragment(), query: &query }, &operations)
}

pub(super) fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(schema())?;
    find::check(context, Verb::Read)?;
    let id = context.parameter(0);
    let not_found = || GraphError::not_found(id);
    let kind = id.strip_prefix(PREFIX).and_then(|alert| find::by_id(context, alert)).ok_or_else(not_found)?;
    let operation = of(context, kind)?.ok_or_else(not_found)?;
    page::single(context, &Collection { fragment: &fragment(), query: &query }, operation)
}

/// Where the scan for an alert can be looked at.
pub(super) fn location(context: &Context<'_>, kind: AlertKind) -> String {
    address(context, &format!("{NAME}/{PREFIX}{}", find::id(context, kind)))
}

/// The last scan for an alert, if there was any.
fn of(context: &Context<'_>, kind: AlertKind) -> Result<Option<Entity>> {
    let Some(refreshed) = State::of(context.session, kind)?.refreshed else { return Ok(None) };
    let id = find::id(context, kind);
    let operation = Builder::new(schema())
        .with("id", format!("{PREFIX}{id}"))
        .with("createdDateTime", crate::graph::pim::time(refreshed))
        .with("lastActionDateTime", crate::graph::pim::time(refreshed))
        .with("resourceLocation", address(context, &format!("alerts/{id}")))
        .with("status", "succeeded")
        .finish();
    Ok(Some(operation))
}

fn fragment() -> String {
    format!("{}/{NAME}", find::ROOT)
}

/// An address on the host that the client knows.
fn address(context: &Context<'_>, path: &str) -> String {
    format!("{}/{}/{}/{path}", context.incoming.origin, context.route.version.name(), find::ROOT)
}
