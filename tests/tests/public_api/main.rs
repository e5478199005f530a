//! The public API of `pim-client`, as text that is checked in: so that a change in it is seen in review.
//!
//! It is read from the source, as a user without a nightly compiler can do: what is reachable from the crate's root, one
//! line each, with types written as the source writes them. What is `#[doc(hidden)]` is nobody's business and left out,
//! but for what is exported under a name that is not, as the macros of the runtime are.

mod features;
mod macros;
mod names;
mod signature;
mod source;
mod surface;
#[cfg(test)]
mod toy;

use std::env;
use std::path::Path;

use pim_gen::sink::{self, Difference};

use source::Crate;

/// The features that the API is shown with: all but the one that changes where the code comes from, not what it is.
const FEATURES: &[&str] = &["beta", "exchange"];

/// How much of a difference is shown.
const MOST_LINES: usize = 300;

/// What accepts a change.
const ACCEPT: &str = "UPDATE_PUBLIC_API=1 cargo test -p pim-tests --test public_api";

#[test]
fn is_what_was_reviewed() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = Crate::read("pim_client", &here.join("../crates/pim-client/src/lib.rs"), FEATURES);
    let (api, folder) = (surface::files(&source), here.join("public-api"));
    if env::var_os("UPDATE_PUBLIC_API").is_some() {
        sink::write(&api, &folder).unwrap();
    }
    let differences = sink::compare(&api, &folder).unwrap();
    assert!(differences.is_empty(), "{}", complaint(&differences));
}

fn complaint(differences: &[Difference]) -> String {
    let diff: String = differences.iter().map(Difference::unified).collect();
    let shown: Vec<_> = diff.lines().take(MOST_LINES).collect();
    let more = match diff.lines().count() - shown.len() {
        0 => String::new(),
        more => format!("\n… and {more} more lines"),
    };
    format!(
        "the public API of pim-client is not what tests/public-api says:\n\n{}{more}\n\nIf that is meant, accept it with\n\n    {ACCEPT}\n",
        shown.join("\n")
    )
}
