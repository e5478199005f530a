//! Reading OpenAPI of the size of Graph's own, forty megabytes, beside a bare event loop over the same bytes; and half
//! and three quarters as much, to see that the time grows as the size does.
//!
//! The documents are made from Graph's whole metadata, which is found as the tests find it. Without it the selection in
//! `spec/` is written, which is a small part of the whole: its numbers stand for nothing. `OPENAPI_KEEP=FOLDER`
//! puts the documents there instead; `OPENAPI_ONCE=FILE` reads one once, and says how long that took and how much memory
//! the process had at most.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "../tests/support/microsoft.rs"]
mod microsoft;
#[path = "../tests/support/value.rs"]
mod value;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};

use criterion::{Criterion, Throughput};
use granit_parser::Parser;
use json_event_parser::{JsonEvent, SliceJsonParser};
use microsoft::{Paths, Style};
use pim_gen::{File, csdl, edm, openapi};
use value::{Value, map};

/// How large Graph's own documents are.
const BYTES: usize = 40_000_000;

fn main() {
    if let Some(path) = env::var_os("OPENAPI_ONCE") {
        return once(Path::new(&path));
    }
    let whole = document();
    if let Some(folder) = env::var_os("OPENAPI_KEEP").map(PathBuf::from) {
        for megabytes in [10, 20, 30, 40] {
            let document = cut(&whole, megabytes * 1_000_000);
            fs::write(folder.join(format!("{megabytes}.yml")), document.to_yaml()).unwrap();
            fs::write(folder.join(format!("{megabytes}.json")), document.to_json()).unwrap();
        }
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("openapi");
    group.sample_size(10);
    for (share, bytes) in [("half", BYTES / 2), ("three quarters", BYTES / 4 * 3)] {
        let yaml = cut(&whole, bytes).to_yaml();
        group.throughput(throughput(&yaml));
        group
            .bench_function(format!("YAML, openapi::read, {share}"), |bencher| bencher.iter(|| read(black_box(&yaml))));
    }
    let (yaml, json) = {
        let document = cut(&whole, BYTES);
        (document.to_yaml(), document.to_json())
    };
    drop(whole);
    group.throughput(throughput(&yaml));
    group.bench_function("YAML, openapi::read", |bencher| bencher.iter(|| read(black_box(&yaml))));
    group.bench_function("YAML, bare event loop", |bencher| bencher.iter(|| yaml_events(black_box(&yaml))));
    group.throughput(throughput(&json));
    group.bench_function("JSON, openapi::read", |bencher| bencher.iter(|| read(black_box(&json))));
    group.bench_function("JSON, bare event loop", |bencher| bencher.iter(|| json_events(black_box(&json))));
    group.finish();
    criterion.final_summary();
}

fn throughput(text: &str) -> Throughput {
    Throughput::Bytes(u64::try_from(text.len()).unwrap())
}

fn read(text: &str) -> edm::Model {
    openapi::read(&[File { name: "graph", bytes: text.as_bytes() }]).unwrap()
}

/// Reads a file, and says what that took.
fn once(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let begins = Instant::now();
    let events = if text.starts_with('{') { json_events(&text) } else { yaml_events(&text) };
    let bare = begins.elapsed();
    println!("{} bytes, {events} events in {bare:.2?}; at most {}", text.len(), most_memory());
    let begins = Instant::now();
    let model = read(&text);
    let took = begins.elapsed();
    let times = took.as_secs_f64() / bare.as_secs_f64();
    println!("{} types, {} operations in {took:.2?}, {times:.2} times", model.type_count(), model.operations.len());
    println!("at most {}", most_memory());
}

/// How much memory the process had at most, where the system says so.
fn most_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "(not told here)".to_owned(), |most| most.trim().to_owned())
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

/// The whole of Graph, with more paths than are needed.
fn document() -> Value {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let graph = env::var_os("GRAPH_METADATA_DIR").map_or_else(|| here.join("../../../shared/graph"), PathBuf::from);
    let metadata = fs::read(graph.join("metadata/v1.0.csdl.xml")).unwrap_or_else(|_| {
        eprintln!("no whole metadata: what follows is measured on the SELECTION in spec/; set GRAPH_METADATA_DIR");
        fs::read(here.join("../../spec/v1.0/metadata.csdl.xml")).unwrap()
    });
    let model = csdl::read(&metadata).and_then(|document| edm::resolve(&document, &metadata)).unwrap();
    let written = |depth| microsoft::openapi(&model, Style::Marked, &Paths { depth, whole: Vec::new() });
    let enough = (1..4).map(written).find(|document| document.to_yaml().len() >= BYTES);
    enough.unwrap_or_else(|| written(4))
}

/// The document with so many paths, the shortest first, that it has about as many bytes in YAML.
fn cut(document: &Value, bytes: usize) -> Value {
    let Value::Map(members) = document else { panic!("a document is an object") };
    let (paths, others): (Vec<_>, Vec<_>) = members.iter().cloned().partition(|(key, _)| key == "paths");
    let mut left = bytes.saturating_sub(Value::Map(others).to_yaml().len());
    let Some((_, Value::Map(mut paths))) = paths.into_iter().next() else { panic!("a document has paths") };
    paths.sort_by_key(|(path, _)| path.matches('/').count());
    paths.retain(|path| {
        let needed = map([("paths", Value::Map(vec![path.clone()]))]).to_yaml().len();
        let fits = needed <= left;
        left = if fits { left - needed } else { 0 };
        fits
    });
    let with_less = |(key, value): &(String, Value)| {
        let value = if key == "paths" { Value::Map(paths.clone()) } else { value.clone() };
        (key.clone(), value)
    };
    Value::Map(members.iter().map(with_less).collect())
}
