//! Where the tests find what is not in the repository.

use std::path::{Path, PathBuf};

/// The folder with Graph's whole metadata documents, which are too large to be kept here: `metadata/v1.0.csdl.xml`,
/// `metadata/beta.csdl.xml`, older ones in `history`, those of national clouds in `clouds`.
///
/// It is `GRAPH_METADATA_DIR`, or a folder `shared/graph` beside this repository. Without it, a test says that it is
/// skipped and passes; with `GRAPH_METADATA_REQUIRED=1` it fails instead.
#[must_use]
pub(crate) fn graph_dir() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/graph");
    let dir = std::env::var_os("GRAPH_METADATA_DIR").map_or_else(beside, PathBuf::from);
    if dir.is_dir() {
        return Some(dir);
    }
    let required = std::env::var_os("GRAPH_METADATA_REQUIRED").is_some_and(|value| value == "1");
    assert!(!required, "no full metadata at {}, and GRAPH_METADATA_REQUIRED is 1", dir.display());
    println!("skipped: no full metadata at {}", dir.display());
    None
}
