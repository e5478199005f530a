//! The entity data model: metadata with every name resolved.
//!
//! [`resolve`] turns a [`csdl::Document`](crate::csdl::Document) into a [`Model`]: aliases become namespaces, base
//! types become chains, operations are found by the type that they are bound to. Nothing in a model refers to nothing.

mod model;
mod resolve;

pub use model::*;
pub use resolve::resolve;
