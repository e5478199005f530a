//! `$filter`: which entities are meant.

use std::fmt;

use pim_client::schema::Schema;

use super::evaluate::{Context, Relations};
use super::expression::{Expression, Operator};
use super::function::Function;
use super::path::Step;
use super::source::Source;
use super::{Entity, Fault, Strings, parser};

/// A condition on entities of a type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Filter(Expression);

impl Filter {
    /// Reads a filter. Its properties, and what they are compared with, are checked against the type.
    #[cfg(test)]
    pub(crate) fn parse(text: &str, of: &'static Schema, strings: Strings) -> Result<Self, Fault> {
        Self::read(Source::new("$filter", text), of, strings)
    }

    pub(super) fn read(source: Source<'_>, of: &'static Schema, strings: Strings) -> Result<Self, Fault> {
        let expression = parser::expression(source, of, strings)?;
        parser::condition(source, expression).map(Self)
    }

    /// Whether an entity meets the condition. What is unknown, for a null, does not.
    pub(crate) fn matches<R: Relations>(&self, entity: &Entity, relations: &R) -> Result<bool, R::Error> {
        Ok(Context::new(relations, entity).truth(&self.0)? == Some(true))
    }

    /// The values of which the property at the path has one, in every entity that meets the condition; nothing if the
    /// condition does not say so. If there are none, no entity meets it.
    ///
    /// For keys, GUIDs and enumerations, letter case does not count, and neither does it for strings that were
    /// [read so](Strings::AnyCase).
    pub(crate) fn required(&self, path: &str) -> Option<Vec<String>> {
        required(&self.0, path)
    }

    /// How many alternatives its longest chain of `or`, or list of `in`, has.
    pub(crate) fn most_alternatives(&self) -> usize {
        most(&self.0, &|expression| match expression {
            Expression::Or(parts) => parts.len(),
            Expression::In { list, .. } => list.len(),
            _ => 1,
        })
    }

    /// Refuses the filter if it has more alternatives.
    pub(crate) fn limit_alternatives(&self, limit: usize) -> Result<(), Fault> {
        let most = self.most_alternatives();
        if most <= limit {
            return Ok(());
        }
        let message = format!(
            "$filter: there are {most} alternatives, and no more than {limit} are allowed; ask for fewer at a time"
        );
        Err(Fault::invalid_filter(message))
    }

    /// What of it the directory takes for an advanced query, if anything: `ne`, `not`, `endswith`, `$count` and such.
    pub(crate) fn advanced(&self) -> Option<&'static str> {
        first(&self.0, &|expression| match expression {
            Expression::Not(_) => Some("not"),
            Expression::Compare { operator: Operator::Ne, .. } => Some("ne"),
            Expression::Call { function: function @ (Function::EndsWith | Function::Contains), .. } => {
                Some(function.name())
            }
            Expression::Path(path) if path.steps.contains(&Step::Count) => Some("$count"),
            _ => None,
        })
    }
}

/// As it is written: in canonical letter case, without parentheses that change nothing.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn required(condition: &Expression, path: &str) -> Option<Vec<String>> {
    match condition {
        Expression::Compare { left, operator: Operator::Eq, right, .. } => match (&**left, &**right) {
            (Expression::Path(found), Expression::Literal(literal))
            | (Expression::Literal(literal), Expression::Path(found))
                if found.is(path) =>
            {
                literal.as_text().map(|text| vec![text.to_owned()])
            }
            _ => None,
        },
        Expression::In { value, list, .. } => match &**value {
            Expression::Path(found) if found.is(path) => {
                let texts: Option<Vec<_>> = list.iter().map(|literal| literal.as_text().map(str::to_owned)).collect();
                texts.map(|texts| texts.into_iter().fold(Vec::new(), with))
            }
            _ => None,
        },
        Expression::And(parts) => {
            let several = parts.iter().filter_map(|part| required(part, path));
            // Whoever regards letter case is told too much rather than too little.
            several.reduce(|mut some, others| {
                some.retain(|value| others.iter().any(|other| other.eq_ignore_ascii_case(value)));
                some
            })
        }
        Expression::Or(parts) => {
            parts.iter().try_fold(Vec::new(), |some, part| Some(required(part, path)?.into_iter().fold(some, with)))
        }
        _ => None,
    }
}

/// One more value, if it is not there yet.
fn with(mut values: Vec<String>, value: String) -> Vec<String> {
    if !values.contains(&value) {
        values.push(value);
    }
    values
}

/// The greatest that is found of the expression and what it is made of.
fn most(expression: &Expression, measure: &impl Fn(&Expression) -> usize) -> usize {
    let parts = expression.parts().into_iter().map(|part| most(part, measure));
    parts.fold(measure(expression), usize::max)
}

/// The first that is found in the expression and what it is made of.
fn first<T>(expression: &Expression, find: &impl Fn(&Expression) -> Option<T>) -> Option<T> {
    find(expression).or_else(|| expression.parts().into_iter().find_map(|part| first(part, find)))
}
