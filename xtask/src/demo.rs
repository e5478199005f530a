//! `cargo xtask demo`: looks whether the generated client is up to date, and has the emulator play Microsoft's tutorial.
//!
//! The emulator is no part of this program, so that the client can be generated where it does not compile.

use std::process::{Command, ExitCode};

use pim_gen::{Error, Result};

use crate::generate;
use crate::workspace::Root;

pub(crate) fn run() -> Result<ExitCode> {
    println!("The client, generated from spec/:");
    let checked = generate::run(&generate::Arguments::check())?;
    if checked != ExitCode::SUCCESS {
        return Ok(checked);
    }
    // Cargo says nothing itself, so that nothing stands in between.
    eprintln!("Building the emulator; the first time takes some minutes.");
    println!();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", "pim-emulator", "--example", "demo", "--manifest-path"])
        .arg(Root::workspace().path().join("Cargo.toml"))
        .status()
        .map_err(|error| Error::new(format!("cannot run cargo: {error}")))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
