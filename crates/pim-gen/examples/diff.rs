//! Says what changed between two descriptions of v1.0, as the selection in `spec/` sees them.
#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]
use pim_gen::diff::compare;
use pim_gen::select::Missing;
use pim_gen::{Generator, Input};
use std::fs;
fn main() {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let generator = Generator::new("pim.toml", &fs::read_to_string("spec/pim.toml").unwrap())
        .unwrap()
        .overlay("overlay.toml", &fs::read_to_string("spec/overlay.toml").unwrap())
        .unwrap()
        .missing(Missing::Report);
    let sides: Vec<_> = args[..2]
        .iter()
        .map(|path| generator.side(&Input::csdl("v1.0", path, &fs::read(path).unwrap())).unwrap())
        .collect();
    let report = compare(&sides[0], &sides[1]);
    println!("{:?}", report.bump());
    for change in &report.changes {
        println!("{:?}/{:?} {} {:?}", change.callers, change.wire, change.subject, change.kind);
        println!("    {}", change.meaning);
        for item in &change.items {
            println!("        {item}");
        }
    }
    for nearby in &report.nearby {
        println!("+ {nearby:?}");
    }
}
