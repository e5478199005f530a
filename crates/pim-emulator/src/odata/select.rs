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
        let (path, of) = uncast(path, of)?;
        let Some((first, rest)) = path.split_first() else { return Ok(()) };
        let (first, name) = (first.trimmed(), first.trimmed().text());
        let Some((_, property)) = of.find(name) else { return Err(first.fault_here(no_property(of, name))) };
        let (name, kind) = (property.name(), property.kind());
        let known = self.properties.iter_mut().find(|(known, _)| *known == name).map(|(_, part)| part);
        let Some(next) = rest.first() else {
            match known {
                Some(part) => *part = None,
                None => self.properties.push((name, None)),
            }
            return Ok(());
        };
        match kind.into() {
            Type::Object(of) | Type::Collection(Item::Object(of)) if !kind.is_navigation() => match known {
                Some(Some(part)) => part.add(rest, of),
                // What is named as a whole stays whole, but what is named of it has to be there all the same.
                Some(None) => Self::default().add(rest, of),
                None => {
                    let mut part = Self::default();
                    part.add(rest, of)?;
                    self.properties.push((name, Some(part)));
                    Ok(())
                }
            },
            _ => {
                let instead = if kind.is_navigation() {
                    format!("; what it leads to is selected from as $expand={name}($select=…)")
                } else {
                    String::new()
                };
                Err(next.trimmed().fault_here(format!("'{name}' has no properties to select{instead}")))
            }
        }
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

/// A path behind the types that it begins with, and the last of those.
fn uncast<'a, 'b>(
    mut path: &'b [Source<'a>],
    mut of: &'static Schema,
) -> Result<(&'b [Source<'a>], &'static Schema), Fault> {
    while let [first, rest @ ..] = path
        && !rest.is_empty()
        && first.text().contains('.')
    {
        let (first, name) = (first.trimmed(), first.trimmed().text());
        let no_type = || first.fault_here(format!("'{name}' is no type of {}", unqualified(of.name())));
        (path, of) = (rest, of.subtype(name).ok_or_else(no_type)?);
    }
    Ok((path, of))
}
