//! The directory, as far as PIM looks at it.

pub(crate) mod membership;
mod refusal;
mod removal;

use std::collections::HashSet;

use serde::Deserialize;
use uuid::Uuid;

use crate::catalog;
use crate::store::{Entry, ObjectType, Result, Session};

pub(crate) use refusal::{DirectoryRefusal, plural};
pub(crate) use removal::{remove_group, remove_user};

/// A group.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_field_names, reason = "the names are Graph's")]
pub(crate) struct Group {
    is_assignable_to_role: Option<bool>,
    on_premises_sync_enabled: Option<bool>,
    group_types: Vec<String>,
}

impl Group {
    /// The group with this id, if there is one.
    pub(crate) fn find(session: &Session<'_>, id: Uuid) -> Result<Option<Self>> {
        let object = session.object(id)?;
        Ok(object.filter(|object| object.object_type == ObjectType::Group).map(|group| Self::read(&group)))
    }

    /// What is kept of a group.
    pub(crate) fn read(entry: &Entry) -> Self {
        serde_json::from_str(&entry.properties).unwrap_or_default()
    }

    /// Whether it can hold roles.
    pub(crate) fn is_assignable_to_role(&self) -> bool {
        self.is_assignable_to_role == Some(true)
    }

    /// Whether a rule decides who is in it.
    pub(crate) fn is_dynamic(&self) -> bool {
        self.group_types.iter().any(|kind| kind.eq_ignore_ascii_case("DynamicMembership"))
    }

    /// Whether it is a Microsoft 365 group, with a mailbox.
    pub(crate) fn is_microsoft_365(&self) -> bool {
        self.group_types.iter().any(|kind| kind.eq_ignore_ascii_case("Unified"))
    }

    /// Whether another directory decides who is in it.
    pub(crate) fn is_synchronized(&self) -> bool {
        self.on_premises_sync_enabled == Some(true)
    }
}

/// Whether there is such a role that can be assigned.
pub(crate) fn role_exists(session: &Session<'_>, id: Uuid) -> Result<bool> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Custom {
        is_enabled: Option<bool>,
    }
    if catalog::role(id).is_some() {
        return Ok(true);
    }
    let custom = session.role(id)?.and_then(|properties| serde_json::from_str::<Custom>(&properties).ok());
    Ok(custom.is_some_and(|role| role.is_enabled != Some(false)))
}

/// What an object is called.
pub(crate) fn display_name(session: &Session<'_>, id: Uuid) -> Result<Option<String>> {
    Ok(session.object(id)?.and_then(|object| object.display_name))
}

/// The manager of a user, so many levels up; nobody, if the managers above go round in circles before that.
pub(crate) fn manager_of(session: &Session<'_>, user: Uuid, level: i32) -> Result<Option<Uuid>> {
    let mut of = user;
    let mut below = HashSet::new();
    for _ in 0..level.max(1) {
        if !below.insert(of) {
            return Ok(None);
        }
        let Some(manager) = session.manager(of)? else { return Ok(None) };
        of = manager;
    }
    Ok(Some(of))
}

/// Whether a user belongs to another organization.
pub(crate) fn is_guest(session: &Session<'_>, user: Uuid) -> Result<bool> {
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    struct User {
        user_type: Option<String>,
    }
    let Some(entry) = session.object(user)? else { return Ok(false) };
    let user: User = serde_json::from_str(&entry.properties).unwrap_or_default();
    Ok(user.user_type.is_some_and(|kind| kind.eq_ignore_ascii_case("Guest")))
}

/// Whether a user may sign in.
pub(crate) fn is_enabled(user: &Entry) -> bool {
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    struct User {
        account_enabled: Option<bool>,
    }
    let user: User = serde_json::from_str(&user.properties).unwrap_or_default();
    user.account_enabled != Some(false)
}

/// The security identifier of an object: its id as four numbers.
pub(crate) fn security_identifier(id: Uuid) -> String {
    let bytes = id.to_bytes_le();
    let numbers =
        bytes.chunks_exact(4).map(|chunk| chunk.iter().rev().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)));
    numbers.fold("S-1-12-1".to_owned(), |text, number| format!("{text}-{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_security_identifier_is_the_id_as_numbers() {
        let id = "e77cbb23-0ff2-4e18-819c-690f58269752".parse().expect("a GUID");
        assert_eq!(security_identifier(id), "S-1-12-1-3883711267-1310199794-258579585-1385637464");
    }
}
