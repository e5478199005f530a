//! `$orderby`: in which order.

use std::fmt;
use std::marker::PhantomData;

use super::field::Field;
use super::items::{Items, several};
use super::literal::Literal;
use super::path::Path;
use crate::SubtypeOf;

/// An order of objects of type `T` by one property, from [`Field::asc`] or [`Field::desc`].
#[must_use = "an order does nothing until a request has it"]
pub struct Order<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

/// Values that objects can be ordered by.
impl<T, V: Literal, P: Path> Field<T, V, P> {
    /// The least first, or earliest. It is what a field means without it.
    pub fn asc(self) -> Order<T> {
        Order { text: format!("{self} asc"), of: PhantomData }
    }

    /// The greatest first, or latest.
    ///
    /// ```
    /// use pim_client::v1_0::fields::directory_audit;
    ///
    /// assert_eq!(directory_audit::activity_date_time().desc().to_string(), "activityDateTime desc");
    /// ```
    pub fn desc(self) -> Order<T> {
        Order { text: format!("{self} desc"), of: PhantomData }
    }
}

// Written out rather than derived: what holds for an order holds whatever `T` is.
impl<T> Clone for Order<T> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), of: PhantomData }
    }
}

impl<T> fmt::Display for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<T> fmt::Debug for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Order").field(&self.text).finish()
    }
}

/// What objects of type `T` are ordered by, the most important first: `$orderby`.
///
/// A field, an [`Order`], a tuple of up to eight, an array or vector; or text, as in `"createdDateTime desc,id"`.
///
/// It is described in
/// [Graph's documentation](https://learn.microsoft.com/graph/query-parameters#orderby-parameter).
///
/// ```
/// # use pim_client::Graph;
/// use pim_client::v1_0::fields::group;
///
/// # fn list(graph: &Graph) {
/// let groups = graph.groups().list().order_by((group::created_date_time().desc(), group::display_name()));
/// # }
/// ```
pub trait OrderBy<T> {
    /// Adds the order to a list.
    #[doc(hidden)]
    fn add_to(self, items: &mut Items);
}

impl<T, U: SubtypeOf<T>, V: Literal, P: Path> OrderBy<T> for Field<U, V, P> {
    fn add_to(self, items: &mut Items) {
        items.push(&self.path.text());
    }
}

impl<T, U: SubtypeOf<T>> OrderBy<T> for Order<U> {
    fn add_to(self, items: &mut Items) {
        items.push(&self.text);
    }
}

several!(OrderBy);
