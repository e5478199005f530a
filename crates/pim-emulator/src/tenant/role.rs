use serde::Deserialize;
use uuid::Uuid;

use super::read;

/// A role of the tenant's own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleDefinition {
    #[serde(default, deserialize_with = "read::id")]
    pub(crate) id: Option<Uuid>,
    pub(crate) display_name: String,
    pub(crate) description: Option<String>,
    #[serde(default = "read::yes")]
    pub(crate) is_enabled: bool,
    pub(crate) allowed_resource_actions: Vec<String>,
}

impl RoleDefinition {
    /// A role of that name, that allows nothing yet.
    pub fn new(display_name: impl Into<String>) -> Self {
        Self {
            id: None,
            display_name: display_name.into(),
            description: None,
            is_enabled: true,
            allowed_resource_actions: Vec::new(),
        }
    }

    /// With that id, instead of one that follows from the name.
    #[must_use]
    pub fn with_id(mut self, id: Uuid) -> Self {
        self.id = Some(id);
        self
    }

    /// With that description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Which allows one more action, such as `microsoft.directory/groups/members/update`.
    #[must_use]
    pub fn allowed_resource_action(mut self, action: impl Into<String>) -> Self {
        self.allowed_resource_actions.push(action.into());
        self
    }

    /// Which cannot be assigned.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.is_enabled = false;
        self
    }
}
