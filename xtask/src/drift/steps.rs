//! What is done about a change, each step only where the one before it went well.

use std::path::Path;
use std::process::{Command, ExitCode};

use pim_gen::{Error, Result};

use super::report::Report;
use crate::generate;
use crate::workspace::Root;

/// What a step says that did not go well.
type Said = String;

/// Generates from `documents`; in the workspace, also lists the public API anew and holds the version against it.
pub(super) fn bring_in(documents: Vec<(String, String)>, root: Option<&Path>, report: &mut Report<'_>) {
    if let Err(said) = generate(documents, root) {
        report.left(
            "The selection does not fit any more, and nothing was generated. Change `spec/pim.toml` or `spec/overlay.toml`, \
             then generate:",
            &said,
        );
        return;
    }
    report.done("`spec/` and the client were generated anew.");
    if root.is_some() {
        return;
    }
    if let Err(said) = list_public_api() {
        report.left(
            "The client does not compile with it, or its public API could not be listed. Mend it, then run the tests:",
            &said,
        );
        return;
    }
    report.done("`tests/public-api` lists the public API as it is now.");
    match version_allows() {
        Ok(()) => report.done("The version allows it."),
        Err(said) => report.left("The version in `Cargo.toml` does not allow it:", &said),
    }
}

fn generate(documents: Vec<(String, String)>, root: Option<&Path>) -> Result<(), Said> {
    match generate::run(&generate::Arguments::from(documents, root)) {
        Ok(ExitCode::SUCCESS) => Ok(()),
        Ok(_) => Err("cargo xtask gen did not write everything".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// The tests know how the public API is listed, and compile the client to do so.
fn list_public_api() -> Result<(), Said> {
    let test = ["test", "--quiet", "--package", "pim-tests", "--test", "public_api"];
    cargo(&test, &[("UPDATE_PUBLIC_API", "1")])
}

/// In a process of its own, so that what it says can be told in the report.
fn version_allows() -> Result<(), Said> {
    cargo(&["xtask", "check"], &[])
}

fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> Result<(), Said> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(Root::workspace().path())
        .envs(environment.iter().copied())
        // What it says goes into the report.
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .map_err(|error| Error::new(format!("cannot run cargo: {error}")).to_string())?;
    if output.status.success() {
        return Ok(());
    }
    Err([output.stderr, output.stdout].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat())
}
