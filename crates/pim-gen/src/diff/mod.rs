//! What changed between two descriptions of Graph, at the level of the selection, and what it means.
//!
//! [`Side`] is what the selection keeps of one description; [`compare`] holds two against one another. The answer is a
//! [`Report`]: each [`Change`] in Graph's terms, with what it does to those who call the client and to what goes over the
//! wire, the generated items that it is about, and the version that it asks for. What is new beside the selection, and
//! might be wanted, is [`Nearby`].
//!
//! # What a change does
//!
//! To callers: every generated item that is gone or has another type breaks code ([`Callers::Broken`]), every new one is
//! offered. No change is classified by hand in this: the items of both sides are listed, and each that differs is given to
//! the change that it comes of. That what is added offers and never breaks is how the code is made: types that are read
//! and enumerations are `#[non_exhaustive]`, enumerations and unions have a variant for what is not known, bodies have
//! methods for their members, but for those that are arguments of `new`.
//!
//! To the wire, always the worst that can befall a client from before the change that uses what changed:
//!
//! | change | wire |
//! |---|---|
//! | a property is added | [`Extended`](Wire::Extended): kept among the additional data |
//! | a property is removed | [`Refused`](Wire::Refused) if queries can name it or bodies have it, else [`Missing`](Wire::Missing) |
//! | a property changes its type, and not every new value can be read as the old type | [`Undecodable`](Wire::Undecodable) |
//! | — and can be read, but not every old value is one of the new type, and bodies have it | [`Refused`](Wire::Refused) |
//! | — and both sides take each other's values | [`Unaffected`](Wire::Unaffected) |
//! | `null` becomes a value | [`Missing`](Wire::Missing); in collections and answers [`Undecodable`](Wire::Undecodable); [`Unaffected`](Wire::Unaffected) in collections of entities, where OData has none |
//! | `null` is no longer one | [`Refused`](Wire::Refused) if bodies or actions have it |
//! | a property is no longer written by callers | [`Refused`](Wire::Refused) if bodies have it |
//! | a member of an enumeration, or a subtype that a union tells apart, is added | [`Extended`](Wire::Extended): read as unknown |
//! | a member, or such a subtype, is removed or renamed | [`Refused`](Wire::Refused) if it is sent, else [`Missing`](Wire::Missing) |
//! | a base type changes | as if what is inherited were added and removed |
//! | a type becomes abstract or closed | [`Refused`](Wire::Refused) if it is sent |
//! | an operation is removed, or called otherwise | [`Refused`](Wire::Refused) |
//! | a parameter is removed, or one that has to be given is added | [`Refused`](Wire::Refused) |
//! | an answer cannot be read as what it was | [`Undecodable`](Wire::Undecodable) |
//! | the service says that something can no longer be done | [`Refused`](Wire::Refused) |
//!
//! Which values can be read as which types: text (keys, GUIDs, times, enumerations are text in JSON, too) is read as any
//! text and as any enumeration; times, dates and durations only as themselves; numbers as wider numbers and as
//! enumerations; objects, if all members that both have can be read; a collection never as a single value. The client's own
//! decoding is held against this, each type in place of each other, in `tests/tests/diff_wire` of the workspace.
//!
//! `null` among values, and in place of an answer, cannot be read by a client that is generated anew either: no
//! generated item differs, and yet the step is a major one, for it takes other types of fields and answers to read them.
//!
//! What a service does not say of what can be done is as the vocabulary of capabilities has it: it can be done, but for the
//! few things that have to be offered, such as `Upsertable`.
//!
//! What the source of a side says of nothing ([`Unsaid`](crate::edm::Unsaid), of OpenAPI) is compared with nothing.
//!
//! Many sides in a row are a [`History`], many beside one another a [`Matrix`]. [`show`] writes all of it for people and
//! programs.

mod change;
mod compare;
mod effect;
mod history;
mod items;
pub mod listed;
mod matrix;
mod nearby;
mod operations;
pub mod show;
mod side;

pub use change::{Aspect, Bump, Callers, Change, Kind, Report, Subject, Wire};
pub use compare::compare;
pub use effect::Effect;
pub use history::{History, Step};
pub use matrix::{Area, Cell, Column, Matrix, Row};
pub use nearby::Nearby;
pub use side::Side;
