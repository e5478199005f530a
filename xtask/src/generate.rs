//! `cargo xtask gen`.

mod descriptions;
mod plan;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use pim_gen::select::Missing;
use pim_gen::{Output, Result};

use crate::out::say;
use crate::workspace::Root;
use crate::written::Written;
use descriptions::{Description, descriptions, given, lock};
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
    /// Select anew from Microsoft's OpenAPI: VERSION=FILE,FILE, in YAML or JSON
    #[arg(long, value_name = "VERSION=FILE,…", value_parser = openapi)]
    openapi: Vec<(String, Vec<String>)>,
    /// Where a file given with --metadata or --openapi was downloaded from, for spec/lock.toml
    #[arg(long, value_name = "VERSION=ADDRESS", value_parser = address)]
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

/// Fails unless what is given is of `versions`, and each has one description.
pub(crate) fn check_given(arguments: &Arguments, versions: &[String]) -> Result<()> {
    given(arguments, versions).map(drop)
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

fn openapi(argument: &str) -> Result<(String, Vec<String>), String> {
    let wrong = || "write VERSION=FILE or VERSION=FILE,FILE, such as beta=RoleManagement.yml,Policies.yml".to_owned();
    let (version, sources) = metadata(argument).map_err(|_| wrong())?;
    let sources: Vec<_> = sources.split(',').map(str::to_owned).collect();
    if sources.iter().any(String::is_empty) { Err(wrong()) } else { Ok((version, sources)) }
}

fn address(argument: &str) -> Result<(String, String), String> {
    metadata(argument).map_err(|_| "write VERSION=ADDRESS, such as v1.0=https://example.org/v1.0/$metadata".to_owned())
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
    let generated = descriptions(arguments, &generator, &workspace, &progress).and_then(|descriptions| {
        let files: Vec<_> = descriptions.iter().map(|description| description.document.files()).collect();
        let inputs = descriptions.iter().zip(&files);
        let inputs: Vec<_> =
            inputs.map(|(Description { document, version, .. }, files)| document.input(version, files)).collect();
        let output = generator.generate(&inputs, &progress)?;
        let lock = lock(&descriptions, &output, &workspace, &target)?;
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
    say(format_args!("{} in {:.2} s", changes(&changed), started.elapsed().as_secs_f64()));
    Ok(ExitCode::SUCCESS)
}

/// The command that writes what `--check` found missing.
fn command(arguments: &Arguments) -> String {
    let mut command = "cargo xtask gen".to_owned();
    for (version, source) in &arguments.metadata {
        let _ = write!(command, " --metadata {version}={source}");
    }
    for (version, sources) in &arguments.openapi {
        let _ = write!(command, " --openapi {version}={}", sources.join(","));
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
        say(format_args!("missing: {missing}"));
    }
    for version in &output.reports {
        let report = &version.report;
        say(format_args!(
            "{}: kept {} of {} types and {} of {} operations; cut {} relations",
            version.version,
            report.types,
            report.types_of,
            report.operations,
            report.operations_of,
            report.navigation_cut
        ));
        for missing in &report.missing {
            say(format_args!("{}: missing: {missing}", version.version));
        }
    }
}
