//! The types that expressions have.

use pim_client::schema::{Kind, Schema};

/// The type of an expression, as far as it decides what can be done with it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Type {
    /// That of `null`, which goes with all others.
    Null,
    /// Nothing is known: everything goes.
    Any,
    Boolean,
    Number,
    String,
    /// A key or a GUID: text without regard to letter case.
    Key,
    Enumeration {
        name: &'static str,
        values: &'static [&'static str],
    },
    DateTimeOffset,
    Date,
    TimeOfDay,
    Duration,
    Binary,
    Object(&'static Schema),
    /// Several of something.
    Collection(Item),
}

/// What a collection has several of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    Value(Kind),
    Object(&'static Schema),
}

impl Item {
    /// The kind of value that one is, as far as it is not an object.
    pub(super) fn kind(self) -> Kind {
        if let Self::Value(kind) = self { kind } else { Kind::Any }
    }
}

impl From<Item> for Type {
    fn from(item: Item) -> Self {
        match item {
            Item::Value(kind) => kind.into(),
            Item::Object(schema) => Self::Object(schema),
        }
    }
}

impl From<Kind> for Type {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Boolean => Self::Boolean,
            Kind::Int32 | Kind::Int64 | Kind::Double => Self::Number,
            Kind::String => Self::String,
            Kind::Key | Kind::Guid => Self::Key,
            Kind::Binary => Self::Binary,
            Kind::Date => Self::Date,
            Kind::DateTimeOffset => Self::DateTimeOffset,
            Kind::Duration => Self::Duration,
            Kind::TimeOfDay => Self::TimeOfDay,
            Kind::Enumeration { name, values } => Self::Enumeration { name, values },
            Kind::Complex(schema) | Kind::Navigation(schema) => Self::Object(schema()),
            Kind::Collection(item) => Self::Collection(item.schema().map_or(Item::Value(*item), Item::Object)),
            Kind::NavigationCollection(schema) => Self::Collection(Item::Object(schema())),
            _ => Self::Any,
        }
    }
}

impl Type {
    /// What a value of the type is called in a message.
    pub(super) fn describe(self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Any => "a value".to_owned(),
            Self::Boolean => "a boolean".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::String => "a string".to_owned(),
            Self::Key => "a key".to_owned(),
            Self::Enumeration { name: "", .. } => "a value of an enumeration".to_owned(),
            Self::Enumeration { name, .. } => format!("a value of {}", unqualified(name)),
            Self::DateTimeOffset => "a DateTimeOffset".to_owned(),
            Self::Date => "a Date".to_owned(),
            Self::TimeOfDay => "a TimeOfDay".to_owned(),
            Self::Duration => "a Duration".to_owned(),
            Self::Binary => "binary data".to_owned(),
            Self::Object(schema) => format!("an object of type {}", unqualified(schema.name())),
            Self::Collection(_) => "a collection".to_owned(),
        }
    }

    /// Whether values of both types can be compared at all.
    pub(super) fn goes_with(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Null | Self::Any, _)
                | (_, Self::Null | Self::Any)
                | (Self::Boolean, Self::Boolean)
                | (Self::Number, Self::Number)
                | (Self::String | Self::Key | Self::Enumeration { .. }, Self::String | Self::Key)
                | (Self::String | Self::Key, Self::Enumeration { .. })
                | (Self::DateTimeOffset, Self::DateTimeOffset)
                | (Self::Date, Self::Date)
                | (Self::TimeOfDay, Self::TimeOfDay)
                | (Self::Duration, Self::Duration)
        ) || matches!((self, other), (Self::Enumeration { name, .. }, Self::Enumeration { name: also, .. }) if name == also)
    }

    /// Whether one value comes before another.
    pub(super) fn has_order(self) -> bool {
        !matches!(self, Self::Boolean | Self::Enumeration { .. } | Self::Binary | Self::Object(_) | Self::Collection(_))
    }

    /// Whether it is text.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Any | Self::String | Self::Key | Self::Enumeration { .. })
    }

    /// Whether it is text without regard to letter case.
    pub(super) fn is_caseless(self) -> bool {
        matches!(self, Self::Key | Self::Enumeration { .. })
    }
}

/// A name without its namespace.
pub(super) fn unqualified(name: &str) -> &str {
    name.strip_prefix("microsoft.graph.").unwrap_or(name)
}
