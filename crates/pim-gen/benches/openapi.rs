//! Reading OpenAPI of the size of Graph's own, forty megabytes, beside a bare event loop over the same bytes.
//!
//! The document is made from Graph's whole metadata, which is found as the tests find it. Without it the selection in
//! `spec/` is written, which is a small part of the whole: its numbers stand for nothing. `OPENAPI_KEEP=FOLDER`
//! puts the documents there instead; `OPENAPI_ONCE=FILE` reads one once, for a look at the memory from outside.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "../tests/support/microsoft.rs"]
mod microsoft;
#[path = "../tests/support/value.rs"]
mod value;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::{env, fs};

use criterion::{Criterion, Throughput};
use granit_parser::Parser;
use json_event_parser::{JsonEvent, SliceJsonParser};
use microsoft::{Paths, Style};
use pim_gen::{File, csdl, edm, openapi};

/// How large Graph's own documents are.
const BYTES: usize = 40_000_000;

fn main() {
    if let Some(path) = env::var_os("OPENAPI_ONCE") {
        let bytes = fs::read(&path).unwrap();
        let model = openapi::read(&[File { name: "once", bytes: &bytes }]).unwrap();
        println!("{} bytes, {} types, {} operations", bytes.len(), model.type_count(), model.operations.len());
        return;
    }
    let (yaml, json) = documents();
    if let Some(folder) = env::var_os("OPENAPI_KEEP").map(PathBuf::from) {
        fs::write(folder.join("graph.yml"), &yaml).unwrap();
        fs::write(folder.join("graph.json"), &json).unwrap();
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("openapi");
    group.sample_size(10).throughput(Throughput::Bytes(u64::try_from(yaml.len()).unwrap()));
    group.bench_function("YAML, bare event loop", |bencher| bencher.iter(|| yaml_events(black_box(&yaml))));
    group.bench_function("YAML, openapi::read", |bencher| bencher.iter(|| read(black_box(&yaml))));
    group.throughput(Throughput::Bytes(u64::try_from(json.len()).unwrap()));
    group.bench_function("JSON, bare event loop", |bencher| bencher.iter(|| json_events(black_box(&json))));
    group.bench_function("JSON, openapi::read", |bencher| bencher.iter(|| read(black_box(&json))));
    group.finish();
    criterion.final_summary();
}

fn read(text: &str) -> edm::Model {
    openapi::read(&[File { name: "graph", bytes: text.as_bytes() }]).unwrap()
}

fn yaml_events(text: &str) -> usize {
    let mut events = 0;
    for event in Parser::new_from_str(text) {
        black_box(event.unwrap());
        events += 1;
    }
    events
}

fn json_events(text: &str) -> usize {
    let mut parser = SliceJsonParser::new(text.as_bytes());
    let mut events = 0;
    while black_box(parser.parse_next().unwrap()) != JsonEvent::Eof {
        events += 1;
    }
    events
}

/// The document in YAML and in JSON, with as many paths as make it large enough.
fn documents() -> (String, String) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let graph = env::var_os("GRAPH_METADATA_DIR").map_or_else(|| here.join("../../../shared/graph"), PathBuf::from);
    let metadata = fs::read(graph.join("metadata/v1.0.csdl.xml")).unwrap_or_else(|_| {
        eprintln!("no whole metadata: what follows is measured on the SELECTION in spec/; set GRAPH_METADATA_DIR");
        fs::read(here.join("../../spec/v1.0/metadata.csdl.xml")).unwrap()
    });
    let model = csdl::read(&metadata).and_then(|document| edm::resolve(&document, &metadata)).unwrap();
    for depth in 1..5 {
        let value = microsoft::openapi(&model, Style::Marked, &Paths { depth, whole: Vec::new() });
        let yaml = value.to_yaml();
        if yaml.len() >= BYTES || depth == 4 {
            return (yaml, value.to_json());
        }
    }
    unreachable!("the last depth returns")
}
