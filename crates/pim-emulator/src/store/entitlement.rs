//! Who has a role of entitlement management.

use uuid::Uuid;

use super::{Result, Session};

/// A role of entitlement management that somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntitlementAssignment {
    pub(crate) id: Uuid,
    pub(crate) principal: Uuid,
    pub(crate) role: Uuid,
    /// `/`, or `/AccessPackageCatalog/{id}`.
    pub(crate) scope: String,
}

fn assignment(row: &rusqlite::Row<'_>) -> rusqlite::Result<EntitlementAssignment> {
    Ok(EntitlementAssignment {
        id: row.get("id")?,
        principal: row.get("principal")?,
        role: row.get("role")?,
        scope: row.get("scope")?,
    })
}

impl Session<'_> {
    /// Adds it, unless there is the same already; tells whether it did.
    pub(crate) fn add_entitlement_assignment(&self, assignment: &EntitlementAssignment) -> Result<bool> {
        let EntitlementAssignment { id, principal, role, scope } = assignment;
        let added = self.execute(
            "INSERT OR IGNORE INTO entitlement_assignments (id, principal, role, scope) VALUES (?, ?, ?, ?)",
            (id, principal, role, scope),
        )?;
        Ok(added > 0)
    }

    pub(crate) fn entitlement_assignment(&self, id: Uuid) -> Result<Option<EntitlementAssignment>> {
        self.first("SELECT * FROM entitlement_assignments WHERE id = ?", [id], assignment)
    }

    /// Those with a sequence number above `after`, in the order in which they were made.
    pub(crate) fn entitlement_assignments(&self, after: i64, limit: u32) -> Result<Vec<(i64, EntitlementAssignment)>> {
        self.all("SELECT * FROM entitlement_assignments WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit), |row| {
            Ok((row.get("seq")?, assignment(row)?))
        })
    }

    pub(crate) fn remove_entitlement_assignment(&self, id: Uuid) -> Result<()> {
        self.execute("DELETE FROM entitlement_assignments WHERE id = ?", [id])?;
        Ok(())
    }
}
