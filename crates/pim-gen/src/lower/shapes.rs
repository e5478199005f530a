//! The types of the API: what is read, and the bodies that create and change it.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::name::{Scope, member_name, type_name};
use super::types::{Types, edm};
use crate::edm::{EnumType, NavigationProperty, Operation, Property, QualifiedName, StructuredKind};
use crate::ir::{Member, Object, Role, Shape, ShapeKind, Type, Union, UnionVariant, Variant};
use crate::nearest::did_you_mean;
use crate::select::{Members, Surface};
use crate::{Error, Result};

/// The most members that an object can have: the client counts which of them were `null` in 128 bits.
const MOST_MEMBERS: usize = 128;

/// The types so far, and what the next is made of.
pub(super) struct Shapes<'a> {
    pub(super) types: Types<'a>,
    by_name: BTreeMap<String, Shape>,
}

/// Makes every type that is read.
pub(super) fn shapes<'a>(surface: &'a Surface<'a>, facts: &'a Facts<'a>) -> Result<Shapes<'a>> {
    let mut shapes = Shapes { types: Types { surface, facts }, by_name: BTreeMap::new() };
    for name in &surface.enums {
        if let Some(ty) = surface.model.enums.get(name) {
            shapes.enumeration(ty)?;
        }
    }
    for (name, members) in &surface.types {
        match surface.unions.get(name) {
            Some(subtypes) => shapes.union(name, members, subtypes)?,
            None => shapes.read(name, members)?,
        }
    }
    Ok(shapes)
}

impl<'a> Shapes<'a> {
    pub(super) fn into_map(self) -> BTreeMap<String, Shape> {
        self.by_name
    }

    pub(super) fn shapes_mut(&mut self) -> &mut BTreeMap<String, Shape> {
        &mut self.by_name
    }

    fn facts(&self) -> &'a Facts<'a> {
        self.types.facts
    }

    /// Adds a type. The same one may be added again; another of the same name collides.
    fn add(&mut self, shape: Shape) -> Result<()> {
        if let Some(earlier) = self.by_name.get(&shape.rust) {
            if *earlier == shape {
                return Ok(());
            }
            return Err(Error::new(format!(
                "`{}` and `{}` would both be `{}` in Rust; leave one of them out of pim.toml",
                earlier.graph, shape.graph, shape.rust
            )));
        }
        self.by_name.insert(shape.rust.clone(), shape);
        Ok(())
    }

    fn enumeration(&mut self, ty: &EnumType) -> Result<()> {
        let facts = self.facts().enumeration(&ty.name);
        let mut scope = Scope::new(ty.name.as_str());
        scope.take("Unrecognized", "the variant for values that are not known")?;
        let mut variants = Vec::new();
        // The sentinel says that the service has a value which it does not tell: that is what `Unrecognized` says.
        for (wire, _) in ty.members.iter().filter(|(wire, _)| wire != "unknownFutureValue") {
            let rust = type_name(wire);
            scope.take(&rust, wire)?;
            let doc = facts.and_then(|facts| facts.members.get(wire.as_str()).cloned());
            variants.push(Variant { rust, wire: wire.clone(), doc });
        }
        self.add(Shape {
            rust: type_name(ty.name.name()),
            graph: ty.name.clone(),
            doc: facts.and_then(|facts| facts.doc.clone()).unwrap_or_else(|| format!("The values of `{}`.", ty.name)),
            page: facts.and_then(|facts| facts.page.clone()),
            kind: ShapeKind::Enum(variants),
        })
    }

    fn read(&mut self, name: &QualifiedName, members: &Members<'_>) -> Result<()> {
        let entity = self.is_entity(name);
        let role = if entity { Role::Read } else { Role::Complex };
        let members = self.read_members(name, members)?;
        self.object(type_name(name.name()), name, role, members)
    }

    fn union(&mut self, name: &QualifiedName, members: &Members<'_>, subtypes: &[QualifiedName]) -> Result<()> {
        let rust = type_name(name.name());
        let unknown = format!("Unknown{rust}");
        let common = self.read_members(name, members)?;
        self.object(unknown.clone(), name, Role::Unknown, common.clone())?;
        let common = common.into_iter().filter(|member| self.is_common(&member.wire, subtypes)).collect();
        let variant = |subtype: &QualifiedName| {
            let object = type_name(subtype.name());
            let short = family(&rust).and_then(|family| object.strip_prefix(family)).filter(|short| !short.is_empty());
            UnionVariant { rust: short.unwrap_or(&object).to_owned(), object: object.clone(), graph: subtype.clone() }
        };
        let variants: Vec<_> = subtypes.iter().map(variant).collect();
        let mut scope = Scope::new(name.as_str());
        scope.take("Unknown", "the variant for subtypes that are not known")?;
        for variant in &variants {
            scope.take(&variant.rust, variant.graph.as_str())?;
        }
        let shape = Shape {
            rust,
            graph: name.clone(),
            doc: self.doc(name),
            page: self.facts().ty(name).and_then(|facts| facts.page.clone()),
            kind: ShapeKind::Union(Union { variants, unknown, common, entity: self.is_entity(name) }),
        };
        self.add(shape)
    }

    /// The body that creates an entity of `name`; its name in Rust.
    pub(super) fn create(&mut self, name: &QualifiedName) -> Result<String> {
        let rust = format!("{}Create", type_name(name.name()));
        let (members, facts) = (self.members(name)?, self.facts());
        let mut body = Vec::new();
        for property in self.writable(name, members) {
            let mut member = self.property(name, property)?;
            member.required = facts.lists(name, &property.name, |facts| &facts.required_on_create);
            body.push(member);
        }
        body.extend(self.binds(name, members)?);
        self.object(rust.clone(), name, Role::Create, body)?;
        Ok(rust)
    }

    /// The body that changes an entity of `name`; its name in Rust.
    pub(super) fn update(&mut self, name: &QualifiedName) -> Result<String> {
        let rust = format!("{}Update", type_name(name.name()));
        let (members, facts) = (self.members(name)?, self.facts());
        let mut body = Vec::new();
        for property in self.writable(name, members) {
            if !property.immutable && !facts.lists(name, &property.name, |facts| &facts.create_only) {
                body.push(self.property(name, property)?);
            }
        }
        for navigation in &members.navigation {
            if facts.lists(name, &navigation.name, |facts| &facts.deep_update) {
                body.push(Member { expanded: false, ..self.relation(name, navigation)? });
            }
        }
        body.extend(self.binds(name, members)?);
        self.object(rust.clone(), name, Role::Update, body)?;
        Ok(rust)
    }

    /// The body with the parameters of an action; its name in Rust. None if the action has no parameters.
    pub(super) fn parameters(&mut self, action: &Operation) -> Result<Option<String>> {
        if action.parameters.is_empty() {
            return Ok(None);
        }
        let crate::edm::TypeName::Defined(bound) = &action.binding.target else { return Ok(None) };
        let rust = format!("{}{}Body", type_name(bound.name()), type_name(action.name.name()));
        let mut body = Vec::new();
        for parameter in &action.parameters {
            body.push(Member {
                wire: parameter.name.clone(),
                rust: member_name(&parameter.name),
                ty: self.types.of(&parameter.ty, &format!("{}({})", action.name, parameter.name))?,
                required: !parameter.ty.nullable,
                expanded: false,
                doc: None,
                edm: edm(&parameter.ty),
            });
        }
        self.object(rust.clone(), bound, Role::Parameters, body)?;
        Ok(Some(rust))
    }

    /// The body that is an entity of `name` as it was read, changed.
    pub(super) fn whole(&mut self, name: &QualifiedName) -> Type {
        let surface = self.types.surface;
        for object in surface.unions.get(name).into_iter().flatten().chain([name]) {
            if let Some(shape) = self.by_name.get_mut(&type_name(object.name()))
                && let ShapeKind::Object(object) = &mut shape.kind
            {
                object.sent_whole = true;
            }
        }
        self.read_type(name)
    }

    /// The type that is read for `name`.
    pub(super) fn read_type(&self, name: &QualifiedName) -> Type {
        let rust = type_name(name.name());
        let is_union = self.types.surface.unions.contains_key(name);
        if is_union { Type::Union(rust) } else { Type::Object { rust, boxed: false } }
    }

    fn object(&mut self, rust: String, graph: &QualifiedName, role: Role, members: Vec<Member>) -> Result<()> {
        let mut scope = Scope::new(graph.as_str());
        scope.take("additional_data", "the members that are not known")?;
        if role.is_body() || role == Role::Complex {
            scope.take("new", "what makes the object")?;
        }
        for member in &members {
            scope.take(&member.rust, &member.wire)?;
        }
        if members.len() > MOST_MEMBERS {
            return Err(Error::new(format!(
                "{graph} has {} members, and an object can have {MOST_MEMBERS}; list in pim.toml the properties that are kept",
                members.len()
            )));
        }
        let page = self.facts().ty(graph).and_then(|facts| facts.page.clone());
        let entity = self.is_entity(graph) && role == Role::Read;
        let kind = ShapeKind::Object(Object { role, of: type_name(graph.name()), members, entity, sent_whole: false });
        self.add(Shape { rust, graph: graph.clone(), doc: self.doc(graph), page, kind })
    }

    fn doc(&self, name: &QualifiedName) -> String {
        let said = self.facts().ty(name).and_then(|facts| facts.doc.clone());
        said.unwrap_or_else(|| format!("Graph's `{name}`."))
    }

    /// Whether a member is kept of all `subtypes`.
    fn is_common(&self, member: &str, subtypes: &[QualifiedName]) -> bool {
        subtypes.iter().filter_map(|subtype| self.types.surface.types.get(subtype)).all(|members| {
            members.properties.iter().any(|property| property.name == member)
                || members.navigation.iter().any(|navigation| navigation.name == member)
        })
    }

    fn is_entity(&self, name: &QualifiedName) -> bool {
        self.types.surface.model.structured.get(name).is_some_and(|ty| ty.kind == StructuredKind::Entity)
    }

    fn members(&self, name: &QualifiedName) -> Result<&'a Members<'a>> {
        self.types.surface.types.get(name).ok_or_else(|| {
            let names = self.types.surface.types.keys().map(QualifiedName::as_str);
            Error::new(format!("{name} is not kept{}", did_you_mean(name.as_str(), names)))
        })
    }

    fn read_members(&self, name: &QualifiedName, members: &Members<'_>) -> Result<Vec<Member>> {
        let properties = members.properties.iter().map(|property| self.property(name, property));
        let relations = members.navigation.iter().map(|navigation| self.relation(name, navigation));
        properties.chain(relations).collect()
    }

    /// The properties that a caller can set.
    fn writable(&self, name: &QualifiedName, members: &'a Members<'a>) -> Vec<&'a Property> {
        let surface = self.types.surface;
        let is_key = |property: &Property| surface.model.chain(name).any(|ty| ty.key.contains(&property.name));
        let is_read_only = |property: &Property| self.facts().lists(name, &property.name, |facts| &facts.read_only);
        let properties = members.properties.iter().copied();
        properties.filter(|property| !property.computed && !is_key(property) && !is_read_only(property)).collect()
    }

    fn property(&self, owner: &QualifiedName, property: &Property) -> Result<Member> {
        Ok(Member {
            wire: property.name.clone(),
            rust: member_name(&property.name),
            ty: self.types.property(owner, &property.name, &property.ty)?,
            required: false,
            expanded: false,
            doc: self.facts().member_doc(owner, &property.name).map(str::to_owned),
            edm: edm(&property.ty),
        })
    }

    fn relation(&self, owner: &QualifiedName, navigation: &NavigationProperty) -> Result<Member> {
        Ok(Member {
            wire: navigation.name.clone(),
            rust: member_name(&navigation.name),
            ty: self.types.of(&navigation.ty, &format!("{owner}/{}", navigation.name))?,
            required: false,
            expanded: true,
            doc: self.facts().member_doc(owner, &navigation.name).map(str::to_owned),
            edm: edm(&navigation.ty),
        })
    }

    /// The relations that a body may bind to entities that exist.
    fn binds(&self, owner: &QualifiedName, members: &Members<'_>) -> Result<Vec<Member>> {
        let bound = members
            .navigation
            .iter()
            .filter(|navigation| self.facts().lists(owner, &navigation.name, |facts| &facts.bind));
        bound
            .map(|navigation| {
                let wire = format!("{}@odata.bind", navigation.name);
                let (Type::Union(rust) | Type::Object { rust, .. }) = self.element(owner, navigation)? else {
                    return Err(Error::new(format!(
                        "{owner}/{}: leads to no entity and cannot be bound",
                        navigation.name
                    )));
                };
                let reference = Type::Reference(rust);
                Ok(Member {
                    rust: member_name(&wire),
                    ty: if navigation.ty.collection { Type::Collection(Box::new(reference)) } else { reference },
                    required: false,
                    expanded: false,
                    doc: Some(format!("Addresses of entities that `{}` is to hold.", navigation.name)),
                    edm: edm(&navigation.ty),
                    wire,
                })
            })
            .collect()
    }

    fn element(&self, owner: &QualifiedName, navigation: &NavigationProperty) -> Result<Type> {
        let mut single = navigation.ty.clone();
        single.collection = false;
        self.types.of(&single, &format!("{owner}/{}", navigation.name))
    }
}

/// `UnifiedRoleManagementPolicyRule` → `UnifiedRoleManagementPolicy`: variants do not repeat what the union is called but
/// for its last word, so that this one's are `ExpirationRule` and so on. Names of two words are left whole.
fn family(union: &str) -> Option<&str> {
    let words: Vec<_> = union.match_indices(char::is_uppercase).map(|(at, _)| at).collect();
    if words.len() > 2 { words.last().map(|&at| &union[..at]) } else { None }
}
