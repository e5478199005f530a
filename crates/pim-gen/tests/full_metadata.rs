//! Graph's whole metadata, as it is and as it was: it reads, it resolves, and it survives being written.

mod support;

use pim_gen::{csdl, edm};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_document_reads_resolves_and_survives_being_written() {
    let Some(dir) = support::graph_dir() else { return };
    let documents = documents(&dir);
    assert!(!documents.is_empty(), "no *.csdl.xml in the folders of {}", dir.display());
    for path in &documents {
        let name = path.display().to_string();
        let bytes = fs::read(path).unwrap();
        let model = model(&name, &bytes);
        let written = csdl::write(&model);
        let again = self::model(&name, written.as_bytes());
        assert!(csdl::write(&again) == written, "{name}: written again, it is another document");
        assert!(again.without_positions() == model.without_positions(), "{name}: read again, it is another model");
    }
    println!("{} documents", documents.len());
}

fn model(name: &str, bytes: &[u8]) -> edm::Model {
    let document = csdl::read(bytes).unwrap_or_else(|error| panic!("{}", error.in_source(name)));
    edm::resolve(&document, bytes).unwrap_or_else(|error| panic!("{}", error.in_source(name)))
}

/// The documents in the folders of `dir`, by name.
fn documents(dir: &Path) -> Vec<PathBuf> {
    let entries = |dir: PathBuf| fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut documents: Vec<PathBuf> = entries(dir.to_owned())
        .filter(|path| path.is_dir())
        .flat_map(entries)
        .filter(|path| path.to_string_lossy().ends_with(".csdl.xml"))
        .collect();
    documents.sort();
    documents
}
