//! The public items that are generated from an API, each with what it comes of.
//!
//! This is the listing in `tests/public-api` of what [`assemble`](crate::assemble) writes, made from the [`Api`](crate::ir::Api)
//! instead of the code: there every item still knows which property, type or operation it is there for.

mod models;
mod resources;

use std::collections::BTreeMap;

use super::Side;
use super::change::Subject;
use crate::edm::{Model, QualifiedName};
use crate::ir::{Api, ShapeKind, Type};

/// The crate that the generated code is in.
const CRATE: &str = "pim_client";

/// The items of an API.
pub(super) type Items = BTreeMap<Place, Item>;

/// Where an item is. A field and a method may have the same path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Its whole path, `pim_client::v1_0::models::Group::visibility`.
    pub(super) path: String,
    pub(super) sort: Sort,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Module,
    Type,
    /// A field of a struct or a variant of an enum.
    Part,
    /// A function, a method or a static.
    Value,
}

/// An item.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Item {
    /// What callers depend on besides the name: types, arguments.
    pub(super) signature: String,
    /// The type of `models` that it belongs to, by its name in Rust.
    pub(super) shape: Option<String>,
    /// What that type is there for.
    pub(super) owner: Vec<Subject>,
    /// What the item is there for: a change of any of them that can change the item does.
    pub(super) causes: Vec<Subject>,
    /// What it depends on besides, the nearest first: the first of them that has changed has changed the item.
    pub(super) ways: Vec<Subject>,
    /// What it is named for besides, though it depends on it no more than by name.
    pub(super) about: Vec<Subject>,
    /// Whether it belongs to a body that only creates or changes.
    pub(super) in_body: bool,
}

/// The items that are generated from `side`.
pub(super) fn of(side: &Side) -> Items {
    let mut list = List { side, root: format!("{CRATE}::{}", side.api.module), items: Items::new() };
    list.models();
    list.resources();
    list.items
}

/// The items so far.
struct List<'a> {
    side: &'a Side,
    /// The path of the version's module.
    root: String,
    items: Items,
}

impl List<'_> {
    fn add(&mut self, sort: Sort, path: String, item: Item) {
        self.items.insert(Place { path, sort }, item);
    }
}

/// The subject that a type of the API is for.
pub(super) fn type_subject(name: &QualifiedName) -> Subject {
    Subject::Type { name: name.clone() }
}

/// The type that declares a property which `ty` has: itself, or one that it derives from.
pub(super) fn declaring<'m>(model: &'m Model, ty: &'m QualifiedName, property: &str) -> &'m QualifiedName {
    let declares = |ty: &&crate::edm::StructuredType| {
        ty.properties.iter().any(|own| own.name == property) || ty.navigation.iter().any(|own| own.name == property)
    };
    model.chain(ty).find(declares).map_or(ty, |ty| &ty.name)
}

/// The property that a member of an object stands for.
pub(super) fn property_subject(model: &Model, ty: &QualifiedName, wire: &str) -> Subject {
    let name = wire.strip_suffix("@odata.bind").unwrap_or(wire);
    Subject::Property { ty: declaring(model, ty, name).clone(), name: name.to_owned() }
}

/// The types that `ty` speaks of.
fn mentions(api: &Api, ty: &Type) -> Option<Subject> {
    let rust = named(ty)?;
    api.shapes.get(rust).map(|shape| type_subject(&shape.graph))
}

/// The name in Rust of the type that `ty` is, holds, or is the key of.
pub(super) fn named(ty: &Type) -> Option<&str> {
    match ty {
        Type::Id(rust) | Type::Reference(rust) | Type::Enum(rust) | Type::Union(rust) | Type::Object { rust, .. } => {
            Some(rust)
        }
        Type::Collection(element) => named(element),
        _ => None,
    }
}

/// The form in which a shape is written, as far as callers depend on it.
fn form(kind: &ShapeKind) -> &'static str {
    match kind {
        ShapeKind::Object(_) => "struct",
        ShapeKind::Enum(_) | ShapeKind::Union(_) => "enum",
    }
}
