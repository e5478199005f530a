//! `$expand`: which related entities are sent along.

use pim_client::schema::Schema;
use serde_json::Value as Json;

use super::evaluate::{Relations, related, type_of};
use super::nearest::did_you_mean;
use super::parser::names;
use super::source::Source;
use super::types::unqualified;
use super::{DEEPEST, Entity, Fault, Query, Strings};

/// A navigation property whose entities are sent along, and how.
#[derive(Clone, Debug)]
pub(crate) struct Expand {
    /// The type that is known to be there, and the one that has the property.
    declared: &'static Schema,
    owner: &'static Schema,
    name: &'static str,
    /// The only type of which entities are sent, if there is one.
    cast: Option<&'static Schema>,
    is_collection: bool,
    query: Query,
}

impl Expand {
    /// The navigation property, as Graph writes it.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// Reads all that is to be expanded.
    pub(super) fn read(
        source: Source<'_>,
        of: &'static Schema,
        strings: Strings,
        depth: usize,
    ) -> Result<Vec<Self>, Fault> {
        if depth == DEEPEST {
            return Err(source.fault_here(format!("$expand is nested deeper than {DEEPEST} levels")));
        }
        let (mut expansions, mut wildcard) = (Vec::<Self>::new(), false);
        for part in source.split(',') {
            let part = part.trimmed();
            match part.text() {
                "" => return Err(part.fault_here("the name of a navigation property is missing")),
                "*" => wildcard = true,
                _ => {
                    let expansion = Self::read_one(part, of, strings, depth)?;
                    if expansions.iter().any(|other| other.name == expansion.name) {
                        return Err(part.fault_here(format!("'{}' is expanded twice", expansion.name)));
                    }
                    expansions.push(expansion);
                }
            }
        }
        if wildcard {
            for property in of.properties().iter().filter(|property| property.kind().is_navigation()) {
                if !expansions.iter().any(|other| other.name == property.name()) {
                    expansions.extend(Self::of(of, property.name()));
                }
            }
        }
        Ok(expansions)
    }

    /// A navigation property with all of its entities.
    fn of(declared: &'static Schema, name: &str) -> Option<Self> {
        let (owner, property) = declared.find(name)?;
        let kind = property.kind();
        let query = Query::all(kind.schema().filter(|_| kind.is_navigation())?);
        let is_collection = matches!(kind, pim_client::schema::Kind::NavigationCollection(_));
        Some(Self { declared, owner, name: property.name(), cast: None, is_collection, query })
    }

    fn read_one(part: Source<'_>, of: &'static Schema, strings: Strings, depth: usize) -> Result<Self, Fault> {
        let text = part.text();
        let opened = text.find('(').unwrap_or(text.len());
        let segments = part.part(0..opened).trimmed().split('/');
        let (cast_from, segments) = match segments.as_slice() {
            [first, rest @ ..] if first.text().contains('.') && !rest.is_empty() => (subtype(*first, of)?, rest),
            all => (of, all),
        };
        let [first, rest @ ..] = segments else { return Err(part.fault_here("a name is missing")) };
        let name = first.trimmed().text();
        let Some(mut expansion) = Self::of(cast_from, name) else {
            return Err(first.trimmed().fault_here(no_navigation(cast_from, name)));
        };
        match rest {
            [] => {}
            [cast] if cast.text().contains('.') => {
                let to = subtype(*cast, expansion.query.of())?;
                expansion.cast = Some(to);
                expansion.query = Query::all(to);
            }
            [next, ..] => {
                let (name, next) = (expansion.name, next.trimmed());
                let message = format!("a path cannot be expanded; say '{name}($expand={})'", next.text());
                return Err(next.fault_here(message));
            }
        }
        if opened < text.len() {
            if !text.ends_with(')') {
                return Err(part.fault(part.start() + text.len(), "')' is missing behind the options"));
            }
            let options = part.part(opened + 1..text.len() - 1);
            if !options.text().trim().is_empty() {
                expansion.query.read_nested(options, strings, depth + 1)?;
            }
            if !expansion.is_collection && expansion.query.needs_collection() {
                let message = format!("'{}' is one object; only $select and $expand go with it", expansion.name);
                return Err(options.fault_here(message));
            }
        }
        Ok(expansion)
    }

    /// What is sent along, and how many there would be if that is asked for.
    pub(super) fn apply<R: Relations>(
        &self,
        entity: &Entity,
        relations: &R,
    ) -> Result<(Json, Option<usize>), R::Error> {
        let value = match entity.get(self.name) {
            Some(value) => value.clone(),
            None => related(relations, entity, self.declared, self.owner, self.name)?,
        };
        let is_wanted = |item: &Entity| {
            self.cast.is_none_or(|to| to.subtype(type_of(item, self.target(), self.target()).name()).is_some())
        };
        match value {
            Json::Object(object) if is_wanted(&object) => {
                Ok((Json::Object(self.query.project(object, relations)?), None))
            }
            Json::Array(items) => {
                let items = items.into_iter().filter_map(|item| match item {
                    Json::Object(object) if is_wanted(&object) => Some(object),
                    _ => None,
                });
                let chosen = self.query.choose(items.collect(), relations)?;
                let projected: Result<Vec<_>, _> = chosen
                    .entities
                    .into_iter()
                    .take(relations.most_expanded(self.target()))
                    .map(|entity| self.query.project(entity, relations).map(Json::Object))
                    .collect();
                Ok((Json::Array(projected?), self.query.count.then_some(chosen.total)))
            }
            _ => Ok((Json::Null, None)),
        }
    }

    /// The type that the property is declared to lead to.
    fn target(&self) -> &'static Schema {
        let property = self.owner.property(self.name);
        property.and_then(|property| property.kind().schema()).unwrap_or(self.query.of())
    }

    /// As `@odata.context` names it: `roleDefinition(displayName)`.
    pub(super) fn context(&self) -> String {
        let inner = self.query.context();
        let inner = if inner.is_empty() { "()" } else { &inner };
        format!("{}{inner}", self.name)
    }
}

fn subtype(segment: Source<'_>, of: &'static Schema) -> Result<&'static Schema, Fault> {
    let (segment, name) = (segment.trimmed(), segment.trimmed().text());
    of.subtype(name).ok_or_else(|| segment.fault_here(format!("'{name}' is no type of {}", unqualified(of.name()))))
}

/// What is said about a navigation property that is not there, or is a property of another kind.
fn no_navigation(of: &'static Schema, name: &str) -> String {
    if let Some((_, property)) = of.find(name) {
        return format!("'{}' cannot be expanded: it is sent with the object itself", property.name());
    }
    let is_navigation = |name: &&str| of.find(name).is_some_and(|(_, property)| property.kind().is_navigation());
    let instead = did_you_mean(name, names(of).filter(is_navigation));
    format!("{} has no navigation property '{name}'{instead}", unqualified(of.name()))
}
