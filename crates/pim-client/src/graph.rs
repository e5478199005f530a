//! The client itself.

mod builder;
#[cfg(test)]
mod tests;

use std::ops::Deref;

pub use builder::GraphBuilder;

use crate::auth::TokenProvider;
use crate::batch::Batch;
use crate::connection::Connection;
use crate::pim::Pim;

#[cfg(feature = "beta")]
use crate::generated::beta;
use crate::generated::v1_0;

/// A client of Microsoft Graph. Everything begins here.
///
/// It derefs to the root of Graph's v1.0, so that a path reads as in Graph's documentation. Clones share their
/// connections: clone it freely.
///
/// ```
/// use pim_client::{BearerToken, Graph};
///
/// # fn client(token: &str) -> Result<Graph, pim_client::Error> {
/// let graph = Graph::builder(BearerToken::new(token)?).build()?;
/// # Ok(graph)
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Graph {
    connection: Connection,
    v1: v1_0::Root,
}

impl Graph {
    /// Begins a client whose tokens come from `provider`: a [`BearerToken`](crate::BearerToken), or what else there is
    /// in [`auth`](crate::auth).
    pub fn builder(provider: impl TokenProvider) -> GraphBuilder {
        GraphBuilder::new(provider)
    }

    fn new(connection: Connection) -> Self {
        Self { v1: v1_0::Root::new(&connection), connection }
    }

    /// What every request of this client is sent through: code that was generated for a selection of your own begins
    /// there, as in `graph::v1_0::Root::new(client.connection())`.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Begins a batch: several requests in one.
    pub fn batch<'a>(&self) -> Batch<'a> {
        Batch::new(self.connection.clone())
    }

    /// PIM's tasks: activate, assign, approve and so on, by names instead of ids.
    #[must_use]
    pub fn pim(&self) -> Pim {
        Pim::new(self.clone())
    }

    /// The root of Graph's beta, whose operations Microsoft changes without notice.
    #[cfg(feature = "beta")]
    pub fn beta(&self) -> beta::Root {
        beta::Root::new(self.connection())
    }
}

impl Deref for Graph {
    type Target = v1_0::Root;

    fn deref(&self) -> &v1_0::Root {
        &self.v1
    }
}
