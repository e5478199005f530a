//! From what the files declare and the paths tell to metadata, as if it had been written in CSDL.

use std::collections::{BTreeMap, BTreeSet};

use super::calls::{Argument, Call};
use super::components::Components;
use super::types::{Declared, Kind, Member, Types};
use super::walk::{Root, Told};
use crate::csdl::{
    Document, EntityContainer, EnumType, Marks, Member as Value, NavigationProperty, Operation, Parameter, Property,
    PropertyRef, Resource, Schema, StructuredKind, StructuredType, Text, TypeDefinition, TypeUse,
};
use crate::edm::Capabilities;

/// The namespace that the container is in, and the short name that Graph has for it.
const NAMESPACE: (&str, &str) = ("microsoft.graph", "graph");

/// The type that nearly all entities derive from.
const ENTITY: &str = "microsoft.graph.entity";

/// Makes the metadata.
pub(super) fn metadata<'a>(
    types: Types<'a>,
    told: Told<'a>,
    calls: Vec<Call<'a>>,
    components: &Components<'_, 'a>,
) -> Document<'a> {
    let entities = entities(&types, &told, components);
    let keys = keys(&types, &told, components, &entities);
    let making = Making { entities, keys, relations: told.relations };
    let mut schemas: BTreeMap<String, Schema<'a>> = BTreeMap::new();
    for (name, declared) in types {
        let (namespace, short) = split(&name);
        let schema = schema(&mut schemas, namespace, declared.at);
        making.add(schema, &name, short.into(), declared);
    }
    for call in calls {
        let (namespace, short) = split(&call.name);
        let short = Text::Owned(short.to_owned());
        schema(&mut schemas, namespace, call.at).operations.push(operation(short, call));
    }
    if !told.roots.is_empty() {
        let at = told.roots.values().map(|root| root.at).min().unwrap_or_default();
        let container = container(told.roots, at);
        schema(&mut schemas, NAMESPACE.0, at).containers.push(container);
    }
    Document { schemas: schemas.into_values().collect() }
}

/// The schema of a namespace.
fn schema<'s, 'a>(schemas: &'s mut BTreeMap<String, Schema<'a>>, namespace: &str, at: usize) -> &'s mut Schema<'a> {
    schemas.entry(namespace.to_owned()).or_insert_with(|| Schema {
        namespace: namespace.to_owned().into(),
        alias: (namespace == NAMESPACE.0).then(|| NAMESPACE.1.into()),
        at,
        ..Schema::default()
    })
}

fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or(("", name))
}

/// The types that have a key: what derives from `entity`, what is addressed by a key or stands at the root, what a marked
/// relation leads to; and whatever such a type derives from, or derives from such a type.
fn entities<'a>(types: &Types<'a>, told: &Told<'a>, components: &Components<'_, 'a>) -> BTreeSet<Text<'a>> {
    let mut told_so: BTreeSet<&str> = told.keys.keys().map(|name| &**name).collect();
    told_so.extend(told.roots.values().map(|root| &*root.ty));
    told_so.insert(ENTITY);
    for declared in types.values() {
        let Kind::Object { members, .. } = &declared.kind else { continue };
        told_so.extend(members.iter().filter(|member| member.relation == Some(true)).map(|member| &*member.ty.name));
    }
    let root = |name: &str| components.chain(name).last().unwrap_or(name).to_owned();
    let roots: BTreeSet<String> = told_so.into_iter().map(root).collect();
    let structured = types.iter().filter(|(_, declared)| declared.is_structured());
    structured.filter(|(name, _)| roots.contains(&root(name))).map(|(name, _)| name.clone()).collect()
}

/// The properties in the key, by the type that declares them.
fn keys<'a>(
    types: &Types<'a>,
    told: &Told<'a>,
    components: &Components<'_, 'a>,
    entities: &BTreeSet<Text<'a>>,
) -> BTreeMap<Text<'a>, Vec<Text<'a>>> {
    let declares = |ty: &str, name: &str| match types.get(ty).map(|declared| &declared.kind) {
        Some(Kind::Object { members, .. }) => members.iter().any(|member| member.name == name),
        _ => false,
    };
    let mut keys: BTreeMap<Text<'a>, Vec<Text<'a>>> = BTreeMap::new();
    for entity in entities {
        let root = components.chain(entity).last().unwrap_or(entity);
        if declares(root, "id") {
            keys.insert(root.to_owned().into(), vec!["id".into()]);
            continue;
        }
        for name in told.keys.get(entity).into_iter().flatten() {
            if let Some(declaring) = components.chain(entity).find(|ty| declares(ty, name)) {
                let key = keys.entry(declaring.to_owned().into()).or_default();
                if !key.contains(name) {
                    key.push(name.clone());
                }
            }
        }
    }
    keys
}

struct Making<'a> {
    entities: BTreeSet<Text<'a>>,
    keys: BTreeMap<Text<'a>, Vec<Text<'a>>>,
    relations: BTreeMap<(Text<'a>, Text<'a>), super::walk::Treated>,
}

impl<'a> Making<'a> {
    fn add(&self, schema: &mut Schema<'a>, full: &Text<'a>, name: Text<'_>, declared: Declared<'a>) {
        let (name, at) = (Text::Owned(name.into_owned()), declared.at);
        match declared.kind {
            Kind::Enum { values, flags } => {
                let number = |index: usize| {
                    let index = i64::try_from(index).unwrap_or(i64::MAX);
                    // Numbers are not told; those of values that combine are powers of two.
                    if flags { 1_i64.checked_shl(u32::try_from(index).unwrap_or(63)).unwrap_or(0) } else { index }
                };
                let members = values.into_iter().enumerate();
                let members = members.map(|(index, (name, at))| Value { name, value: number(index), at }).collect();
                schema.enums.push(EnumType { name, flags, members, at });
            }
            Kind::Primitive(used) => {
                schema.definitions.push(TypeDefinition { name, underlying: used.name, at });
            }
            Kind::Object { base, members } => {
                schema.structured.push(self.structured(full, name, base, members, at));
            }
        }
    }

    fn structured(
        &self,
        full: &Text<'a>,
        name: Text<'a>,
        base: Option<Text<'a>>,
        members: Vec<Member<'a>>,
        at: usize,
    ) -> StructuredType<'a> {
        let is_entity = self.entities.contains(full);
        let key = self.keys.get(full).into_iter().flatten();
        let mut ty = StructuredType {
            name,
            kind: if is_entity { StructuredKind::Entity } else { StructuredKind::Complex },
            base,
            is_abstract: false,
            open: false,
            key: key.map(|name| PropertyRef { name: name.clone(), at }).collect(),
            properties: Vec::new(),
            navigation: Vec::new(),
            at,
        };
        for member in members {
            // Where relations are not marked they are what leads to entities.
            if member.relation.unwrap_or_else(|| self.entities.contains(&member.ty.name)) {
                let contained = self.is_contained(full, &member.name);
                // Of the entities of a collection none is null; that is not said of them.
                let nullable = member.ty.collection || member.ty.nullable;
                let used = TypeUse { nullable, ..member.ty.at(member.at) };
                ty.navigation.push(NavigationProperty {
                    name: member.name,
                    ty: used,
                    contained,
                    capabilities: Capabilities::new(),
                });
            } else {
                let marks = Marks { computed: member.computed, immutable: false };
                ty.properties.push(Property { name: member.name, ty: member.ty.at(member.at), marks });
            }
        }
        ty
    }

    /// Whether the entities that a relation leads to live in it: then they are made and changed there, and not only
    /// referred to.
    fn is_contained(&self, ty: &Text<'a>, name: &Text<'a>) -> bool {
        let treated = self.relations.get(&(ty.clone(), name.clone()));
        treated.is_some_and(|treated| treated.written && !treated.referenced)
    }
}

fn operation<'a>(name: Text<'a>, call: Call<'a>) -> Operation<'a> {
    let at = call.at;
    let (on, collection) = call.on;
    let binding = if collection { format!("Collection({on})").into() } else { on };
    let binding = Parameter { name: "bindingParameter".into(), ty: TypeUse { written: binding, nullable: true, at } };
    let parameters = call.parameters.into_iter().map(|(name, argument)| {
        let (Argument::Type(used) | Argument::OneOf(_, used)) = argument;
        Parameter { name, ty: used.at(at) }
    });
    Operation {
        name,
        kind: call.kind,
        bound: true,
        parameters: std::iter::once(binding).chain(parameters).collect(),
        returns: call.returns.map(|returns| returns.at(at)),
        at,
    }
}

fn container<'a>(roots: BTreeMap<Text<'a>, Root<'a>>, at: usize) -> EntityContainer<'a> {
    let mut container =
        EntityContainer { name: "GraphService".into(), entity_sets: Vec::new(), singletons: Vec::new(), at };
    for (name, root) in roots {
        let resource = Resource { name, ty: root.ty, at: root.at, capabilities: Capabilities::new() };
        if root.collection { container.entity_sets.push(resource) } else { container.singletons.push(resource) }
    }
    container
}
