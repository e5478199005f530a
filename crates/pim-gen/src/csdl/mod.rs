//! CSDL, the XML in which an OData service describes itself.
//!
//! [`read`] turns the bytes of a metadata document into a [`Document`], which borrows from them and has everything as
//! written; [`edm::resolve`](crate::edm::resolve) makes a model of that. [`write()`] is the way back: a model, usually
//! a trimmed one, as a canonical document.

mod annotations;
mod document;
mod encoding;
mod read;
#[cfg(test)]
mod tests;
mod values;
mod write;
mod xml;

pub use document::*;
pub use read::read;
pub(crate) use values::is_identifier;
pub use write::write;
