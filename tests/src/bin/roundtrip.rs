//! `cargo xtask roundtrip PATH…`: whether the client understands recorded exchanges without loss.
//!
//! Exit codes: 0 all are ok, 1 some are not, 2 some could not be read.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use pim_tests::roundtrip;

fn main() -> ExitCode {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        eprintln!("error: say which recordings: cargo xtask roundtrip PATH…");
        return ExitCode::from(2);
    }
    match roundtrip::run(&paths, &mut io::stdout().lock(), &mut io::stderr().lock()) {
        Ok(outcome) => outcome.into(),
        // Whoever reads has read enough, like `head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(2),
        Err(error) => {
            eprintln!("error: cannot write the result: {error}");
            ExitCode::from(2)
        }
    }
}
