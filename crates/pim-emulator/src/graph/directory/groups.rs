//! Groups: made, changed, removed.

use std::sync::LazyLock;

use http::StatusCode;
use http::header::LOCATION;
use pim_client::schema::HasSchema as _;
use pim_client::v1_0::models;
use serde_json::{Value, json};
use uuid::Uuid;

use super::group_rules::{self, Draft};
use super::properties::Shape;
use super::{address, find, rights};
use crate::domain::directory::security_identifier;
use crate::domain::directory::{membership, plural, remove_group};
use crate::domain::{Access, Identity, audit};
use crate::graph::context::Context;
use crate::graph::entity::{Entity, completed};
use crate::graph::error::{GraphError, Result};
use crate::graph::exchange::Answer;
use crate::graph::{body, objects};
use crate::store::{Called, Entry, ObjectType};

/// How many groups of a tenant can hold roles.
const MOST_ASSIGNABLE: i64 = 500;

/// What Graph knows of groups, and nothing here depends on.
const OTHERS: &[&str] = &[
    "allowExternalSenders",
    "assignedLabels",
    "autoSubscribeNewMembers",
    "hideFromAddressLists",
    "hideFromOutlookClients",
    "isSubscribedByMail",
    "resourceBehaviorOptions",
    "resourceProvisioningOptions",
    "writebackConfiguration",
];

static NEW: LazyLock<Shape> = LazyLock::new(|| Shape {
    of: models::Group::schema(),
    name: "Group",
    writable: models::GroupCreate::schema(),
    others: OTHERS,
});

static CHANGED: LazyLock<Shape> = LazyLock::new(|| Shape { writable: models::GroupUpdate::schema(), ..NEW.clone() });

pub(super) fn create(context: &Context<'_>) -> Result<Answer> {
    let body = context.body(models::Group::schema())?;
    let is_assignable_to_role = body::boolean(&body, "isAssignableToRole")?.unwrap_or(false);
    rights::check_new_group(context, is_assignable_to_role)?;
    check_type(&body)?;
    let bound = Bound::of(context, &body)?;
    let mut properties = NEW.properties(body)?;
    group_rules::check(&NEW, &properties)?;
    check_nickname_is_free(context, None, &properties)?;
    if is_assignable_to_role && context.session.count_assignable_groups()? >= MOST_ASSIGNABLE {
        let message = format!("There are {MOST_ASSIGNABLE} groups that are assignable to roles; remove one first.");
        return Err(GraphError::invalid_object(message));
    }

    let id = Uuid::new_v4();
    complete(context, id, &mut properties);
    let group = Entry {
        id,
        object_type: ObjectType::Group,
        name: None,
        display_name: properties.get("displayName").and_then(Value::as_str).map(str::to_owned),
        visible: context.session.now().plus(context.settings.replication_lag),
        properties: Value::Object(properties).to_string(),
    };
    context.session.add_object(&group)?;
    audit::group_created(context.session, context.caller.identity, id)?;
    bound.or_owned_by_caller(context)?.add_to(context, &group)?;
    Ok(created(context, &group))
}

pub(super) fn update(context: &Context<'_>) -> Result<Answer> {
    let mut group = find::center(context)?;
    rights::check_write(context, &group)?;
    let mut body = context.body(models::Group::schema())?;
    check_type(&body)?;
    let mut kept: Entity = serde_json::from_str(&group.properties).unwrap_or_default();
    if let Some(asked) = body::boolean(&body, "isAssignableToRole")? {
        if asked != Draft(&kept).is("isAssignableToRole") {
            return Err(GraphError::invalid_object(
                "Property 'isAssignableToRole' is set when a group is made and cannot be changed; make another group.",
            ));
        }
        body.remove("isAssignableToRole");
    }
    let bound = Bound::of(context, &body)?;
    let changes = CHANGED.properties(body)?;
    if changes.is_empty() && bound.0.is_empty() {
        return Err(GraphError::invalid_object("The body changes nothing; give the properties that are to change."));
    }
    if !changes.is_empty() {
        kept.extend(changes);
        group_rules::check(&CHANGED, &kept)?;
        check_nickname_is_free(context, Some(group.id), &kept)?;
        group.display_name = kept.get("displayName").and_then(Value::as_str).map(str::to_owned);
        group.properties = Value::Object(kept).to_string();
        context.session.update_object(&group)?;
        audit::group_updated(context.session, context.caller.identity, group.id)?;
    }
    bound.add_to(context, &group)?;
    Ok(Answer::no_content())
}

pub(super) fn delete(context: &Context<'_>) -> Result<Answer> {
    let group = find::center(context)?;
    rights::check_write(context, &group)?;
    audit::group_deleted(context.session, context.caller.identity, group.id)?;
    remove_group(context.session, group.id)?;
    Ok(Answer::no_content())
}

/// The objects that a body wants in a group, and as what.
struct Bound(Vec<(Access, Entry)>);

impl Bound {
    fn of(context: &Context<'_>, body: &Entity) -> Result<Self> {
        let mut bound = Vec::new();
        for access in [Access::Owner, Access::Member] {
            let name = format!("{}@odata.bind", plural(access));
            let objects = address::objects(context, body, &name)?.unwrap_or_default();
            bound.extend(objects.into_iter().map(|object| (access, object)));
        }
        if bound.len() > address::MOST {
            return Err(GraphError::invalid_object(format!(
                "The body adds more than {} owners and members; add the others later.",
                address::MOST
            )));
        }
        Ok(Self(bound))
    }

    /// A user who makes a group owns it, unless somebody else is to.
    fn or_owned_by_caller(mut self, context: &Context<'_>) -> Result<Self> {
        let has_owner = self.0.iter().any(|(access, _)| *access == Access::Owner);
        if let (false, Identity::User(user)) = (has_owner, context.caller.identity) {
            self.0.extend(context.session.object(user)?.map(|user| (Access::Owner, user)));
        }
        Ok(self)
    }

    /// What cannot be added fails the request as a whole.
    fn add_to(self, context: &Context<'_>, group: &Entry) -> Result<()> {
        for (access, object) in self.0 {
            membership::add(context.session, context.caller.identity, group, access, &object)?;
        }
        Ok(())
    }
}

/// What is said to be a group is one.
fn check_type(body: &Entity) -> Result<()> {
    let Some(tag) = body.get("@odata.type") else { return Ok(()) };
    if tag.as_str().is_some_and(|tag| models::Group::schema().subtype(tag).is_some()) {
        return Ok(());
    }
    Err(GraphError::invalid_object(format!("'@odata.type' cannot be {tag} here; it is #microsoft.graph.group.")))
}

/// Groups with a mailbox share their nicknames with no other group; others may be called alike.
fn check_nickname_is_free(context: &Context<'_>, own: Option<Uuid>, properties: &Entity) -> Result<()> {
    let group = Draft(properties);
    if !group.is("mailEnabled") {
        return Ok(());
    }
    let called = Called::MailNickname(group.text("mailNickname"));
    let others = context.session.objects_called(ObjectType::Group, called, i64::MIN, 2)?;
    if others.iter().any(|(_, other)| Some(other.id) != own) {
        return Err(GraphError::invalid_object(
            "Another object with the same value for property mailNickname already exists.",
        ));
    }
    Ok(())
}

/// What follows from the rest.
fn complete(context: &Context<'_>, id: Uuid, properties: &mut Entity) {
    let group = Draft(properties);
    let visibility = match group.text("visibility") {
        "" if group.is("isAssignableToRole") => Value::from("Private"),
        "" if group.is_of_type("Unified") => Value::from("Public"),
        "" => Value::Null,
        visibility => Value::from(visibility),
    };
    let now = context.session.now().to_string();
    properties.insert("visibility".to_owned(), visibility);
    properties.insert("createdDateTime".to_owned(), now.clone().into());
    properties.insert("renewedDateTime".to_owned(), now.into());
    properties.insert("securityIdentifier".to_owned(), security_identifier(id).into());
    properties.entry("isAssignableToRole").or_insert(Value::Null);
}

fn created(context: &Context<'_>, group: &Entry) -> Answer {
    let address = format!(
        "https://graph.microsoft.com/v2/{}/directoryObjects/{}/Microsoft.DirectoryServices.Group",
        context.service.tenant, group.id
    );
    let mut entity = completed(objects::schema(ObjectType::Group), objects::represent(group));
    entity.insert("@odata.context".to_owned(), context.context_url("groups/$entity").into());
    entity.insert("@odata.id".to_owned(), json!(address));
    Answer::json(StatusCode::CREATED, entity).with_header(LOCATION, &address)
}
