//! `$select`: which properties of each object.

use super::field::Field;
use super::items::{Items, several};
use super::path::Path;
use crate::SubtypeOf;

/// Properties of a `T`, of which a query asks for the values: `$select`.
///
/// One field, a tuple of up to eight, an array or vector; or the names of properties as text. What objects are may differ
/// from one to the next, so the properties of any type that derives from `T` can be asked for, too.
///
/// It is described in
/// [Graph's documentation](https://learn.microsoft.com/graph/query-parameters#select-parameter).
///
/// ```
/// # use pim_client::Graph;
/// use pim_client::v1_0::fields::{directory_object, group, user};
///
/// # fn list(graph: &Graph) {
/// let groups = graph.groups().list().select((group::id(), group::display_name()));
/// let groups = graph.groups().list().select(["id", "displayName"]);
/// let members = graph.groups().by_id("1").members().list().select((directory_object::id(), user::mail()));
/// # }
/// ```
pub trait Select<T> {
    /// Adds the names to a list.
    #[doc(hidden)]
    fn add_to(self, items: &mut Items);
}

impl<T, U: SubtypeOf<T>, V, P: Path> Select<T> for Field<U, V, P> {
    fn add_to(self, items: &mut Items) {
        items.push(&self.path.text());
    }
}

several!(Select);
