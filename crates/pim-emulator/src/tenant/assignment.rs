use pim_client::edm::{DateTimeOffset, Duration};
use serde::Deserialize;

use super::{Access, read};

/// A role that somebody has outside PIM: at once, and for good.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleAssignment {
    /// A reference to a user, a group or an application.
    pub(crate) principal: String,
    /// A reference to a role.
    pub(crate) role: String,
    /// `/`, or a reference to an administrative unit or an application.
    pub(crate) scope: Option<String>,
}

impl RoleAssignment {
    /// The role, in the whole tenant, for that user, group or application.
    pub fn new(principal: impl Into<String>, role: impl Into<String>) -> Self {
        Self { principal: principal.into(), role: role.into(), scope: None }
    }

    /// In that administrative unit, or for that application, only.
    #[must_use]
    pub fn in_scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }
}

/// What somebody may activate: a role, or the membership or ownership of a group.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Eligibility {
    /// A reference to a user or a group.
    pub(crate) principal: String,
    /// A reference to a role; either this or a group is given.
    pub(crate) role: Option<String>,
    /// `/`, or a reference to an administrative unit or an application.
    pub(crate) scope: Option<String>,
    /// A reference to a group.
    pub(crate) group: Option<String>,
    pub(crate) access: Option<Access>,
    #[serde(default, deserialize_with = "read::time")]
    pub(crate) start: Option<DateTimeOffset>,
    #[serde(default, deserialize_with = "read::time")]
    pub(crate) end: Option<DateTimeOffset>,
    pub(crate) duration: Option<Duration>,
}

impl Eligibility {
    /// A role that a user or a group may activate in the whole tenant, from now on and for good.
    pub fn to_role(principal: impl Into<String>, role: impl Into<String>) -> Self {
        Self { role: Some(role.into()), ..Self::of(principal.into()) }
    }

    /// The membership or ownership of a group that a user or a group may activate, from now on and for good.
    pub fn to_group(principal: impl Into<String>, group: impl Into<String>, access: Access) -> Self {
        Self { group: Some(group.into()), access: Some(access), ..Self::of(principal.into()) }
    }

    fn of(principal: String) -> Self {
        Self { principal, role: None, scope: None, group: None, access: None, start: None, end: None, duration: None }
    }

    /// In that administrative unit, or for that application, only. Groups have no scope.
    #[must_use]
    pub fn in_scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// From that time on.
    #[must_use]
    pub fn starting(mut self, start: DateTimeOffset) -> Self {
        self.start = Some(start);
        self
    }

    /// Until that time.
    #[must_use]
    pub fn until(mut self, end: DateTimeOffset) -> Self {
        self.end = Some(end);
        self
    }

    /// For so long.
    #[must_use]
    pub fn lasting(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }
}
