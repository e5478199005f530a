//! A page of 999 role assignments, decoded and encoded: by the generated types, and by plain derived serde structs.
//!
//! There are two baselines. `strings` has text for everything, and so does less than what is measured: it would take any
//! text for a time. `chrono` reads times into `chrono::DateTime`; this is the one that is quoted, as the generated types
//! read them, too. Neither keeps members that it does not know, or remembers which were `null`.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

mod page;
mod plain;

use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use pim_client::Page;
use pim_client::v1_0::models::UnifiedRoleAssignmentScheduleInstance;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for (name, member) in [
        ("as sent", ""),
        ("with an unknown member", r#""isNewInGraph":true,"#),
        ("with its type", r##""@odata.type":"#microsoft.graph.unifiedRoleAssignmentScheduleInstance","##),
    ] {
        let json = page::of(999, member);
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(u64::try_from(json.len()).unwrap()));
        both_ways::<Page<UnifiedRoleAssignmentScheduleInstance>>(&mut group, "generated", &json);
        both_ways::<plain::Page<plain::Chrono>>(&mut group, "serde, chrono", &json);
        both_ways::<plain::Page<plain::Strings>>(&mut group, "serde, strings", &json);
        group.finish();
    }
    criterion.final_summary();
}

/// Measures decoding `json` as a `T`, and encoding that.
fn both_ways<T: DeserializeOwned + Serialize>(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, json: &str) {
    let decode = |json: &str| serde_json::from_slice::<T>(json.as_bytes()).unwrap();
    group.bench_function(format!("decode/{name}"), |bencher| bencher.iter(|| decode(black_box(json))));
    let page = decode(json);
    group.bench_function(format!("encode/{name}"), |bencher| {
        bencher.iter(|| serde_json::to_vec(black_box(&page)).unwrap());
    });
}
