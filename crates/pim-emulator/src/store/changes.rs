//! Which objects of the directory were made, changed or removed, in the order of the last time that this happened.

use rusqlite::OptionalExtension as _;
use uuid::Uuid;

use super::{ObjectType, Result, Session};

/// The last thing that happened to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) seq: i64,
    pub(crate) object: Uuid,
    pub(crate) is_removed: bool,
}

impl Session<'_> {
    /// Notes that an object is not what it was. Of what happened before to it, nothing is kept.
    pub(super) fn note_change(&self, object: Uuid, object_type: ObjectType, is_removed: bool) -> Result<()> {
        self.execute(
            "INSERT OR REPLACE INTO changes (object, type, removed) VALUES (?, ?, ?)",
            (object, object_type, is_removed),
        )?;
        Ok(())
    }

    /// Notes that an object is gone, if it is there.
    pub(super) fn note_removal(&self, object: Uuid) -> Result<()> {
        let mut statement = self.connection.prepare_cached("SELECT type FROM objects WHERE id = ?")?;
        let object_type = statement.query_row([object], |row| row.get(0)).optional()?;
        object_type.map_or(Ok(()), |object_type| self.note_change(object, object_type, true))
    }

    /// What happened to objects of a type behind a sequence number.
    pub(crate) fn changes(&self, object_type: ObjectType, after: i64, limit: u32) -> Result<Vec<Change>> {
        self.all(
            "SELECT seq, object, removed FROM changes WHERE type = ? AND seq > ? ORDER BY seq LIMIT ?",
            (object_type, after, limit),
            |row| Ok(Change { seq: row.get(0)?, object: row.get(1)?, is_removed: row.get(2)? }),
        )
    }
}
