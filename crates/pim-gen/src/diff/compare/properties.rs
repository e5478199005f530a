//! What changed of properties, structural and navigation, at the types that declare them.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::{Comparison, yes};
use crate::diff::change::{Aspect, Subject, Wire};
use crate::diff::operations::written;
use crate::edm::{
    Capabilities, Capability, Model, NavigationProperty, Property, QualifiedName, StructuredType, TypeName, TypeRef,
};
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

/// Whether something that the service says allows it; what is not said is as the vocabulary has it: it can be done, but for
/// a few things.
fn allows(term: &str, said: Option<&Capability>) -> bool {
    const NOT_UNLESS_SAID: [&str; 4] = ["Upsertable", "UpsertSupported", "DeltaUpdateSupported", "StreamsExpandable"];
    let part = term.split('/').nth(1).unwrap_or_default();
    match said {
        // `RequiresFilter` says what has to be done.
        Some(Capability::Flag(is_so)) => *is_so != part.starts_with("Requires"),
        _ => !NOT_UNLESS_SAID.contains(&part),
    }
}

/// What becomes of requests when the service says otherwise what can be done.
fn narrowed(term: &str, was: Option<&Capability>, is: Option<&Capability>) -> Wire {
    let names = |said: Option<&Capability>| match said {
        Some(Capability::Names(names)) => names.clone(),
        _ => BTreeSet::new(),
    };
    let can = |said: Option<&Capability>| allows(term, said);
    // `NonFilterableProperties`, `RequiredProperties` and `AscendingOnlyProperties` are what is restricted; all other lists
    // are of what can be done.
    let is_of_exceptions = term.split('/').nth(1).is_some_and(|part| {
        part.starts_with("Non") || part.starts_with("Required") || part.ends_with("OnlyProperties")
    });
    let (less, more) = if is_of_exceptions { (names(is), names(was)) } else { (names(was), names(is)) };
    if (can(was) && !can(is)) || !less.is_subset(&more) {
        Wire::Refused
    } else if can(was) == can(is) && less == more {
        Wire::Unaffected
    } else {
        Wire::Extended
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

/// Whether any of the types that have these members is there on the other side, too.
fn is_of_what_stays(members: &[(&Shape, &Member)], other: &Facts<'_>) -> bool {
    members.iter().any(|(shape, _)| other.side.api.shapes.contains_key(&shape.rust))
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
                    self.capabilities(&subject, (&ty.name, &now), property.name());
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
                self.capabilities(&subject, (&ty.name, &places[0]), property.name());
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

    /// A property is gone that was kept. If what had it is gone, that says so; and so do the operations, if only paths led
    /// through it.
    fn gone(&mut self, subject: &Subject) {
        if is_of_what_stays(self.old.members(subject), &self.new) {
            let wire = if self.old.is_named(subject) { Wire::Refused } else { Wire::Missing };
            self.removed(subject.clone(), wire);
        }
    }

    fn come(&mut self, subject: &Subject) {
        if is_of_what_stays(self.new.members(subject), &self.old) {
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
        if self.is_null_otherwise(old.ty(), new.ty()) {
            let is_read = self.old.read(subject).next().is_some();
            let wire = match (new.ty().nullable, new.ty().collection) {
                // There is no `null` among the entities that a relation leads to: OData has no say in it for them.
                (_, true) if matches!(new, Either::Navigation(_)) => Wire::Unaffected,
                // Of a collection it is said of what is in it, and that is read as a value.
                (true, true) if is_read => Wire::Undecodable,
                (true, false) => Wire::Missing,
                (false, _) if sent => Wire::Refused,
                _ => Wire::Unaffected,
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

    /// What can be done with what lives at a property, or at a root of the service.
    pub(super) fn capabilities(
        &mut self,
        subject: &Subject,
        (was_owner, owner): (&QualifiedName, &QualifiedName),
        name: &str,
    ) {
        let none = Capabilities::new();
        let (old, new) = (&self.old.side.model.capabilities, &self.new.side.model.capabilities);
        let old = old.get(&(was_owner.clone(), name.to_owned())).unwrap_or(&none);
        let new = new.get(&(owner.clone(), name.to_owned())).unwrap_or(&none);
        for term in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let (was, is) = (old.get(term), new.get(term));
            if was != is {
                let said = |said: Option<&Capability>| said.map(|said| format!("{term}: {said}")).unwrap_or_default();
                self.changed(subject.clone(), Aspect::Capability, said(was), said(is), narrowed(term, was, is));
            }
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
