//! The types of the entity data model (EDM).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A qualified name, `microsoft.graph.group`: namespace, dot, name. Cheap to clone; ordered by its text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QualifiedName(Arc<str>);

impl QualifiedName {
    /// A name from its full text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The full text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the last dot.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.0.rsplit_once('.').map_or("", |(namespace, _)| namespace)
    }

    /// The part behind the last dot.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit_once('.').map_or(&self.0, |(_, name)| name)
    }
}

impl fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for QualifiedName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for QualifiedName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::new(&text))
    }
}

impl fmt::Debug for QualifiedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A type as a property, parameter or return type names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeRef {
    /// `Collection(…)` around it.
    pub collection: bool,
    /// The type itself, or of each element.
    pub target: TypeName,
    /// Whether `null` is a value of it (CSDL's default is that it is).
    pub nullable: bool,
}

/// The name of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeName {
    /// A built-in type, without its prefix: `String` for `Edm.String`.
    Primitive(Arc<str>),
    /// A type of the model. It is there: a name that refers to nothing does not resolve.
    Defined(QualifiedName),
}

/// An enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumType {
    /// Its name.
    pub name: QualifiedName,
    /// Its members and their numbers, in the document's order.
    pub members: Vec<(String, i64)>,
    /// Whether values combine (`IsFlags`).
    pub flags: bool,
    /// Where it stands in the document, as a byte offset.
    pub at: usize,
}

/// Which of the two structured types a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructuredKind {
    /// Has a key, can be addressed.
    Entity,
    /// Lives inside others.
    Complex,
}

/// An entity type or a complex type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructuredType {
    /// Its name.
    pub name: QualifiedName,
    /// Entity or complex.
    pub kind: StructuredKind,
    /// The type that it derives from.
    pub base: Option<QualifiedName>,
    /// Whether only its subtypes have instances.
    pub is_abstract: bool,
    /// Whether instances may have properties that are not declared.
    pub open: bool,
    /// The names of its key properties; empty where the base has them.
    pub key: Vec<String>,
    /// Its own structural properties, in the document's order.
    pub properties: Vec<Property>,
    /// Its own navigation properties, in the document's order.
    pub navigation: Vec<NavigationProperty>,
    /// Where it stands in the document, as a byte offset.
    pub at: usize,
}

/// A structural property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name, as on the wire.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
    /// Whether the service alone writes it (`Core.Computed`, or `Core.Permissions` of `Read`).
    pub computed: bool,
    /// Whether it can be given on creation but not changed (`Core.Immutable`).
    pub immutable: bool,
    /// Where it stands in the document, as a byte offset.
    pub at: usize,
}

/// A navigation property: a relation to one or more entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigationProperty {
    /// Its name, as on the wire.
    pub name: String,
    /// Its type; the target is an entity type.
    pub ty: TypeRef,
    /// Whether the related entities live inside this one (`ContainsTarget`).
    pub contained: bool,
    /// Where it stands in the document, as a byte offset.
    pub at: usize,
}

/// Whether an operation may change something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// Called with POST.
    Action,
    /// Called with GET, its parameters in the path.
    Function,
}

/// A bound action or function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name in its namespace.
    pub name: QualifiedName,
    /// Action or function.
    pub kind: OperationKind,
    /// The type of the binding parameter.
    pub binding: TypeRef,
    /// The other parameters, in the document's order.
    pub parameters: Vec<Parameter>,
    /// What it returns, if anything.
    pub returns: Option<TypeRef>,
    /// Where it stands in the document, as a byte offset.
    pub at: usize,
}

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
}

/// What stands at the root of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Container {
    /// The qualified name of the container, `microsoft.graph.GraphService`.
    pub name: Option<QualifiedName>,
    /// Entity sets, and the type of their entities.
    pub entity_sets: BTreeMap<String, QualifiedName>,
    /// Singletons, and their type.
    pub singletons: BTreeMap<String, QualifiedName>,
}

/// What the service says that can be done with what lives at an entity set, a singleton or a navigation property, by the
/// term of `Org.OData.Capabilities.V1` and, where that has several parts, the part: `ExpandRestrictions/Expandable`. What
/// is not said can be done.
pub type Capabilities = BTreeMap<String, Capability>;

/// One thing that can be done or cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Capability {
    /// Whether it can be done.
    Flag(bool),
    /// The properties that the term is about, such as those that cannot be filtered by.
    Names(BTreeSet<String>),
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(can) => write!(f, "{can}"),
            Self::Names(names) => f.write_str(&names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")),
        }
    }
}

/// A whole metadata document, resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// Enumerations by name.
    pub enums: BTreeMap<QualifiedName, EnumType>,
    /// Entity and complex types by name.
    pub structured: BTreeMap<QualifiedName, StructuredType>,
    /// Bound actions and functions, in the document's order. Unbound ones are left out: Graph's are all imports.
    pub operations: Vec<Operation>,
    /// The root.
    pub container: Container,
    /// What can be done with what lives at a navigation property, by the type that declares it and its name; or at an entity
    /// set or singleton, by the name of the container and its own.
    pub capabilities: BTreeMap<(QualifiedName, String), Capabilities>,
    /// Aliases of namespaces, `graph` for `microsoft.graph`.
    pub aliases: BTreeMap<String, String>,
    /// What the source does not say. CSDL says all of it.
    pub unsaid: BTreeSet<Unsaid>,
}

/// Something that the source of a model says of nothing, so that the model has what is usual instead. From that it
/// differs from another model in it nothing follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsaid {
    /// Which types are abstract.
    Abstract,
    /// Which types are open.
    Open,
    /// The numbers of the members of enumerations.
    Numbers,
    /// What can be done where.
    Capabilities,
    /// Which relations contain their entities. What is done on paths hints at it.
    Contained,
    /// Whether what is of a type of the description may be null.
    NullReferences,
    /// Whether there may be null among several that are returned.
    NullAmongReturned,
}

impl Model {
    /// The chain of a type from itself up to its root. Empty if there is no such structured type.
    pub fn chain<'a>(&'a self, name: &QualifiedName) -> impl Iterator<Item = &'a StructuredType> {
        let mut next = self.structured.get(name);
        std::iter::from_fn(move || {
            let this = next?;
            next = this.base.as_ref().and_then(|base| self.structured.get(base));
            Some(this)
        })
    }

    /// Whether `name` is `ancestor` or derives from it.
    #[must_use]
    pub fn is_a(&self, name: &QualifiedName, ancestor: &QualifiedName) -> bool {
        self.chain(name).any(|ty| ty.name == *ancestor)
    }

    /// The types that derive from `base`, directly or not, by name.
    pub fn derived<'a>(&'a self, base: &'a QualifiedName) -> impl Iterator<Item = &'a StructuredType> {
        self.structured.values().filter(move |ty| ty.name != *base && self.is_a(&ty.name, base))
    }

    /// A structural property of a type or of one that it derives from.
    #[must_use]
    pub fn property<'a>(&'a self, ty: &QualifiedName, name: &str) -> Option<&'a Property> {
        self.chain(ty).find_map(|ty| ty.properties.iter().find(|property| property.name == name))
    }

    /// A navigation property of a type or of one that it derives from.
    #[must_use]
    pub fn navigation<'a>(&'a self, ty: &QualifiedName, name: &str) -> Option<&'a NavigationProperty> {
        self.chain(ty).find_map(|ty| ty.navigation.iter().find(|navigation| navigation.name == name))
    }

    /// How many types there are.
    #[must_use]
    pub fn type_count(&self) -> usize {
        self.enums.len() + self.structured.len()
    }
}
