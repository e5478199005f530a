use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeMap};

use super::{AdditionalData, Property};

/// The type of a field that holds a member of an object: an [`Option`] where the object is read, or is a complex value,
/// and a [`Property`] where it is only written.
///
/// Between the field and the wire stand three states: a member is left out, `null` or a value. An [`Option`] has two
/// of them, so the [`AdditionalData`] next to it remembers which of its members were `null`.
pub trait Member {
    /// The value that the member has when it is not `null`.
    type Value;

    /// The field for a member that is on the wire, `None` being its `null`.
    fn from_wire(value: Option<Self::Value>) -> Self;

    /// What to write for the field, `was_null` being what the additional data remember of it.
    fn to_wire(&self, was_null: bool) -> Property<&Self::Value>;
}

impl<T> Member for Option<T> {
    type Value = T;

    fn from_wire(value: Option<T>) -> Self {
        value
    }

    fn to_wire(&self, was_null: bool) -> Property<&T> {
        match self {
            Some(value) => Property::Value(value),
            None if was_null => Property::Null,
            None => Property::Absent,
        }
    }
}

impl<T> Member for Property<T> {
    type Value = T;

    fn from_wire(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }

    fn to_wire(&self, _was_null: bool) -> Property<&T> {
        match self {
            Self::Value(value) => Property::Value(value),
            Self::Null => Property::Null,
            Self::Absent => Property::Absent,
        }
    }
}

/// Reads the `index`th member of an object.
pub fn read<'de, M, D>(
    member: &mut M,
    index: usize,
    additional_data: &mut AdditionalData,
    deserializer: D,
) -> Result<(), D::Error>
where
    M: Member,
    M::Value: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let value = Option::<M::Value>::deserialize(deserializer)?;
    additional_data.set_null(index, value.is_none());
    *member = M::from_wire(value);
    Ok(())
}

/// Writes the `index`th member of an object, unless it is absent.
pub fn write<M, S>(
    member: &M,
    index: usize,
    name: &'static str,
    additional_data: &AdditionalData,
    map: &mut S,
) -> Result<(), S::Error>
where
    M: Member,
    M::Value: Serialize,
    S: SerializeMap,
{
    match member.to_wire(additional_data.is_null(index)) {
        Property::Value(value) => map.serialize_entry(name, value),
        Property::Null => map.serialize_entry(name, &()),
        Property::Absent => Ok(()),
    }
}
