//! What is kept, in `SQLite`: in memory, or in a file.
//!
//! There is one connection, and whoever has it has the tenant to itself: a request is answered within one
//! [`Session`], at one moment of PIM's time. Everything that a session of [`Store::write`] changes is all or nothing,
//! kept if and only if the work succeeds.

mod approvals;
mod audits;
mod changes;
mod circles;
mod clients;
mod columns;
mod desk;
mod directory;
mod entitlement;
mod file;
#[cfg(test)]
mod plans;
mod policies;
mod requests;
mod schedules;
mod schema;
mod settings;

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{CachedStatement, Connection};

use self::desk::Desk;
use crate::domain::Instant;

pub(crate) use audits::Audit;
pub(crate) use changes::Change;
pub(crate) use circles::Circle;
pub(crate) use clients::Client;
pub(crate) use desk::Turn;
pub(crate) use directory::{Called, Entry, ObjectType};
pub(crate) use entitlement::EntitlementAssignment;
pub(crate) use file::OpenError;
pub(crate) use policies::PolicyChange;
pub(crate) use requests::RequestFilter;
pub(crate) use schedules::ScheduleFilter;

/// A fault of the database itself: a full disk, a damaged file.
#[derive(Debug, thiserror::Error)]
#[error("the store failed: {0}")]
pub(crate) struct Error(#[from] rusqlite::Error);

pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

/// The database of a tenant.
pub(crate) struct Store {
    desk: Desk,
}

impl Store {
    /// A store that ends with the process.
    pub(crate) fn in_memory() -> Result<Self> {
        let connection = Connection::open_in_memory()?;
        // With many small pages, a commit takes as long as it takes to look through the table of them all: of a million
        // schedules, longer than the work.
        connection.pragma_update(None, "page_size", 16 << 10)?;
        schema::prepare(&connection)?;
        Self::over(connection, false)
    }

    /// The store in a file, which is made if there is none, and which nobody else may have open.
    pub(crate) fn in_file(path: &Path) -> Result<Self, OpenError> {
        Self::over(file::open(path)?, true)
            .map_err(|Error(error)| OpenError::Failed(path.to_owned(), error.to_string()))
    }

    fn over(connection: Connection, is_durable: bool) -> Result<Self> {
        // Every statement that the service has fits, so that each is compiled once. And once it stays, whatever it is
        // asked with: otherwise those with partial indices are compiled anew for most values.
        connection.set_prepared_statement_cache_capacity(256);
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(Self { desk: Desk::new(connection, is_durable) })
    }

    /// Whether who asks may have to wait for a disk.
    pub(crate) fn is_durable(&self) -> bool {
        self.desk.is_durable()
    }

    /// Does `work` with the store to itself, and returns when all that it did or saw is there for good.
    pub(crate) fn turn<T, E: From<Error>>(&self, work: impl FnOnce(&mut Turn<'_>) -> Result<T, E>) -> Result<T, E> {
        self.desk.turn(work)
    }

    /// Does `work` at the moment `now`, without changing anything.
    pub(crate) fn read<T, E: From<Error>>(
        &self,
        now: Instant,
        work: impl FnOnce(&Session<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.turn(|turn| turn.read(now, work))
    }

    /// Does `work` at the moment `now` as one transaction: what fails leaves nothing behind.
    pub(crate) fn write<T, E: From<Error>>(
        &self,
        now: Instant,
        work: impl FnOnce(&Session<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.turn(|turn| turn.write(now, work))
    }
}

/// The store at one moment, in the hands of one request.
pub(crate) struct Session<'a> {
    connection: &'a Connection,
    now: Instant,
}

impl Session<'_> {
    /// The moment, by PIM's clock.
    pub(crate) fn now(&self) -> Instant {
        self.now
    }

    /// The same store at another moment.
    pub(crate) fn at(&self, now: Instant) -> Session<'_> {
        Session { connection: self.connection, now }
    }

    fn prepared(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        #[cfg(test)]
        plans::note(self.connection, sql);
        self.connection.prepare_cached(sql)
    }

    /// Runs a statement that changes rows, and tells how many.
    fn execute(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<usize> {
        Ok(self.prepared(sql)?.execute(parameters)?)
    }

    /// The rows of a query.
    fn all<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.prepared(sql)?;
        let rows = statement.query_map(parameters, row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The first row of a query, if there is any.
    fn first<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.prepared(sql)?;
        let mut rows = statement.query_map(parameters, row)?;
        Ok(rows.next().transpose()?)
    }

    /// Whether a query has any row.
    fn any(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<bool> {
        Ok(self.prepared(sql)?.exists(parameters)?)
    }
}
