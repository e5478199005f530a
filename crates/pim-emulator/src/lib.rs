//! Privileged Identity Management (PIM) of Microsoft Graph, served locally.
//!
//! The layers, each of which knows only those below it:
//!
//! | module | what it is |
//! |---|---|
//! | `http` | the sockets: Graph's routes, the control API, the sign-in endpoints |
//! | `identity` | access tokens, and the endpoints of the identity platform that issue them |
//! | `graph` | an OData service: from a request to an operation, from what the domain says to what Graph answers |
//! | `odata` | the language of queries: read, checked against a type, evaluated |
//! | `domain` | PIM's rules, without HTTP and JSON |
//! | `store` | what is kept, in SQLite |
//! | `tenant` | what there is at first |
//! | `catalog` | what there is in every tenant: the built-in roles |
//! | `seeding` | from the description of a tenant to the store |
//! | `clock` | the time that PIM goes by |

mod catalog;
mod clock;
mod domain;
mod graph;
mod http;
mod identity;
mod odata;
mod seeding;
mod store;
pub mod tenant;

pub use tenant::Tenant;
