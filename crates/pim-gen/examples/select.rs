//! Cuts a metadata document down to what a selection keeps, so that it is small enough to be checked in:
//!
//! ```text
//! cargo run -p pim-gen --example select -- v1.0 $metadata.xml selection.toml > metadata.csdl.xml
//! ```
//!
//! The document is to be had from the service itself: <https://graph.microsoft.com/v1.0/$metadata>. From the cut-down one
//! the same client is generated as from the whole.

use std::{env, fs, process};

use pim_gen::{Error, Generator, Input, Result};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [version, metadata, selection] = arguments.as_slice() else {
        eprintln!("usage: select VERSION METADATA SELECTION");
        process::exit(2);
    };
    match select(version, metadata, selection) {
        Ok(text) => print!("{text}"),
        Err(error) => {
            eprintln!("error: {error}");
            process::exit(1);
        }
    }
}

/// The part of the document `metadata` that `selection` keeps.
fn select(version: &str, metadata: &str, selection: &str) -> Result<String> {
    let bytes = read(metadata)?;
    let generator = Generator::new(selection, &String::from_utf8_lossy(&read(selection)?))?;
    let output = generator.generate(&[Input::csdl(version, metadata, &bytes)], &|_| {})?;
    let file = format!("{version}/metadata.csdl.xml");
    let text = output.spec.get(&file).ok_or_else(|| Error::new(format!("nothing was selected for {version}")))?;
    Ok(text.to_owned())
}

fn read(path: &str) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| Error::new(format!("cannot read {path}: {error}")))
}
