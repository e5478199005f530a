//! Facts about the store itself: whose it is, and what has to survive a restart.

use rusqlite::types::{FromSql, ToSql};

use super::schema::TABLES;
use super::{Result, Session};
use crate::domain::Instant;

/// What the latest moment is called.
const LATEST: &str = "latestMoment";

impl Session<'_> {
    pub(crate) fn setting<T: FromSql>(&self, name: &str) -> Result<Option<T>> {
        self.first("SELECT value FROM settings WHERE name = ?", [name], |row| row.get(0))
    }

    /// The latest moment at which anything was changed.
    pub(crate) fn latest_moment(&self) -> Result<Instant> {
        Ok(self.setting(LATEST)?.unwrap_or(Instant::from_ticks(i64::MIN)))
    }

    /// Notes that something was changed at this moment.
    pub(crate) fn note_time(&self) -> Result<()> {
        self.set(LATEST, self.now())
    }

    /// Forgets everything but the settings; those of alerts are the tenant's own, and go as well.
    pub(crate) fn clear(&self) -> Result<()> {
        for table in TABLES {
            self.execute(&format!("DELETE FROM {table}"), [])?;
        }
        self.execute("DELETE FROM settings WHERE name LIKE 'alert:%'", [])?;
        Ok(())
    }

    pub(crate) fn set<T: ToSql>(&self, name: &str, value: T) -> Result<()> {
        self.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))?;
        Ok(())
    }
}
