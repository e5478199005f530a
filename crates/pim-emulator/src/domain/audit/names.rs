//! Who is who: objects, roles and callers as the log names them. Each object is looked up once.

use std::cell::RefCell;

use pim_client::v1_0::models::{
    AppIdentity, AuditActivityInitiator, GroupType, ModifiedProperty, TargetResource, UserIdentity,
};
use serde::Deserialize;
use uuid::{Uuid, uuid};

use super::entry::or_null;
use crate::catalog;
use crate::domain::{Access, Identity, Scope, Target};
use crate::store::{Entry, ObjectType, Result, Session};

/// The application as which PIM itself shows up.
const PIM: (Uuid, &str) = (uuid!("01fc33a7-78ba-4d2f-a4b7-768e336e890e"), "MS-PIM");

/// What is kept of an object or a role, as far as the log says it.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Kept {
    display_name: Option<String>,
    user_type: Option<String>,
    group_types: Vec<String>,
}

/// The names in the directory, at one moment.
pub(super) struct Names<'a> {
    session: &'a Session<'a>,
    objects: RefCell<Vec<(Uuid, Option<Entry>)>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(session: &'a Session<'a>) -> Self {
        Self { session, objects: RefCell::default() }
    }

    pub(super) fn session(&self) -> &'a Session<'a> {
        self.session
    }

    fn find<T>(&self, id: Uuid, read: impl FnOnce(Option<&Entry>) -> T) -> Result<T> {
        let mut objects = self.objects.borrow_mut();
        if let Some((_, known)) = objects.iter().find(|(known, _)| *known == id) {
            return Ok(read(known.as_ref()));
        }
        // Whoever makes an object knows it before everybody else does.
        let found = self.session.object_or_new(id)?;
        let value = read(found.as_ref());
        objects.push((id, found));
        Ok(value)
    }

    /// Who did it.
    pub(super) fn initiator(&self, by: Identity) -> Result<AuditActivityInitiator> {
        match by {
            Identity::User(id) => self.find(id, |user| by_user(id, user)),
            Identity::Application { service_principal, app_id } => self.find(service_principal, |entry| {
                let name = entry.and_then(|entry| entry.display_name.clone());
                by_app(app_id, name, Some(service_principal))
            }),
        }
    }

    /// An object, as what something is done to.
    pub(super) fn object(&self, id: Uuid) -> Result<TargetResource> {
        self.find(id, |entry| {
            let resource = TargetResource::new()
                .id(id.to_string())
                .display_name(or_null(entry.and_then(|entry| entry.display_name.clone())))
                .r#type(object_type(entry))
                .modified_properties(Vec::<ModifiedProperty>::new());
            match entry {
                Some(entry) if entry.object_type == ObjectType::User => {
                    resource.user_principal_name(or_null(entry.name.clone()))
                }
                Some(entry) if entry.object_type == ObjectType::Group => resource.group_type(group_type(entry)),
                _ => resource,
            }
        })
    }

    /// A role.
    pub(super) fn role(&self, id: Uuid) -> Result<TargetResource> {
        let name = match catalog::role(id) {
            Some(role) => Some(role.display_name.to_owned()),
            None => self.session.role(id)?.and_then(|role| kept(&role).display_name),
        };
        Ok(role(&id.to_string(), name))
    }

    /// What is given: a role, or access to a group, which the log calls a role as well.
    pub(super) fn what(&self, target: Target) -> Result<TargetResource> {
        match target {
            Target::Role { role, .. } => self.role(role),
            Target::Group { access, .. } => {
                let name = if access == Access::Member { "Member" } else { "Owner" };
                Ok(role(access.name(), Some(name.to_owned())))
            }
        }
    }

    /// Where it is given: in the directory or a part of it, or in a group.
    pub(super) fn place(&self, target: Target) -> Result<TargetResource> {
        match target {
            Target::Role { scope: Scope::Tenant, .. } => Ok(TargetResource::new()
                .id("/")
                .display_name("Directory")
                .r#type("Directory")
                .modified_properties(Vec::<ModifiedProperty>::new())),
            Target::Role { scope: Scope::AdministrativeUnit(id) | Scope::Object(id), .. } => self.object(id),
            Target::Group { group, .. } => self.object(group),
        }
    }
}

/// PIM itself.
pub(super) fn pim() -> AuditActivityInitiator {
    let (id, name) = PIM;
    by_app(id, Some(name.to_owned()), None)
}

/// The request that something is about.
pub(super) fn request(id: Uuid) -> TargetResource {
    numbered(id, "Request")
}

/// What stands in the place of a request where there is none.
pub(super) fn other(id: Uuid) -> TargetResource {
    numbered(id, "Other")
}

fn numbered(id: Uuid, kind: &str) -> TargetResource {
    TargetResource::new().id(id.to_string()).r#type(kind).modified_properties(Vec::<ModifiedProperty>::new())
}

pub(super) fn role(id: &str, name: Option<String>) -> TargetResource {
    TargetResource::new()
        .id(id)
        .display_name(or_null(name))
        .r#type("Role")
        .modified_properties(Vec::<ModifiedProperty>::new())
}

fn by_user(id: Uuid, user: Option<&Entry>) -> AuditActivityInitiator {
    let mut identity = UserIdentity::new()
        .id(id.to_string())
        .display_name(or_null(user.and_then(|user| user.display_name.clone())))
        .user_principal_name(or_null(user.and_then(|user| user.name.clone())))
        .ip_address(or_null(None));
    // The log has more of a user than the type says.
    let user_type = user.and_then(|user| kept(&user.properties).user_type);
    identity.additional_data.insert("userType", user_type);
    identity.additional_data.insert("homeTenantId", serde_json::Value::Null);
    identity.additional_data.insert("homeTenantName", serde_json::Value::Null);
    AuditActivityInitiator::new().user(identity).app(or_null(None))
}

fn by_app(app_id: Uuid, name: Option<String>, service_principal: Option<Uuid>) -> AuditActivityInitiator {
    let identity = AppIdentity::new()
        .app_id(app_id.to_string())
        .display_name(or_null(name))
        .service_principal_id(or_null(service_principal.map(|id| id.to_string().into())))
        .service_principal_name(or_null(None));
    AuditActivityInitiator::new().app(identity).user(or_null(None))
}

fn kept(properties: &str) -> Kept {
    serde_json::from_str(properties).unwrap_or_default()
}

fn object_type(entry: Option<&Entry>) -> &'static str {
    match entry.map(|entry| entry.object_type) {
        Some(ObjectType::User) => "User",
        Some(ObjectType::Group) => "Group",
        Some(ObjectType::ServicePrincipal) => "ServicePrincipal",
        Some(ObjectType::Application) => "Application",
        Some(ObjectType::AdministrativeUnit) => "AdministrativeUnit",
        None => "Other",
    }
}

fn group_type(group: &Entry) -> GroupType {
    let kept = kept(&group.properties);
    let is_unified = kept.group_types.iter().any(|kind| kind.eq_ignore_ascii_case("Unified"));
    if is_unified { GroupType::UnifiedGroups } else { GroupType::AzureAd }
}
