//! Where in a description something is: its member, and its line and column in the text.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The way to a member: `groups[1].members[2]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Member(String),
    Item(usize),
}

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Place {
    /// A member of the whole.
    pub(super) fn top(member: &str) -> Self {
        Self::default().member(member)
    }

    /// A member of what is here.
    pub(super) fn member(&self, name: &str) -> Self {
        self.with(Step::Member(name.to_owned()))
    }

    /// An item of the list that is here.
    pub(super) fn item(&self, index: usize) -> Self {
        self.with(Step::Item(index))
    }

    pub(super) fn is_whole(&self) -> bool {
        self.0.is_empty()
    }

    fn with(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// Where in the text it is, or the last part of the way to it that is there.
    pub(super) fn position(&self, text: &str) -> Option<Position> {
        let table = DeTable::parse(text).ok()?;
        let (first, others) = self.0.split_first()?;
        let Step::Member(name) = first else { return None };
        let mut value = member(table.get_ref(), name)?;
        for step in others {
            let next = match (step, value.get_ref()) {
                (Step::Member(name), DeValue::Table(table)) => member(table, name),
                (Step::Item(index), DeValue::Array(items)) => items.get(*index),
                _ => None,
            };
            match next {
                Some(next) => value = next,
                None => break,
            }
        }
        Some(Position::of(text, value.span().start))
    }

    /// The innermost member that holds the text from there on: the whole, if none does.
    pub(super) fn holding(text: &str, span: &Range<usize>) -> Self {
        let Ok(table) = DeTable::parse(text) else { return Self::default() };
        innermost_of_table(table.get_ref(), &Self::default(), span).unwrap_or_default()
    }
}

fn member<'t, 'i>(table: &'t DeTable<'i>, name: &str) -> Option<&'t Spanned<DeValue<'i>>> {
    table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value)
}

fn innermost_of_table(table: &DeTable<'_>, place: &Place, span: &Range<usize>) -> Option<Place> {
    table.iter().find_map(|(key, value)| {
        let place = place.member(key.get_ref());
        innermost(value, &place, span).or_else(|| holds(&key.span(), span).then_some(place))
    })
}

/// What a table with a heading of its own spans is the heading: what is in it has to be looked at in any case.
fn innermost(value: &Spanned<DeValue<'_>>, place: &Place, span: &Range<usize>) -> Option<Place> {
    let inner = match value.get_ref() {
        DeValue::Table(table) => innermost_of_table(table, place, span),
        DeValue::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| innermost(item, &place.item(index), span))
        }
        _ => None,
    };
    inner.or_else(|| holds(&value.span(), span).then(|| place.clone()))
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

impl Position {
    pub(super) fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let (lines, last) = before.rsplit_once('\n').unwrap_or(("", before));
        let line = if before.contains('\n') { lines.matches('\n').count() + 2 } else { 1 };
        Self { line, column: last.chars().count() + 1 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Member(name) if index == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}
