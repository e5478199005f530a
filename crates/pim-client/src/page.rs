use std::fmt;
use std::marker::PhantomData;
use std::{slice, vec};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::model::member;
use crate::{AdditionalData, Property};

/// One page of a collection.
///
/// ```
/// use pim_client::Page;
///
/// let page: Page<String> = serde_json::from_str(r#"{"value": ["a", "b"], "@odata.nextLink": "https://…"}"#)?;
/// assert_eq!(page.value, ["a", "b"]);
/// assert!(page.next_link.is_some());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// What is on the page, in the order of the collection.
    pub value: Vec<T>,
    /// How many items there are on all pages, if they were asked to be counted.
    pub count: Option<i64>,
    /// Where the next page is: missing from the last one.
    pub next_link: Option<String>,
    /// Where to ask, later, for what has changed since: on the last page of a delta query.
    pub delta_link: Option<String>,
    /// What the page is described by in the service's metadata.
    pub context: Option<String>,
    /// What the page carries besides.
    pub additional_data: AdditionalData,
    /// What stood for `value`: a page without items may have been read from an empty array, from `null` or from none.
    wire_value: Property<()>,
}

const CONTEXT: &str = "@odata.context";
const COUNT: &str = "@odata.count";
const NEXT_LINK: &str = "@odata.nextLink";
const DELTA_LINK: &str = "@odata.deltaLink";
const VALUE: &str = "value";

impl<T> Page<T> {
    /// How many items are on this page.
    #[must_use]
    pub fn len(&self) -> usize {
        self.value.len()
    }

    /// Whether there are no items on this page; there may be some on the next one even so.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    /// The items on this page.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.value.iter()
    }

    /// Takes note of whether a member is `null` before it becomes the value of its field.
    fn noted<V>(&mut self, index: usize, value: Option<V>) -> Option<V> {
        self.additional_data.set_null(index, value.is_none());
        value
    }
}

/// A page with these items, and no other page.
impl<T> From<Vec<T>> for Page<T> {
    fn from(value: Vec<T>) -> Self {
        Self {
            value,
            count: None,
            next_link: None,
            delta_link: None,
            context: None,
            additional_data: AdditionalData::default(),
            wire_value: Property::Value(()),
        }
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let data = &self.additional_data;
        member::write(&self.context, 0, CONTEXT, data, &mut map)?;
        member::write(&self.count, 1, COUNT, data, &mut map)?;
        member::write(&self.next_link, 2, NEXT_LINK, data, &mut map)?;
        member::write(&self.delta_link, 3, DELTA_LINK, data, &mut map)?;
        for (name, value) in data.iter().filter(|(name, _)| !has_field(name)) {
            map.serialize_entry(name, value)?;
        }
        match self.wire_value {
            Property::Absent if self.is_empty() => {}
            Property::Null if self.is_empty() => map.serialize_entry(VALUE, &())?,
            _ => map.serialize_entry(VALUE, &self.value)?,
        }
        map.end()
    }
}

fn has_field(name: &str) -> bool {
    [CONTEXT, COUNT, NEXT_LINK, DELTA_LINK, VALUE].contains(&name)
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PageVisitor(PhantomData))
    }
}

struct PageVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PageVisitor<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of a collection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Page<T>, A::Error> {
        let mut frame = Page { wire_value: Property::Absent, ..Page::<()>::from(Vec::new()) };
        let mut items: Option<Vec<T>> = None;
        while let Some(name) = members.next_key::<String>()? {
            if name == VALUE {
                items = members.next_value()?;
                frame.wire_value = items.as_ref().map_or(Property::Null, |_| Property::Value(()));
            } else {
                frame.read(name, &mut members)?;
            }
        }
        let Page { count, next_link, delta_link, context, additional_data, wire_value, .. } = frame;
        let value = items.unwrap_or_default();
        Ok(Page { value, count, next_link, delta_link, context, additional_data, wire_value })
    }
}

/// What is around the items. It is read as a page of nothing, so that the code for it is there once and not for each
/// type.
impl Page<()> {
    fn read<'de, A: MapAccess<'de>>(&mut self, name: String, members: &mut A) -> Result<(), A::Error> {
        match name.as_str() {
            CONTEXT => self.context = self.noted(0, members.next_value()?),
            COUNT => self.count = self.noted(1, members.next_value()?),
            NEXT_LINK => self.next_link = self.noted(2, members.next_value()?),
            DELTA_LINK => self.delta_link = self.noted(3, members.next_value()?),
            _ => {
                let value: Value = members.next_value()?;
                self.additional_data.insert(name, value);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reread(json: &str) -> String {
        let page: Page<i32> = serde_json::from_str(json).unwrap();
        serde_json::to_string(&page).unwrap()
    }

    #[test]
    fn is_read_with_all_that_describes_it() {
        let json =
            r#"{"@odata.context":"c","@odata.count":7,"@odata.nextLink":"n","@odata.deltaLink":"d","value":[1,2]}"#;
        let page: Page<i32> = serde_json::from_str(json).unwrap();
        assert_eq!((page.context.as_deref(), page.count), (Some("c"), Some(7)));
        assert_eq!((page.next_link.as_deref(), page.delta_link.as_deref()), (Some("n"), Some("d")));
        assert_eq!(page.iter().collect::<Vec<_>>(), [&1, &2]);
        assert_eq!(serde_json::to_string(&page).unwrap(), json);
        assert_eq!(page.into_iter().sum::<i32>(), 3);
    }

    #[test]
    fn is_written_back_as_it_was_read() {
        for json in [
            "{}",
            r#"{"value":null}"#,
            r#"{"value":[]}"#,
            r#"{"@odata.count":null,"@odata.nextLink":null,"value":[]}"#,
            r#"{"@microsoft.graph.tips":"Use $select","value":[3]}"#,
        ] {
            assert_eq!(reread(json), json);
        }
    }

    #[test]
    fn has_a_value_once_it_has_items() {
        let mut page: Page<i32> = serde_json::from_str("{}").unwrap();
        assert!(page.is_empty());
        page.value.push(1);
        assert_eq!(serde_json::to_string(&page).unwrap(), r#"{"value":[1]}"#);
    }

    #[test]
    fn is_made_of_items() {
        let page = Page::from(vec![1, 2]);
        assert_eq!(page.len(), 2);
        assert_eq!(serde_json::to_string(&page).unwrap(), r#"{"value":[1,2]}"#);
        assert_eq!(serde_json::to_string(&Page::<i32>::from(vec![])).unwrap(), r#"{"value":[]}"#);
    }

    #[test]
    fn errors_have_a_path() {
        let deserializer = &mut serde_json::Deserializer::from_str(r#"{"value":[1,"2"]}"#);
        let error = serde_path_to_error::deserialize::<_, Page<i32>>(deserializer).unwrap_err();
        assert_eq!(error.path().to_string(), "value[1]");
    }
}
