use crate::edm::{Date, DateTimeOffset, Duration, TimeOfDay};
use crate::{Id, Reference, Secret};

/// A property of an entity that is about to be created or updated: left out, `null` or a value.
///
/// Graph keeps what is [absent](Property::Absent) from an update as it is, and clears what is [null](Property::Null);
/// a plain [`Option`] cannot tell the two apart. That is also why there is no conversion from one: `None` could mean
/// either, and the wrong guess erases data. Setters take `impl Into<Property<T>>`, so that a value needs no wrapping:
///
/// ```
/// use pim_client::{Null, Property};
///
/// fn display_name(name: impl Into<Property<String>>) -> Property<String> {
///     name.into()
/// }
///
/// assert_eq!(display_name("Ada").value().map(String::as_str), Some("Ada"));
/// assert!(display_name(Null).is_null());
/// assert!(Property::<String>::default().is_absent());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Property<T> {
    /// Not sent.
    #[default]
    Absent,
    /// Sent as `null`.
    Null,
    /// Sent as this value.
    Value(T),
}

/// The value of a property that is to be cleared: turns into [`Property::Null`] whatever the type of the property is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Null;

/// What can be the value of a [`Property`]: anything but [`Null`], which is none, and [`Option`], which is ambiguous.
pub trait PropertyValue {}

macro_rules! property_values {
    ($($value:ty),*) => { $(impl PropertyValue for $value {})* };
}

property_values!(bool, u8, i8, i16, i32, i64, f32, f64, String, serde_json::Value, Secret);
property_values!(Date, DateTimeOffset, Duration, TimeOfDay);

impl<T> PropertyValue for Id<T> {}
impl<T> PropertyValue for Reference<T> {}
impl<T: PropertyValue> PropertyValue for Vec<T> {}
impl<T: PropertyValue> PropertyValue for Box<T> {}

impl<T> Property<T> {
    /// Whether the property is not sent.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is sent as `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value that is sent, if one is.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value that would have been sent, if one would.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T: PropertyValue> From<T> for Property<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: PropertyValue> From<T> for Property<Box<T>> {
    fn from(value: T) -> Self {
        Self::Value(Box::new(value))
    }
}

impl<T> From<Null> for Property<T> {
    fn from(Null: Null) -> Self {
        Self::Null
    }
}

impl From<&String> for Property<String> {
    fn from(value: &String) -> Self {
        Self::Value(value.clone())
    }
}

impl<T: PropertyValue, const N: usize> From<[T; N]> for Property<Vec<T>> {
    fn from(values: [T; N]) -> Self {
        Self::Value(values.into())
    }
}

impl<const N: usize> From<[&str; N]> for Property<Vec<String>> {
    fn from(values: [&str; N]) -> Self {
        Self::Value(values.map(str::to_owned).into())
    }
}

impl From<&str> for Property<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.into())
    }
}

impl From<&str> for Property<Secret> {
    fn from(value: &str) -> Self {
        Self::Value(value.into())
    }
}

impl<T> From<&str> for Property<Id<T>> {
    fn from(key: &str) -> Self {
        Self::Value(key.into())
    }
}

impl<T> From<String> for Property<Id<T>> {
    fn from(key: String) -> Self {
        Self::Value(key.into())
    }
}

impl<T> From<&Id<T>> for Property<Id<T>> {
    fn from(id: &Id<T>) -> Self {
        Self::Value(id.clone())
    }
}

impl<T> From<&Reference<T>> for Property<Reference<T>> {
    fn from(reference: &Reference<T>) -> Self {
        Self::Value(reference.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn property<T>(value: impl Into<Property<T>>) -> Property<T> {
        value.into()
    }

    #[test]
    fn is_absent_null_or_a_value() {
        let absent = Property::<i32>::default();
        let null = property::<i32>(Null);
        let value = property(3);
        assert_eq!([absent.is_absent(), null.is_absent(), value.is_absent()], [true, false, false]);
        assert_eq!([absent.is_null(), null.is_null(), value.is_null()], [false, true, false]);
        assert_eq!([absent.value(), null.value(), value.value()], [None, None, Some(&3)]);
        assert_eq!(value.into_value(), Some(3));
    }

    #[test]
    fn takes_values_as_they_come() {
        let id = Id::<()>::from("1");
        assert_eq!(property::<String>("a"), Property::Value("a".to_owned()));
        assert_eq!(property::<Id<()>>("1"), Property::Value(id.clone()));
        assert_eq!(property::<Id<()>>(&id), Property::Value(id));
        assert_eq!(property::<Box<i32>>(3), Property::Value(Box::new(3)));
        assert_eq!(property::<i32>(Property::Absent), Property::Absent);
        assert_eq!(property::<Secret>("s"), Property::Value("s".into()));
    }
}
