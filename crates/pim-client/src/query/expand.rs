//! `$expand`: which related objects within each object.

use std::fmt::{self, Write as _};
use std::marker::PhantomData;

use super::field::Field;
use super::filter::Filter;
use super::items::{Items, several};
use super::order::OrderBy;
use super::relation::{Related, Relations};
use super::select::Select;
use crate::SubtypeOf;

/// A relation `R` of a `T`, and how much of what it leads to is returned: `principal($select=id,displayName)`.
///
/// ```
/// use pim_client::v1_0::fields::{directory_object, group, user};
///
/// let owners = group::owners().select((directory_object::id(), user::mail())).top(5);
/// assert_eq!(owners.to_string(), "owners($select=id,mail;$top=5)");
/// ```
#[must_use = "an expansion does nothing until a request has it"]
pub struct Expansion<T, R> {
    name: &'static str,
    select: Items,
    expand: Items,
    filter: Option<String>,
    order_by: Items,
    top: Option<u32>,
    of: PhantomData<fn() -> (T, R)>,
}

impl<T, R> From<Field<T, R>> for Expansion<T, R> {
    fn from(relation: Field<T, R>) -> Self {
        Self {
            name: relation.path.0,
            select: Items::default(),
            expand: Items::default(),
            filter: None,
            order_by: Items::default(),
            top: None,
            of: PhantomData,
        }
    }
}

impl<T, R: Related> Expansion<T, R> {
    /// Asks for these properties of the related objects. Further calls add to them.
    pub fn select(mut self, properties: impl Select<R::Entity>) -> Self {
        properties.add_to(&mut self.select);
        self
    }

    /// Asks for what is related to the related objects. Further calls add to it.
    pub fn expand(mut self, relations: impl Expand<R::Entity>) -> Self {
        relations.add_to(&mut self.expand);
        self
    }
}

impl<T, E> Expansion<T, Relations<E>> {
    /// Asks for the related objects that match `filter` only. Another call replaces it.
    pub fn filter(mut self, filter: impl Into<Filter<E>>) -> Self {
        self.filter = Some(filter.into().to_string());
        self
    }

    /// Asks for an order of the related objects. Another call replaces it.
    pub fn order_by(mut self, order: impl OrderBy<E>) -> Self {
        self.order_by = Items::default();
        order.add_to(&mut self.order_by);
        self
    }

    /// Asks for at most `number` related objects.
    pub fn top(mut self, number: u32) -> Self {
        self.top = Some(number);
        self
    }
}

/// A relation, to be expanded.
impl<T, R: Related> Field<T, R> {
    /// Asks for these properties of the related objects.
    ///
    /// ```
    /// use pim_client::v1_0::fields::{directory_object, unified_role_assignment as role_assignment, user};
    ///
    /// let principal = role_assignment::principal().select((directory_object::id(), user::display_name()));
    /// assert_eq!(principal.to_string(), "principal($select=id,displayName)");
    /// ```
    pub fn select(self, properties: impl Select<R::Entity>) -> Expansion<T, R> {
        Expansion::from(self).select(properties)
    }

    /// Asks for what is related to the related objects.
    ///
    /// ```
    /// use pim_client::v1_0::fields::{
    ///     unified_role_management_policy as policy, unified_role_management_policy_assignment as assignment,
    /// };
    ///
    /// assert_eq!(assignment::policy().expand(policy::rules()).to_string(), "policy($expand=rules)");
    /// ```
    pub fn expand(self, relations: impl Expand<R::Entity>) -> Expansion<T, R> {
        Expansion::from(self).expand(relations)
    }
}

/// A relation to several objects, to be expanded.
impl<T, E> Field<T, Relations<E>> {
    /// Asks for the related objects that match `filter` only.
    ///
    /// ```
    /// use pim_client::v1_0::fields::{user, group};
    ///
    /// let members = group::members().filter(user::account_enabled().eq(true).upcast());
    /// assert_eq!(members.to_string(), "members($filter=accountEnabled eq true)");
    /// ```
    pub fn filter(self, filter: impl Into<Filter<E>>) -> Expansion<T, Relations<E>> {
        Expansion::from(self).filter(filter)
    }

    /// Asks for an order of the related objects.
    pub fn order_by(self, order: impl OrderBy<E>) -> Expansion<T, Relations<E>> {
        Expansion::from(self).order_by(order)
    }

    /// Asks for at most `number` related objects.
    pub fn top(self, number: u32) -> Expansion<T, Relations<E>> {
        Expansion::from(self).top(number)
    }
}

/// As it is sent, before it is percent-encoded.
impl<T, R> fmt::Display for Expansion<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let top = self.top.map(|number| number.to_string());
        let options = [
            ("$select", self.select.text()),
            ("$expand", self.expand.text()),
            ("$filter", self.filter.as_deref()),
            ("$orderby", self.order_by.text()),
            ("$top", top.as_deref()),
        ];
        f.write_str(self.name)?;
        let mut before = '(';
        for (option, value) in options {
            if let Some(value) = value {
                write!(f, "{before}{option}={value}")?;
                before = ';';
            }
        }
        if before == ';' { f.write_char(')') } else { Ok(()) }
    }
}

impl<T, R> fmt::Debug for Expansion<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expansion").field(&self.to_string()).finish()
    }
}

// Written out rather than derived: what holds for an expansion holds whatever `T` and `R` are.
impl<T, R> Clone for Expansion<T, R> {
    fn clone(&self) -> Self {
        let Self { select, expand, filter, order_by, .. } = self;
        Self {
            select: select.clone(),
            expand: expand.clone(),
            filter: filter.clone(),
            order_by: order_by.clone(),
            ..*self
        }
    }
}

/// Relations of a `T`, of which a query asks for what they lead to: `$expand`.
///
/// A relation, an [`Expansion`] of one, a tuple of up to eight, an array or vector; or text.
///
/// It is described in
/// [Graph's documentation](https://learn.microsoft.com/graph/query-parameters#expand-parameter).
///
/// ```
/// # use pim_client::Graph;
/// use pim_client::v1_0::fields::{directory_object, unified_role_assignment as role_assignment};
///
/// # fn list(graph: &Graph) {
/// let assignments = graph.role_management().directory().role_assignments();
/// let list = assignments.list().expand(role_assignment::role_definition());
/// let list = assignments.list().expand(role_assignment::principal().select(directory_object::id()));
/// let list = assignments.list().expand(["principal($select=id)"]);
/// # }
/// ```
///
/// What is no relation cannot be expanded:
///
/// ```compile_fail,E0277
/// # use pim_client::Graph;
/// use pim_client::v1_0::fields::group;
///
/// # fn list(graph: &Graph) {
/// graph.groups().list().expand(group::display_name());
/// # }
/// ```
pub trait Expand<T> {
    /// Adds the relations to a list.
    #[doc(hidden)]
    fn add_to(self, items: &mut Items);
}

impl<T, U: SubtypeOf<T>, R: Related> Expand<T> for Field<U, R> {
    fn add_to(self, items: &mut Items) {
        items.push(self.path.0);
    }
}

impl<T, U: SubtypeOf<T>, R> Expand<T> for Expansion<U, R> {
    fn add_to(self, items: &mut Items) {
        items.push(&self.to_string());
    }
}

several!(Expand);
