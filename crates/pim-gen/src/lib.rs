//! Generates a typed Microsoft Graph client for a chosen selection, from Graph's own CSDL metadata or its OpenAPI.
//!
//! A description of Graph goes in at one end, a tree of files comes out at the other; nothing in between touches the network, the
//! clock or the environment, and the same input gives the same bytes. Each stage is a module:
//!
//! | stage | from | to |
//! |---|---|---|
//! | [`csdl::read`] | bytes | [`csdl::Document`]: the XML, every node with its place |
//! | [`openapi::read`] | OpenAPI documents | [`edm::Model`], too |
//! | [`edm::resolve`] | document | [`edm::Model`]: names resolved, nothing refers to nothing |
//! | [`correct`] | model | the model, with what the overlay puts right |
//! | [`select`](select::select) | model, `pim.toml` | [`select::Surface`]: what is kept |
//! | [`lower`](lower::lower) | surface, overlay | [`ir::Api`]: every type, operation and Rust name decided |
//! | [`emit::openapi`](emit::openapi::openapi) | API | OpenAPI 3.0, in the profile that [`profile::lint`] checks |
//! | [`backend`] | OpenAPI | progenitor's code for the operations |
//! | [`assemble`](assemble::assemble) | API, code | [`Tree`]: types, façade and operations, one a file |
//! | [`sink`] | tree | a folder, or the differences from one |
//!
//! [`Generator`] runs them. [`diff`] compares what the selection keeps of two descriptions, and says what it means for
//! those who use the client. [`Builder`] does the same from a `build.rs`, for a selection of your own:
//!
//! ```no_run
//! # fn main() -> pim_gen::Result<()> {
//! pim_gen::Builder::new()
//!     .metadata("v1.0", "spec/metadata.csdl.xml")
//!     .selection("spec/selection.toml")
//!     .compile()
//! # }
//! ```

pub mod assemble;
pub mod backend;
mod builder;
pub mod correct;
pub mod csdl;
pub mod diff;
pub mod edm;
pub mod emit;
mod error;
mod generator;
pub mod ir;
pub mod lower;
mod nearest;
pub mod openapi;
pub mod profile;
pub mod select;
pub mod sink;
pub mod spec;
mod tree;

pub use builder::Builder;
pub use error::{Error, Position, Result};
pub use generator::{File, Generator, Input, Output, Source, VersionReport};
pub use tree::Tree;
