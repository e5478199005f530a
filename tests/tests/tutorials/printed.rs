//! The exchanges that a tutorial prints.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

/// The tutorials, from the oldest to the newest.
pub(crate) const TUTORIALS: [&str; 5] = [
    "2021-pim-tutorial-beta",
    "2024-assign-entra-roles-howto",
    "2024-pim-tutorial-v1.0",
    "2025-pim-tutorial-v1.0",
    "2025-pim-api-overview",
];

/// A request as it is printed, and what is printed as its response.
#[derive(Debug, Deserialize)]
pub(crate) struct Printed {
    /// The tutorial and the step: `2025-pim-tutorial-v1.0/04-activate`.
    #[serde(skip)]
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) status: Option<u16>,
    pub(crate) request: Option<Value>,
    pub(crate) body: Option<Value>,
}

/// What a tutorial prints, in its order.
pub(crate) fn exchanges(tutorial: &str) -> Vec<Printed> {
    files(tutorial).iter().map(|file| read(file, tutorial)).collect()
}

/// The folder of all tutorials.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The files of a tutorial, whose names begin with a number; none, if it prints no exchange and has no folder.
fn files(tutorial: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder().join(tutorial)) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry of the folder").path()).collect();
    files.sort_unstable();
    files
}

fn read(file: &Path, tutorial: &str) -> Printed {
    let step = file.file_stem().expect("a name").display();
    let text = fs::read_to_string(file).expect("a readable fixture");
    let printed = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    Printed { name: format!("{tutorial}/{step}"), ..printed }
}
