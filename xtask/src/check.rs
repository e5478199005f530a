//! `cargo xtask check`: whether the version allows what changed in the client's public API since the last release.
//!
//! The API is compared as `tests/public-api` lists it: one line for each public item, generated or written by hand, held
//! against the code by the tests. A release is a tag `v` and a version, `v0.1.0`.

mod listing;
mod release;

use std::process::ExitCode;

use pim_gen::diff::Bump;
use pim_gen::{Error, Result};

use crate::git::Git;
use crate::out::say;
use crate::workspace::{Root, read_text};
use listing::Listing;
use release::Release;

pub(crate) use release::version;

/// How many items of a kind are shown.
const MOST_SHOWN: usize = 40;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Hold the API against this revision instead of the last release that the current commit has behind it
    #[arg(long, value_name = "REVISION")]
    against: Option<String>,
    /// Check the repository in this folder instead of the workspace
    #[arg(long, value_name = "DIR", hide = true)]
    root: Option<std::path::PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let root = arguments.root.as_deref().map_or_else(Root::workspace, Root::other);
    let git = Git(root.path());
    let release = match &arguments.against {
        Some(revision) => Some(Release::at(git, revision)?),
        None => Release::last(git)?,
    };
    let Some(release) = release else {
        say("nothing was released yet (no tag such as v0.1.0): every change is allowed");
        return Ok(ExitCode::SUCCESS);
    };
    let version = release::version(&read_text(&root.path().join("Cargo.toml"))?, "Cargo.toml")?;
    let allowed = release::allowed(&release.version, &version).ok_or_else(|| {
        Error::new(format!(
            "Cargo.toml has the version {version}, which is before {} of {}",
            release.version, release.name
        ))
    })?;
    let changes = release.listing(git)?.changes_to(&Listing::read(&root.path().join(listing::FOLDER))?);

    say(format_args!("the public API since {} ({}): {}", release.name, release.version, changes.counted()));
    let needed = changes.bump();
    if needed <= allowed {
        say(format_args!("the version {version} allows it"));
        return Ok(ExitCode::SUCCESS);
    }
    show("breaks callers", &changes.breaking);
    if needed == Bump::Minor {
        show("new", &changes.new);
    }
    let least = needed.next(&release.version);
    say(format_args!("the version {version} does not allow it; set `version` in Cargo.toml to {least} or later"));
    Ok(ExitCode::FAILURE)
}

fn show(what: &str, items: &[String]) {
    for item in items.iter().take(MOST_SHOWN) {
        say(format_args!("{what}: {item}"));
    }
    if items.len() > MOST_SHOWN {
        say(format_args!("… and {} more", items.len() - MOST_SHOWN));
    }
}
