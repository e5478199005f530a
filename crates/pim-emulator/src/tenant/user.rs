use serde::Deserialize;
use uuid::Uuid;

use super::read;

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the names are Graph's")]
pub struct User {
    #[serde(default, deserialize_with = "read::id")]
    pub(crate) id: Option<Uuid>,
    pub(crate) user_principal_name: String,
    pub(crate) display_name: String,
    pub(crate) given_name: Option<String>,
    pub(crate) surname: Option<String>,
    pub(crate) job_title: Option<String>,
    pub(crate) department: Option<String>,
    pub(crate) mail: Option<String>,
    #[serde(default = "read::yes")]
    pub(crate) account_enabled: bool,
    #[serde(default)]
    pub(crate) user_type: UserType,
    /// A reference to a user.
    pub(crate) manager: Option<String>,
}

/// Whether a user belongs to the tenant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub enum UserType {
    /// The user belongs to the tenant.
    #[default]
    Member,
    /// The user was invited.
    Guest,
}

impl UserType {
    /// The name that Graph gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Member => "Member",
            Self::Guest => "Guest",
        }
    }
}

impl User {
    /// A user of that name, who may sign in.
    pub fn new(user_principal_name: impl Into<String>, display_name: impl Into<String>) -> Self {
        Self {
            id: None,
            user_principal_name: user_principal_name.into(),
            display_name: display_name.into(),
            given_name: None,
            surname: None,
            job_title: None,
            department: None,
            mail: None,
            account_enabled: true,
            user_type: UserType::Member,
            manager: None,
        }
    }

    /// The part of the name before the domain; for guests, it names the domain that they come from as well.
    pub(crate) fn mail_nickname(&self) -> &str {
        self.user_principal_name.split_once('@').map_or(&self.user_principal_name, |(nickname, _)| nickname)
    }

    /// With that id, instead of one that follows from the name.
    #[must_use]
    pub fn with_id(mut self, id: Uuid) -> Self {
        self.id = Some(id);
        self
    }

    /// With that given name and surname.
    #[must_use]
    pub fn named(mut self, given_name: impl Into<String>, surname: impl Into<String>) -> Self {
        self.given_name = Some(given_name.into());
        self.surname = Some(surname.into());
        self
    }

    /// With that job title.
    #[must_use]
    pub fn job_title(mut self, job_title: impl Into<String>) -> Self {
        self.job_title = Some(job_title.into());
        self
    }

    /// In that department.
    #[must_use]
    pub fn department(mut self, department: impl Into<String>) -> Self {
        self.department = Some(department.into());
        self
    }

    /// With that address.
    #[must_use]
    pub fn mail(mut self, mail: impl Into<String>) -> Self {
        self.mail = Some(mail.into());
        self
    }

    /// With that user as manager.
    #[must_use]
    pub fn manager(mut self, user: impl Into<String>) -> Self {
        self.manager = Some(user.into());
        self
    }

    /// Who may not sign in.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.account_enabled = false;
        self
    }

    /// Who was invited.
    #[must_use]
    pub fn guest(mut self) -> Self {
        self.user_type = UserType::Guest;
        self
    }
}
