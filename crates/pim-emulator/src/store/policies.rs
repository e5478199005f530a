//! What was changed of policies: those that nobody changed are not kept.

use uuid::Uuid;

use super::{Result, Session};
use crate::domain::Instant;

/// When a policy was changed last, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PolicyChange {
    pub(crate) at: Instant,
    pub(crate) by: Option<String>,
}

impl Session<'_> {
    /// The rules of a policy that were changed, by their ids.
    pub(crate) fn changed_rules(&self, policy: Uuid) -> Result<Vec<(String, String)>> {
        self.all("SELECT id, body FROM rules WHERE policy = ?", [policy], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Has a policy be as if nobody had changed it.
    pub(crate) fn forget_rules(&self, policy: Uuid) -> Result<()> {
        self.execute("DELETE FROM rules WHERE policy = ?", [policy])?;
        Ok(())
    }

    pub(crate) fn put_rule(&self, policy: Uuid, rule: &str, body: &str) -> Result<()> {
        self.execute("INSERT OR REPLACE INTO rules (policy, id, body) VALUES (?, ?, ?)", (policy, rule, body))?;
        Ok(())
    }

    pub(crate) fn policy_change(&self, policy: Uuid) -> Result<Option<PolicyChange>> {
        self.first("SELECT modified, modified_by FROM policies WHERE id = ?", [policy], |row| {
            Ok(PolicyChange { at: row.get(0)?, by: row.get(1)? })
        })
    }

    pub(crate) fn note_policy_change(&self, policy: Uuid, change: &PolicyChange) -> Result<()> {
        self.execute(
            "INSERT OR REPLACE INTO policies (id, modified, modified_by) VALUES (?, ?, ?)",
            (policy, change.at, &change.by),
        )?;
        Ok(())
    }

    /// Forgets when a policy was changed, and by whom.
    pub(crate) fn forget_policy_change(&self, policy: Uuid) -> Result<()> {
        self.execute("DELETE FROM policies WHERE id = ?", [policy])?;
        Ok(())
    }

    /// Forgets that a group is under PIM.
    pub(crate) fn forget_onboarding(&self, group: Uuid) -> Result<()> {
        self.execute("DELETE FROM onboarded WHERE id = ?", [group])?;
        Ok(())
    }

    /// Takes a group under PIM; tells whether it was not before.
    pub(crate) fn onboard(&self, group: Uuid) -> Result<bool> {
        Ok(self.execute("INSERT OR IGNORE INTO onboarded (id) VALUES (?)", [group])? > 0)
    }
}
