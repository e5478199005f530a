//! Where the tests find what is not in the repository.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder with Graph's whole metadata documents, which are too large to be kept here: `metadata/v1.0.csdl.xml`,
/// `metadata/beta.csdl.xml`, older ones in `history`, those of national clouds in `clouds`.
///
/// It is `GRAPH_METADATA_DIR`, or `shared/graph` in a folder around this one. Without it, a test says that it is
/// skipped and passes; with `GRAPH_METADATA_REQUIRED=1` it fails instead.
#[must_use]
pub(crate) fn graph_dir() -> Option<PathBuf> {
    let around = || Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared/graph"));
    let found = match std::env::var_os("GRAPH_METADATA_DIR") {
        Some(dir) => Some(PathBuf::from(dir)).filter(|dir| dir.is_dir()),
        None => around().find(|dir| dir.is_dir()),
    };
    if found.is_none() {
        let required = std::env::var_os("GRAPH_METADATA_REQUIRED").is_some_and(|value| value == "1");
        assert!(!required, "no full metadata, and GRAPH_METADATA_REQUIRED is 1: say where with GRAPH_METADATA_DIR");
        // Past the harness, which shows nothing of what a test that passes prints.
        let test = std::thread::current().name().unwrap_or("a test").to_owned();
        let _ = writeln!(std::io::stderr(), "skipped {test}: no full metadata; say where with GRAPH_METADATA_DIR");
    }
    found
}
