//! Whose file it is: one process has it, and what is not ours is left as it is.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::program::Program;

fn directory() -> tempfile::TempDir {
    tempfile::tempdir().expect("a directory")
}

/// A file of a service that has ended, with nothing beside it.
fn ended(directory: &Path) -> PathBuf {
    let data = directory.join("tenant.db");
    Program::start(&data, None).kill();
    // What is in the log goes into the file.
    let connection = Connection::open(&data).expect("a database");
    connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).expect("nobody else has it");
    data
}

/// Refuses a file, and leaves it and what is beside it as it was.
#[track_caller]
fn assert_left_alone(path: &Path, reason: &str) {
    let contents = |path: &Path| fs::read(path).expect("a file");
    let beside = || {
        let mut names: Vec<_> = path
            .parent()
            .expect("a directory")
            .read_dir()
            .expect("a directory")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        names
    };
    let (before, names) = (contents(path), beside());
    let says = Program::refusal(path, None);
    assert!(says.contains(reason), "{says}");
    assert!(says.contains(&path.display().to_string()), "{says}");
    assert_eq!(contents(path), before);
    assert_eq!(beside(), names);
}

#[tokio::test]
async fn a_second_process_says_so_and_stops_and_the_first_goes_on() {
    let directory = directory();
    let data = directory.path().join("tenant.db");
    let first = Program::start(&data, None);
    for _ in 0..2 {
        let says = Program::refusal(&data, None);
        assert!(says.contains("another pim-emulator has this file open"), "{says}");
    }
    let health = reqwest::get(format!("{}/_emulator/health", first.url)).await.expect("it answers");
    assert_eq!(health.status(), 200);
}

#[test]
fn a_text_is_left_alone() {
    let directory = directory();
    let path = directory.path().join("notes.txt");
    fs::write(&path, "Remember the milk.\n".repeat(1000)).expect("it can be written");
    assert_left_alone(&path, "not a file of pim-emulator");
    fs::write(&path, "short").expect("it can be written");
    assert_left_alone(&path, "not a file of pim-emulator");
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    for journal in ["DELETE", "WAL"] {
        let directory = directory();
        let path = directory.path().join("other.db");
        let connection = Connection::open(&path).expect("a database");
        connection.pragma_update_and_check(None, "journal_mode", journal, |_| Ok(())).expect("it can be set");
        connection.execute_batch("CREATE TABLE milk (litres INTEGER); INSERT INTO milk VALUES (2);").expect("valid");
        drop(connection);
        assert_left_alone(&path, "not a file of pim-emulator");
    }
}

#[test]
fn a_file_of_another_version_is_left_alone() {
    let directory = directory();
    let data = ended(directory.path());
    Connection::open(&data).expect("a database").pragma_update(None, "user_version", 99).expect("it can be set");
    assert_left_alone(&data, "another version of pim-emulator");
}

#[test]
fn a_file_of_another_tenant_is_named() {
    let directory = directory();
    let data = ended(directory.path());
    let tenant = directory.path().join("fabrikam.toml");
    fs::write(&tenant, "displayName = \"Fabrikam\"\ndomain = \"fabrikam.com\"\n").expect("it can be written");
    let says = Program::refusal(&data, Some(&tenant));
    assert!(says.contains("another tenant"), "{says}");
}

#[test]
fn a_damaged_file_is_not_served() {
    let directory = directory();
    let data = ended(directory.path());
    let mut bytes = fs::read(&data).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0xA5);
    fs::write(&data, &bytes).expect("it can be written");
    let says = Program::refusal(&data, None);
    assert!(says.contains("the file is damaged"), "{says}");

    bytes.truncate(middle + 100);
    fs::write(&data, &bytes).expect("it can be written");
    let says = Program::refusal(&data, None);
    assert!(says.contains("the file is damaged"), "{says}");
}

#[test]
fn a_place_where_no_file_can_be_is_named() {
    let directory = directory();
    let says = Program::refusal(&directory.path().join("nowhere/tenant.db"), None);
    assert!(says.contains("the file cannot be made: No such file or directory"), "{says}");
    let says = Program::refusal(directory.path(), None);
    assert!(says.contains("cannot be opened"), "{says}");
}

#[test]
fn an_empty_file_is_taken_and_so_is_one_with_an_odd_name() {
    let directory = directory();
    for name in ["empty.db", "a b?c#d%20é&e=f.db"] {
        let path = directory.path().join(name);
        fs::write(&path, "").expect("it can be written");
        Program::start(&path, None).kill();
        assert!(fs::metadata(&path).expect("a file").len() > 0, "{name}");
        Program::start(&path, None).kill();
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_a_file_with_a_key() {
    use std::os::unix::fs::PermissionsExt as _;

    let directory = directory();
    let data = directory.path().join("tenant.db");
    let program = Program::start(&data, None);
    let log = directory.path().join("tenant.db-wal");
    for path in [&data, &log] {
        let mode = fs::metadata(path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
    drop(program);
}
