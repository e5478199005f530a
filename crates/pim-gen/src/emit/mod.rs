//! Emission: from the API to text.
//!
//! [`openapi`] writes the API as an OpenAPI document, for progenitor and for whoever else can read one. The others write
//! what progenitor does not: types that survive what they do not know, and the façade that is shaped like the paths.

#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::write_with_newline,
    reason = "code is made here as text, which reads best as it is written; how long that takes does not show"
)]

mod code;
mod docs;
mod enums;
mod models;
mod objects;
pub mod openapi;
mod operations;
mod resources;
mod source;
mod unions;

pub use models::{fields, models};
pub use operations::{exchange, operations};
pub use resources::resources;
pub use source::Source;

pub(crate) use code::{field_text, type_text};
pub(crate) use models::module as model_module;
pub(crate) use objects::argument as argument_text;
pub(crate) use operations::constant as operation_constant;

/// A type as it is written outside the module `models`.
pub(crate) fn rust_type(ty: &crate::ir::Type) -> String {
    code::type_text(ty, "models::")
}
