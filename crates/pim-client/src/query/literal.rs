//! Values, as queries write them.

use std::fmt;

use super::field::SingleValued;
use crate::Id;
use crate::edm::{Date, DateTimeOffset, Duration, TimeOfDay};

/// A type of values that a query can compare with.
///
/// How each is written is [OData's](https://learn.microsoft.com/graph/filter-query-parameter), as far as Graph goes along:
///
/// | type | written as |
/// |---|---|
/// | text, keys, enumerations | `'member'`; each `'` within is doubled |
/// | [`DateTimeOffset`], [`Date`], [`TimeOfDay`] | `2025-03-21T11:06:00Z` |
/// | [`Duration`] | `duration'PT5H'` |
/// | [`Guid`] | `f8cdef31-a31e-4b4a-93e4-5f571e91255a` |
/// | booleans, numbers | `true`, `5` |
pub trait Literal: SingleValued {
    /// Writes the value behind what is there.
    #[doc(hidden)]
    fn write(&self, text: &mut String);
}

/// A type of values that come one before the other: numbers, times and texts.
pub trait Ordered: Literal {}

/// A GUID as a query names it, from text. The properties of objects that are GUIDs hold text.
///
/// Text that is none is written between quotes, for Graph to refuse.
#[derive(Clone, PartialEq, Eq)]
pub struct Guid(Box<str>);

impl Guid {
    /// Whether the text is digits in groups of 8, 4, 4, 4 and 12.
    fn is_valid(&self) -> bool {
        let groups = self.0.split('-').map(|group| (group.len(), group.bytes().all(|byte| byte.is_ascii_hexdigit())));
        groups.eq([8, 4, 4, 4, 12].map(|length| (length, true)))
    }
}

impl From<&str> for Guid {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Guid {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl<T> From<&Id<T>> for Guid {
    fn from(id: &Id<T>) -> Self {
        id.as_str().into()
    }
}

impl fmt::Debug for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Guid").field(&self.0).finish()
    }
}

impl Literal for Guid {
    fn write(&self, text: &mut String) {
        if self.is_valid() { text.push_str(&self.0) } else { quoted(&self.0, text) }
    }
}

/// Bytes, which no query compares: they can be selected, no more.
#[derive(Debug)]
pub enum Binary {}

impl SingleValued for Guid {}
impl SingleValued for Binary {}

/// Between single quotes, with those within doubled.
pub fn quoted(value: &str, text: &mut String) {
    text.reserve(value.len() + 2);
    text.push('\'');
    for (index, part) in value.split('\'').enumerate() {
        if index > 0 {
            text.push_str("''");
        }
        text.push_str(part);
    }
    text.push('\'');
}

impl SingleValued for String {}
impl Ordered for String {}

impl Literal for String {
    fn write(&self, text: &mut String) {
        quoted(self, text);
    }
}

impl<T> SingleValued for Id<T> {}

impl<T> Literal for Id<T> {
    fn write(&self, text: &mut String) {
        quoted(self.as_str(), text);
    }
}

impl SingleValued for Duration {}
impl Ordered for Duration {}

impl Literal for Duration {
    fn write(&self, text: &mut String) {
        text.push_str("duration");
        quoted(self.as_str(), text);
    }
}

/// Types that are written as they are shown.
macro_rules! bare {
    ($($type:ty),*) => {
        $(
            impl SingleValued for $type {}

            impl Literal for $type {
                fn write(&self, text: &mut String) {
                    text.push_str(&self.to_string());
                }
            }
        )*
    };
}

bare! { bool, i32, i64, Date, DateTimeOffset, TimeOfDay }

impl Ordered for i32 {}
impl Ordered for i64 {}
impl Ordered for Date {}
impl Ordered for DateTimeOffset {}
impl Ordered for TimeOfDay {}

impl SingleValued for f64 {}
impl Ordered for f64 {}

impl Literal for f64 {
    fn write(&self, text: &mut String) {
        match *self {
            f64::INFINITY => text.push_str("INF"),
            f64::NEG_INFINITY => text.push_str("-INF"),
            // As `Debug` writes it: large and small numbers have an exponent, which `Display` would write out.
            number => text.extend([format!("{number:?}")]),
        }
    }
}

impl SingleValued for crate::Secret {}
