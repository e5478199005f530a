//! A store in a file: made if there is none, and nobody else's while it is open.

use std::path::{Path, PathBuf};

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
    #[error("{0}: {1}")]
    Failed(PathBuf, rusqlite::Error),
}

pub(super) fn open(path: &Path) -> Result<Connection, OpenError> {
    let fault = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenError::InUse(path.to_owned()),
        Some(ErrorCode::NotADatabase) => OpenError::Foreign(path.to_owned()),
        _ => OpenError::Failed(path.to_owned(), error),
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
    connection.busy_timeout(std::time::Duration::ZERO).map_err(fault)?;
    // Nothing is written to what is not ours.
    let is_new = match marks(&connection).map_err(fault)? {
        (APPLICATION, VERSION) => false,
        (APPLICATION, version) => return Err(OpenError::OtherVersion(path.to_owned(), version)),
        (0, 0) if is_empty(&connection).map_err(fault)? => true,
        _ => return Err(OpenError::Foreign(path.to_owned())),
    };
    claim(&connection).map_err(fault)?;
    if is_new {
        schema::prepare(&connection).map_err(fault)?;
    }
    Ok(connection)
}

/// Takes the file for this process alone, until it ends however it ends, and has every commit reach the disk before it
/// is acknowledged.
fn claim(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // In exclusive mode the first write takes the lock, and nothing gives it back.
    connection.execute_batch("BEGIN EXCLUSIVE; COMMIT;")
}

fn marks(connection: &Connection) -> rusqlite::Result<(i32, i32)> {
    let mark = |name| connection.pragma_query_value(None, name, |row| row.get(0));
    Ok((mark("application_id")?, mark("user_version")?))
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))
}
