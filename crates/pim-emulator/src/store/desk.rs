//! Who has the database to itself, and when what was done is on the disk.
//!
//! In memory, each piece of work is a transaction of its own. In a file a commit has to reach the disk, and that takes
//! far longer than the work: so whoever comes while one commit is under way does its work in the next, together with
//! all others who came. What each of them does stays all or nothing, as a savepoint within the common transaction; and
//! nobody is answered, not even a reader, before everything that the answer could tell of is on the disk.

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior, ffi};

use super::{Error, Result, Session};
use crate::domain::Instant;

/// How often whoever is to commit lets others in before: bounded, so that nobody waits for those who do not come.
const PATIENCE: usize = 64;

/// The one connection, and the line in front of it.
pub(super) struct Desk {
    inner: Mutex<Inner>,
    /// How many have come to write and have not begun.
    arriving: AtomicUsize,
    /// Whether commits have to reach a disk.
    is_durable: bool,
}

struct Inner {
    connection: Connection,
    /// What is to be committed together.
    open: Option<Arc<Group>>,
}

/// Work that is committed together.
#[derive(Default)]
struct Group {
    outcome: Mutex<Option<Outcome>>,
    decided: Condvar,
}

type Outcome = std::result::Result<(), (ffi::Error, Option<String>)>;

/// The database in the hands of one: nobody else changes or sees anything in between.
pub(crate) struct Turn<'a> {
    desk: &'a Desk,
    inner: MutexGuard<'a, Inner>,
    /// The common transaction is this one's to commit.
    leads: bool,
}

impl Desk {
    pub(super) fn new(connection: Connection, is_durable: bool) -> Self {
        let inner = Mutex::new(Inner { connection, open: None });
        Self { inner, arriving: AtomicUsize::new(0), is_durable }
    }

    pub(super) fn is_durable(&self) -> bool {
        self.is_durable
    }

    /// Does `work`, and returns when all that it did or saw is there for good.
    pub(super) fn turn<T, E: From<Error>>(&self, work: impl FnOnce(&mut Turn<'_>) -> Result<T, E>) -> Result<T, E> {
        self.arriving.fetch_add(1, Ordering::SeqCst);
        let inner = self.lock();
        self.arriving.fetch_sub(1, Ordering::SeqCst);
        let mut turn = Turn { desk: self, inner, leads: false };
        let done = work(&mut turn);
        let (group, leads) = (turn.inner.open.clone(), turn.leads);
        // Who leads commits however its own work ended; this one does so here.
        turn.leads = false;
        drop(turn);
        if let Some(group) = group {
            if leads {
                self.commit(&group);
            }
            group.wait()?;
        }
        done
    }

    /// Commits a group, after those who are at the door have joined it.
    fn commit(&self, group: &Group) {
        for _ in 0..PATIENCE {
            if self.arriving.load(Ordering::SeqCst) == 0 {
                break;
            }
            std::thread::yield_now();
        }
        let mut inner = self.lock();
        inner.commit(group);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn commit(&mut self, group: &Group) {
        if group.is_decided() {
            return;
        }
        self.open = None;
        let outcome = self.connection.execute_batch("COMMIT").map_err(failure);
        if outcome.is_err() && !self.connection.is_autocommit() {
            // There is nothing else to be done about a transaction that can neither be kept nor left.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        group.decide(outcome);
    }
}

impl Turn<'_> {
    /// Does `work` at the moment `now`, without changing anything.
    pub(crate) fn read<T, E>(&self, now: Instant, work: impl FnOnce(&Session<'_>) -> Result<T, E>) -> Result<T, E> {
        work(&Session { connection: &self.inner.connection, now })
    }

    /// Does `work` at the moment `now`, all of it or, if it fails, nothing.
    pub(crate) fn write<T, E: From<Error>>(
        &mut self,
        now: Instant,
        work: impl FnOnce(&Session<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let failed = |error: rusqlite::Error| E::from(error.into());
        if !self.desk.is_durable {
            // Immediate, since it is going to write; it rolls back when it is dropped.
            let transaction =
                self.inner.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
            let done = work(&Session { connection: &transaction, now })?;
            transaction.commit().map_err(failed)?;
            return Ok(done);
        }
        if self.inner.open.is_none() {
            self.inner.connection.execute_batch("BEGIN IMMEDIATE").map_err(failed)?;
            self.inner.open = Some(Arc::default());
            self.leads = true;
        }
        let done = self.within_savepoint(now, work);
        match self.check_transaction() {
            Err(undone) if done.is_ok() => Err(undone.into()),
            // Whose work it was knows best why.
            _ => done,
        }
    }

    fn within_savepoint<T, E: From<Error>>(
        &mut self,
        now: Instant,
        work: impl FnOnce(&Session<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let failed = |error: rusqlite::Error| E::from(error.into());
        // It rolls back when it is dropped.
        let savepoint = self.inner.connection.savepoint().map_err(failed)?;
        let done = work(&Session { connection: &savepoint, now })?;
        savepoint.commit().map_err(failed)?;
        Ok(done)
    }

    /// A full disk ends the whole transaction, and with it what others did: they must know.
    fn check_transaction(&mut self) -> Result<()> {
        if !self.inner.connection.is_autocommit() {
            return Ok(());
        }
        let failure = (
            ffi::Error::new(ffi::SQLITE_FULL),
            Some("it was undone with other work, for which there was no room".to_owned()),
        );
        if let Some(group) = self.inner.open.take() {
            group.decide(Err(failure.clone()));
        }
        self.leads = false;
        Err(rusqlite::Error::SqliteFailure(failure.0, failure.1).into())
    }
}

/// Work that panics while it leads must not leave a transaction behind that nobody commits.
impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.leads
            && let Some(group) = self.inner.open.clone()
        {
            self.inner.commit(&group);
        }
    }
}

impl Group {
    fn decide(&self, outcome: Outcome) {
        *self.lock() = Some(outcome);
        self.decided.notify_all();
    }

    fn is_decided(&self) -> bool {
        self.lock().is_some()
    }

    fn wait(&self) -> Result<()> {
        let mut outcome = self.lock();
        loop {
            match &*outcome {
                Some(Ok(())) => return Ok(()),
                Some(Err((code, message))) => {
                    return Err(rusqlite::Error::SqliteFailure(*code, message.clone()).into());
                }
                None => outcome = self.decided.wait(outcome).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Outcome>> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn failure(error: rusqlite::Error) -> (ffi::Error, Option<String>) {
    match error {
        rusqlite::Error::SqliteFailure(code, message) => (code, message),
        other => (ffi::Error::new(ffi::SQLITE_ERROR), Some(other.to_string())),
    }
}
