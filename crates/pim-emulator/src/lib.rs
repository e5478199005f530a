//! Privileged Identity Management (PIM) of Microsoft Graph, served locally: to develop against, to test with, to learn
//! on. It has PIM's rules, a directory, an identity platform to sign in to, and a clock that can be turned.
//!
//! As a library, within a test, it is an [`Emulator`]; as a program it is `pim-emulator serve`.
//!
//! # How it is made
//!
//! A request goes from `http` through `graph` to `domain` and `store`, and what comes of it goes back the same way. Nothing
//! knows what is above it in the table; `domain` and `store` are two halves of one thing: the rules are written on what is
//! kept, and what is kept are the rules' own types.
//!
//! | module | what it is |
//! |---|---|
//! | `emulator` | the whole, started, asked, turned and stopped |
//! | `http` | the sockets: Graph's routes, the control API, the sign-in endpoints |
//! | `accounts` | who may sign in, by what is kept |
//! | `graph` | an OData service: from a request to an operation, from what the domain says to what Graph answers |
//! | `identity` | access tokens, and the endpoints of the identity platform that issue them |
//! | `odata` | the language of queries: read, checked against a type, evaluated |
//! | `seeding`, [`tenant`] | what there is at first: its description, and how it gets into the store |
//! | `domain`, `store` | PIM's rules, without HTTP; what is kept, in SQLite |
//! | `clock`, `faults` | the time that PIM goes by; what goes wrong on demand |
//! | `catalog` | what there is in every tenant: the built-in roles |

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
pub use faults::{DropWhen, Faults};
pub use tenant::Tenant;
