//! A typed client for Privileged Identity Management (PIM) in Microsoft Graph.
//!
//! [`Graph`] is the client. It is made from an access token and, where it is not the global Graph that should be talked
//! to, an endpoint:
//!
//! ```
//! use pim_client::{BearerToken, Graph};
//!
//! # fn client(token: &str) -> Result<Graph, pim_client::Error> {
//! let graph = Graph::builder(BearerToken::new(token)?).endpoint("https://graph.microsoft.us")?.build()?;
//! # Ok(graph)
//! # }
//! ```
//!
//! # What a program can rely on
//!
//! * The token goes to the endpoint and nowhere else: redirects are refused, and so is plain HTTP to another machine.
//!   It shows in no error, no `Debug` and no log.
//! * An [`Error`] is one line with the operation, the status, and Graph's code, message and request id, whatever the
//!   answer was. [`Error::kind`] and [`Error::code`] are for programs.
//! * Every request carries an id of its own, which [`Error::client_request_id`] tells to Microsoft's support.

// For the macros of the runtime, which name this crate as generated code elsewhere does.
extern crate self as pim_client;

pub mod auth;
mod batch;
mod cloud;
mod connection;
pub mod edm;
mod error;
mod excerpt;
#[cfg(feature = "exchange")]
pub mod exchange;
mod graph;
#[cfg(not(feature = "regenerate"))]
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, clippy::unwrap_used, unreachable_pub, reason = "progenitor and prettyplease have their own style")]
mod generated;
#[cfg(feature = "regenerate")]
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "progenitor and prettyplease have their own style"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/generated/mod.rs"));
}
mod id;
mod model;
mod operation;
mod page;
mod path;
pub mod pim;
pub mod query;
mod reference;
mod request;
pub mod runtime;
mod subtype;
mod transport;

#[cfg(feature = "beta")]
pub use generated::beta;
pub use generated::v1_0;

pub use auth::BearerToken;
pub use batch::{Batch, BatchAnswers, Ticket, TicketId};
pub use cloud::Cloud;
pub use error::{Error, ErrorCode, ErrorDetail, ErrorKind, FailedRule, Result};
pub use graph::{Graph, GraphBuilder};
pub use id::Id;
pub use model::{AdditionalData, Null, Property, Secret};
pub use operation::Operation;
pub use page::Page;
pub use path::InvalidKey;
pub use reference::{RefBody, Reference};
pub use request::{Call, Count, Get, Items, List, Pages};
pub use subtype::SubtypeOf;
pub use transport::{Attempt, Observer, Outcome, RetryPolicy};
