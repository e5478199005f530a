//! `$orderby`: what comes first.

use std::cmp::Ordering;
use std::fmt;

use pim_client::schema::Schema;

use super::evaluate::{Context, Relations};
use super::expression::Expression;
use super::source::Source;
use super::types::Type;
use super::value::Value;
use super::{Entity, Fault, Strings, parser};

/// By what entities are put in order: first by one value, and where that is the same, by the next.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OrderBy(Vec<By>);

#[derive(Clone, Debug, PartialEq)]
struct By {
    expression: Expression,
    descending: bool,
    caseless: bool,
}

/// What decides where an entity comes.
#[derive(Clone, Debug)]
pub(crate) struct SortKey(Vec<(Value<'static>, bool)>);

impl OrderBy {
    #[cfg(test)]
    pub(super) fn parse(text: &str, of: &'static Schema, strings: Strings) -> Result<Self, Fault> {
        Self::read(Source::new("$orderby", text), of, strings)
    }

    /// Reads an order.
    pub(super) fn read(source: Source<'_>, of: &'static Schema, strings: Strings) -> Result<Self, Fault> {
        let read = |part: Source<'_>| {
            let (source, descending) = direction(part.trimmed())?;
            if source.text().is_empty() {
                return Err(source.fault_here("a property to order by is missing"));
            }
            let typed = parser::expression(source, of, strings)?;
            if let Type::Object(_) | Type::Collection(_) | Type::Binary | Type::Null = typed.of {
                let message = format!("there is no order of {}; name a property of it", typed.of.describe());
                return Err(source.fault(typed.at, message));
            }
            let caseless = strings == Strings::AnyCase || typed.of.is_caseless();
            Ok(By { expression: typed.expression, descending, caseless })
        };
        source.split(',').into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Whether the last value that decides goes downwards: so should what it leaves undecided.
    pub(crate) fn ends_descending(&self) -> bool {
        self.0.last().is_some_and(|by| by.descending)
    }

    /// What decides where an entity comes.
    pub(crate) fn key<R: Relations>(&self, entity: &Entity, relations: &R) -> Result<SortKey, R::Error> {
        let context = Context::new(relations, entity);
        let value = |by: &By| {
            let value = context.value(&by.expression)?;
            Ok((value.into_owned(by.caseless), by.descending))
        };
        self.0.iter().map(value).collect::<Result<_, _>>().map(SortKey)
    }

    /// Puts entities in order. Those that nothing tells apart stay as they are.
    pub(crate) fn sort<R: Relations>(&self, entities: Vec<Entity>, relations: &R) -> Result<Vec<Entity>, R::Error> {
        let keyed: Result<Vec<_>, _> =
            entities.into_iter().map(|entity| Ok((self.key(&entity, relations)?, entity))).collect();
        let mut keyed = keyed?;
        keyed.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(keyed.into_iter().map(|(_, entity)| entity).collect())
    }
}

/// What is left of a part without `asc` or `desc` at its end, and whether it was `desc`.
fn direction(part: Source<'_>) -> Result<(Source<'_>, bool), Fault> {
    let text = part.text();
    let Some((rest, word)) = text.rsplit_once(char::is_whitespace) else { return Ok((part, false)) };
    let is = |direction: &str| word.eq_ignore_ascii_case(direction);
    let is_path = |text: &str| text.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '$'));
    if is("asc") || is("desc") {
        Ok((part.part(0..rest.len()).trimmed(), is("desc")))
    } else if is_path(rest) && is_path(word) {
        let message = format!("'{word}' is no direction; it is asc or desc");
        Err(part.fault(part.start() + text.len() - word.len(), message))
    } else {
        Ok((part, false))
    }
}

impl fmt::Display for OrderBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, By { expression, descending, .. }) in self.0.iter().enumerate() {
            let (separator, direction) = (if index > 0 { "," } else { "" }, if *descending { " desc" } else { "" });
            write!(f, "{separator}{expression}{direction}")?;
        }
        Ok(())
    }
}

impl Ord for SortKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let pairs = self.0.iter().zip(&other.0);
        pairs
            .map(|((one, descending), (other, _))| {
                // Null comes before everything else.
                let order = match (one.is_null(), other.is_null()) {
                    (false, false) => one.compare(other, false).unwrap_or(Ordering::Equal),
                    (one, other) => other.cmp(&one),
                };
                if *descending { order.reverse() } else { order }
            })
            .fold(Ordering::Equal, Ordering::then)
    }
}

impl PartialOrd for SortKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for SortKey {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for SortKey {}
