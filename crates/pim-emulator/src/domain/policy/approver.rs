//! Who approves activations.

use pim_client::runtime::Property;
use pim_client::v1_0::models::{GroupMembers, RequestorManager, SingleUser, SubjectSet};
use serde_json::Value;
use uuid::Uuid;

use super::members::Members;
use crate::domain::Refusal;

/// `id` and `isBackup` are how policies were written before `userId` and `groupId`.
const MEMBERS: [&str; 6] = ["userId", "groupId", "managerLevel", "description", "id", "isBackup"];

/// Who approves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Approver {
    /// One user.
    User(Uuid),
    /// The members of a group.
    GroupMembers(Uuid),
    /// The manager of the one who activates, so many levels up: 1 is the direct one.
    RequestorManager(i32),
}

/// Who approves, and what somebody called them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedApprover {
    pub(crate) approver: Approver,
    pub(crate) description: Option<String>,
}

#[derive(Clone, Copy)]
enum Type {
    User,
    GroupMembers,
    RequestorManager,
}

const TYPES: [(&str, Type); 3] = [
    ("microsoft.graph.singleUser", Type::User),
    ("microsoft.graph.groupMembers", Type::GroupMembers),
    ("microsoft.graph.requestorManager", Type::RequestorManager),
];

impl NamedApprover {
    /// Reads a subject set. The older spelling is taken as well; it is not given back.
    pub(super) fn read(value: &Value, place: String) -> Result<Self, Refusal> {
        let members = Members::of(value, place, &MEMBERS)?;
        let approver = match members.odata_type(&TYPES)? {
            Type::User => Approver::User(key(&members, "userId")?),
            Type::GroupMembers => Approver::GroupMembers(key(&members, "groupId")?),
            Type::RequestorManager => Approver::RequestorManager(members.number("managerLevel", 1)?.unwrap_or(1)),
        };
        Ok(Self { approver, description: members.text("description")?.into_value() })
    }

    pub(super) fn to_object(&self) -> SubjectSet {
        let description = || self.description.clone().map_or(Property::Null, Property::Value);
        match self.approver {
            Approver::User(id) => SingleUser::new().user_id(id.to_string()).description(description()).into(),
            Approver::GroupMembers(id) => {
                GroupMembers::new().group_id(id.to_string()).description(description()).into()
            }
            Approver::RequestorManager(level) => RequestorManager::new().manager_level(level).into(),
        }
    }
}

/// The key in `name`, or in `id`, as it was called once.
fn key(members: &Members<'_>, name: &str) -> Result<Uuid, Refusal> {
    let is_said = |name: &&str| members.get(name).is_some_and(|value| !value.is_null());
    let name = [name, "id"].into_iter().find(is_said).unwrap_or(name);
    let id = members.read(name, "the id of the object, a GUID", |value| Uuid::try_parse(value.as_str()?).ok())?;
    id.ok_or_else(|| members.refusal(name, &Value::Null, "the id of the object, a GUID"))
}
