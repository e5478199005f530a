//! `cargo xtask drift`: brings in what changed in Graph, and reports it for review.
//!
//! What the scheduled workflow does, as one command: fetch, compare, generate, list the public API anew, hold the version
//! against it. Where neither the selection changed nor what lies beside it, nothing is touched, whatever else did.

mod report;
mod steps;

use std::path::PathBuf;
use std::process::ExitCode;

use pim_gen::Result;
use pim_gen::select::Missing;

use crate::diff::{self, Source};
use crate::document::{Document, Form, Named};
use crate::fetch::Fetched;
use crate::out::say;
use crate::workspace::Root;
use crate::written::Written;
use crate::{fetch, generate};
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
struct Given {
    version: String,
    /// What `cargo xtask gen --metadata` takes.
    source: String,
    fetched: Fetched,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    // One of an earlier run says nothing about this one.
    report::make_room(&arguments.report)?;
    let workspace = Root::workspace();
    let versions = Written::read(&workspace)?.generator(Missing::Report)?.versions();
    generate::check_given(&generate::Arguments::from(arguments.metadata.clone(), None), &versions)?;
    let given = given(arguments, &versions)?;
    let sources = given.iter().map(|given| (given.version.clone(), given.source.clone())).collect();
    let comparison = diff::comparison(&workspace, &Source::workspace(&workspace)?, &side(given)?)?;
    if comparison.is_empty() {
        say("nothing to bring in: the selection is as it was");
        return Ok(ExitCode::SUCCESS);
    }
    let mut report = Report::new(&comparison);
    steps::bring_in(sources, arguments.root.as_deref(), &mut report);
    report.write(&arguments.report)?;
    say(format_args!("{}; the report is {}", report.verdict(), arguments.report.display()));
    Ok(if report.is_something_left() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The documents to look at: those that were given, or Graph's own of each version.
fn given(arguments: &Arguments, versions: &[String]) -> Result<Vec<Given>> {
    let given = |version: &str, document: PathBuf| -> Result<Given> {
        let source = document.display().to_string();
        let fetched = fetch::fetch(version, &source, &|_| {})?;
        Ok(Given { version: version.to_owned(), source, fetched })
    };
    if arguments.metadata.is_empty() {
        return versions.iter().map(|version| given(version, fetch::graphs(version)?)).collect();
    }
    arguments.metadata.iter().map(|(version, source)| given(version, fetch::as_file(version, source)?)).collect()
}

/// The new side: it is called by where its documents were fetched from, or by their files.
fn side(given: Vec<Given>) -> Result<Source> {
    let names: Vec<_> = given.iter().map(|given| given.fetched.name.clone()).collect();
    let document = |Given { version, fetched, .. }: Given| {
        Document::in_form(Form::Csdl, &version, vec![Named { name: fetched.place, bytes: fetched.bytes }])
    };
    let documents = given.into_iter().map(document).collect::<Result<_>>()?;
    Ok(Source::of_documents(names.join(" and "), documents))
}
