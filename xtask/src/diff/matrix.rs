//! Many descriptions, beside one another.

use std::path::Path;

use pim_gen::diff::{Bump, Column, Matrix, Side, show};
use pim_gen::{Error, Result};

use super::source::Source;
use super::{Format, Shown};
use crate::document::{date_in, version_at_start};
use crate::lock::{Lock, sha256};
use crate::workspace::Root;

/// What documents of Microsoft's clouds are called, and the clouds.
const CLOUDS: [(&str, &str); 4] =
    [("usgov", "US Government"), ("china", "China"), ("delos", "Delos"), ("worldwide", "Worldwide")];

pub(super) fn run(root: &Root, files: &[String], dated: Option<&str>, format: Format) -> Result<Shown> {
    let sources = files.iter().map(|file| Source::read(root, file)).collect::<Result<Vec<_>>>()?;
    let version = version(&sources)?;
    let mut sides = vec![selection(root, &version)?];
    for source in &sources {
        sides.push((column(source, &version, dated), source.side(root, &version)?));
    }
    let matrix = Matrix::of(&version, &sides);
    let text = match format {
        Format::Text => show::matrix::text(&matrix),
        Format::Markdown => show::matrix::markdown(&matrix),
        Format::Json => show::matrix::json(&matrix)?,
    };
    Ok(Shown { text, bump: Bump::None })
}

/// The version that all are of.
fn version(sources: &[Source]) -> Result<String> {
    let mut told = sources.iter().map(Source::versions).filter(|versions| !versions.is_empty());
    let Some(first) = told.next() else {
        return Err(Error::new(format!(
            "nothing tells which version of Graph {} is of; write v1.0={}",
            sources[0].name, sources[0].name
        )));
    };
    let common = told.fold(first, |mut common, versions| {
        common.retain(|version| versions.contains(version));
        common
    });
    match common.as_slice() {
        [version] => Ok((*version).to_owned()),
        [] => Err(Error::new("the documents are of different versions of Graph; a matrix is of one")),
        many => Err(Error::new(format!("the documents are of {}; say which: {}=FILE", many.join(" and "), many[0]))),
    }
}

/// What the workspace selects, as the first column.
fn selection(root: &Root, version: &str) -> Result<(Column, Side)> {
    let source = Source::file(&root.metadata(version), version)?;
    let mut column = column(&source, version, None);
    "this client".clone_into(&mut column.name);
    column.from = format!("`spec/{version}`");
    if let Some(origin) = Lock::read(root)?.0.remove(version) {
        column.from = format!("`spec/{version}`, selected from `{}`", origin.address);
        column.sha256 = origin.sha256;
    }
    Ok((column, source.side(root, version)?))
}

fn column(source: &Source, version: &str, dated: Option<&str>) -> Column {
    let files = source.document(version).map(|document| document.files.as_slice()).unwrap_or_default();
    let base = |name: &str| Path::new(name).file_name().map_or(name.into(), |base| base.to_string_lossy().into_owned());
    let names: Vec<_> = files.iter().map(|file| base(&file.name)).collect();
    let bytes: Vec<_> = files.iter().flat_map(|file| file.bytes.iter().copied()).collect();
    let from = if source.is_selection { source.name.clone() } else { names.join(", ") };
    Column { name: cloud(&from), date: date_in(&from).or(dated).map(str::to_owned), from, sha256: sha256(&bytes) }
}

/// What a document is called: the cloud that its name tells, else its name.
fn cloud(file: &str) -> String {
    let rest = file.strip_prefix(version_at_start(file).unwrap_or_default()).unwrap_or(file);
    let mut words = rest.split(['-', '.']);
    let told = words.find_map(|word| CLOUDS.iter().find(|(short, _)| *short == word));
    let stem = file.trim_end_matches(".xml").trim_end_matches(".csdl");
    told.map_or(stem, |(_, name)| name).to_owned()
}
