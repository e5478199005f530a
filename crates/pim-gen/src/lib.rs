//! Generates a typed Microsoft Graph client for a chosen selection, from Graph's own CSDL metadata.
//!
//! To come: the tour.

pub mod csdl;
pub mod edm;
mod error;

pub use error::{Error, Position, Result};
