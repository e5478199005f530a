//! What changed between two descriptions: found, classified, named, and held against the code that comes of them.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "../support/public.rs"]
mod public;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/toy.rs"]
mod toy;
#[path = "../support/verdict.rs"]
mod verdict;

mod cases;
mod documents;
mod random;
