//! Relations between objects, which OData calls navigation properties.

use std::marker::PhantomData;

use super::field::{SingleValued, Structured};

/// What a property holds that leads to one object of type `E`. No value of it exists.
#[derive(Debug)]
pub struct Relation<E>(std::convert::Infallible, PhantomData<E>);

/// What a property holds that leads to several objects of type `E`. No value of it exists.
#[derive(Debug)]
pub struct Relations<E>(std::convert::Infallible, PhantomData<E>);

impl<E> SingleValued for Relation<E> {}

impl<E> Structured for Relation<E> {
    type Type = E;
}

/// A [`Relation`] or [`Relations`].
pub trait Related {
    /// The type of the objects that it leads to.
    type Entity;
}

impl<E> Related for Relation<E> {
    type Entity = E;
}

impl<E> Related for Relations<E> {
    type Entity = E;
}
