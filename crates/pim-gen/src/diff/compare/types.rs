//! What changed of types themselves: entities, complex types, enumerations, unions.

use std::collections::BTreeSet;

use super::{Comparison, yes};
use crate::diff::change::{Aspect, Subject, Wire};
use crate::diff::items::type_subject;
use crate::edm::{EnumType, Model, QualifiedName, StructuredKind, StructuredType, TypeName, TypeRef};

impl Comparison<'_> {
    pub(super) fn types(&mut self) {
        let (old, new) = (self.old.types.clone(), self.new.types.clone());
        let gone: Vec<_> = old.difference(&new).copied().collect();
        let come: Vec<_> = new.difference(&old).copied().collect();
        self.renames(&gone, &come);
        for name in gone {
            if !self.renamed.contains_key(name) {
                self.removed(type_subject(name), self.unnamed(name));
            }
        }
        let renamed: BTreeSet<_> = self.renamed.values().cloned().collect();
        for name in come {
            if !renamed.contains(name) {
                let wire = if self.is_told_apart_anew(name) { Wire::Extended } else { Wire::Unaffected };
                self.added(type_subject(name), wire);
            }
        }
        self.structured();
        self.enumerations();
        self.subtypes();
    }

    /// What it does to the wire that a type no longer has its name, or no longer belongs to a union.
    fn unnamed(&self, name: &QualifiedName) -> Wire {
        if self.old.is_sent_by_name(name) { Wire::Refused } else { Wire::Missing }
    }

    /// Whether a new type comes where the old side reads a type that it derives from.
    fn is_told_apart_anew(&self, name: &QualifiedName) -> bool {
        let unions = self.new.subtypes();
        let bases = unions.iter().filter(|(_, subtype)| *subtype == name).map(|(base, _)| *base);
        bases.into_iter().any(|base| self.old.types.iter().any(|old| self.now(old) == base))
    }

    /// A type that is gone and one that has come, with the same members, are the same under another name, if there is but
    /// one of each.
    fn renames(&mut self, gone: &[&QualifiedName], come: &[&QualifiedName]) {
        let (old, new) = (self.old.side, self.new.side);
        for name in gone {
            let is_twin = |other: &&&QualifiedName| {
                let of_old = fingerprint(&old.model, name);
                of_old.is_some() && of_old == fingerprint(&new.model, other)
            };
            let twins: Vec<_> = come.iter().filter(is_twin).collect();
            let of_old = fingerprint(&old.model, name);
            let alone = gone.iter().filter(|other| fingerprint(&old.model, other) == of_old).count() == 1;
            if let ([twin], true) = (twins.as_slice(), alone) {
                self.renamed.insert((*name).clone(), (**twin).clone());
            }
        }
        for (from, to) in self.renamed.clone() {
            // What a union tells apart comes under a name that an old client does not know.
            let told_apart = self.old.subtypes().iter().any(|(_, name)| **name == from);
            let wire = if told_apart { self.unnamed(&from) } else { Wire::Unaffected };
            self.changed(type_subject(&from), Aspect::Name, from.as_str(), to.as_str(), wire);
        }
    }

    /// Entity and complex types that both sides have.
    fn structured(&mut self) {
        let (old, new) = (&self.old.side.model, &self.new.side.model);
        let related = |types: &BTreeSet<&QualifiedName>, model: &Model| -> BTreeSet<QualifiedName> {
            types.iter().flat_map(|name| model.chain(name).map(|ty| ty.name.clone()).collect::<Vec<_>>()).collect()
        };
        let mut names = related(&self.old.types, old);
        names.extend(related(&self.new.types, new));
        names.extend(self.old.places.iter().map(|place| place.ty.clone()));
        for name in names {
            let (Some(old), Some(new)) = (old.structured.get(&name), new.structured.get(self.now(&name))) else {
                continue;
            };
            self.structured_type(old, new);
        }
    }

    fn structured_type(&mut self, old: &StructuredType, new: &StructuredType) {
        let subject = type_subject(&old.name);
        let sent = self.old.is_sent(&old.name);
        let refused_if = |refused: bool, otherwise: Wire| if refused { Wire::Refused } else { otherwise };
        if old.kind != new.kind {
            let wire = refused_if(sent, Wire::Unaffected);
            self.changed(subject.clone(), Aspect::Kind, kind(old.kind), kind(new.kind), wire);
        }
        let base = |base: &Option<QualifiedName>| base.as_ref().map(ToString::to_string).unwrap_or_default();
        if old.base.as_ref().map(|base| self.now(base)) != new.base.as_ref() {
            let wire = self.rebased(&old.name);
            self.changed(subject.clone(), Aspect::BaseType, base(&old.base), base(&new.base), wire);
        }
        if old.is_abstract != new.is_abstract {
            let wire = refused_if(new.is_abstract && sent, Wire::Unaffected);
            self.changed(subject.clone(), Aspect::Abstract, yes(old.is_abstract), yes(new.is_abstract), wire);
        }
        if old.open != new.open {
            let narrowed = if sent { Wire::Refused } else { Wire::Unaffected };
            let wire = if new.open { Wire::Extended } else { narrowed };
            self.changed(subject.clone(), Aspect::Open, yes(old.open), yes(new.open), wire);
        }
        if old.key != new.key {
            let list = |key: &[String]| if key.is_empty() { "inherited".to_owned() } else { key.join(", ") };
            self.changed(subject, Aspect::Key, list(&old.key), list(&new.key), Wire::Refused);
        }
    }

    /// What another base does to the wire: what was inherited is gone, what is inherited now has come.
    fn rebased(&self, name: &QualifiedName) -> Wire {
        let names = |model: &Model, name: &QualifiedName| -> BTreeSet<String> {
            let members = |ty: &StructuredType| {
                let properties = ty.properties.iter().map(|property| property.name.clone());
                properties.chain(ty.navigation.iter().map(|navigation| navigation.name.clone())).collect::<Vec<_>>()
            };
            model.chain(name).flat_map(members).collect()
        };
        let (old, new) = (names(&self.old.side.model, name), names(&self.new.side.model, self.now(name)));
        // Of what paths only lead through, nothing is read.
        if !self.old.types.iter().any(|ty| self.old.side.model.is_a(ty, name)) {
            return Wire::Unaffected;
        }
        if !old.is_subset(&new) {
            Wire::Refused
        } else if old != new {
            Wire::Extended
        } else {
            Wire::Unaffected
        }
    }

    /// Enumerations that both sides have.
    fn enumerations(&mut self) {
        for (name, old) in &self.old.side.model.enums {
            let Some(new) = self.new.side.model.enums.get(self.now(name)) else { continue };
            self.enumeration(old, new);
        }
    }

    fn enumeration(&mut self, old: &EnumType, new: &EnumType) {
        let member = |name: &str| Subject::Member { ty: old.name.clone(), name: name.to_owned() };
        let is_value = |name: &str| name != "unknownFutureValue";
        let sent = self.old.is_sent(&old.name);
        if old.flags != new.flags {
            self.changed(type_subject(&old.name), Aspect::Flags, yes(old.flags), yes(new.flags), Wire::Extended);
        }
        for (name, number) in &old.members {
            match new.members.iter().find(|(other, _)| other == name) {
                None => {
                    let wire = match (is_value(name), sent) {
                        (false, _) => Wire::Unaffected,
                        (true, true) => Wire::Refused,
                        (true, false) => Wire::Missing,
                    };
                    self.removed(member(name), wire);
                }
                // Numbers do not go over the wire.
                Some((_, now)) if now != number => {
                    self.changed(member(name), Aspect::Number, number.to_string(), now.to_string(), Wire::Unaffected);
                }
                Some(_) => {}
            }
        }
        for (name, _) in new.members.iter().filter(|(name, _)| !old.members.iter().any(|(other, _)| other == name)) {
            self.added(member(name), if is_value(name) { Wire::Extended } else { Wire::Unaffected });
        }
    }

    /// What unions tell apart. A type that is itself new or gone says so for itself.
    fn subtypes(&mut self) {
        let (old, new) = (self.old.subtypes(), self.new.subtypes());
        let old: BTreeSet<_> =
            old.into_iter().map(|(base, name)| (self.now(base).clone(), self.now(name).clone())).collect();
        let new: BTreeSet<_> = new.into_iter().map(|(base, name)| (base.clone(), name.clone())).collect();
        let both = |name: &QualifiedName| {
            let was = self.old.types.iter().any(|old| self.now(old) == name);
            was && self.new.types.contains(name)
        };
        let of_both = |(base, name): &&(QualifiedName, QualifiedName)| both(base) && both(name);
        let gone: Vec<_> = old.difference(&new).filter(of_both).cloned().collect();
        let come: Vec<_> = new.difference(&old).filter(of_both).cloned().collect();
        for (base, name) in gone {
            let wire = self.unnamed(&name);
            self.removed(Subject::Subtype { base, name }, wire);
        }
        for (base, name) in come {
            self.added(Subject::Subtype { base, name }, Wire::Extended);
        }
    }
}

fn kind(kind: StructuredKind) -> &'static str {
    match kind {
        StructuredKind::Entity => "entity",
        StructuredKind::Complex => "complex",
    }
}

/// What of a type is not its name. None if that is too little to know it again by.
fn fingerprint(model: &Model, name: &QualifiedName) -> Option<Fingerprint> {
    if let Some(ty) = model.enums.get(name) {
        let members = ty.members.iter().map(|(name, _)| (name.clone(), None)).collect::<Vec<_>>();
        return (members.len() > 1).then_some(Fingerprint { kind: None, base: None, members });
    }
    let ty = model.structured.get(name)?;
    // Its own name within it is not to tell it from its twin.
    let own = |used: &TypeRef| {
        let is_own = used.target == TypeName::Defined(name.clone());
        TypeRef { target: if is_own { TypeName::Primitive("itself".into()) } else { used.target.clone() }, ..*used }
    };
    let properties = ty.properties.iter().map(|property| (property.name.clone(), Some(own(&property.ty))));
    let navigation = ty.navigation.iter().map(|navigation| (navigation.name.clone(), Some(own(&navigation.ty))));
    let members: Vec<_> = properties.chain(navigation).collect();
    (!members.is_empty()).then(|| Fingerprint { kind: Some(ty.kind), base: ty.base.clone(), members })
}

#[derive(PartialEq)]
struct Fingerprint {
    kind: Option<StructuredKind>,
    base: Option<QualifiedName>,
    members: Vec<(String, Option<TypeRef>)>,
}
