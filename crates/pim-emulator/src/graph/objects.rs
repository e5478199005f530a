//! Objects of the directory as Graph shows them.

use pim_client::schema::{HasSchema as _, Schema};
use pim_client::v1_0::models;
use serde_json::Value;
use uuid::Uuid;

use super::context::Context;
use super::entity::{Entity, completed, tagged};
use super::error::Result;
use crate::store::{Entry, ObjectType};

/// The type of the model for a type of object.
pub(crate) fn schema(object_type: ObjectType) -> &'static Schema {
    match object_type {
        ObjectType::User => models::User::schema(),
        ObjectType::Group => models::Group::schema(),
        ObjectType::ServicePrincipal => models::ServicePrincipal::schema(),
        ObjectType::Application => models::Application::schema(),
        ObjectType::AdministrativeUnit => models::AdministrativeUnit::schema(),
    }
}

/// The type of object of a name, qualified or not, in any letter case.
pub(crate) fn type_of_name(name: &str) -> Option<ObjectType> {
    ObjectType::ALL.into_iter().find(|object_type| schema(*object_type).subtype(name).is_some())
}

/// An object with all of its properties.
pub(crate) fn represent(entry: &Entry) -> Entity {
    let mut entity: Entity = serde_json::from_str(&entry.properties).unwrap_or_default();
    entity.insert("id".to_owned(), entry.id.to_string().into());
    completed(schema(entry.object_type), entity)
}

/// An object where others than of its type could be.
pub(crate) fn represent_tagged(entry: &Entry) -> Entity {
    tagged(schema(entry.object_type), represent(entry))
}

/// The object with an id, or null.
pub(crate) fn by_id(context: &Context<'_>, id: Option<Uuid>) -> Result<Value> {
    let Some(id) = id else { return Ok(Value::Null) };
    Ok(context.session.object(id)?.map_or(Value::Null, |entry| Value::Object(represent_tagged(&entry))))
}
