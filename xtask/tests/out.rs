//! What all commands have in common in what they say: a reader who goes early ends nothing.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

use std::io::{PipeWriter, pipe};
use std::process::Command;

/// The end of a pipe that nobody reads from.
fn unread() -> PipeWriter {
    pipe().unwrap().1
}

/// How a command ends whose output nobody reads.
fn ends(arguments: &[&str]) -> i32 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).stdout(unread()).stderr(unread()).status().unwrap().code().unwrap()
}

#[test]
fn nobody_has_to_read_what_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache").display().to_string();
    let report = folder.path().join("report.md").display().to_string();
    let selected = concat!("v1.0=", env!("CARGO_MANIFEST_DIR"), "/../spec/v1.0/metadata.csdl.xml");
    assert_eq!(ends(&["fetch", "--list", "--cache", &cache]), 0);
    assert_eq!(ends(&["diff", selected, selected]), 0);
    assert_eq!(ends(&["drift", "--metadata", selected, "--report", &report]), 0);
    assert_eq!(ends(&["gen", "--check"]), 0);
}

#[test]
fn nor_why_something_went_wrong() {
    for refused in
        [["fetch", "v2.0"], ["diff", "nothing"], ["check", "--against=nothing"], ["gen", "--metadata=v1.0=nothing"]]
    {
        assert_eq!(ends(&refused), 2, "{refused:?}");
    }
}
