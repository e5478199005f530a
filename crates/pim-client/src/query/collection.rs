//! Conditions on the items of a collection.

use super::field::Field;
use super::filter::Filter;
use super::path::{Item, Path, Size, Then};
use super::relation::Relations;

/// What a property holds that is several of something.
pub trait Collection {
    /// What it is several of.
    type Item;
}

impl<V> Collection for Vec<V> {
    type Item = V;
}

impl<E> Collection for Relations<E> {
    type Item = E;
}

/// Several values, or several related objects.
impl<T, V: Collection, P: Path> Field<T, V, P> {
    /// At least one item meets the condition. A condition that is text calls the item `x`.
    ///
    /// ```
    /// use pim_client::query::item;
    /// use pim_client::v1_0::fields::{directory_audit, group, target_resource};
    ///
    /// let filter = directory_audit::target_resources().any(target_resource::id().eq("9b6c9bd6"));
    /// assert_eq!(filter.to_string(), "targetResources/any(x:x/id eq '9b6c9bd6')");
    ///
    /// let filter = group::group_types().any(item().eq("Unified"));
    /// assert_eq!(filter.to_string(), "groupTypes/any(x:x eq 'Unified')");
    /// ```
    pub fn any(self, condition: impl Into<Filter<V::Item>>) -> Filter<T> {
        Filter::lambda(self.path, "/any", condition.into())
    }

    /// All items meet the condition, as they do where there are none.
    pub fn all(self, condition: impl Into<Filter<V::Item>>) -> Filter<T> {
        Filter::lambda(self.path, "/all", condition.into())
    }

    /// How many items there are.
    ///
    /// ```
    /// use pim_client::v1_0::fields::group;
    ///
    /// assert_eq!(group::owners().count().eq(0).to_string(), "owners/$count eq 0");
    /// ```
    pub fn count(self) -> Field<T, i64, Then<P, Size>> {
        Field::at(Then(self.path, Size))
    }
}

/// The item itself that a condition of [`any`](Field::any) or [`all`](Field::all) is about, where items are plain values.
pub const fn item<V>() -> Field<V, V, Item> {
    Field::at(Item)
}
