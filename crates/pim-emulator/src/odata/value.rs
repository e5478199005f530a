//! What expressions come to.

use std::borrow::Cow;
use std::cmp::Ordering;

use pim_client::edm::{Date, DateTimeOffset, Duration, TimeOfDay};
use pim_client::schema::Kind;
use serde_json::Value as Json;

use super::literal::Literal;

/// How strings are compared. Keys, GUIDs and enumerations never regard letter case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strings {
    /// Letter by letter.
    Exact,
    /// Without regard to letter case, as the directory does.
    AnyCase,
}

/// The value of an expression.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Real(f64),
    Text(Cow<'a, str>),
    DateTimeOffset(DateTimeOffset),
    Date(Date),
    TimeOfDay(TimeOfDay),
    Duration(Duration),
    /// An object or a collection, of which is only known that it is there.
    Something,
}

impl<'a> Value<'a> {
    /// The value of a property of a kind. What is not of that kind is null.
    pub(super) fn of(json: Cow<'a, Json>, kind: Kind) -> Self {
        match json {
            Cow::Borrowed(Json::String(text)) => Self::of_text(Cow::Borrowed(text), kind),
            Cow::Owned(Json::String(text)) => Self::of_text(Cow::Owned(text), kind),
            other => match &*other {
                Json::Bool(value) => Self::Boolean(*value),
                Json::Number(number) => {
                    let integer = number.as_i64().map(Self::Integer);
                    integer.or_else(|| number.as_f64().map(Self::Real)).unwrap_or(Self::Null)
                }
                Json::Array(_) | Json::Object(_) => Self::Something,
                Json::Null | Json::String(_) => Self::Null,
            },
        }
    }

    fn of_text(text: Cow<'a, str>, kind: Kind) -> Self {
        match kind {
            Kind::DateTimeOffset => text.parse().map_or(Self::Null, Self::DateTimeOffset),
            Kind::Date => text.parse().map_or(Self::Null, Self::Date),
            Kind::TimeOfDay => text.parse().map_or(Self::Null, Self::TimeOfDay),
            Kind::Duration => text.parse().map_or(Self::Null, Self::Duration),
            _ => Self::Text(text),
        }
    }

    /// The same, to be kept; text as it is when letter case does not matter, if it does not.
    pub(super) fn into_owned(self, caseless: bool) -> Value<'static> {
        match self {
            Self::Text(text) if caseless => Value::Text(Cow::Owned(fold(&text).into_owned())),
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::Boolean(value),
            Self::Integer(value) => Value::Integer(value),
            Self::Real(value) => Value::Real(value),
            Self::DateTimeOffset(value) => Value::DateTimeOffset(value),
            Self::Date(value) => Value::Date(value),
            Self::TimeOfDay(value) => Value::TimeOfDay(value),
            Self::Duration(value) => Value::Duration(value),
            Self::Something => Value::Something,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn as_boolean(&self) -> Option<bool> {
        if let Self::Boolean(value) = self { Some(*value) } else { None }
    }

    /// Which of two values comes first; nothing if one is null, or they are not of the same type.
    pub(super) fn compare(&self, other: &Self, caseless: bool) -> Option<Ordering> {
        match (self, other) {
            (Self::Boolean(left), Self::Boolean(right)) => Some(left.cmp(right)),
            (Self::Integer(left), Self::Integer(right)) => Some(left.cmp(right)),
            (Self::Integer(_) | Self::Real(_), Self::Integer(_) | Self::Real(_)) => {
                self.as_real()?.partial_cmp(&other.as_real()?)
            }
            (Self::Text(left), Self::Text(right)) if caseless => Some(fold(left).cmp(&fold(right))),
            (Self::Text(left), Self::Text(right)) => Some(left.cmp(right)),
            (Self::DateTimeOffset(left), Self::DateTimeOffset(right)) => Some(left.cmp(right)),
            (Self::Date(left), Self::Date(right)) => Some(left.cmp(right)),
            (Self::TimeOfDay(left), Self::TimeOfDay(right)) => Some(left.cmp(right)),
            (Self::Duration(left), Self::Duration(right)) => Some(left.cmp(right)),
            _ => None,
        }
    }

    /// Whether two values are the same. Null is the same as null.
    pub(super) fn equals(&self, other: &Self, caseless: bool) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            _ => self.compare(other, caseless) == Some(Ordering::Equal),
        }
    }

    fn as_real(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "next to a number with a fraction, a whole one is one too")]
            Self::Integer(value) => Some(*value as f64),
            Self::Real(value) => Some(*value),
            _ => None,
        }
    }
}

impl<'a> From<&'a Literal> for Value<'a> {
    fn from(literal: &'a Literal) -> Self {
        match literal {
            Literal::Null => Self::Null,
            Literal::Boolean(value) => Self::Boolean(*value),
            Literal::Integer(value) => Self::Integer(*value),
            Literal::Real(value) => Self::Real(*value),
            Literal::Text(text) | Literal::Guid(text) | Literal::Member { value: text, .. } => {
                Self::Text(Cow::Borrowed(text))
            }
            Literal::DateTimeOffset(value) => Self::DateTimeOffset(*value),
            Literal::Date(value) => Self::Date(*value),
            Literal::TimeOfDay(value) => Self::TimeOfDay(*value),
            Literal::Duration(value) => Self::Duration(value.clone()),
        }
    }
}

/// A text as it is when letter case does not matter.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}
