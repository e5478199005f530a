//! A metadata document as it is written: names are unresolved text, borrowed from the input.

use std::borrow::Cow;

pub use crate::edm::{Capabilities, Capability, OperationKind, StructuredKind};

/// Text of the input: a slice of it, except where the input has an entity or a line break.
pub type Text<'a> = Cow<'a, str>;

/// A metadata document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<'a> {
    /// Its schemas, at least one.
    pub schemas: Vec<Schema<'a>>,
}

/// A schema: one namespace, and what it declares. Each list is in the document's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema<'a> {
    /// Its namespace, `microsoft.graph`.
    pub namespace: Text<'a>,
    /// A short name for the namespace, `graph`.
    pub alias: Option<Text<'a>>,
    /// `EnumType`.
    pub enums: Vec<EnumType<'a>>,
    /// `EntityType` and `ComplexType`.
    pub structured: Vec<StructuredType<'a>>,
    /// `TypeDefinition`.
    pub definitions: Vec<TypeDefinition<'a>>,
    /// `Action` and `Function`.
    pub operations: Vec<Operation<'a>>,
    /// `EntityContainer`.
    pub containers: Vec<EntityContainer<'a>>,
    /// `Annotations`, those that say who writes a property, or what can be done with what lives at a path.
    pub annotations: Vec<Annotations<'a>>,
    /// Where it stands, as a byte offset.
    pub at: usize,
}

/// An `EnumType`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumType<'a> {
    /// Its name, without the namespace.
    pub name: Text<'a>,
    /// `IsFlags`.
    pub flags: bool,
    /// Its members.
    pub members: Vec<Member<'a>>,
    /// Where it stands, as a byte offset.
    pub at: usize,
}

/// A `Member` of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Its number: its own, or one more than that of the member before it.
    pub value: i64,
    /// Where it stands, as a byte offset.
    pub at: usize,
}

/// An `EntityType` or a `ComplexType`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructuredType<'a> {
    /// Its name, without the namespace.
    pub name: Text<'a>,
    /// Entity or complex.
    pub kind: StructuredKind,
    /// `BaseType`.
    pub base: Option<Text<'a>>,
    /// `Abstract`.
    pub is_abstract: bool,
    /// `OpenType`.
    pub open: bool,
    /// The names in its `Key`.
    pub key: Vec<PropertyRef<'a>>,
    /// Its structural properties.
    pub properties: Vec<Property<'a>>,
    /// Its navigation properties.
    pub navigation: Vec<NavigationProperty<'a>>,
    /// Where it stands, as a byte offset.
    pub at: usize,
}

/// A `PropertyRef` in a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyRef<'a> {
    /// The name of the property.
    pub name: Text<'a>,
    /// Where it stands, as a byte offset.
    pub at: usize,
}

/// A type where it is used: of a property, a parameter, a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeUse<'a> {
    /// As written: `Edm.String`, `Collection(graph.group)`.
    pub written: Text<'a>,
    /// `Nullable`, which is true unless it says otherwise.
    pub nullable: bool,
    /// Where the element that uses it stands, as a byte offset.
    pub at: usize,
}

/// A structural `Property`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Its type.
    pub ty: TypeUse<'a>,
    /// What the annotations inside it say.
    pub marks: Marks,
}

/// A `NavigationProperty`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigationProperty<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Its type.
    pub ty: TypeUse<'a>,
    /// `ContainsTarget`.
    pub contained: bool,
    /// What the annotations inside it say that can be done with what it leads to.
    pub capabilities: Capabilities,
}

/// A `TypeDefinition`: a primitive type under another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeDefinition<'a> {
    /// Its name, without the namespace.
    pub name: Text<'a>,
    /// `UnderlyingType`, as written.
    pub underlying: Text<'a>,
    /// Where it stands, as a byte offset.
    pub at: usize,
}

/// An `Action` or a `Function`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation<'a> {
    /// Its name, without the namespace.
    pub name: Text<'a>,
    /// Action or function.
    pub kind: OperationKind,
    /// `IsBound`: whether its first parameter is what it is called on.
    pub bound: bool,
    /// Its parameters, the binding one included.
    pub parameters: Vec<Parameter<'a>>,
    /// Its `ReturnType`.
    pub returns: Option<TypeUse<'a>>,
    /// Where it stands, as a byte offset.
    pub at: usize,
}

/// A `Parameter` of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Its type.
    pub ty: TypeUse<'a>,
}

/// An `EntityContainer`: the root of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityContainer<'a> {
    /// Its name, without the namespace.
    pub name: Text<'a>,
    /// `EntitySet`.
    pub entity_sets: Vec<Resource<'a>>,
    /// `Singleton`.
    pub singletons: Vec<Resource<'a>>,
    /// Where it stands, as a byte offset.
    pub at: usize,
}

/// An `EntitySet` or a `Singleton`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource<'a> {
    /// Its name, the first segment of a path.
    pub name: Text<'a>,
    /// The entity type, as written.
    pub ty: Text<'a>,
    /// What the annotations inside it say that can be done with what lives there.
    pub capabilities: Capabilities,
    /// Where it stands, as a byte offset.
    pub at: usize,
}

/// What annotations say about who writes a property. Of all vocabularies, this is what a client needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// `Core.Computed`, or `Core.Permissions` of `Read`: the service alone writes it.
    pub computed: bool,
    /// `Core.Immutable`: a client writes it once.
    pub immutable: bool,
}

/// An `Annotations` element: marks that stand apart from what they are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotations<'a> {
    /// What they are of, as written: `microsoft.graph.group/displayName`.
    pub target: Text<'a>,
    /// What they say about who writes it.
    pub marks: Marks,
    /// What they say about what can be done with it.
    pub capabilities: Capabilities,
    /// Where it stands, as a byte offset.
    pub at: usize,
}
