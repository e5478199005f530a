//! What bodies say about objects, held against what can be said.

use pim_client::schema::{Kind, Schema};
use serde_json::Value;

use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};

/// What can be said about objects of a type.
#[derive(Clone)]
pub(super) struct Shape {
    /// The type, and what errors call it.
    pub(super) of: &'static Schema,
    pub(super) name: &'static str,
    /// The properties that can be written.
    pub(super) writable: &'static Schema,
    /// Properties that Graph knows besides: they are kept as they are.
    pub(super) others: &'static [&'static str],
}

/// The longest text that a property can have, where it is not as long as one likes.
const LENGTHS: [(&str, usize); 4] =
    [("displayName", 256), ("description", 1024), ("mailNickname", 64), ("userPrincipalName", 113)];

impl Shape {
    /// The properties that a body has, without what is said besides: types, and addresses of other objects.
    pub(super) fn properties(&self, body: Entity) -> Result<Entity> {
        let mut properties = Entity::new();
        for (name, value) in body {
            if name.contains('@') {
                self.check_annotation(&name)?;
                continue;
            }
            let known = self.of.property(&name).filter(|property| !property.kind().is_navigation());
            if let Some(property) = known {
                if self.writable.property(&name).is_none() {
                    let message = format!("Property '{name}' is read-only and cannot be set; leave it out.");
                    return Err(GraphError::invalid_object(message));
                }
                if !fits(&value, property.kind()) {
                    return Err(self.invalid(&name, &format!("it cannot be {value}")));
                }
            } else if !self.others.contains(&name.as_str()) && !name.starts_with("extension_") {
                return Err(GraphError::invalid_object(format!("Invalid property '{name}'.")));
            }
            self.check_length(&name, &value)?;
            properties.insert(name, value);
        }
        Ok(properties)
    }

    /// Types and addresses may be said of it; other objects within it may not.
    fn check_annotation(&self, name: &str) -> Result<()> {
        let navigation =
            name.strip_suffix("@odata.bind").map(|property| self.writable.property(&format!("{property}@odata.bind")));
        match navigation {
            Some(None) => Err(GraphError::invalid_object(format!("'{name}' cannot be set here; leave it out."))),
            _ => Ok(()),
        }
    }

    fn check_length(&self, name: &str, value: &Value) -> Result<()> {
        let longest = LENGTHS.into_iter().find(|(known, _)| *known == name);
        match (longest, value.as_str().map(|text| text.chars().count())) {
            (Some((_, longest)), Some(length)) if length > longest => {
                Err(self.invalid(name, &format!("it has {length} characters, and at most {longest} are possible")))
            }
            _ => Ok(()),
        }
    }

    /// A property that has to be there is there, and not empty.
    pub(super) fn require(&self, properties: &Entity, name: &str) -> Result<()> {
        match properties.get(name) {
            None | Some(Value::Null) => Err(GraphError::invalid_object(format!(
                "A value is required for property '{name}' of resource '{}'.",
                self.name
            ))),
            Some(Value::String(text)) if text.trim().is_empty() => Err(self.invalid(name, "it is empty")),
            Some(_) => Ok(()),
        }
    }

    /// A property has a value that it cannot have.
    pub(super) fn invalid(&self, name: &str, reason: &str) -> GraphError {
        GraphError::invalid_object(format!(
            "Invalid value specified for property '{name}' of resource '{}': {reason}.",
            self.name
        ))
    }
}

fn fits(value: &Value, kind: Kind) -> bool {
    match (kind, value) {
        (Kind::Collection(item), Value::Array(values)) => {
            values.iter().all(|value| !value.is_null() && fits(value, *item))
        }
        (Kind::Collection(_), _) => false,
        (_, Value::Null) | (Kind::Any, _) => true,
        (Kind::Boolean, value) => value.is_boolean(),
        (Kind::Int32 | Kind::Int64 | Kind::Double, value) => value.is_number(),
        (Kind::Complex(_), value) => value.is_object(),
        (_, value) => value.is_string(),
    }
}
