//! A typed client for Privileged Identity Management (PIM) in Microsoft Graph.
//!
//! [`Graph`] is the client. It is made from what gives it its tokens, and leads to three things:
//!
//! * [PIM's tasks](pim): activate, assign, approve, read and change policies, for roles and groups, by name.
//! * Graph's own API, shaped like its paths: `graph.role_management().directory().role_assignments().list()`. Its types are
//!   in [`v1_0::models`], its operations in [`v1_0::resources`], what to query by in [`v1_0::fields`].
//! * [Batches](Batch) of the latter.
//!
//! ```no_run
//! use pim_client::auth::AzureCli;
//! use pim_client::{Cloud, Graph};
//!
//! # async fn example() -> pim_client::Result<()> {
//! let graph = Graph::builder(AzureCli::new()).cloud(Cloud::UsGovernment).build()?;
//!
//! let settled = graph.pim().activate("User Administrator").hours(5).justification("Call 4711").wait().await?;
//! println!("{settled}");
//!
//! let mut groups = graph.groups().list().select(["displayName"]).stream();
//! while let Some(group) = groups.next().await {
//!     println!("{:?}", group?.display_name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What a program can rely on
//!
//! * The [token](auth) goes to the endpoint and nowhere else: redirects are refused, and so are next links to other
//!   addresses and plain HTTP to another machine. It shows in no error, no `Debug` and no log.
//! * A claims challenge reaches the [token provider](auth::TokenProvider), and the request is repeated once with the
//!   token that it gives.
//! * Requests that Graph did not act on are [repeated](RetryPolicy), within limits; one that may have had its effect
//!   is not sent twice.
//! * An [`Error`] is one line with the operation, the status, and Graph's code, message and request id, whatever the
//!   answer was, and what to do about it, where that is known. [`Error::kind`] and [`Error::code`] are for programs.
//! * Dropping the future of a call ends it, with whatever it waits for, and leaves nothing behind.
//! * Every request carries an id of its own, which [`Error::client_request_id`] tells to Microsoft's support. Each call is
//!   a [`tracing`] span, and an [`Observer`] is told of each try.
//!
//! # Cargo features
//!
//! | feature | what it adds |
//! |---|---|
//! | `beta` | Graph's beta, as `graph.beta()`, and decisions on activations of roles |
//! | `sign-in` | signing in a user by browser or device code: `auth::SignIn` |
//! | `azure-identity` | the Azure SDK's credentials: `auth::AzureIdentity`; `azure-identity-certificate` for certificates |
//! | `exchange` | which types the bodies of each operation have, to hold recorded traffic against them, and what the types are made of |
//! | `regenerate` | generates the code anew while the crate is built |

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
#[cfg(feature = "exchange")]
pub mod schema;
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
