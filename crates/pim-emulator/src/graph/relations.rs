//! What the navigation properties of entities lead to.

use std::cell::Cell;

use chrono::{DateTime, Utc};
use pim_client::schema::Schema;
use serde_json::Value;

use super::context::Context;
use super::entity::Entity;
use super::error::{GraphError, Result};
use super::{alerts, approvals, directory, pim, policies, roles};
use crate::odata::Relations;

/// What entities lead to, at the moment of a request.
pub(crate) struct Related<'a> {
    context: &'a Context<'a>,
    /// How many objects were reached.
    reached: Cell<usize>,
}

/// How many objects one query may reach: `$expand` and lambdas within each other multiply them, and everybody waits.
const MOST_REACHED: usize = 500_000;

impl<'a> Related<'a> {
    pub(crate) fn new(context: &'a Context<'a>) -> Self {
        Self { context, reached: Cell::new(0) }
    }

    /// Refuses to go on with a query that has reached too much.
    fn note(&self, value: Value) -> Result<Value> {
        let objects = value.as_array().map_or(1, |items| items.len().max(1));
        let reached = self.reached.get().saturating_add(objects);
        self.reached.set(reached);
        if reached <= MOST_REACHED {
            return Ok(value);
        }
        Err(GraphError::bad_request(format!(
            "The query leads to more than {MOST_REACHED} related objects; expand less, or narrow it down with $filter."
        )))
    }
}

/// Leads from an entity of a type through a property; nothing, if the type is not one of those that it knows.
pub(crate) type Lead = fn(&Context<'_>, &'static Schema, &Entity, &str) -> Result<Option<Value>>;

const LEADS: &[Lead] =
    &[pim::related, policies::related, approvals::related, alerts::related, roles::related, directory::related];

impl Relations for Related<'_> {
    type Error = GraphError;

    fn related(&self, of: &'static Schema, entity: &Entity, navigation: &str) -> Result<Value> {
        for lead in LEADS {
            if let Some(value) = lead(self.context, of, entity, navigation)? {
                return self.note(value);
            }
        }
        self.note(Value::Null)
    }

    fn now(&self) -> DateTime<Utc> {
        self.context.session.now().into()
    }

    fn unselected(&self, of: &'static Schema, entity: Entity) -> Entity {
        directory::unselected(of, entity)
    }

    fn most_expanded(&self, of: &'static Schema) -> usize {
        directory::most_expanded(of)
    }
}
