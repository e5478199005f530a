//! `cargo xtask gen`.

mod plan;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use pim_gen::select::Missing;
use pim_gen::{Error, File, Generator, Input, Output, Result};

use crate::fetch::fetch;
use crate::lock::{Lock, Source, sha256};
use crate::workspace::{Root, beside, read};
use crate::written::Written;
use plan::{Plan, changes};

#[derive(clap::Args, Default)]
pub(crate) struct Arguments {
    /// Write nothing; exit 1 with a diff where the tree is not what would be generated
    #[arg(long)]
    check: bool,
    /// Select anew from a full document: VERSION=FILE, one that `cargo xtask fetch` stored, or VERSION=URL; may be given
    /// for each version
    #[arg(long, value_name = "VERSION=FILE-OR-URL", value_parser = metadata)]
    metadata: Vec<(String, String)>,
    /// Where a file given with --metadata was downloaded from, for spec/lock.toml
    #[arg(long, value_name = "VERSION=ADDRESS", value_parser = address, requires = "metadata")]
    address: Vec<(String, String)>,
    /// Write the same tree (spec/ and the code) under another folder, and leave the workspace alone
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Pass over, and report, what the selection names and a document lacks: for older revisions and national clouds
    #[arg(long)]
    allow_missing: bool,
}

impl Arguments {
    /// `--check` alone.
    pub(crate) fn check() -> Self {
        Self { check: true, ..Self::default() }
    }

    /// From these documents, by version, into the workspace or the tree under `root`.
    pub(crate) fn from(documents: Vec<(String, String)>, root: Option<&Path>) -> Self {
        Self { metadata: documents, root: root.map(Path::to_owned), ..Self::default() }
    }
}

/// `v1.0=metadata.xml`.
pub(crate) fn metadata(argument: &str) -> Result<(String, String), String> {
    match argument.split_once('=') {
        Some((version, source)) if !version.is_empty() && !source.is_empty() => {
            Ok((version.to_owned(), source.to_owned()))
        }
        _ => Err("write VERSION=FILE or VERSION=URL, such as v1.0=metadata.xml".to_owned()),
    }
}

fn address(argument: &str) -> Result<(String, String), String> {
    metadata(argument).map_err(|_| "write VERSION=ADDRESS, such as v1.0=https://example.org/v1.0/$metadata".to_owned())
}

/// A document that is generated from.
struct Document {
    version: String,
    place: String,
    bytes: Vec<u8>,
    /// The list of what lies beside it, if it is a selection.
    nearby: Option<(String, Vec<u8>)>,
    /// Where it came from, if it was given as a whole.
    given: Option<String>,
    /// Where that file was downloaded from, if somebody said so.
    told: Option<String>,
    /// The day on which that was, if the cache says so.
    date: Option<String>,
}

impl Document {
    fn input(&self) -> Input<'_> {
        let input = Input::csdl(&self.version, &self.place, &self.bytes);
        match &self.nearby {
            Some((name, bytes)) => input.beside(File { name, bytes }),
            None => input,
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let workspace = Root::workspace();
    let target = arguments.root.as_deref().map_or_else(|| workspace.clone(), Root::other);
    let written = Written::read(&workspace)?;
    let missing = if arguments.allow_missing { Missing::Report } else { Missing::Error };
    let generator = written.generator(missing)?;

    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(100));
    let progress = |message: &str| bar.set_message(message.to_owned());
    let generated = documents(arguments, &generator, &workspace, &progress).and_then(|documents| {
        let inputs: Vec<_> = documents.iter().map(Document::input).collect();
        let output = generator.generate(&inputs, &progress)?;
        let lock = lock(&documents, &output, &workspace, &target)?;
        Ok((output, lock))
    });
    bar.finish_and_clear();
    let (output, lock) = generated?;

    let mut plan = Plan::new(target, &output, &lock)?;
    if arguments.root.is_some() {
        // The other tree can be generated from like this one.
        plan.add_spec("pim.toml", written.manifest)?;
        plan.add_spec("overlay.toml", written.overlay)?;
    }
    report(&output);
    if arguments.check {
        return plan.check(&command(arguments));
    }
    let changed = plan.write()?;
    println!("{} in {:.2} s", changes(&changed), started.elapsed().as_secs_f64());
    Ok(ExitCode::SUCCESS)
}

/// The documents to generate from: those that were given, and the workspace's own selection for the other versions.
fn documents(
    arguments: &Arguments,
    generator: &Generator,
    workspace: &Root,
    progress: &dyn Fn(&str),
) -> Result<Vec<Document>> {
    let versions = generator.versions();
    let mut given: BTreeMap<&str, &str> = BTreeMap::new();
    for (version, source) in &arguments.metadata {
        if !versions.contains(version) {
            let known = versions.join(" and ");
            return Err(Error::new(format!(
                "--metadata {version}=…: the selection has no version {version}, only {known}"
            )));
        }
        if given.insert(version, source).is_some() {
            return Err(Error::new(format!("--metadata {version}=… was given twice; a version has one document")));
        }
    }
    if let Some((version, _)) = arguments.address.iter().find(|(version, _)| !given.contains_key(version.as_str())) {
        return Err(Error::new(format!("--address {version}=…: no document of {version} is given with --metadata")));
    }
    let document = |version: &String| -> Result<Document> {
        if let Some(source) = given.get(version.as_str()) {
            progress(&format!("{version}: fetching {source}"));
            let fetched = fetch(version, source, progress)?;
            // The selection that the workspace has is that selection wherever it was read from.
            let own = workspace.metadata(version);
            let is_own = read(&own).is_ok_and(|own| own == fetched.bytes);
            let nearby = beside(if is_own { &own } else { Path::new(source) })?;
            let told = arguments.address.iter().find(|(told, _)| told == version).map(|(_, address)| address.clone());
            return Ok(Document {
                version: version.clone(),
                place: fetched.place,
                bytes: fetched.bytes,
                nearby,
                given: Some(fetched.name),
                told,
                date: fetched.date,
            });
        }
        let path = workspace.metadata(version);
        if !path.exists() {
            return Err(Error::new(format!(
                "there is no selected metadata for {version} yet; give a full document with --metadata {version}=FILE-OR-URL"
            )));
        }
        let place = format!("spec/{version}/metadata.csdl.xml");
        Ok(Document {
            version: version.clone(),
            place,
            bytes: read(&path)?,
            nearby: beside(&path)?,
            given: None,
            told: None,
            date: None,
        })
    };
    versions.iter().map(document).collect()
}

/// What `lock.toml` is to say. A document that was selected from before keeps its entry. So does a selection, which has no
/// source but that of the document that it was selected from: the entry beside that very selection tells it.
fn lock(documents: &[Document], output: &Output, workspace: &Root, target: &Root) -> Result<Lock> {
    let mut lock = Lock::default();
    for document in documents {
        let version = &document.version;
        let sha256 = sha256(&document.bytes);
        let selected = output.spec.get(&format!("{version}/metadata.csdl.xml")).unwrap_or_default().as_bytes();
        let is_selection = document.given.is_none() || document.bytes == selected;
        let mut known = None;
        for root in [target, workspace] {
            let is_beside_it = || is_selection && read(&root.metadata(version)).is_ok_and(|beside| beside == selected);
            let entry = Lock::read(root)?.0.remove(version);
            known = known.or(entry.filter(|entry| entry.sha256 == sha256 || is_beside_it()));
        }
        let address = document.given.clone().unwrap_or_else(|| document.place.clone());
        let today = || chrono::Utc::now().format("%Y-%m-%d").to_string();
        let new = || Source { address, date: document.date.clone().unwrap_or_else(today), sha256 };
        let mut source = known.unwrap_or_else(new);
        if let Some(told) = &document.told {
            source.address.clone_from(told);
        }
        lock.0.insert(version.clone(), source);
    }
    Ok(lock)
}

/// The command that writes what `--check` found missing.
fn command(arguments: &Arguments) -> String {
    let mut command = "cargo xtask gen".to_owned();
    for (version, source) in &arguments.metadata {
        let _ = write!(command, " --metadata {version}={source}");
    }
    for (version, address) in &arguments.address {
        let _ = write!(command, " --address {version}={address}");
    }
    if let Some(root) = &arguments.root {
        let _ = write!(command, " --root {}", root.display());
    }
    if arguments.allow_missing {
        command.push_str(" --allow-missing");
    }
    command
}

fn report(output: &Output) {
    for missing in &output.missing {
        println!("missing: {missing}");
    }
    for version in &output.reports {
        let report = &version.report;
        println!(
            "{}: kept {} of {} types and {} of {} operations; cut {} relations",
            version.version,
            report.types,
            report.types_of,
            report.operations,
            report.operations_of,
            report.navigation_cut
        );
        for missing in &report.missing {
            println!("{}: missing: {missing}", version.version);
        }
    }
}
