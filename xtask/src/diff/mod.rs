//! `cargo xtask diff`: what changed between descriptions of Graph, for those who use the client.

mod history;
mod matrix;
mod pair;
mod source;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pim_gen::diff::Bump;
use pim_gen::{Error, Result, sink};

use crate::document::date_in;
use crate::out::{print, say};
use crate::workspace::Root;

pub(crate) use pair::comparison;
pub(crate) use source::Source;

const EXAMPLES: &str = "\
OLD and NEW are each one of
  a file       CSDL metadata or OpenAPI, told apart by what is in it; files of OpenAPI that are one description are
               joined by commas. Which version of Graph it is of is taken from its name (v1.0-2024-09-17.csdl.xml) or
               that of its folder, else from the other side, and can be said: v1.0=FILE, beta=FILE
  a folder     spec/v1.0, a selection; spec, all versions of it
  a revision   HEAD, main, v0.1.0, a hash: spec/ as it was then, with the pim.toml and overlay.toml of then
What exists as a file or folder is one.

Examples:
  cargo xtask diff spec/v1.0 v1.0-2026-06-22.csdl.xml
  cargo xtask diff HEAD spec
  cargo xtask diff v0.1.0 main --format markdown --output changes.md
  cargo xtask diff old.xml v1.0=new.xml --fail-on major
  cargo xtask diff --history documents v1.0
  cargo xtask diff --matrix v1.0-usgov.csdl.xml v1.0-china.csdl.xml

Exit codes: 0 done, 1 with --fail-on if the changes ask for that much, 2 bad input or arguments.";

#[derive(clap::Args)]
#[command(
    override_usage = "cargo xtask diff [OPTIONS] <OLD> <NEW>\n       \
                      cargo xtask diff [OPTIONS] --history <DIR> [VERSION]\n       \
                      cargo xtask diff [OPTIONS] --matrix <FILE>...",
    after_help = EXAMPLES
)]
pub(crate) struct Arguments {
    /// Two descriptions of Graph, the old one first
    #[arg(value_name = "OLD NEW")]
    sources: Vec<String>,
    /// What changed from each to the next of the documents in DIR, which have their dates in their names
    #[arg(long, value_name = "DIR", conflicts_with = "matrix")]
    history: Option<PathBuf>,
    /// What of the selection exists in which of many descriptions; the selection of the workspace comes first
    #[arg(long, conflicts_with = "fail_on")]
    matrix: bool,
    /// With --matrix: the date of the documents that have none in their names
    #[arg(long, value_name = "DATE", requires = "matrix", value_parser = dated)]
    dated: Option<String>,
    /// For whom it is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Exit 1 if the changes ask for a step of the client's version that is at least this
    #[arg(long, value_enum, default_value_t)]
    fail_on: FailOn,
    /// Write to FILE, which is replaced as a whole, and not to the terminal
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Take selection, overlay and revisions from another checkout
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// For whom a comparison is written.
#[derive(Clone, Copy, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// For a terminal
    #[default]
    Text,
    /// For a pull request, or a page
    Markdown,
    /// For programs
    Json,
}

/// What the exit code tells.
#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum FailOn {
    /// Never
    #[default]
    None,
    /// There is more to call
    Minor,
    /// Something breaks
    Major,
}

impl FailOn {
    /// Whether changes that ask for `bump` are too much.
    fn refuses(self, bump: Bump) -> bool {
        match self {
            Self::None => false,
            Self::Minor => bump >= Bump::Minor,
            Self::Major => bump >= Bump::Major,
        }
    }
}

/// What is written, and what it amounts to.
struct Shown {
    text: String,
    bump: Bump,
}

/// A day, or a month: of some documents no more is known.
fn dated(argument: &str) -> Result<String, String> {
    let day = if argument.len() == "2026-08".len() { format!("{argument}-01") } else { argument.to_owned() };
    match date_in(&day) {
        Some(date) if date == day => Ok(argument.to_owned()),
        _ => Err("write a day or a month, such as 2026-08-03 or 2026-08".to_owned()),
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let root = arguments.root.as_deref().map_or_else(Root::workspace, Root::other);
    let shown = shown(arguments, &root)?;
    match &arguments.output {
        Some(file) => write(file, &shown.text)?,
        None => print(&shown.text)?,
    }
    Ok(if arguments.fail_on.refuses(shown.bump) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn shown(arguments: &Arguments, root: &Root) -> Result<Shown> {
    let Arguments { sources, format, .. } = arguments;
    match (&arguments.history, arguments.matrix, sources.as_slice()) {
        (Some(folder), _, []) => history::run(root, folder, None, *format),
        (Some(folder), _, [version]) => history::run(root, folder, Some(version), *format),
        (Some(_), ..) => Err(Error::new("--history takes a folder and at most a version: --history DIR v1.0")),
        (None, true, []) => Err(Error::new("--matrix takes at least one file: --matrix A.xml B.xml")),
        (None, true, files) => matrix::run(root, files, arguments.dated.as_deref(), *format),
        (None, false, [old, new]) => pair::run(root, old, new, *format),
        (None, false, others) => Err(Error::new(format!(
            "a comparison is of two descriptions, OLD and NEW, and {} given; see cargo xtask diff --help",
            match others.len() {
                0 => "none is".to_owned(),
                1 => "one is".to_owned(),
                many => format!("{many} are"),
            }
        ))),
    }
}

fn write(file: &Path, text: &str) -> Result<()> {
    if file.is_dir() {
        return Err(Error::new(format!("cannot write {}: it is a folder; give a file", file.display())));
    }
    sink::replace(file, text)?;
    say(format_args!("wrote {}", file.display()));
    Ok(())
}
