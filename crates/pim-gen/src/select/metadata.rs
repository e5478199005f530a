//! The selection as metadata of its own: the model cut down to what is kept.

use std::collections::{BTreeMap, BTreeSet};

use super::{Resource, Segment, Surface, Verb};
use crate::correct::Corrected;
use crate::edm::{
    Capabilities, Capability, Container, Model, Operation, QualifiedName, StructuredType, TypeName, TypeRef,
};

impl Surface<'_> {
    /// The model cut down to what is kept, with `corrections` taken back: so that a correction finds in the selection
    /// what it found in the whole, and selecting from the selection gives the same selection.
    #[must_use]
    pub fn metadata(&self, corrections: &[Corrected]) -> Model {
        let original = self.model;
        let mut kept = Kept { original, members: BTreeMap::new() };
        for (name, members) in &self.types {
            kept.add(name);
            for property in &members.properties {
                kept.add_member(name, &property.name);
            }
            for navigation in &members.navigation {
                kept.add_member(name, &navigation.name);
            }
        }
        for (container, navigation) in &self.containers {
            kept.add(container);
            for name in navigation {
                kept.add_member(container, name);
            }
        }
        let container = container(&original.container, &self.resources);
        for root in container.entity_sets.values().chain(container.singletons.values()) {
            kept.add(root);
        }
        for segment in self.resources.iter().flat_map(|resource| &resource.segments) {
            if let Segment::Cast(name) | Segment::Key { entity: name, .. } = segment {
                kept.add(name);
            }
        }
        let operations = self.operations(original);
        for operation in &operations {
            kept.add_type(&operation.binding);
        }
        for correction in corrections {
            if kept.has(correction) {
                kept.add_type(&correction.was);
            }
        }
        kept.close();

        let mut structured: BTreeMap<_, _> = kept.cut().map(|ty| (ty.name.clone(), ty)).collect();
        for correction in corrections {
            if let Some(ty) = structured.get_mut(&correction.ty) {
                correction.take_back(ty);
            }
        }
        let enums = original.enums.iter().filter(|(name, _)| self.enums.contains(*name));
        let enums: BTreeMap<_, _> = enums.map(|(name, ty)| (name.clone(), ty.clone())).collect();
        let namespaces: BTreeSet<_> = structured.keys().chain(enums.keys()).map(QualifiedName::namespace).collect();
        let aliases = original.aliases.iter().filter(|(_, namespace)| namespaces.contains(namespace.as_str()));
        let aliases = aliases.map(|(alias, namespace)| (alias.clone(), namespace.clone())).collect();
        let unsaid = original.unsaid.clone();
        let mut model = Model { enums, structured, operations, container, aliases, unsaid, ..Model::default() };
        model.capabilities = capabilities(original, &model);
        model
    }

    /// The kept bound operations, in the document's order.
    fn operations(&self, original: &Model) -> Vec<Operation> {
        let kept: BTreeSet<usize> = self
            .resources
            .iter()
            .flat_map(|resource| &resource.operations)
            .filter_map(|operation| match operation.verb {
                Verb::Bound(bound) => Some(bound.at),
                _ => None,
            })
            .collect();
        original.operations.iter().filter(|operation| kept.contains(&operation.at)).cloned().collect()
    }
}

/// The types that are kept, each with the names of its own members that are.
struct Kept<'m> {
    original: &'m Model,
    members: BTreeMap<QualifiedName, BTreeSet<String>>,
}

impl Kept<'_> {
    /// Whether the corrected property is kept.
    fn has(&self, correction: &Corrected) -> bool {
        self.members.get(&correction.ty).is_some_and(|members| members.contains(&correction.property))
    }

    /// The types that are kept, with only the members that are.
    fn cut(&self) -> impl Iterator<Item = StructuredType> {
        self.members.iter().filter_map(|(name, members)| Some(cut(self.original.structured.get(name)?, members)))
    }

    /// Keeps a type and those that it derives from.
    fn add(&mut self, name: &QualifiedName) {
        for ty in self.original.chain(name) {
            self.members.entry(ty.name.clone()).or_default().extend(ty.key.iter().cloned());
        }
    }

    fn add_type(&mut self, ty: &TypeRef) {
        if let TypeName::Defined(name) = &ty.target {
            self.add(name);
        }
    }

    /// Keeps a member where it is declared: in the type itself or in one that it derives from.
    fn add_member(&mut self, name: &QualifiedName, member: &str) {
        let declares = |ty: &&StructuredType| {
            ty.properties.iter().any(|property| property.name == member)
                || ty.navigation.iter().any(|navigation| navigation.name == member)
        };
        if let Some(ty) = self.original.chain(name).find(declares) {
            self.members.entry(ty.name.clone()).or_default().insert(member.to_owned());
        }
    }

    /// Keeps the types of kept members, as names only where nothing else of them is kept.
    fn close(&mut self) {
        let mut waiting: Vec<_> = self.members.keys().cloned().collect();
        while let Some(name) = waiting.pop() {
            let Some((ty, members)) = self.original.structured.get(&name).zip(self.members.get(&name)) else {
                continue;
            };
            let cut = cut(ty, members);
            let types = cut.properties.iter().map(|property| &property.ty);
            for ty in types.chain(cut.navigation.iter().map(|navigation| &navigation.ty)) {
                let TypeName::Defined(target) = &ty.target else { continue };
                if self.original.structured.contains_key(target) && !self.members.contains_key(target) {
                    self.add(target);
                    waiting.extend(self.original.chain(target).map(|ty| ty.name.clone()));
                }
            }
        }
    }
}

/// A type with only the members named.
fn cut(ty: &StructuredType, members: &BTreeSet<String>) -> StructuredType {
    let mut cut = ty.clone();
    cut.properties.retain(|property| members.contains(&property.name));
    cut.navigation.retain(|navigation| members.contains(&navigation.name));
    cut
}

/// What can be done with what is kept, as far as it is said of properties that are.
fn capabilities(original: &Model, kept: &Model) -> BTreeMap<(QualifiedName, String), Capabilities> {
    let mut all = BTreeMap::new();
    for ((owner, name), capabilities) in &original.capabilities {
        let navigation = kept.structured.get(owner).and_then(|ty| ty.navigation.iter().find(|own| own.name == *name));
        let root = || {
            let container = Some(&kept.container).filter(|container| container.name.as_ref() == Some(owner))?;
            container.entity_sets.get(name).or_else(|| container.singletons.get(name))
        };
        let target = navigation.and_then(|navigation| match &navigation.ty.target {
            TypeName::Defined(target) => Some(target),
            TypeName::Primitive(_) => None,
        });
        let Some(target) = target.or_else(root) else { continue };
        let said =
            capabilities.iter().filter_map(|(term, value)| Some((term.clone(), capability(kept, target, value)?)));
        let said: Capabilities = said.collect();
        if !said.is_empty() {
            all.insert((owner.clone(), name.clone()), said);
        }
    }
    all
}

/// What is said of `target`, without the properties that are not kept of it or of its subtypes.
fn capability(kept: &Model, target: &QualifiedName, value: &Capability) -> Option<Capability> {
    let Capability::Names(names) = value else { return Some(value.clone()) };
    let is_kept = |path: &&String| {
        let name = path.split('/').next().unwrap_or_default();
        let has = |ty: &QualifiedName| kept.property(ty, name).is_some() || kept.navigation(ty, name).is_some();
        has(target) || kept.derived(target).any(|ty| has(&ty.name))
    };
    let names: BTreeSet<_> = names.iter().filter(is_kept).cloned().collect();
    (!names.is_empty()).then_some(Capability::Names(names))
}

/// The entity sets and singletons that the paths start at.
fn container(original: &Container, resources: &[Resource<'_>]) -> Container {
    let roots: BTreeSet<_> = resources
        .iter()
        .filter_map(|resource| match resource.segments.first() {
            Some(Segment::Name(name)) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let keep = |sets: &BTreeMap<String, QualifiedName>| {
        sets.iter()
            .filter(|(name, _)| roots.contains(name.as_str()))
            .map(|(name, ty)| (name.clone(), ty.clone()))
            .collect()
    };
    Container {
        name: original.name.clone(),
        entity_sets: keep(&original.entity_sets),
        singletons: keep(&original.singletons),
    }
}
