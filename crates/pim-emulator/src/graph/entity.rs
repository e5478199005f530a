//! Entities as JSON, with the properties that their types have.

use pim_client::schema::{Kind, Schema};
use serde_json::{Map, Value};

/// An entity: its properties by their names in Graph.
pub(crate) type Entity = Map<String, Value>;

/// Makes an entity of a type of the generated model.
pub(crate) struct Builder {
    schema: &'static Schema,
    entity: Entity,
}

impl Builder {
    pub(crate) fn new(schema: &'static Schema) -> Self {
        Self { schema, entity: Entity::new() }
    }

    /// Sets a property that the type has.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        debug_assert!(
            self.schema.property(name).is_some_and(|property| property.name() == name),
            "{} has no property {name}",
            self.schema.name()
        );
        self.entity.insert(name.to_owned(), value.into());
        self
    }

    /// The entity, with all other properties empty.
    pub(crate) fn finish(self) -> Entity {
        completed(self.schema, self.entity)
    }
}

/// An entity with those properties of its type that it lacks: null, or no elements. What else it could lead to is added
/// when it is asked for.
pub(crate) fn completed(schema: &'static Schema, mut entity: Entity) -> Entity {
    for property in schema.properties() {
        if property.kind().is_navigation() || entity.contains_key(property.name()) {
            continue;
        }
        let empty = match property.kind() {
            Kind::Collection(_) => Value::Array(Vec::new()),
            _ => Value::Null,
        };
        entity.insert(property.name().to_owned(), empty);
    }
    entity
}

/// Says in the entity what it is, as where entities of several types can be.
pub(crate) fn tagged(schema: &Schema, mut entity: Entity) -> Entity {
    entity.insert("@odata.type".to_owned(), Value::from(format!("#{}", schema.name())));
    entity
}
