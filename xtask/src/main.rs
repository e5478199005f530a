//! The developer's commands: `cargo xtask gen`, `fetch`, `diff`, `drift`, `check`, `roundtrip`, `demo` and `build-cost`.
//!
//! Thin: what they do is done by `pim-gen` and by the tests' crate. Exit codes: 0 done, 1 something is not as it should
//! be (a stale tree, a lossy payload), 2 bad input or arguments.

mod build_cost;
mod check;
mod demo;
mod diff;
mod document;
mod drift;
mod fetch;
mod generate;
mod git;
mod lock;
mod out;
mod roundtrip;
mod workspace;
mod written;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The developer's commands", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate the client from spec/, or from a full metadata document
    Gen(generate::Arguments),
    /// Download Graph's metadata, look whether it is whole, keep it, and say what it changes
    Fetch(fetch::Arguments),
    /// Tell what changed between two descriptions of Graph, and what it does to those who use the client
    Diff(diff::Arguments),
    /// Hold recorded exchanges against the generated types: decode, encode, compare
    Roundtrip(roundtrip::Arguments),
    /// Check the generated client, then play Microsoft's tutorial of 2025 with it, on an emulated tenant
    Demo,
    /// Fetch Graph's metadata and, if the selection or what lies beside it changed, bring it in and write a report for review
    Drift(drift::Arguments),
    /// Say whether the version allows what changed in the client's public API since the last release
    Check(check::Arguments),
    /// Build a program with the client and one with bare reqwest, both cold, and compare
    BuildCost(build_cost::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Gen(arguments) => generate::run(&arguments),
        Command::Fetch(arguments) => fetch::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Roundtrip(arguments) => roundtrip::run(&arguments),
        Command::Demo => demo::run(),
        Command::Drift(arguments) => drift::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::BuildCost(arguments) => build_cost::run(&arguments),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            out::note(format_args!("error: {error}"));
            ExitCode::from(2)
        }
    }
}
