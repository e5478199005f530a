//! What objects of the directory lead to, and how much of them is sent.

use pim_client::schema::Schema;
use serde_json::Value;
use uuid::Uuid;

use crate::graph::context::Context;
use crate::graph::entity::Entity;
use crate::graph::error::Result;
use crate::graph::objects;
use crate::store::{Circle, ObjectType};

/// How many objects `$expand` sends along.
const EXPANDED: usize = 20;

/// How many rows are asked of the store at a time.
const BATCH: u32 = 256;

/// What is sent of a user unless more is selected.
const USER: [&str; 11] = [
    "businessPhones",
    "displayName",
    "givenName",
    "id",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
];

/// What a navigation property of an object of the directory leads to.
pub(crate) fn related(
    context: &Context<'_>,
    of: &'static Schema,
    entity: &Entity,
    navigation: &str,
) -> Result<Option<Value>> {
    let Some(object_type) = objects::type_of_name(of.name()) else { return Ok(None) };
    let id = entity.get("id").and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok());
    let Some(id) = id else { return Ok(Some(Value::Null)) };
    let circle = match navigation {
        "manager" => return objects::by_id(context, context.session.manager(id)?).map(Some),
        "members" if object_type == ObjectType::AdministrativeUnit => Circle::UnitMembers(id),
        "members" => Circle::Members(id),
        "owners" => Circle::Owners(id),
        "memberOf" => Circle::MemberOf(id),
        "transitiveMembers" => Circle::TransitiveMembers(id),
        "transitiveMemberOf" => Circle::TransitiveMemberOf(id),
        _ => return Ok(Some(Value::Null)),
    };
    all(context, circle).map(Some)
}

/// A filter may want to know them all, so that they are not cut here.
fn all(context: &Context<'_>, circle: Circle) -> Result<Value> {
    let mut all = Vec::new();
    let mut after = i64::MIN;
    loop {
        let batch = context.session.circle(circle, None, after, BATCH)?;
        let Some((last, _)) = batch.last() else { return Ok(all.into()) };
        after = *last;
        all.extend(batch.iter().map(|(_, object)| Value::Object(objects::represent_tagged(object))));
    }
}

/// What is sent of an entity if nothing is selected: of users, little.
pub(crate) fn unselected(of: &Schema, mut entity: Entity) -> Entity {
    if objects::type_of_name(of.name()) == Some(ObjectType::User) {
        entity.retain(|name, _| name.starts_with('@') || USER.contains(&name.as_str()));
    }
    entity
}

/// How many entities of a type are sent along with another.
pub(crate) fn most_expanded(of: &Schema) -> usize {
    let is_of_directory = of.name() == "microsoft.graph.directoryObject" || objects::type_of_name(of.name()).is_some();
    if is_of_directory { EXPANDED } else { usize::MAX }
}
