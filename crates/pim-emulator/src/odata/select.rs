//! `$select`: which properties of an entity are sent.

use pim_client::schema::Schema;
use serde_json::Value as Json;

use super::parser::no_property;
use super::source::Source;
use super::types::{Item, Type, unqualified};
use super::{Entity, Fault};

/// Which properties are sent: all, or those that are named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Select {
    all: bool,
    /// What is named, as Graph writes it; of a complex value, perhaps only a part.
    properties: Vec<(&'static str, Option<Select>)>,
}

impl Select {
    /// Reads what is named, in any letter case. Of a type with subtypes, properties of any of them may be.
    pub(super) fn read(source: Source<'_>, of: &'static Schema) -> Result<Self, Fault> {
        let mut select = Self::default();
        for part in source.split(',') {
            let part = part.trimmed();
            match part.text() {
                "*" => select.all = true,
                "" => return Err(part.fault_here("the name of a property is missing")),
                _ => select.add(&part.split('/'), of)?,
            }
        }
        Ok(select)
    }

    /// Adds what a path leads to.
    fn add(&mut self, path: &[Source<'_>], of: &'static Schema) -> Result<(), Fault> {
        let Some((first, rest)) = path.split_first() else { return Ok(()) };
        let first = first.trimmed();
        let name = first.text();
        if name.contains('.') && !rest.is_empty() {
            let Some(of) = of.subtype(name) else {
                return Err(first.fault_here(format!("'{name}' is no type of {}", unqualified(of.name()))));
            };
            return self.add(rest, of);
        }
        let Some((_, property)) = of.find(name) else { return Err(first.fault_here(no_property(of, name))) };
        let position = self.properties.iter().position(|(known, _)| *known == property.name());
        let part = match (rest.first(), Type::from(property.kind())) {
            (None, _) => None,
            (Some(_), Type::Object(of) | Type::Collection(Item::Object(of))) if !property.kind().is_navigation() => {
                // What is named as a whole already stays whole.
                let known = position.map(|position| self.properties.remove(position).1);
                let mut part = known.unwrap_or_else(|| Some(Self::default()));
                if let Some(part) = &mut part {
                    part.add(rest, of)?;
                }
                part
            }
            (Some(next), _) => {
                let name = property.name();
                let message = format!(
                    "'{name}' has no properties to select; those of a navigation property are selected as $expand={name}($select=…)"
                );
                return Err(next.trimmed().fault_here(message));
            }
        };
        match self.properties.iter_mut().find(|(known, _)| *known == property.name()) {
            Some(known) => known.1 = part,
            None => self.properties.push((property.name(), part)),
        }
        Ok(())
    }

    /// What is left of an entity. Control information stays.
    pub(super) fn apply(&self, entity: Entity) -> Entity {
        if self.all {
            return entity;
        }
        let keep = |(name, value): (String, Json)| {
            // Control information of a property stays with it.
            let owner = name.split_once('@').map_or(name.as_str(), |(owner, _)| owner);
            if owner.is_empty() {
                return Some((name, value));
            }
            let (_, part) = self.properties.iter().find(|(known, _)| *known == owner)?;
            let value = match part {
                Some(part) => part.apply_to(value),
                None => value,
            };
            Some((name, value))
        };
        entity.into_iter().filter_map(keep).collect()
    }

    fn apply_to(&self, value: Json) -> Json {
        match value {
            Json::Object(object) => Json::Object(self.apply(object)),
            Json::Array(items) => Json::Array(items.into_iter().map(|item| self.apply_to(item)).collect()),
            other => other,
        }
    }

    /// What is selected, as `@odata.context` names it.
    pub(super) fn names(&self) -> Vec<String> {
        if self.all {
            return vec!["*".to_owned()];
        }
        let names = |(name, part): &(&'static str, Option<Self>)| match part {
            Some(part) => part.names().into_iter().map(|rest| format!("{name}/{rest}")).collect(),
            None => vec![(*name).to_owned()],
        };
        self.properties.iter().flat_map(names).collect()
    }
}
