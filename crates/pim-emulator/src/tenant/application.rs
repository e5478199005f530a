use pim_client::Secret;
use serde::Deserialize;
use uuid::Uuid;

use super::read;

/// An application, registered in the tenant, and its service principal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Application {
    /// The id of the registration.
    #[serde(default, deserialize_with = "read::id")]
    pub(crate) id: Option<Uuid>,
    #[serde(default, deserialize_with = "read::id")]
    pub(crate) app_id: Option<Uuid>,
    #[serde(default, deserialize_with = "read::id")]
    pub(crate) service_principal_id: Option<Uuid>,
    pub(crate) display_name: String,
    #[serde(default)]
    pub(crate) secrets: Vec<Secret>,
    #[serde(default)]
    pub(crate) redirect_uris: Vec<String>,
    /// The application permissions that an administrator consented to.
    #[serde(default)]
    pub(crate) permissions: Vec<String>,
}

impl Application {
    /// An application of that name, that cannot sign in yet.
    pub fn new(display_name: impl Into<String>) -> Self {
        Self {
            id: None,
            app_id: None,
            service_principal_id: None,
            display_name: display_name.into(),
            secrets: Vec::new(),
            redirect_uris: Vec::new(),
            permissions: Vec::new(),
        }
    }

    /// With that id as client, instead of one that follows from the name.
    #[must_use]
    pub fn with_app_id(mut self, app_id: Uuid) -> Self {
        self.app_id = Some(app_id);
        self
    }

    /// With that id of its service principal, instead of one that follows from the name.
    #[must_use]
    pub fn with_service_principal_id(mut self, id: Uuid) -> Self {
        self.service_principal_id = Some(id);
        self
    }

    /// With one more secret to sign in with.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secrets.push(secret.into());
        self
    }

    /// With one more address that users come back to after signing in.
    #[must_use]
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uris.push(uri.into());
        self
    }

    /// With one more application permission, such as `RoleManagement.ReadWrite.Directory`.
    #[must_use]
    pub fn permission(mut self, permission: impl Into<String>) -> Self {
        self.permissions.push(permission.into());
        self
    }
}
