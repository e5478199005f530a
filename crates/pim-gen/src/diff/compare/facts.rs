//! What is asked of a side again and again.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::Side;
use crate::diff::change::Subject;
use crate::diff::items::{self, Items, named, property_subject};
use crate::diff::operations::{Place, place};
use crate::edm::QualifiedName;
use crate::ir::{Answer, Api, Member, Node, Operation, Query, Role, Shape, ShapeKind, Type};

/// A side, with what follows from it.
pub(super) struct Facts<'a> {
    pub(super) side: &'a Side,
    pub(super) items: Items,
    /// Graph's types that have a form in Rust which is read.
    pub(super) types: BTreeSet<&'a QualifiedName>,
    /// The members that stand for a property, with the types that have them.
    members: BTreeMap<Subject, Vec<(&'a Shape, &'a Member)>>,
    /// The types, by their names in Rust, that are sent: as a body, inside one, or as an argument.
    sent: BTreeSet<&'a str>,
    /// The types, by their names in Rust, whose members queries can name: those of what they answer, and inside it.
    queried: BTreeSet<String>,
    /// What is counted, which may be filtered.
    counted: Vec<QualifiedName>,
    /// Where paths lead.
    pub(super) places: Vec<Place>,
    /// The operations by their names.
    pub(super) operations: BTreeMap<&'a str, &'a Operation>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(side: &'a Side) -> Self {
        let operations = side.api.operations().into_iter().map(|operation| (operation.id.as_str(), operation));
        let mut facts = Self {
            side,
            items: items::of(side),
            types: side.api.shapes.values().filter(|shape| !is_body(shape)).map(|shape| &shape.graph).collect(),
            members: BTreeMap::new(),
            sent: BTreeSet::new(),
            queried: BTreeSet::new(),
            counted: Vec::new(),
            places: Vec::new(),
            operations: operations.collect(),
        };
        facts.find_members();
        facts.find_sent();
        for child in &side.api.root.children {
            facts.find_places(child, None);
        }
        facts.find_queried();
        facts
    }

    fn find_members(&mut self) {
        for shape in self.side.api.shapes.values() {
            let ShapeKind::Object(object) = &shape.kind else { continue };
            if object.role == Role::Parameters {
                continue;
            }
            for member in &object.members {
                let subject = property_subject(&self.side.model, &shape.graph, &member.wire);
                self.members.entry(subject).or_default().push((shape, member));
            }
        }
    }

    fn find_sent(&mut self) {
        let bodies = self.operations.values().filter_map(|operation| operation.body.as_ref());
        let arguments =
            self.operations.values().flat_map(|operation| &operation.arguments).map(|argument| &argument.ty);
        self.sent = held(&self.side.api, bodies.chain(arguments).filter_map(value));
    }

    fn find_queried(&mut self) {
        let answers = self.operations.values().filter_map(|operation| match (operation.query, &operation.answer) {
            (Query::Entity | Query::Collection, Answer::One(ty) | Answer::Page(ty)) => named(ty).map(str::to_owned),
            _ => None,
        });
        let counted = self.counted.iter().filter_map(|ty| named(&self.read_type(ty)?).map(str::to_owned));
        let answers: Vec<_> = answers.chain(counted).collect();
        self.queried =
            held(&self.side.api, answers.iter().map(String::as_str)).into_iter().map(str::to_owned).collect();
    }

    fn find_places(&mut self, node: &'a Node, before: Option<&QualifiedName>) {
        let Some(place) = place(&self.side.model, node, before) else { return };
        let ty = place.ty.clone();
        self.places.push(place);
        if node.operations.iter().any(|operation| operation.query == Query::Count) {
            self.counted.push(ty.clone());
        }
        let behind = node.item.iter().flat_map(|item| &item.children).chain(&node.children);
        behind.for_each(|child| self.find_places(child, Some(&ty)));
    }

    /// The members that stand for a property, with the types that have them.
    pub(super) fn members(&self, property: &Subject) -> &[(&'a Shape, &'a Member)] {
        self.members.get(property).map_or(&[], Vec::as_slice)
    }

    /// The members by which a property is read.
    pub(super) fn read(&self, property: &Subject) -> impl Iterator<Item = (&'a Shape, &'a Member)> {
        self.members(property).iter().copied().filter(|(shape, _)| !is_body(shape))
    }

    /// The members by which a property is sent.
    pub(super) fn sent(&self, property: &Subject) -> impl Iterator<Item = (&'a Shape, &'a Member)> {
        self.members(property).iter().copied().filter(|(shape, _)| self.sent.contains(&*shape.rust))
    }

    /// Whether a request can name a property: in a query or in a body.
    pub(super) fn is_named(&self, property: &Subject) -> bool {
        let is_queried = self.members(property).iter().any(|(shape, _)| self.queried.contains(&shape.rust));
        is_queried || self.sent(property).next().is_some() || self.is_on_a_path(property)
    }

    /// Whether values of Graph's type are sent, itself or a form of it.
    pub(super) fn is_sent(&self, ty: &QualifiedName) -> bool {
        let mut shapes = self.side.api.shapes.values().filter(|shape| shape.graph == *ty);
        shapes.any(|shape| self.sent.contains(&*shape.rust))
    }

    /// Whether values of Graph's type are sent where a union tells them apart, and so with the name of their type.
    pub(super) fn is_sent_by_name(&self, ty: &QualifiedName) -> bool {
        let mut sent = self.side.api.shapes.values().filter(|shape| self.sent.contains(&*shape.rust));
        sent.any(|shape| match &shape.kind {
            ShapeKind::Union(union) => union.variants.iter().any(|variant| variant.graph == *ty),
            ShapeKind::Object(_) | ShapeKind::Enum(_) => false,
        })
    }

    /// Whether a path leads through a property.
    pub(super) fn is_on_a_path(&self, property: &Subject) -> bool {
        self.places.iter().any(|place| place.by.as_ref() == Some(property))
    }

    /// The type in Rust in which an instance of Graph's type is read.
    pub(super) fn read_type(&self, ty: &QualifiedName) -> Option<Type> {
        let mut shapes = self.side.api.shapes.values().filter(|shape| shape.graph == *ty && !is_body(shape));
        // Of a union, not what stands for the unknown ones.
        let shape = shapes.clone().find(|shape| matches!(shape.kind, ShapeKind::Union(_))).or_else(|| shapes.next())?;
        let rust = shape.rust.clone();
        Some(match shape.kind {
            ShapeKind::Union(_) => Type::Union(rust),
            ShapeKind::Enum(_) => Type::Enum(rust),
            ShapeKind::Object(_) => Type::Object { rust, boxed: false },
        })
    }

    /// The subtypes that unions tell apart.
    pub(super) fn subtypes(&self) -> BTreeSet<(&'a QualifiedName, &'a QualifiedName)> {
        let unions = self.side.api.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::Union(union) => Some((&shape.graph, union)),
            _ => None,
        });
        unions.flat_map(|(base, union)| union.variants.iter().map(move |variant| (base, &variant.graph))).collect()
    }
}

/// The name in Rust of the type that values of `ty` have, or hold. A key or an address has nothing of what it leads to.
fn value(ty: &Type) -> Option<&str> {
    match ty {
        Type::Id(_) | Type::Reference(_) => None,
        Type::Collection(element) => value(element),
        ty => named(ty),
    }
}

/// The types of these names, and all that their values hold.
fn held<'n>(api: &'n Api, names: impl Iterator<Item = &'n str>) -> BTreeSet<&'n str> {
    let mut waiting: Vec<_> = names.collect();
    let mut all = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if !all.insert(name) {
            continue;
        }
        match api.shapes.get(name).map(|shape| &shape.kind) {
            Some(ShapeKind::Object(object)) => {
                waiting.extend(object.members.iter().filter_map(|member| value(&member.ty)));
            }
            Some(ShapeKind::Union(union)) => {
                waiting.extend(union.variants.iter().map(|variant| variant.object.as_str()));
                waiting.push(&union.unknown);
            }
            Some(ShapeKind::Enum(_)) | None => {}
        }
    }
    all
}

pub(super) fn is_body(shape: &Shape) -> bool {
    matches!(&shape.kind, ShapeKind::Object(object) if object.role.is_body())
}
