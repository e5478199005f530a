//! What the identity platform knows of applications, and Graph does not show.

use uuid::Uuid;

use super::{Result, Session};

/// An application as a client of the identity platform.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) app_id: Uuid,
    pub(crate) secrets: Vec<String>,
    pub(crate) redirect_uris: Vec<String>,
    /// The application permissions that it was granted.
    pub(crate) permissions: Vec<String>,
}

/// Parts of lists in one column: none of them has line breaks.
fn joined(parts: &[String]) -> String {
    parts.join("\n")
}

fn split(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

impl Session<'_> {
    pub(crate) fn put_client(&self, client: &Client) -> Result<()> {
        self.execute(
            "INSERT OR REPLACE INTO clients (app_id, secrets, redirect_uris, permissions) VALUES (?, ?, ?, ?)",
            (client.app_id, joined(&client.secrets), joined(&client.redirect_uris), joined(&client.permissions)),
        )?;
        Ok(())
    }

    pub(crate) fn client(&self, app_id: Uuid) -> Result<Option<Client>> {
        self.first("SELECT * FROM clients WHERE app_id = ?", [app_id], |row| {
            Ok(Client {
                app_id: row.get("app_id")?,
                secrets: split(row.get_ref("secrets")?.as_str()?),
                redirect_uris: split(row.get_ref("redirect_uris")?.as_str()?),
                permissions: split(row.get_ref("permissions")?.as_str()?),
            })
        })
    }
}
