//! What lists of policies and alerts demand of a filter: the scope.

use std::collections::BTreeSet;

use http::StatusCode;
use pim_client::schema::Schema;
use serde_json::Value;

use super::context::Context;
use super::entity::Entity;
use super::error::{GraphError, Result};
use super::relations::Related;
use crate::domain::policy::PolicyKind;
use crate::odata::{Filter, Query};

/// How many alternatives a filter may have.
const ALTERNATIVES: usize = 20;

const OLDER: &str = "Directory";

/// A query for entities in scopes that its filter names.
pub(super) struct Scoped {
    /// What is left of the query: all but the filter.
    pub(super) query: Query,
    filter: Filter,
    pub(super) kinds: Vec<PolicyKind>,
    /// The values of `scopeId`.
    pub(super) ids: BTreeSet<String>,
}

impl Scoped {
    /// Reads a query whose filter has to say what scopes it means, in properties that the type has.
    pub(super) fn read(context: &Context<'_>, schema: &'static Schema) -> Result<Self> {
        // Graph compares the ids here without regard to case, as it does in the directory.
        let mut query = context.directory_query(schema)?;
        let filter = query.filter.take().ok_or_else(missing)?;
        filter.limit_alternatives(ALTERNATIVES)?;
        let ids = filter.required("scopeId").ok_or_else(missing)?;
        let types = filter.required("scopeType").ok_or_else(missing)?;
        let mut kinds = types.iter().map(|name| kind(name)).collect::<Result<Vec<_>>>()?;
        // What is named twice, or in two spellings, is there once.
        kinds.sort_unstable();
        kinds.dedup();
        let ids = ids.iter().map(|id| id.to_ascii_lowercase()).collect();
        Ok(Self { query, filter, kinds, ids })
    }

    /// The only value that the filter lets a property have.
    pub(super) fn only(&self, property: &str) -> Option<String> {
        let mut values = self.filter.required(property)?.into_iter();
        values.next().filter(|_| values.next().is_none())
    }

    /// Whether the filter lets an entity through, in one of the spellings that it once had.
    pub(super) fn matches(&self, context: &Context<'_>, entity: &Entity) -> Result<bool> {
        let related = Related::new(context);
        for names in [&[][..], &["scopeType"], &["id", "policyId"], &["scopeType", "id", "policyId"]] {
            if self.filter.matches(&in_older_spelling(entity, names), &related)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// An entity with `Directory` for `DirectoryRole` in some of its properties, as samples of Graph still have it.
fn in_older_spelling(entity: &Entity, names: &[&str]) -> Entity {
    let mut entity = entity.clone();
    for name in names {
        let Some(Value::String(text)) = entity.get_mut(*name) else { continue };
        if let Some(rest) = text.strip_prefix(PolicyKind::Role.scope_type()) {
            *text = format!("{OLDER}{rest}");
        }
    }
    entity
}

fn kind(name: &str) -> Result<PolicyKind> {
    PolicyKind::from_scope_type(name)
        .ok_or_else(|| invalid(format!("scopeType: '{name}' is none; it is 'DirectoryRole' or 'Group'.")))
}

fn missing() -> GraphError {
    invalid(
        "A filter on scopeId and scopeType is needed: $filter=scopeId eq '/' and scopeType eq 'DirectoryRole'.".into(),
    )
}

fn invalid(message: String) -> GraphError {
    GraphError::new(StatusCode::BAD_REQUEST, "InvalidFilter", message)
}
