//! How much memory the reading of OpenAPI takes: as much as what is kept of a document, however long the rest of it is.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "support/microsoft.rs"]
mod microsoft;
#[path = "support/value.rs"]
mod value;

use std::fs;
use std::path::Path;

use allocation_counter::measure;
use microsoft::{Paths, Style};
use pim_gen::{File, csdl, edm, openapi};
use value::{Value, map, text};

/// The selection of v1.0, and all that is not farther than three relations from the root.
fn document() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/v1.0/metadata.csdl.xml");
    let metadata = fs::read(path).unwrap();
    let model = csdl::read(&metadata).and_then(|document| edm::resolve(&document, &metadata)).unwrap();
    microsoft::openapi(&model, Style::Marked, &Paths { depth: 3, whole: Vec::new() })
}

/// The document with every text that is for people `times` as long.
fn wordy(value: &Value, times: usize) -> Value {
    match value {
        Value::Map(members) => map(members.iter().map(|(key, value)| {
            let said = match value {
                Value::Text(said) if matches!(key.as_str(), "description" | "summary") => text(said.repeat(times)),
                other => wordy(other, times),
            };
            (key.clone(), said)
        })),
        Value::List(values) => Value::List(values.iter().map(|value| wordy(value, times)).collect()),
        other => other.clone(),
    }
}

/// How much memory the reading of a document has at most, beside the document.
fn most(document: &str) -> u64 {
    let file = File { name: "graph", bytes: document.as_bytes() };
    measure(|| drop(openapi::read(&[file]).unwrap())).bytes_max
}

/// Both forms of a document.
fn forms(document: &Value) -> [String; 2] {
    [document.to_yaml(), document.to_json()]
}

#[test]
fn what_is_passed_over_takes_no_memory() {
    let document = document();
    for (short, long) in forms(&document).iter().zip(forms(&wordy(&document, 50))) {
        let (more_text, more_memory) = (long.len() - short.len(), most(&long).saturating_sub(most(short)));
        assert!(more_text > 1_000_000, "{more_text} bytes are no trial");
        // One text at a time.
        assert!(more_memory < 10_000, "{more_text} bytes more take {more_memory} bytes of memory");
    }
}

#[test]
fn most_of_a_path_is_passed_over() {
    let document = document();
    let Value::Map(members) = &document else { panic!("a document is an object") };
    let types = Value::Map(members.iter().filter(|(key, _)| key != "paths").cloned().collect());
    for (whole, types) in forms(&document).iter().zip(forms(&types)) {
        let (paths, memory) = (whole.len() - types.len(), most(whole) - most(&types));
        assert!(memory < paths as u64, "paths of {paths} bytes take {memory} bytes of memory");
    }
}
