//! The client held against what is known of Graph: Microsoft's tutorials, and recorded traffic.
//!
//! [`roundtrip`] is the part that is of use to others: it tells whether the client understands what a tenant answers.
//! `cargo xtask roundtrip PATH…` runs it.

pub mod roundtrip;

/// The README's example, compiled with the tests of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
