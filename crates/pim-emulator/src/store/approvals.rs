//! Approvals: who may decide on a request, and what was decided.

use rusqlite::named_params;
use uuid::Uuid;

use super::{Result, Session};
use crate::domain::Approval;

fn approval(row: &rusqlite::Row<'_>) -> rusqlite::Result<Approval> {
    Ok(Approval {
        request: row.get("request")?,
        approvers: row.get("approvers")?,
        result: row.get("result")?,
        is_open: row.get("open")?,
        justification: row.get("justification")?,
        reviewer: row.get("reviewer")?,
        reviewed: row.get("reviewed")?,
    })
}

impl Session<'_> {
    /// Writes an approval, new or changed.
    pub(crate) fn put_approval(&self, approval: &Approval) -> Result<()> {
        self.execute(
            "INSERT OR REPLACE INTO approvals (request, approvers, result, open, justification, reviewer, reviewed)
             VALUES (:request, :approvers, :result, :open, :justification, :reviewer, :reviewed)",
            named_params! {
                ":request": approval.request,
                ":approvers": approval.approvers,
                ":result": approval.result,
                ":open": approval.is_open,
                ":justification": approval.justification,
                ":reviewer": approval.reviewer,
                ":reviewed": approval.reviewed,
            },
        )?;
        Ok(())
    }

    /// The approval of a request.
    pub(crate) fn approval(&self, request: Uuid) -> Result<Option<Approval>> {
        self.first("SELECT * FROM approvals WHERE request = ?", [request], approval)
    }
}
