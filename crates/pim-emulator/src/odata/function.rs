//! The functions of expressions.

use super::types::Type;

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    StartsWith,
    EndsWith,
    Contains,
    ToLower,
    ToUpper,
    Trim,
    Length,
    Concat,
    IndexOf,
    Substring,
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Now,
}

/// What an argument has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parameter {
    Text,
    Number,
    /// What has a year: a point in time, or a day.
    Day,
    /// What has an hour: a point in time, or a time of day.
    Hour,
}

impl Parameter {
    /// Whether an argument of this type will do.
    pub(super) fn takes(self, argument: Type) -> bool {
        match self {
            Self::Text => argument.is_text(),
            Self::Number => matches!(argument, Type::Any | Type::Number),
            Self::Day => matches!(argument, Type::Any | Type::DateTimeOffset | Type::Date),
            Self::Hour => matches!(argument, Type::Any | Type::DateTimeOffset | Type::TimeOfDay),
        }
    }

    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Number => "a number",
            Self::Day => "a DateTimeOffset or a Date",
            Self::Hour => "a DateTimeOffset or a TimeOfDay",
        }
    }
}

impl Function {
    pub(super) const ALL: [Self; 17] = [
        Self::StartsWith,
        Self::EndsWith,
        Self::Contains,
        Self::ToLower,
        Self::ToUpper,
        Self::Trim,
        Self::Length,
        Self::Concat,
        Self::IndexOf,
        Self::Substring,
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Hour,
        Self::Minute,
        Self::Second,
        Self::Now,
    ];

    /// The function of this name, in any letter case.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name().eq_ignore_ascii_case(name))
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::StartsWith => "startswith",
            Self::EndsWith => "endswith",
            Self::Contains => "contains",
            Self::ToLower => "tolower",
            Self::ToUpper => "toupper",
            Self::Trim => "trim",
            Self::Length => "length",
            Self::Concat => "concat",
            Self::IndexOf => "indexof",
            Self::Substring => "substring",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
            Self::Now => "now",
        }
    }

    /// What it takes, and how much of that has to be given.
    pub(super) fn parameters(self) -> (&'static [Parameter], usize) {
        match self {
            Self::StartsWith | Self::EndsWith | Self::Contains | Self::Concat | Self::IndexOf => {
                (&[Parameter::Text, Parameter::Text], 2)
            }
            Self::ToLower | Self::ToUpper | Self::Trim | Self::Length => (&[Parameter::Text], 1),
            Self::Substring => (&[Parameter::Text, Parameter::Number, Parameter::Number], 2),
            Self::Year | Self::Month | Self::Day => (&[Parameter::Day], 1),
            Self::Hour | Self::Minute | Self::Second => (&[Parameter::Hour], 1),
            Self::Now => (&[], 0),
        }
    }

    /// The type of what it makes.
    pub(super) fn result(self) -> Type {
        match self {
            Self::StartsWith | Self::EndsWith | Self::Contains => Type::Boolean,
            Self::ToLower | Self::ToUpper | Self::Trim | Self::Concat | Self::Substring => Type::String,
            Self::Now => Type::DateTimeOffset,
            Self::Length
            | Self::IndexOf
            | Self::Year
            | Self::Month
            | Self::Day
            | Self::Hour
            | Self::Minute
            | Self::Second => Type::Number,
        }
    }
}
