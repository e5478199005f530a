//! The listing of a small crate, which has one of everything.

use std::path::Path;

use crate::source::Crate;
use crate::surface;

#[test]
fn a_crate_is_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/public_api/toy/lib.rs");
    let files = surface::files(&Crate::read("toy", &root, &["more"]));
    let listing: Vec<_> = files.iter().flat_map(|(file, text)| [file, text]).collect();
    insta::assert_snapshot!(listing.join("\n"));
}
