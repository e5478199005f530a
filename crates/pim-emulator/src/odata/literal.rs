//! Values, as expressions write them.

use std::fmt;

use pim_client::edm::{Date, DateTimeOffset, Duration, TimeOfDay};

use super::lexer::is_guid;
use super::nearest::did_you_mean;
use super::types::{Type, unqualified};

/// A value in an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    Null,
    Boolean(bool),
    Integer(i64),
    Real(f64),
    Text(String),
    Guid(String),
    DateTimeOffset(DateTimeOffset),
    Date(Date),
    TimeOfDay(TimeOfDay),
    Duration(Duration),
    /// A value that names its type, which has to be an enumeration: `microsoft.graph.operationResult'success'`.
    Member {
        of: String,
        value: String,
    },
}

impl Literal {
    /// The value that a word is, if it is one.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "INF" => Some(Self::Real(f64::INFINITY)),
            _ if word.eq_ignore_ascii_case("null") => Some(Self::Null),
            _ if word.eq_ignore_ascii_case("true") => Some(Self::Boolean(true)),
            _ if word.eq_ignore_ascii_case("false") => Some(Self::Boolean(false)),
            _ => None,
        }
    }

    /// The value that is written without quotes.
    pub(super) fn from_bare(text: &str) -> Result<Self, String> {
        // Rust reads `-inf` and `-nan` as numbers as well.
        let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
        None.or_else(|| is_guid(text).then(|| Self::Guid(text.to_owned())))
            .or_else(|| text.parse().ok().map(Self::Integer))
            .or_else(|| number(text).map(Self::Real))
            .or_else(|| (text == "-INF").then_some(Self::Real(f64::NEG_INFINITY)))
            .or_else(|| text.parse().ok().map(Self::DateTimeOffset))
            .or_else(|| text.parse().ok().map(Self::Date))
            .or_else(|| text.parse().ok().map(Self::TimeOfDay))
            .ok_or_else(|| {
                format!("'{text}' is no literal; a string stands in single quotes, a time is 2025-03-21T11:06:00Z")
            })
    }

    /// The value that is written in quotes with its type before them.
    pub(super) fn from_typed(of: &str, value: String) -> Result<Self, String> {
        let wrong = |value: &str| format!("'{value}' is no {of}");
        match of.to_ascii_lowercase().as_str() {
            "duration" => value.parse().map(Self::Duration).map_err(|_| wrong(&value)),
            "datetime" | "datetimeoffset" => value.parse().map(Self::DateTimeOffset).map_err(|_| wrong(&value)),
            "date" => value.parse().map(Self::Date).map_err(|_| wrong(&value)),
            "time" | "timeofday" => value.parse().map(Self::TimeOfDay).map_err(|_| wrong(&value)),
            "guid" if is_guid(&value) => Ok(Self::Guid(value)),
            "guid" => Err(wrong(&value)),
            _ if of.contains('.') => Ok(Self::Member { of: of.to_owned(), value }),
            _ => Err(format!("there are no literals of a type '{of}'{}", did_you_mean(of, ["duration", "guid"]))),
        }
    }

    pub(super) fn of(&self) -> Type {
        match self {
            Self::Null => Type::Null,
            Self::Boolean(_) => Type::Boolean,
            Self::Integer(_) | Self::Real(_) => Type::Number,
            Self::Text(_) => Type::String,
            Self::Guid(_) => Type::Key,
            Self::DateTimeOffset(_) => Type::DateTimeOffset,
            Self::Date(_) => Type::Date,
            Self::TimeOfDay(_) => Type::TimeOfDay,
            Self::Duration(_) => Type::Duration,
            Self::Member { .. } => Type::Enumeration { name: "", values: &[] },
        }
    }

    /// The same value as one of the type that it is compared with: a point in time may stand in quotes, and a value
    /// of an enumeration in any letter case.
    pub(super) fn fit(self, to: Type) -> Result<Self, String> {
        let wrong = |value: &str, such: &str| format!("'{value}' is no {such}");
        match (self, to) {
            (Self::Text(value), Type::DateTimeOffset) => {
                let time = value.parse().ok().or_else(|| midnight(value.parse().ok()?));
                time.map(Self::DateTimeOffset)
                    .ok_or_else(|| wrong(&value, "DateTimeOffset such as 2025-03-21T11:06:00Z"))
            }
            (Self::Date(date), Type::DateTimeOffset) => match midnight(date) {
                Some(time) => Ok(Self::DateTimeOffset(time)),
                None => Err(wrong(&date.to_string(), "DateTimeOffset such as 2025-03-21T11:06:00Z")),
            },
            (Self::Text(value), Type::Date) => {
                value.parse().map(Self::Date).map_err(|_| wrong(&value, "Date such as 2025-03-21"))
            }
            (Self::Text(value), Type::TimeOfDay) => {
                value.parse().map(Self::TimeOfDay).map_err(|_| wrong(&value, "TimeOfDay such as 11:06:00"))
            }
            (Self::Text(value), Type::Duration) => {
                value.parse().map(Self::Duration).map_err(|_| wrong(&value, "Duration such as PT5H"))
            }
            (Self::Text(value), Type::Enumeration { name, values }) => member(&value, name, values),
            (Self::Member { of, value }, Type::Enumeration { name, values }) => {
                if of.eq_ignore_ascii_case(name) {
                    member(&value, name, values)
                } else {
                    Err(format!("a value of {of} is not one of {}", unqualified(name)))
                }
            }
            (Self::Member { of, .. }, _) => Err(format!("nothing here is a {of}")),
            (literal, to) if literal.of().goes_with(to) => Ok(literal),
            (literal, to) => Err(format!("{} cannot be compared with {}", to.describe(), literal.of().describe())),
        }
    }

    /// What it is as text, where it is text.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Guid(text) => Some(text),
            _ => None,
        }
    }
}

/// When a day begins.
fn midnight(date: Date) -> Option<DateTimeOffset> {
    format!("{date}T00:00:00Z").parse().ok()
}

/// A value of an enumeration, as that writes it.
fn member(value: &str, name: &str, values: &'static [&'static str]) -> Result<Literal, String> {
    let known = values.iter().find(|known| known.eq_ignore_ascii_case(value));
    known.map(|known| Literal::Text((*known).to_owned())).ok_or_else(|| {
        let instead = did_you_mean(value, values.iter().copied());
        let instead = if instead.is_empty() { format!("; use one of {}", values.join(", ")) } else { instead };
        format!("{} has no value '{value}'{instead}", unqualified(name))
    })
}

/// As it is written in an expression.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Real(f64::INFINITY) => f.write_str("INF"),
            Self::Real(f64::NEG_INFINITY) => f.write_str("-INF"),
            // `Display` would write out the zeros of large numbers.
            Self::Real(value) => write!(f, "{value:?}"),
            Self::Text(value) => write!(f, "'{}'", value.replace('\'', "''")),
            Self::Guid(value) => f.write_str(value),
            Self::DateTimeOffset(value) => write!(f, "{value}"),
            Self::Date(value) => write!(f, "{value}"),
            Self::TimeOfDay(value) => write!(f, "{value}"),
            Self::Duration(value) => write!(f, "duration'{value}'"),
            Self::Member { of, value } => write!(f, "{of}'{}'", value.replace('\'', "''")),
        }
    }
}
