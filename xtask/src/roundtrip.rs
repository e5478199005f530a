//! `cargo xtask roundtrip`: runs the program of the tests' crate that knows the generated types.
//!
//! It is a program of its own, since this one has to run where the generated code does not compile: to generate it.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use pim_gen::{Error, Result};

use crate::workspace::Root;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// JSON files of recorded exchanges, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", "pim-tests", "--bin", "roundtrip", "--manifest-path"])
        .arg(Root::workspace().path().join("Cargo.toml"))
        .arg("--")
        .args(&arguments.paths)
        .status()
        .map_err(|error| Error::new(format!("cannot run cargo: {error}")))?;
    // Cargo's own failures are codes above these.
    let code = status.code().and_then(|code| u8::try_from(code).ok()).filter(|code| *code <= 2).unwrap_or(2);
    Ok(ExitCode::from(code))
}
