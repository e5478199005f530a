//! Users: made, changed, removed.

use std::sync::LazyLock;

use http::StatusCode;
use pim_client::schema::HasSchema as _;
use pim_client::v1_0::models;
use serde_json::Value;
use uuid::Uuid;

use super::group_rules::Draft;
use super::properties::Shape;
use super::{find, rights, unselected};
use crate::domain::authority::sensitive::{self, Sensitive};
use crate::domain::directory::remove_user;
use crate::domain::directory::security_identifier;
use crate::domain::{Identity, audit};
use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::objects;
use crate::graph::page::{self, Collection};
use crate::store::{Entry, ObjectType};

/// What Graph knows of users, and nothing here depends on.
const OTHERS: &[&str] = &[
    "aboutMe",
    "ageGroup",
    "birthday",
    "city",
    "consentProvidedForMinor",
    "country",
    "employeeHireDate",
    "employeeLeaveDateTime",
    "employeeOrgData",
    "faxNumber",
    "hireDate",
    "identities",
    "imAddresses",
    "interests",
    "mySite",
    "onPremisesExtensionAttributes",
    "pastProjects",
    "postalCode",
    "preferredName",
    "responsibilities",
    "schools",
    "showInAddressList",
    "skills",
    "state",
    "streetAddress",
];

/// What nobody changes of their own user without being an administrator.
const FOR_ADMINISTRATORS: &[&str] = &[
    "accountEnabled",
    "employeeId",
    "employeeType",
    "mailNickname",
    "onPremisesImmutableId",
    "passwordPolicies",
    "passwordProfile",
    "usageLocation",
    "userPrincipalName",
    "userType",
];

static NEW: LazyLock<Shape> = LazyLock::new(|| Shape {
    of: models::User::schema(),
    name: "User",
    writable: models::UserCreate::schema(),
    others: OTHERS,
});

static CHANGED: LazyLock<Shape> = LazyLock::new(|| Shape { writable: models::UserUpdate::schema(), ..NEW.clone() });

pub(super) fn create(context: &Context<'_>) -> Result<Answer> {
    rights::check_new_user(context)?;
    let mut properties = NEW.properties(context.body(models::User::schema())?)?;
    for required in ["accountEnabled", "displayName", "mailNickname", "passwordProfile", "userPrincipalName"] {
        NEW.require(&properties, required)?;
    }
    check_password(&properties)?;
    forget_password(&mut properties);
    check_user(&NEW, &properties)?;
    check_name_is_free(context, None, Draft(&properties).text("userPrincipalName"))?;

    let id = Uuid::new_v4();
    if Draft(&properties).text("userType").is_empty() {
        properties.insert("userType".to_owned(), "Member".into());
    }
    properties.insert("createdDateTime".to_owned(), context.session.now().to_string().into());
    properties.insert("securityIdentifier".to_owned(), security_identifier(id).into());
    let user = Entry {
        id,
        object_type: ObjectType::User,
        name: None,
        display_name: None,
        visible: context.session.now().plus(context.settings.replication_lag),
        properties: String::new(),
    };
    let user = with_properties(&user, properties);
    context.session.add_object(&user)?;
    audit::user_created(context.session, context.caller.identity, id)?;
    let mut entity = unselected(objects::schema(ObjectType::User), objects::represent(&user));
    entity.insert("@odata.context".to_owned(), context.context_url("users/$entity").into());
    Ok(Answer::json(StatusCode::CREATED, entity))
}

/// Changes the user that the path names, or the caller's own.
pub(super) fn update(context: &Context<'_>) -> Result<Answer> {
    let user = find::center(context)?;
    let mut changes = CHANGED.properties(context.body(models::User::schema())?)?;
    check_changes(context, &user, &changes)?;
    if changes.is_empty() {
        return Err(GraphError::invalid_object("The body changes nothing; give the properties that are to change."));
    }
    if changes.contains_key("passwordProfile") {
        check_password(&changes)?;
    }
    forget_password(&mut changes);
    let mut kept: Entity = serde_json::from_str(&user.properties).unwrap_or_default();
    kept.extend(changes);
    for required in ["accountEnabled", "displayName", "mailNickname", "userPrincipalName"] {
        CHANGED.require(&kept, required)?;
    }
    check_user(&CHANGED, &kept)?;
    check_name_is_free(context, Some(user.id), Draft(&kept).text("userPrincipalName"))?;
    let user = with_properties(&user, kept);
    context.session.update_object(&user)?;
    audit::user_updated(context.session, context.caller.identity, user.id)?;
    Ok(Answer::no_content())
}

/// Whether the caller may change these properties of a user.
fn check_changes(context: &Context<'_>, user: &Entry, changes: &Entity) -> Result<()> {
    let is_own = context.caller.identity == Identity::User(user.id);
    // Those that anybody changes of their own are sensitive in others only.
    let names = changes.keys().map(String::as_str).filter(|name| !is_own || FOR_ADMINISTRATORS.contains(name));
    let sensitive = sensitive::of_properties(names.clone());
    if let Some(action) = sensitive {
        rights::check_sensitive(context, action, user)?;
    }
    // Who may do what is sensitive need not be one who may do the rest.
    let has_others = names.clone().any(|name| !sensitive::is_sensitive(name));
    match (is_own, has_others, sensitive) {
        (true, true, _) => rights::check_administers_users(context),
        (false, false, Some(_)) => Ok(()),
        _ => rights::check_write(context, user),
    }
}

pub(super) fn delete(context: &Context<'_>) -> Result<Answer> {
    let user = find::center(context)?;
    rights::check_sensitive(context, Sensitive::Account, &user)?;
    audit::user_deleted(context.session, context.caller.identity, user.id)?;
    remove_user(context.session, user.id)?;
    Ok(Answer::no_content())
}

/// The manager of the user that the path names, or of the caller.
pub(super) fn manager(context: &Context<'_>) -> Result<Answer> {
    let query = context.directory_query(models::DirectoryObject::schema())?;
    let user = find::center(context)?;
    rights::check_read(context, &user)?;
    let manager = context.session.manager(user.id)?.map(|id| context.session.object(id)).transpose()?.flatten();
    let manager = manager.ok_or_else(|| GraphError::no_object("manager"))?;
    let page = Collection { fragment: "directoryObjects", query: &query };
    page::single(context, &page, objects::represent_tagged(&manager))
}

/// A user under the names that its properties give it.
fn with_properties(user: &Entry, properties: Entity) -> Entry {
    let text = |name: &str| properties.get(name).and_then(Value::as_str).map(str::to_owned);
    Entry {
        name: text("userPrincipalName"),
        display_name: text("displayName"),
        properties: Value::Object(properties).to_string(),
        ..*user
    }
}

fn check_password(properties: &Entity) -> Result<()> {
    let password = properties.get("passwordProfile").and_then(|profile| profile.get("password"));
    match password {
        Some(Value::String(password)) if !password.is_empty() => Ok(()),
        _ => Err(NEW.invalid("passwordProfile", "it has no 'password'")),
    }
}

/// Any password signs in here: none is kept.
fn forget_password(properties: &mut Entity) {
    properties.remove("passwordProfile");
}

fn check_user(shape: &Shape, properties: &Entity) -> Result<()> {
    let user = Draft(properties);
    let name = user.text("userPrincipalName");
    let is_name = name.split_once('@').is_some_and(|(alias, domain)| {
        let is_domain = domain.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
        });
        !alias.is_empty() && !alias.chars().any(|letter| letter.is_whitespace() || letter.is_control()) && is_domain
    });
    if !is_name {
        return Err(shape.invalid("userPrincipalName", &format!("{name:?} is not like alias@contoso.com")));
    }
    if let Some(letter) = user.text("mailNickname").chars().find(|letter| letter.is_whitespace() || *letter == '@') {
        return Err(shape.invalid("mailNickname", &format!("it has {letter:?}, which is not possible")));
    }
    let user_type = user.text("userType");
    if user_type.is_empty() || ["Member", "Guest"].iter().any(|known| known.eq_ignore_ascii_case(user_type)) {
        return Ok(());
    }
    Err(shape.invalid("userType", &format!("it cannot be {user_type:?}; it is Member or Guest")))
}

fn check_name_is_free(context: &Context<'_>, own: Option<Uuid>, name: &str) -> Result<()> {
    match context.session.object_named(ObjectType::User, name)? {
        Some(other) if Some(other.id) != own => Err(GraphError::invalid_object(
            "Another object with the same value for property userPrincipalName already exists.",
        )),
        _ => Ok(()),
    }
}
