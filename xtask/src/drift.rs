//! `cargo xtask drift`: brings in what changed in Graph, and reports it for review.
//!
//! What the scheduled workflow does, as one command: fetch, compare, generate, list the public API anew, hold the version
//! against it. Where the selection did not change nothing is touched, whatever else did.

mod report;
mod steps;

use std::path::PathBuf;
use std::process::ExitCode;

use pim_gen::diff::compare;
use pim_gen::diff::show::{Comparison, Version};
use pim_gen::select::Missing;
use pim_gen::{Error, File, Generator, Input, Result};

use crate::workspace::{Root, beside, read, read_text};
use crate::written::Written;
use crate::{check, fetch, generate};
use report::Report;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Take this document instead of fetching: VERSION=FILE or VERSION=URL; only the versions that are given are looked at
    #[arg(long, value_name = "VERSION=FILE-OR-URL", value_parser = generate::metadata)]
    metadata: Vec<(String, String)>,
    /// Where the report goes, as Markdown
    #[arg(long, value_name = "FILE", default_value = "target/drift.md")]
    report: PathBuf,
    /// Bring it into the tree under another folder, and leave the workspace alone
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// A document that may have something new.
struct Document {
    version: String,
    /// What `cargo xtask gen --metadata` takes.
    source: String,
    /// What it is called: where it was fetched from, if that is known.
    name: String,
    bytes: Vec<u8>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    // One of an earlier run says nothing about this one.
    report::remove(&arguments.report)?;
    let workspace = Root::workspace();
    let generator = Written::read(&workspace)?.generator(Missing::Report)?;
    let documents = documents(arguments, &generator)?;
    let comparison = compared(&workspace, &generator, &documents)?;
    if comparison.is_empty() {
        println!("nothing to bring in: the selection is as it was");
        return Ok(ExitCode::SUCCESS);
    }
    let mut report = Report::new(&comparison);
    let given = documents.iter().map(|document| (document.version.clone(), document.source.clone())).collect();
    steps::bring_in(given, arguments.root.as_deref(), &mut report);
    report.write(&arguments.report)?;
    println!("{}; the report is {}", report.verdict(), arguments.report.display());
    Ok(if report.is_something_left() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The documents to look at: those that were given, or Graph's own of each version.
fn documents(arguments: &Arguments, generator: &Generator) -> Result<Vec<Document>> {
    let document = |version: &str, source: &str| -> Result<Document> {
        let fetched = fetch::fetch(version, source, &|_| {})?;
        let name = if fetched.date.is_some() { fetched.name } else { source.to_owned() };
        Ok(Document { version: version.to_owned(), source: source.to_owned(), name, bytes: fetched.bytes })
    };
    let versions = generator.versions();
    for (version, _) in &arguments.metadata {
        if !versions.contains(version) {
            let known = versions.join(" and ");
            return Err(Error::new(format!(
                "--metadata {version}=…: the selection has no version {version}, only {known}"
            )));
        }
    }
    if arguments.metadata.is_empty() {
        let graphs = |version: &String| document(version, &fetch::graphs(version)?.display().to_string());
        return versions.iter().map(graphs).collect();
    }
    arguments.metadata.iter().map(|(version, source)| document(version, source)).collect()
}

/// What the documents change in the selection.
fn compared(workspace: &Root, generator: &Generator, documents: &[Document]) -> Result<Comparison> {
    let mut reports = Vec::new();
    for Document { version, name: source, bytes, .. } in documents {
        let path = workspace.metadata(version);
        let name = path.display().to_string();
        let selected = read(&path)?;
        let nearby = beside(&path)?;
        let mut old = Input::csdl(version, &name, &selected);
        if let Some((name, bytes)) = &nearby {
            old = old.beside(File { name, bytes });
        }
        let old = generator.side(&old)?;
        let new = generator.side(&Input::csdl(version, source, bytes))?;
        reports.push(compare(&old, &new));
    }
    Ok(Comparison {
        old: "spec".to_owned(),
        new: documents.iter().map(|document| document.name.as_str()).collect::<Vec<_>>().join(" and "),
        current: client_version(workspace)?,
        reports,
        gone: Vec::new(),
        come: Vec::new(),
        notes: Vec::new(),
    })
}

/// The version of the client in the workspace.
fn client_version(workspace: &Root) -> Result<Version> {
    check::version(&read_text(&workspace.path().join("Cargo.toml"))?, "Cargo.toml")
}
