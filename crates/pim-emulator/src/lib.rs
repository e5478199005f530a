//! Privileged Identity Management (PIM) of Microsoft Graph, served locally: to develop against, to test with, to learn
//! on. It has PIM's rules, a directory, an identity platform to sign in to, and a clock that can be turned.
//!
//! As a library, within a test, it is an [`Emulator`]; as a program it is `pim-emulator serve`.
//!
//! # How it is made
//!
//! The layers, each of which knows only those below it:
//!
//! | module | what it is |
//! |---|---|
//! | `emulator` | the whole, started, asked, turned and stopped |
//! | `http` | the sockets: Graph's routes, the control API, the sign-in endpoints |
//! | `identity`, `accounts` | access tokens, and the endpoints of the identity platform that issue them to whom |
//! | `graph` | an OData service: from a request to an operation, from what the domain says to what Graph answers |
//! | `odata` | the language of queries: read, checked against a type, evaluated |
//! | `seeding`, [`tenant`] | what there is at first: its description, and how it gets into the store |
//! | `domain` | PIM's rules, without HTTP |
//! | `store` | what is kept, in SQLite |
//! | `catalog` | what there is in every tenant: the built-in roles |
//! | `clock`, `faults` | the time that PIM goes by; what goes wrong on demand |

mod accounts;
mod catalog;
mod clock;
mod domain;
mod emulator;
mod faults;
mod graph;
mod http;
mod identity;
mod odata;
mod seeding;
mod store;
pub mod tenant;

pub use crate::http::Recorded;
pub use clock::{Clock, GoesBack};
pub use emulator::{Builder, Emulator, SignIn, StartError, TokenError};
pub use faults::{Drop, Faults};
pub use tenant::Tenant;
