use serde::Deserialize;
use uuid::Uuid;

use super::read;

/// A group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, clippy::struct_field_names, reason = "the names and types are Graph's")]
pub struct Group {
    #[serde(default, deserialize_with = "read::id")]
    pub(crate) id: Option<Uuid>,
    pub(crate) display_name: String,
    /// What is left of the display name, if nothing is said.
    pub(crate) mail_nickname: Option<String>,
    pub(crate) description: Option<String>,
    #[serde(default)]
    pub(crate) is_assignable_to_role: bool,
    #[serde(default = "read::yes")]
    pub(crate) security_enabled: bool,
    #[serde(default)]
    pub(crate) mail_enabled: bool,
    #[serde(default)]
    pub(crate) group_types: Vec<String>,
    /// References to users and applications.
    #[serde(default)]
    pub(crate) owners: Vec<String>,
    /// References to users, groups and applications.
    #[serde(default)]
    pub(crate) members: Vec<String>,
    /// Whether PIM has been told of the group already.
    #[serde(default)]
    pub(crate) pim_onboarded: bool,
}

/// What there is of a group to be assigned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// The membership.
    #[default]
    Member,
    /// The ownership.
    Owner,
}

impl From<Access> for crate::domain::Access {
    fn from(access: Access) -> Self {
        match access {
            Access::Member => Self::Member,
            Access::Owner => Self::Owner,
        }
    }
}

/// The characters that no `mailNickname` has.
const FORBIDDEN: &str = "@()\\[]\";:.<>, ";

impl Group {
    /// A security group of that name, without owners and members.
    pub fn new(display_name: impl Into<String>) -> Self {
        Self {
            id: None,
            display_name: display_name.into(),
            mail_nickname: None,
            description: None,
            is_assignable_to_role: false,
            security_enabled: true,
            mail_enabled: false,
            group_types: Vec::new(),
            owners: Vec::new(),
            members: Vec::new(),
            pim_onboarded: false,
        }
    }

    /// The nickname as it is said, or else what is left of the display name.
    pub(crate) fn mail_nickname(&self) -> String {
        match &self.mail_nickname {
            Some(nickname) => nickname.clone(),
            None => self.display_name.chars().filter(|letter| is_of_nickname(*letter)).collect(),
        }
    }

    /// What no group is like; nothing, if this one is like groups are.
    pub(super) fn defect(&self) -> Option<(&'static str, String)> {
        let nickname = self.mail_nickname();
        if nickname.is_empty() || nickname.len() > 64 || !nickname.chars().all(is_of_nickname) {
            let problem =
                format!("{nickname:?} is no nickname: give 1 to 64 characters of ASCII, none of {FORBIDDEN:?}");
            return Some(("mailNickname", problem));
        }
        let length = self.display_name.chars().count();
        if length == 0 || length > 256 {
            return Some(("displayName", format!("it has {length} characters: give 1 to 256")));
        }
        let is_dynamic = self.is_of_type("DynamicMembership");
        if let Some(other) =
            self.group_types.iter().find(|name| !["Unified", "DynamicMembership"].contains(&name.as_str()))
        {
            return Some(("groupTypes", format!("{other:?} is no type of group: give \"Unified\" or nothing")));
        }
        if self.is_of_type("Unified") && !self.mail_enabled {
            return Some(("mailEnabled", "a Microsoft 365 group receives mail: set it to true".to_owned()));
        }
        if self.is_assignable_to_role && (!self.security_enabled || is_dynamic) {
            let problem = "a role-assignable group is security-enabled and not dynamic: change that, or this to false";
            return Some(("isAssignableToRole", problem.to_owned()));
        }
        if self.pim_onboarded && is_dynamic {
            return Some(("pimOnboarded", "PIM does not manage dynamic groups: leave it out".to_owned()));
        }
        None
    }

    fn is_of_type(&self, name: &str) -> bool {
        self.group_types.iter().any(|other| other == name)
    }

    /// With that id, instead of one that follows from the nickname.
    #[must_use]
    pub fn with_id(mut self, id: Uuid) -> Self {
        self.id = Some(id);
        self
    }

    /// With that nickname, instead of one that follows from the display name.
    #[must_use]
    pub fn with_mail_nickname(mut self, mail_nickname: impl Into<String>) -> Self {
        self.mail_nickname = Some(mail_nickname.into());
        self
    }

    /// With that description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// To which roles can be assigned.
    #[must_use]
    pub fn assignable_to_role(mut self) -> Self {
        self.is_assignable_to_role = true;
        self
    }

    /// A Microsoft 365 group, with a mailbox.
    #[must_use]
    pub fn microsoft_365(mut self) -> Self {
        self.group_types = vec!["Unified".to_owned()];
        self.mail_enabled = true;
        self.security_enabled = self.is_assignable_to_role;
        self
    }

    /// With one more owner: a user or an application.
    #[must_use]
    pub fn owner(mut self, principal: impl Into<String>) -> Self {
        self.owners.push(principal.into());
        self
    }

    /// With one more member: a user, a group or an application.
    #[must_use]
    pub fn member(mut self, principal: impl Into<String>) -> Self {
        self.members.push(principal.into());
        self
    }

    /// Managed by PIM already.
    #[must_use]
    pub fn pim_onboarded(mut self) -> Self {
        self.pim_onboarded = true;
        self
    }
}

fn is_of_nickname(letter: char) -> bool {
    letter.is_ascii_graphic() && !FORBIDDEN.contains(letter)
}
