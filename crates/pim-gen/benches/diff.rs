//! How long a comparison takes, beside the whole generation that it saves one from running twice.
//!
//! The documents are found as the tests find them; without them the selection in `spec/` is measured, a small part of
//! the whole.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::{env, fs};

use criterion::Criterion;
use pim_gen::diff::compare;
use pim_gen::select::Missing;
use pim_gen::{Generator, Input};

const VERSION: &str = "v1.0";

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let spec = here.join("../../spec");
    let graph = env::var_os("GRAPH_METADATA_DIR").map_or_else(|| here.join("../../../shared/graph"), PathBuf::from);
    let document = |whole: &str| {
        fs::read(graph.join(whole)).unwrap_or_else(|_| {
            eprintln!("no {whole} at {}: the SELECTION in spec/ is measured; set GRAPH_METADATA_DIR", graph.display());
            fs::read(spec.join(VERSION).join("metadata.csdl.xml")).unwrap()
        })
    };
    let (old, new) = (document("history/v1.0-2022-06-21.csdl.xml"), document("metadata/v1.0.csdl.xml"));
    let text = |name: &str| fs::read_to_string(spec.join(name)).unwrap();
    let generator = Generator::new("spec/pim.toml", &text("pim.toml"))
        .and_then(|generator| generator.overlay("spec/overlay.toml", &text("overlay.toml")))
        .unwrap()
        .missing(Missing::Report);
    let side = |bytes: &[u8]| generator.side(&Input::csdl(VERSION, "v1.0.csdl.xml", bytes)).unwrap();
    let sides = (side(&old), side(&new));

    let mut group = criterion.benchmark_group("diff");
    group.bench_function("side", |bencher| bencher.iter(|| side(black_box(&new))));
    group.bench_function("compare", |bencher| bencher.iter(|| compare(black_box(&sides.0), black_box(&sides.1))));
    group.bench_function("compare with itself", |bencher| {
        bencher.iter(|| compare(black_box(&sides.1), black_box(&sides.1)));
    });
    group.bench_function("two sides and their comparison", |bencher| {
        bencher.iter(|| compare(&side(black_box(&old)), &side(black_box(&new))));
    });
    let input = [Input::csdl(VERSION, "v1.0.csdl.xml", &new)];
    group.sample_size(10).bench_function("generation of one of them", |bencher| {
        bencher.iter(|| generator.generate(black_box(&input), &|_| {}).unwrap());
    });
    group.finish();
    criterion.final_summary();
}
