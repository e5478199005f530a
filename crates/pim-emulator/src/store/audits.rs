//! The audit log.

use uuid::Uuid;

use super::{Result, Session};
use crate::domain::Instant;

/// An entry of the audit log; its body is as Graph shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Audit {
    pub(crate) id: String,
    pub(crate) at: Instant,
    pub(crate) correlation: Uuid,
    pub(crate) body: String,
}

fn audit(row: &rusqlite::Row<'_>) -> rusqlite::Result<Audit> {
    Ok(Audit { id: row.get("id")?, at: row.get("at")?, correlation: row.get("correlation")?, body: row.get("body")? })
}

impl Session<'_> {
    pub(crate) fn add_audit(&self, audit: &Audit) -> Result<()> {
        self.execute(
            "INSERT INTO audits (id, at, correlation, body) VALUES (?, ?, ?, ?)",
            (&audit.id, audit.at, audit.correlation, &audit.body),
        )?;
        Ok(())
    }

    pub(crate) fn audit(&self, id: &str) -> Result<Option<Audit>> {
        self.first("SELECT * FROM audits WHERE id = ?", [id], audit)
    }

    /// The number of the latest entry; 0, if there is none.
    pub(crate) fn last_audit(&self) -> Result<i64> {
        Ok(self.first("SELECT max(seq) FROM audits", [], |row| row.get(0))?.flatten().unwrap_or(0))
    }

    /// Those with a sequence number below `before`, latest first: as the log is read.
    pub(crate) fn audits(&self, correlation: Option<Uuid>, before: i64, limit: u32) -> Result<Vec<(i64, Audit)>> {
        let row = |row: &rusqlite::Row<'_>| Ok((row.get("seq")?, audit(row)?));
        match correlation {
            Some(correlation) => self.all(
                "SELECT * FROM audits WHERE correlation = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
                (correlation, before, limit),
                row,
            ),
            None => self.all("SELECT * FROM audits WHERE seq < ? ORDER BY seq DESC LIMIT ?", (before, limit), row),
        }
    }

    /// Those with a sequence number above `after`, in the order in which they were written.
    pub(crate) fn audits_in_turn(
        &self,
        correlation: Option<Uuid>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, Audit)>> {
        let row = |row: &rusqlite::Row<'_>| Ok((row.get("seq")?, audit(row)?));
        match correlation {
            Some(correlation) => self.all(
                "SELECT * FROM audits WHERE correlation = ? AND seq > ? ORDER BY seq LIMIT ?",
                (correlation, after, limit),
                row,
            ),
            None => self.all("SELECT * FROM audits WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit), row),
        }
    }
}
