use serde::Deserialize;
use uuid::Uuid;

use super::read;

/// An administrative unit: a part of the directory that roles can be confined to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdministrativeUnit {
    #[serde(default, deserialize_with = "read::id")]
    pub(crate) id: Option<Uuid>,
    pub(crate) display_name: String,
    pub(crate) description: Option<String>,
    /// References to users and groups.
    #[serde(default)]
    pub(crate) members: Vec<String>,
}

impl AdministrativeUnit {
    /// A unit of that name, with nothing in it.
    pub fn new(display_name: impl Into<String>) -> Self {
        Self { id: None, display_name: display_name.into(), description: None, members: Vec::new() }
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

    /// With one more member: a user or a group.
    #[must_use]
    pub fn member(mut self, object: impl Into<String>) -> Self {
        self.members.push(object.into());
        self
    }
}
