use std::fmt;

use serde_json::{Map, Value};

/// The control information that names the type of an object.
pub(crate) const ODATA_TYPE: &str = "@odata.type";

/// How many members of an object can have a field: each has a bit of its own.
pub const MOST_MEMBERS: usize = u128::BITS as usize;

/// What an object carries besides the members that have a field: annotations such as `@odata.etag`, properties that
/// were not selected when this client was generated, and extensions.
///
/// An object that was read is written back with all of it. Names are looked up as they are on the wire:
///
/// ```
/// use pim_client::AdditionalData;
///
/// let mut data = AdditionalData::default();
/// data.insert("extension_costCenter", 4711);
/// assert_eq!(data.get("extension_costCenter").and_then(|value| value.as_i64()), Some(4711));
/// ```
///
/// Values of unknown members may be anything, secrets included: `{:?}` shows their names only.
///
/// The additional data also remember which of the object's own members were `null` rather than left out, so that they
/// are written back likewise. To someone who reads they are the same, so it makes no difference when two are compared.
#[derive(Clone, Default)]
pub struct AdditionalData {
    /// Never an empty map, and no allocation for the many objects without unknown members.
    unknown: Option<Box<Map<String, Value>>>,
    /// A bit for each member of the object, in the order of [`Object::MEMBERS`](super::Object::MEMBERS).
    null: u128,
}

impl AdditionalData {
    /// The value of the unknown member `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.unknown.as_ref()?.get(name)
    }

    /// Adds a member to what is written, and returns the value that it replaces.
    ///
    /// A name that the object has a field for is not written: the field is.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.unknown.get_or_insert_default().insert(name.into(), value.into())
    }

    /// Removes the unknown member `name`, and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let value = self.unknown.as_mut()?.remove(name);
        self.unknown.take_if(|unknown| unknown.is_empty());
        value
    }

    /// The unknown members, annotations included.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.unknown.iter().flat_map(|unknown| unknown.iter()).map(|(name, value)| (name.as_str(), value))
    }

    /// How many unknown members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.unknown.as_ref().map_or(0, |unknown| unknown.len())
    }

    /// Whether there are no unknown members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.unknown.is_none()
    }

    /// The type that the object was said to have, such as `#microsoft.graph.user`.
    #[must_use]
    pub fn odata_type(&self) -> Option<&str> {
        self.get(ODATA_TYPE)?.as_str()
    }

    /// Whether the object's `index`th member was `null`.
    pub(crate) fn is_null(&self, index: usize) -> bool {
        self.null & (1 << index) != 0
    }

    /// Remembers whether the object's `index`th member is `null`.
    pub(crate) fn set_null(&mut self, index: usize, null: bool) {
        let bit = 1 << index;
        if null { self.null |= bit } else { self.null &= !bit }
    }
}

impl PartialEq for AdditionalData {
    fn eq(&self, other: &Self) -> bool {
        self.unknown == other.unknown
    }
}

impl fmt::Debug for AdditionalData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AdditionalData ")?;
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_members_by_name() {
        let mut data = AdditionalData::default();
        assert!(data.is_empty());
        assert_eq!(data.insert("a", 1), None);
        assert_eq!(data.insert("a", 2), Some(Value::from(1)));
        assert_eq!((data.get("a"), data.get("b"), data.len()), (Some(&Value::from(2)), None, 1));
        assert_eq!(data.iter().collect::<Vec<_>>(), [("a", &Value::from(2))]);
        assert_eq!(data.remove("a"), Some(Value::from(2)));
        assert_eq!(data, AdditionalData::default());
    }

    #[test]
    fn tells_the_type() {
        let mut data = AdditionalData::default();
        assert_eq!(data.odata_type(), None);
        data.insert(ODATA_TYPE, "#microsoft.graph.user");
        assert_eq!(data.odata_type(), Some("#microsoft.graph.user"));
    }

    #[test]
    fn remembers_nulls_of_the_first_and_of_the_last_member() {
        let mut data = AdditionalData::default();
        for index in [0, MOST_MEMBERS - 1] {
            data.set_null(index, true);
            assert!(data.is_null(index));
            assert!(!data.is_null(1));
            data.set_null(index, false);
            assert!(!data.is_null(index));
        }
    }

    #[test]
    fn compares_by_unknown_members_alone() {
        let mut data = AdditionalData::default();
        data.set_null(3, true);
        assert_eq!(data, AdditionalData::default());
    }

    #[test]
    fn debug_shows_names_but_no_values() {
        let mut data = AdditionalData::default();
        data.insert("password", "hunter2");
        assert_eq!(format!("{data:?}"), r#"AdditionalData {"password"}"#);
    }
}
