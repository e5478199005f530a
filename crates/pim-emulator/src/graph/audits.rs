//! The audit log.

#[cfg(test)]
mod tests;

use pim_client::schema::{HasSchema as _, Schema};
use pim_client::v1_0::models::DirectoryAudit;
use uuid::Uuid;

use super::context::Context;
use super::dispatch::{Entry, Handler};
use super::entity::{Entity, completed};
use super::error::{GraphError, Result};
use super::exchange::Answer;
use super::listed;
use super::page::{self, Collection};
use crate::domain::authority::{Area, Relation, Verb};
use crate::domain::powers;
use crate::odata::Query;
use crate::store::Audit;

pub(crate) const AUDITS: &[Entry] =
    &[("GET", "/auditLogs/directoryAudits", list as Handler), ("GET", "/auditLogs/directoryAudits/{}", get as Handler)];

const FRAGMENT: &str = "auditLogs/directoryAudits";

fn schema() -> &'static Schema {
    DirectoryAudit::schema()
}

/// The log, latest first unless something else is asked for.
fn list(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(schema())?;
    check(context)?;
    let page = Collection { fragment: FRAGMENT, query: &query };
    if let Some(id) = single(&query, "id") {
        let found = context.session.audit(&id)?;
        return page::answer(context, &page, listed::rows(found.iter().map(represent).collect()));
    }
    let correlation = single(&query, "correlationId");
    let narrowed = correlation.as_deref().map(str::parse::<Uuid>);
    if let Some(Err(_)) = narrowed {
        return page::answer(context, &page, listed::rows(Vec::new()));
    }
    let correlation = narrowed.and_then(std::result::Result::ok);
    // What an order leaves undecided stays as it is given, and much happens at one moment.
    if query.order_by.as_ref().is_some_and(|order| !order.ends_descending()) {
        return page::answer(context, &page, |after, limit| {
            let found = context.session.audits_in_turn(correlation, after, limit)?;
            Ok(found.iter().map(|(row, audit)| (*row, represent(audit))).collect())
        });
    }
    page::answer(context, &page, |after, limit| {
        // A page goes upwards. So the latest entry has the lowest number, which is its own, but negative.
        let before = after.checked_neg().unwrap_or(i64::MAX);
        let found = context.session.audits(correlation, before, limit)?;
        Ok(found.iter().map(|(row, audit)| (-row, represent(audit))).collect())
    })
}

/// The one value that the property has in every entry that the filter lets through.
fn single(query: &Query, property: &str) -> Option<String> {
    let mut values = query.filter.as_ref()?.required(property)?;
    let value = values.pop()?;
    values.is_empty().then_some(value)
}

fn get(context: &Context<'_>) -> Result<Answer> {
    let query = context.query(schema())?;
    check(context)?;
    let id = context.parameter(0);
    let found = context.session.audit(id)?.ok_or_else(|| GraphError::not_found(id))?;
    page::single(context, &Collection { fragment: FRAGMENT, query: &query }, represent(&found))
}

fn check(context: &Context<'_>) -> Result<()> {
    let allowed = powers::has(context.session, context.caller, Area::AuditLogs, Verb::Read, Relation::Nothing)?;
    if allowed { Ok(()) } else { Err(GraphError::denied()) }
}

fn represent(audit: &Audit) -> Entity {
    completed(schema(), serde_json::from_str(&audit.body).unwrap_or_default())
}
