//! Properties, as queries name them.

use std::fmt;
use std::marker::PhantomData;

use super::path::{Name, Path, Then};
use crate::SubtypeOf;

/// A property of a `T` with values of type `V`, as a query names it.
///
/// Fields come from the generated functions in `fields`, such as
/// [`v1_0::fields::user::display_name`](crate::v1_0::fields::user::display_name). What can be done with one follows from
/// `V`:
///
/// | `V` | is | and has |
/// |---|---|---|
/// | a [`Literal`](super::Literal) | a single value | comparisons such as [`eq`](Self::eq), and [`desc`](Self::desc) |
/// | a generated type | a complex value | [`then`](Self::then), to its own properties |
/// | [`Relation`](super::Relation) | one related object | [`then`](Self::then), and all of an [`Expansion`](super::Expansion) |
/// | [`Relations`](super::Relations) | several related objects | [`any`](Self::any), [`all`](Self::all), and all of an [`Expansion`](super::Expansion) |
/// | `Vec` | several values | [`any`](Self::any), [`all`](Self::all) |
///
/// ```
/// use pim_client::v1_0::fields::unified_role_assignment as role_assignment;
///
/// let principal = role_assignment::principal_id();
/// let assignments = principal.eq("9b6c9bd6").or(principal.eq("f8ca5a85"));
/// assert_eq!(assignments.to_string(), "principalId eq '9b6c9bd6' or principalId eq 'f8ca5a85'");
/// ```
#[must_use]
pub struct Field<T, V, P = Name> {
    pub(super) path: P,
    /// A field holds neither a `T` nor a `V`.
    of: PhantomData<fn() -> (T, V)>,
}

impl<T, V> Field<T, V> {
    /// The property `name`, for generated code.
    #[doc(hidden)]
    pub const fn new(name: &'static str) -> Self {
        Self { path: Name(name), of: PhantomData }
    }
}

impl<T, V, P> Field<T, V, P> {
    pub(super) const fn at(path: P) -> Self {
        Self { path, of: PhantomData }
    }
}

/// A complex value, or one related object: something with properties of its own.
impl<T, V: Structured, P: Path> Field<T, V, P> {
    /// The property `next` of what this one holds: `principal/id`.
    ///
    /// Where this one leads to one of several types, a property of any of them may follow.
    ///
    /// ```
    /// use pim_client::v1_0::fields::{
    ///     directory_object, identity, identity_set, unified_role_assignment_schedule_request as request,
    /// };
    ///
    /// let principal = request::principal().then(directory_object::id()).eq("9b6c9bd6");
    /// assert_eq!(principal.to_string(), "principal/id eq '9b6c9bd6'");
    ///
    /// let creator = request::created_by().then(identity_set::user()).then(identity::id()).eq("9b6c9bd6");
    /// assert_eq!(creator.to_string(), "createdBy/user/id eq '9b6c9bd6'");
    /// ```
    pub fn then<U: SubtypeOf<V::Type>, W, Q: Path>(self, next: Field<U, W, Q>) -> Field<T, W, Then<P, Q>> {
        Field::at(Then(self.path, next.path))
    }
}

// Written out rather than derived: what holds for a name holds whatever `T` and `V` are.

impl<T, V, P: Copy> Clone for Field<T, V, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V, P: Copy> Copy for Field<T, V, P> {}

/// The way to the property, such as `principal/id`.
impl<T, V, P: Path> fmt::Display for Field<T, V, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.path.text())
    }
}

impl<T, V, P: Path> fmt::Debug for Field<T, V, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Field").field(&self.path.text()).finish()
    }
}

/// What a property holds that is not a collection: it can be null.
///
/// Implemented by the macros of the [`runtime`](crate::runtime) for generated types.
pub trait SingleValued {}

/// What a property holds that has properties of its own.
///
/// Implemented by the macros of the [`runtime`](crate::runtime) for generated types.
pub trait Structured: SingleValued {
    /// The type that the properties belong to.
    type Type;
}
