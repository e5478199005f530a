//! What changed between two descriptions of Graph, at the level of the selection, and what it means.
//!
//! [`Side`] is what the selection keeps of one description; [`compare`] holds two against one another. The answer is a
//! [`Report`]: each [`Change`] in Graph's terms, with what it does to those who call the client and to what goes over the
//! wire, the generated items that it is about, and the version that it asks for. What is new beside the selection, and
//! might be wanted, is [`Nearby`].
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
