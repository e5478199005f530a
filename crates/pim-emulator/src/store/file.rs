//! A store in a file: made if there is none, and nobody else's while it is open.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::schema::{self, APPLICATION, VERSION};

/// Why a file cannot be the store.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error("{0}: another pim-emulator has this file open; stop that one, or name another file")]
    InUse(PathBuf),
    #[error("{0}: not a file of pim-emulator; name another file")]
    Foreign(PathBuf),
    #[error(
        "{0}: made by another version of pim-emulator (its tables have version {1}, not {VERSION}); name another file"
    )]
    OtherVersion(PathBuf, i32),
    #[error("{0}: the file is damaged ({1}); put a copy of it in its place, or name another file")]
    Damaged(PathBuf, String),
    #[error("{0}: the file cannot be made: {1}")]
    NotMade(PathBuf, io::Error),
    #[error("{0}: the file cannot be opened for reading and writing: {1}")]
    Failed(PathBuf, String),
}

/// Up to which size, in bytes, a file is looked through when it is opened. Beyond that it takes longer than anybody
/// wants to wait, and damage shows when what is damaged is asked for.
const LOOKED_THROUGH: u64 = 16 << 20;

pub(super) fn open(path: &Path) -> Result<Connection, OpenError> {
    make(path)?;
    let fault = |error| fault(path, &error);
    let is_new = judge(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
    connection.busy_timeout(Duration::ZERO).map_err(fault)?;
    // Before the file is looked at for the first time, so that no memory is shared with other processes.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(fault)?;
    // What a process that was killed left beside the file counts, too.
    let is_new = is_new && is_empty(&connection).map_err(fault)?;
    match marks(&connection).map_err(fault)? {
        (0, 0) if is_new => {
            durable(&connection).map_err(fault)?;
            // Before there is a log beside the file: the file itself says whose it is from the first moment on.
            schema::prepare(&connection).map_err(fault)?;
        }
        (APPLICATION, VERSION) => durable(&connection).map_err(fault)?,
        (APPLICATION, version) => return Err(OpenError::OtherVersion(path.to_owned(), version)),
        _ => return Err(OpenError::Foreign(path.to_owned())),
    }
    claim(&connection).map_err(fault)?;
    check(path, &connection)?;
    Ok(connection)
}

/// Makes the file, if there is none. It holds the key of the tokens: nobody else is to read it.
fn make(path: &Path) -> Result<(), OpenError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(OpenError::NotMade(path.to_owned(), error)),
    }
}

/// Whether the file is empty, or why it is not ours; without changing it, or making files beside it, as opening a
/// database can.
fn judge(path: &Path) -> Result<bool, OpenError> {
    let fault = |error| fault(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(uri(path), flags).map_err(fault)?;
    match marks(&connection).map_err(fault)? {
        (APPLICATION, VERSION) => Ok(false),
        (APPLICATION, version) => Err(OpenError::OtherVersion(path.to_owned(), version)),
        (0, 0) if is_empty(&connection).map_err(fault)? => Ok(true),
        _ => Err(OpenError::Foreign(path.to_owned())),
    }
}

/// The file as something that nobody changes: it is neither locked nor recovered.
fn uri(path: &Path) -> String {
    const KEPT: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b':');
    let path = percent_encoding::percent_encode(path.as_os_str().as_encoded_bytes(), KEPT);
    format!("file:{path}?mode=ro&immutable=1")
}

/// Has every commit reach the disk before it is acknowledged.
fn durable(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "synchronous", "FULL")
}

/// Takes the file for this process alone, until it ends however it ends.
fn claim(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // In exclusive mode the first write takes the lock, and nothing gives it back.
    connection.execute_batch("BEGIN EXCLUSIVE; COMMIT;")
}

/// Looks the file through for damage, unless that takes too long.
fn check(path: &Path, connection: &Connection) -> Result<(), OpenError> {
    if path.metadata().is_ok_and(|file| file.len() > LOOKED_THROUGH) {
        return Ok(());
    }
    let found: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|error| fault(path, &error))?;
    if found == "ok" { Ok(()) } else { Err(OpenError::Damaged(path.to_owned(), first_line(&found))) }
}

/// What a fault means to whoever named the file.
fn fault(path: &Path, error: &rusqlite::Error) -> OpenError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenError::InUse(path),
        Some(ErrorCode::NotADatabase) => OpenError::Foreign(path),
        Some(ErrorCode::DatabaseCorrupt) => OpenError::Damaged(path, first_line(&error.to_string())),
        _ => OpenError::Failed(path, first_line(&error.to_string())),
    }
}

fn first_line(text: &str) -> String {
    // The checker begins with a line that says which database it is about; there is one.
    let text = text.trim_start_matches("*** in database main ***").trim();
    text.lines().next().unwrap_or_default().to_owned()
}

fn marks(connection: &Connection) -> rusqlite::Result<(i32, i32)> {
    let mark = |name| connection.pragma_query_value(None, name, |row| row.get(0));
    Ok((mark("application_id")?, mark("user_version")?))
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))
}
