//! What a handler has in hand.

use pim_client::schema::Schema;

use super::body;
use super::entity::Entity;
use super::error::{GraphError, Result};
use super::exchange::Incoming;
use super::route::Route;
use super::service::{Service, Settings};
use crate::domain::{Caller, Identity};
use crate::odata::{Query, Strings};
use crate::store::Session;
use uuid::Uuid;

/// What a handler has in hand: the store at one moment, who calls, and what is asked.
pub(crate) struct Context<'a> {
    pub(crate) service: &'a Service,
    pub(crate) settings: &'a Settings,
    pub(crate) session: &'a Session<'a>,
    pub(crate) caller: &'a Caller,
    pub(crate) incoming: &'a Incoming,
    pub(crate) route: &'a Route,
}

impl Context<'_> {
    /// The `index`th key or argument of the path.
    pub(crate) fn parameter(&self, index: usize) -> &str {
        self.route.parameters.get(index).map_or("", String::as_str)
    }

    /// The `index`th key of the path, if it is a GUID.
    pub(crate) fn guid(&self, index: usize) -> Option<Uuid> {
        self.parameter(index).parse().ok()
    }

    /// What the query asks of entities of a type.
    pub(crate) fn query(&self, schema: &'static Schema) -> Result<Query> {
        Ok(Query::parse(self.incoming.query.as_deref(), schema, Strings::Exact)?)
    }

    /// The same for objects of the directory, whose texts compare without regard to case.
    pub(crate) fn directory_query(&self, schema: &'static Schema) -> Result<Query> {
        Ok(Query::parse(self.incoming.query.as_deref(), schema, Strings::AnyCase)?)
    }

    /// The body, as a type has it.
    pub(crate) fn body(&self, schema: &'static Schema) -> Result<Entity> {
        body::of_type(&self.incoming.body, schema)
    }

    /// The user who calls; applications have no such thing as a current user.
    pub(crate) fn user(&self) -> Result<Uuid> {
        match self.caller.identity {
            Identity::User(id) => Ok(id),
            Identity::Application { .. } => Err(GraphError::bad_request(
                "This request is only valid with delegated authentication flow: the token is an application's.",
            )),
        }
    }

    /// The value of `@odata.context` for what the fragment names. It names Graph itself, wherever this runs.
    pub(crate) fn context_url(&self, fragment: &str) -> String {
        format!("https://graph.microsoft.com/{}/$metadata#{fragment}", self.route.version.name())
    }
}
