//! What changed of properties, structural and navigation, at the types that declare them.

use std::collections::BTreeSet;

use super::{Comparison, yes};
use crate::diff::change::{Aspect, Subject, Wire};
use crate::diff::operations::written;
use crate::edm::{Model, NavigationProperty, Property, QualifiedName, StructuredType, TypeName, TypeRef};
use crate::ir::{Member, Shape, Type};

/// A property of either sort.
#[derive(Clone, Copy)]
enum Either<'m> {
    Structural(&'m Property),
    Navigation(&'m NavigationProperty),
}

impl<'m> Either<'m> {
    fn name(self) -> &'m str {
        match self {
            Self::Structural(property) => &property.name,
            Self::Navigation(navigation) => &navigation.name,
        }
    }

    fn ty(self) -> &'m TypeRef {
        match self {
            Self::Structural(property) => &property.ty,
            Self::Navigation(navigation) => &navigation.ty,
        }
    }

    fn sort(self) -> &'static str {
        match self {
            Self::Structural(_) => "structural",
            Self::Navigation(_) => "navigation",
        }
    }

    fn writable(self) -> Writable {
        match self {
            Self::Structural(property) if property.computed => Writable::Service,
            Self::Structural(property) if property.immutable => Writable::OnCreation,
            _ => Writable::Anybody,
        }
    }
}

/// Who writes a property.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Writable {
    Service,
    OnCreation,
    Anybody,
}

impl Writable {
    fn text(self) -> &'static str {
        match self {
            Self::Service => "by the service",
            Self::OnCreation => "on creation",
            Self::Anybody => "by anybody",
        }
    }
}

/// The properties that a type declares.
fn own(ty: &StructuredType) -> impl Iterator<Item = Either<'_>> {
    let navigation = ty.navigation.iter().map(Either::Navigation);
    ty.properties.iter().map(Either::Structural).chain(navigation)
}

/// A property that a type declares.
fn declared<'m>(model: &'m Model, ty: &QualifiedName, name: &str) -> Option<Either<'m>> {
    own(model.structured.get(ty)?).find(|property| property.name() == name)
}

fn subject(ty: &QualifiedName, name: &str) -> Subject {
    Subject::Property { ty: ty.clone(), name: name.to_owned() }
}

impl Comparison<'_> {
    pub(super) fn properties(&mut self) {
        let (old, new) = (&self.old.side.model, &self.new.side.model);
        let mut moved_here = BTreeSet::new();
        for ty in old.structured.values() {
            let now = self.now(&ty.name).clone();
            if !new.structured.contains_key(&now) {
                continue;
            }
            for property in own(ty) {
                let subject = subject(&ty.name, property.name());
                if let Some(other) = declared(new, &now, property.name()) {
                    self.property(&subject, property, other);
                    continue;
                }
                let places = self.moved(&ty.name, property.name());
                let Some(other) = places.first().and_then(|place| declared(new, place, property.name())) else {
                    self.gone(&subject);
                    continue;
                };
                let to: Vec<_> = places.iter().map(QualifiedName::as_str).collect();
                let wire = if new.is_a(&now, &places[0]) { Wire::Unaffected } else { Wire::Refused };
                self.changed(subject.clone(), Aspect::Declared, ty.name.as_str(), to.join(", "), wire);
                self.property(&subject, property, other);
                moved_here.extend(places.into_iter().map(|place| self::subject(&place, property.name())));
            }
        }
        let was: BTreeSet<_> = old.structured.keys().map(|name| self.now(name).clone()).collect();
        for ty in new.structured.values().filter(|ty| was.contains(&ty.name)) {
            for property in own(ty) {
                let subject = subject(&ty.name, property.name());
                let before = self.before(&ty.name);
                if declared(old, &before, property.name()).is_none() && !moved_here.contains(&subject) {
                    self.come(&subject);
                }
            }
        }
    }

    /// The name that a type of the new side had.
    fn before(&self, name: &QualifiedName) -> QualifiedName {
        let was = self.renamed.iter().find(|(_, now)| *now == name).map(|(was, _)| was.clone());
        was.unwrap_or_else(|| name.clone())
    }

    /// Where a property of the type `ty` of the old side is declared now: at a type that it derives from, or at those that
    /// derive from it.
    fn moved(&self, ty: &QualifiedName, name: &str) -> Vec<QualifiedName> {
        let (old, new) = (&self.old.side.model, &self.new.side.model);
        let ty = self.now(ty);
        let is_new = |place: &QualifiedName| declared(old, &self.before(place), name).is_none();
        let up = new.chain(ty).map(|ty| &ty.name).find(|ty| declared(new, ty, name).is_some());
        if let Some(up) = up.filter(|up| is_new(up)) {
            return vec![up.clone()];
        }
        let down = new.derived(ty).map(|ty| &ty.name).filter(|ty| declared(new, ty, name).is_some() && is_new(ty));
        down.cloned().collect()
    }

    /// A property is gone that was kept. Who leads paths through it says so by the operations that are gone.
    fn gone(&mut self, subject: &Subject) {
        if !self.old.members(subject).is_empty() {
            self.removed(subject.clone(), Wire::Refused);
        }
    }

    fn come(&mut self, subject: &Subject) {
        if !self.new.members(subject).is_empty() {
            self.added(subject.clone(), Wire::Extended);
        }
    }

    /// A property that both sides have.
    fn property(&mut self, subject: &Subject, old: Either<'_>, new: Either<'_>) {
        if self.old.members(subject).is_empty() && !self.old.is_on_a_path(subject) {
            return;
        }
        let sent = self.old.sent(subject).next().is_some();
        if old.sort() != new.sort() {
            self.changed(subject.clone(), Aspect::Kind, old.sort(), new.sort(), Wire::Refused);
        }
        if !self.same(old.ty(), new.ty()) {
            let wire = self.retyped(subject, old.ty(), new.ty());
            self.changed(subject.clone(), Aspect::Type, written(old.ty()), written(new.ty()), wire);
        }
        if old.ty().nullable != new.ty().nullable {
            let wire = match (new.ty().nullable, new.ty().collection) {
                // Of a collection it is said of what is in it, and that is read as a value.
                (true, true) => Wire::Undecodable,
                (true, false) => Wire::Missing,
                (false, _) if sent => Wire::Refused,
                (false, _) => Wire::Unaffected,
            };
            self.changed(subject.clone(), Aspect::Nullable, yes(old.ty().nullable), yes(new.ty().nullable), wire);
        }
        let (was, is) = (old.writable(), new.writable());
        if was != is {
            let wire = match (is > was, sent) {
                (true, _) => Wire::Extended,
                (false, true) => Wire::Refused,
                (false, false) => Wire::Unaffected,
            };
            self.changed(subject.clone(), Aspect::Writable, was.text(), is.text(), wire);
        }
        if let (Either::Navigation(old), Either::Navigation(new)) = (old, new)
            && old.contained != new.contained
        {
            self.changed(subject.clone(), Aspect::Contained, yes(old.contained), yes(new.contained), Wire::Unaffected);
        }
    }

    /// What another type of a property does to the wire.
    fn retyped(&self, subject: &Subject, old: &TypeRef, new: &TypeRef) -> Wire {
        let wire = self.wire();
        if self.old.members(subject).is_empty() {
            // Only paths lead through it: what lives there is another type.
            let (Some(old), Some(new)) = (self.read_type(old, true), self.read_type(new, false)) else {
                return Wire::Unaffected;
            };
            return if wire.reads(&old, &new) { Wire::Unaffected } else { Wire::Undecodable };
        }
        let (mut was_read, mut was_sent) = (self.old.read(subject), self.old.sent(subject));
        if !was_read
            .all(|(shape, was)| self.now_member(subject, shape, was).is_none_or(|is| wire.reads(&was.ty, &is.ty)))
        {
            return Wire::Undecodable;
        }
        let taken = was_sent
            .all(|(shape, was)| self.now_member(subject, shape, was).is_none_or(|is| wire.takes(&is.ty, &was.ty)));
        if taken { Wire::Unaffected } else { Wire::Refused }
    }

    /// What a member of the type `shape` is now: of the same type if that still has it, else of any.
    fn now_member(&self, subject: &Subject, shape: &Shape, was: &Member) -> Option<&Member> {
        let mut now = self.new.members(subject).iter().filter(|(_, is)| is.wire == was.wire);
        let same = now.clone().find(|(other, _)| other.rust == shape.rust);
        same.or_else(|| now.next()).map(|(_, member)| *member)
    }

    /// The type in Rust of what is read of a type.
    fn read_type(&self, ty: &TypeRef, old: bool) -> Option<Type> {
        let TypeName::Defined(name) = &ty.target else { return None };
        let one = if old { self.old.read_type(name) } else { self.new.read_type(name) }?;
        Some(if ty.collection { Type::Collection(Box::new(one)) } else { one })
    }
}
