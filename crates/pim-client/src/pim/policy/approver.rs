use std::fmt;

use crate::Id;
use crate::runtime::Union;
use crate::v1_0::models::{Group, GroupMembers, RequestorManager, SingleUser, SubjectSet, User};

/// Who approves activations.
///
/// ```
/// use pim_client::pim::Approver;
///
/// let adele = Approver::user("9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f");
/// let helpdesk = Approver::members_of("e77cbb23-0ff2-4e18-819c-690f58269752");
/// ```
///
/// Two are equal if they are the same people, whatever Graph has noted besides.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Approver {
    /// One user.
    User(Id<User>),
    /// The members of a group.
    GroupMembers(Id<Group>),
    /// The manager of the one who activates, so many levels up: 1 is the direct one.
    RequestorManager(i32),
    /// Any other, as Graph has it.
    Other(Box<SubjectSet>),
}

impl Approver {
    /// One user.
    pub fn user(id: impl Into<Id<User>>) -> Self {
        Self::User(id.into())
    }

    /// The members of a group.
    pub fn members_of(id: impl Into<Id<Group>>) -> Self {
        Self::GroupMembers(id.into())
    }

    /// As Graph takes it.
    pub(super) fn to_subject_set(&self) -> SubjectSet {
        match self {
            Self::User(id) => SingleUser::new().user_id(id).into(),
            Self::GroupMembers(id) => GroupMembers::new().group_id(id).into(),
            Self::RequestorManager(level) => RequestorManager::new().manager_level(*level).into(),
            Self::Other(set) => (**set).clone(),
        }
    }
}

/// Older policies write the key of a user or group as `id`.
impl From<&SubjectSet> for Approver {
    fn from(set: &SubjectSet) -> Self {
        let id = || set.additional_data().get("id").and_then(serde_json::Value::as_str);
        let known = match set {
            SubjectSet::SingleUser(user) => user.user_id.clone().or_else(|| Some(id()?.into())).map(Self::User),
            SubjectSet::GroupMembers(group) => {
                group.group_id.clone().or_else(|| Some(id()?.into())).map(Self::GroupMembers)
            }
            SubjectSet::RequestorManager(manager) => manager.manager_level.map(Self::RequestorManager),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Other(Box::new(set.clone())))
    }
}

/// Ids are the same in any letter case.
impl PartialEq for Approver {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::User(id), Self::User(other)) => id.as_str().eq_ignore_ascii_case(other.as_str()),
            (Self::GroupMembers(id), Self::GroupMembers(other)) => id.as_str().eq_ignore_ascii_case(other.as_str()),
            (Self::RequestorManager(level), Self::RequestorManager(other)) => level == other,
            (Self::Other(set), Self::Other(other)) => set == other,
            _ => false,
        }
    }
}

/// `user 9b6c9bd6-…`, `members of group e77cbb23-…`
impl fmt::Display for Approver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "user {id}"),
            Self::GroupMembers(id) => write!(f, "members of group {id}"),
            Self::RequestorManager(1) => f.write_str("the manager"),
            Self::RequestorManager(level) => write!(f, "the manager {level} levels up"),
            Self::Other(set) => f.write_str(set.odata_type().unwrap_or("somebody")),
        }
    }
}
