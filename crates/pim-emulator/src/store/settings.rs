//! Facts about the store itself: whose it is, and what has to survive a restart.

use rusqlite::types::{FromSql, ToSql};

use super::{Result, Session};

impl Session<'_> {
    pub(crate) fn setting<T: FromSql>(&self, name: &str) -> Result<Option<T>> {
        self.first("SELECT value FROM settings WHERE name = ?", [name], |row| row.get(0))
    }

    pub(crate) fn set<T: ToSql>(&self, name: &str, value: T) -> Result<()> {
        self.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))?;
        Ok(())
    }
}
