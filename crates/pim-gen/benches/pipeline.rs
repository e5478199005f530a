//! The pipeline on Graph's whole metadata, stage by stage, and a bare event loop over the same bytes to hold reading
//! against.
//!
//! The documents are found as the tests find them: in `GRAPH_METADATA_DIR`, or in `shared/graph` beside this repository.
//! Without them the selection in `spec/` is measured, which is a small part of the whole: its numbers stand for nothing.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::{env, fs};

use criterion::{BatchSize, Criterion, Throughput};
use pim_gen::correct::correct;
use pim_gen::select::{Missing, select};
use pim_gen::spec::{Manifest, Overlay};
use pim_gen::{Generator, Input, assemble, csdl, edm, emit, lower};
use quick_xml::Reader;
use quick_xml::events::Event;

const VERSION: &str = "v1.0";

fn main() {
    let subject = Subject::find();
    let mut criterion = Criterion::default().configure_from_args();
    reading(&mut criterion, &subject);
    stages(&mut criterion, &subject);
    whole(&mut criterion, &subject);
    criterion.final_summary();
}

/// From bytes to a document, and what the XML parser alone takes for it.
fn reading(criterion: &mut Criterion, subject: &Subject) {
    let bytes = subject.v1.as_slice();
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Bytes(u64::try_from(bytes.len()).unwrap()));
    group.bench_function("bare event loop", |bencher| bencher.iter(|| events(black_box(bytes))));
    group.bench_function("csdl::read", |bencher| bencher.iter(|| csdl::read(black_box(bytes)).unwrap()));
    group.finish();
}

/// How many events the XML parser sees. It checks what `csdl::read` has it check, too.
fn events(bytes: &[u8]) -> usize {
    let mut reader = Reader::from_reader(bytes);
    let mut events = 0;
    while !matches!(black_box(reader.read_event().unwrap()), Event::Eof) {
        events += 1;
    }
    events
}

/// Every stage behind reading, on what the one before it made.
fn stages(criterion: &mut Criterion, subject: &Subject) {
    let (bytes, manifest, overlay) = (subject.v1.as_slice(), &subject.manifest, &subject.overlay);
    let mut group = criterion.benchmark_group("stage");

    let document = csdl::read(bytes).unwrap();
    group.bench_function("resolve", |bencher| bencher.iter(|| edm::resolve(black_box(&document), bytes).unwrap()));

    let uncorrected = edm::resolve(&document, bytes).unwrap();
    group.bench_function("correct, select, write", |bencher| {
        let run = |model: &mut edm::Model| {
            let (corrected, _) = correct(model, overlay, VERSION, Missing::Error).unwrap();
            let surface = select(model, manifest, VERSION, Missing::Error).unwrap();
            csdl::write(&surface.metadata(&corrected))
        };
        bencher.iter_batched_ref(|| uncorrected.clone(), run, BatchSize::LargeInput);
    });

    let mut model = uncorrected;
    correct(&mut model, overlay, VERSION, Missing::Error).unwrap();
    let surface = select(&model, manifest, VERSION, Missing::Error).unwrap();
    group.bench_function("lower", |bencher| {
        bencher.iter(|| lower::lower(black_box(&surface), overlay, Missing::Error).unwrap());
    });

    let (api, _) = lower::lower(&surface, overlay, Missing::Error).unwrap();
    group.bench_function("openapi", |bencher| bencher.iter(|| emit::openapi::openapi(black_box(&api))));

    let openapi = emit::openapi::openapi(&api);
    group.sample_size(20).bench_function("assemble", |bencher| {
        bencher.iter(|| assemble::assemble(black_box(&api), &openapi, true).unwrap());
    });
    group.finish();
}

/// From the bytes of both versions to a tree in memory.
fn whole(criterion: &mut Criterion, subject: &Subject) {
    let generator = &subject.generator;
    let inputs =
        [Input::csdl("beta", "beta.csdl.xml", &subject.beta), Input::csdl(VERSION, "v1.0.csdl.xml", &subject.v1)];
    let mut group = criterion.benchmark_group("whole");
    group.sample_size(20).bench_function("v1.0 and beta", |bencher| {
        bencher.iter(|| generator.generate(black_box(&inputs), &|_| {}).unwrap());
    });
    group.finish();
}

/// What is measured on.
struct Subject {
    v1: Vec<u8>,
    beta: Vec<u8>,
    manifest: Manifest,
    overlay: Overlay,
    generator: Generator,
}

impl Subject {
    /// The whole documents if they are there, else what is selected from them.
    fn find() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let spec = here.join("../../spec");
        let graph = env::var_os("GRAPH_METADATA_DIR").map_or_else(|| here.join("../../../shared/graph"), PathBuf::from);
        let whole = |version: &str| graph.join(format!("metadata/{version}.csdl.xml"));
        let selected = |version: &str| spec.join(version).join("metadata.csdl.xml");
        let document = |version: &str| -> Vec<u8> {
            fs::read(whole(version)).unwrap_or_else(|_| {
                eprintln!(
                    "no whole {version} metadata at {}: what follows is measured on the SELECTION in spec/, a small part of \
                     it; set GRAPH_METADATA_DIR",
                    whole(version).display()
                );
                fs::read(selected(version)).unwrap()
            })
        };
        let text = |name: &str| fs::read_to_string(spec.join(name)).unwrap();
        let (manifest, overlay) = (text("pim.toml"), text("overlay.toml"));
        Self {
            v1: document(VERSION),
            beta: document("beta"),
            manifest: Manifest::parse(&manifest).unwrap(),
            overlay: Overlay::parse(&overlay).unwrap(),
            generator: Generator::new("spec/pim.toml", &manifest)
                .and_then(|generator| generator.overlay("spec/overlay.toml", &overlay))
                .unwrap()
                .exchange(true),
        }
    }
}
