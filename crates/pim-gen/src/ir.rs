//! The API to be written: every type, operation and name decided, in the order in which it is written.
//!
//! Whatever it is made from lowers to this; everything behind it is printing. Inheritance is flat here: a shape
//! has all its members. Every Rust name was assigned once, by [`lower`](crate::lower), and collides with no other.

use std::collections::BTreeMap;

use crate::edm::{QualifiedName, TypeRef};

/// One version of the API.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// The version as in addresses, `v1.0`.
    pub version: String,
    /// The Rust module that it lives in, `v1_0`.
    pub module: String,
    /// Its types by Rust name.
    pub shapes: BTreeMap<String, Shape>,
    /// The paths from the root.
    pub root: Node,
}

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The name in Rust.
    pub rust: String,
    /// The name in Graph; of a shape that only a request has, the one that it is a form of.
    pub graph: QualifiedName,
    /// What it is, in words of ours. Of a form, what it is a form of.
    pub doc: String,
    /// Its page in Graph's reference.
    pub page: Option<String>,
    /// What it consists of.
    pub kind: ShapeKind,
}

/// What a type consists of.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapeKind {
    /// An open enumeration.
    Enum(Vec<Variant>),
    /// Members by name.
    Object(Object),
    /// One of several objects.
    Union(Union),
}

/// A value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The name in Rust.
    pub rust: String,
    /// The value on the wire.
    pub wire: String,
    /// What it means.
    pub doc: Option<String>,
}

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// What it is for.
    pub role: Role,
    /// The name in Rust of the type that it is a form of; its own, if it is none.
    pub of: String,
    /// Its members, the root type's first.
    pub members: Vec<Member>,
    /// Whether it has a key: [`Id`](Type::Id)s of it exist.
    pub entity: bool,
    /// Whether it is sent back whole: then each of its members can be said to be null.
    pub sent_whole: bool,
}

impl Object {
    /// Whether callers make objects of this type, and not only the service.
    #[must_use]
    pub fn is_made(&self) -> bool {
        self.role.is_body() || self.role == Role::Complex || self.sent_whole
    }

    /// The type, by its Rust name, whose properties queries name by these members. None if it is no type of Graph's, or
    /// has no properties.
    #[must_use]
    pub fn fields_of(&self) -> Option<&str> {
        (!self.role.is_body() && !self.members.is_empty()).then_some(self.of.as_str())
    }
}

/// What an object is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An entity as it is read.
    Read,
    /// A complex type: the same read and written.
    Complex,
    /// The body that creates an entity.
    Create,
    /// The body that changes an entity.
    Update,
    /// The parameters of an action.
    Parameters,
    /// A subtype of a union that the selection does not tell apart.
    Unknown,
}

impl Role {
    /// Whether it only goes out: its members can each be absent, null or a value.
    #[must_use]
    pub fn is_body(self) -> bool {
        matches!(self, Self::Create | Self::Update | Self::Parameters)
    }
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The name on the wire, `owners@odata.bind`.
    pub wire: String,
    /// The name in Rust, `owners_bind`.
    pub rust: String,
    /// Its type.
    pub ty: Type,
    /// Whether a body without it is refused.
    pub required: bool,
    /// Whether it is a relation, which is only there where it was asked for with `$expand`.
    pub expanded: bool,
    /// What it means.
    pub doc: Option<String>,
    /// The type as CSDL writes it.
    pub edm: String,
}

/// A type of a member, parameter or answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `Edm.Boolean`.
    Boolean,
    /// `Edm.Int32` and narrower.
    Int32,
    /// `Edm.Int64`.
    Int64,
    /// `Edm.Double` and other fractional numbers.
    Double,
    /// `Edm.String`.
    String,
    /// A string that is never shown.
    Secret,
    /// `Edm.Guid`.
    Guid,
    /// `Edm.Binary`, base64 on the wire.
    Binary,
    /// `Edm.Date`.
    Date,
    /// `Edm.TimeOfDay`.
    TimeOfDay,
    /// `Edm.DateTimeOffset`.
    DateTimeOffset,
    /// `Edm.Duration`.
    Duration,
    /// The key of an entity, by the Rust name of its type.
    Id(String),
    /// The address of an entity, by the Rust name of its type.
    Reference(String),
    /// An enumeration, by its Rust name.
    Enum(String),
    /// An object, by its Rust name; boxed where it could contain itself.
    Object {
        /// The Rust name.
        rust: String,
        /// Whether it is boxed.
        boxed: bool,
    },
    /// A union, by its Rust name.
    Union(String),
    /// Several of a type.
    Collection(Box<Type>),
}

/// One of several objects.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The objects, by name in Rust and in Graph.
    pub variants: Vec<UnionVariant>,
    /// The object that stands for every other.
    pub unknown: String,
    /// The members that all have.
    pub common: Vec<Member>,
    /// Whether they have a key.
    pub entity: bool,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnionVariant {
    /// The variant's name.
    pub rust: String,
    /// The object's name in Rust.
    pub object: String,
    /// The object's name in Graph.
    pub graph: QualifiedName,
}

/// A segment of the paths that the API has, with what lives there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// The name on the wire, `roleDefinitions`; empty for the root.
    pub wire: String,
    /// The name of its module and method, `role_definitions`.
    pub module: String,
    /// The name of its type, `RoleDefinitions`.
    pub rust: String,
    /// The path from the version root, `/roleManagement/directory/roleDefinitions`.
    pub path: String,
    /// The parameters that the path has had so far.
    pub parameters: Vec<PathParameter>,
    /// Operations on it.
    pub operations: Vec<Operation>,
    /// What lies behind it.
    pub children: Vec<Node>,
    /// One entity of it, if it is a collection of which entities are kept.
    pub item: Option<Box<Item>>,
}

/// One entity of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The name of its type, `RoleDefinitionsItem`.
    pub rust: String,
    /// The path, `/roleManagement/directory/roleDefinitions/{unifiedRoleDefinition-id}`.
    pub path: String,
    /// The key.
    pub key: PathParameter,
    /// The entity's type in Rust, where it can be referred to by address.
    pub referable: Option<String>,
    /// Operations on it.
    pub operations: Vec<Operation>,
    /// What lies behind it.
    pub children: Vec<Node>,
}

/// A parameter in a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathParameter {
    /// The placeholder, `group-id`.
    pub wire: String,
    /// The name in Rust, `group_id`.
    pub rust: String,
    /// Its type.
    pub ty: Type,
}

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// A name that no other operation of the version has, `groups_members_list`.
    pub id: String,
    /// The name of its method, `list`.
    pub rust: String,
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// The path with placeholders.
    pub path: String,
    /// Keys in the path.
    pub keys: Vec<PathParameter>,
    /// Parameters of a function, in the path's last segment.
    pub arguments: Vec<PathParameter>,
    /// Which query options it takes.
    pub query: Query,
    /// What it sends: the Rust type of the body.
    pub body: Option<Type>,
    /// What it answers.
    pub answer: Answer,
    /// What it does.
    pub doc: String,
    /// Its page in Graph's reference.
    pub page: Option<String>,
    /// The function or action of the metadata that it is, and the type which that is bound to: something, never null.
    pub bound: Option<(QualifiedName, TypeRef)>,
    /// The least delegated permission.
    pub delegated: Vec<String>,
    /// The least application permission.
    pub application: Vec<String>,
}

/// Which query options an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Query {
    /// None.
    None,
    /// `$select` and `$expand`.
    Entity,
    /// All that a collection takes.
    Collection,
    /// `$filter` and `$search`, of a count.
    Count,
}

/// What an operation answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing that is kept. The service may still send the entity, of this type.
    Empty(Option<Type>),
    /// An entity or value.
    One(Type),
    /// A page of a collection.
    Page(Type),
    /// A number as text.
    Count,
}

/// The name of the schema of errors, in OpenAPI.
pub(crate) const ERROR_SCHEMA: &str = "ODataError";

/// The name of the schema of a body that refers to an `entity`, in OpenAPI.
pub(crate) fn reference_schema(entity: &str) -> String {
    format!("{entity}Reference")
}

impl Type {
    /// The name of the schema of a page of these, in OpenAPI.
    pub(crate) fn collection_schema(&self) -> String {
        match self {
            Self::Object { rust, .. } | Self::Union(rust) | Self::Enum(rust) => format!("{rust}Collection"),
            other => format!("{other:?}Collection"),
        }
    }
}

impl Node {
    /// Every operation at and behind this node, in order.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Operation)) {
        self.operations.iter().for_each(&mut *visit);
        if let Some(item) = &self.item {
            item.operations.iter().for_each(&mut *visit);
            item.children.iter().for_each(|child| child.walk(visit));
        }
        self.children.iter().for_each(|child| child.walk(visit));
    }
}

impl Api {
    /// Every operation, in the order of the paths.
    #[must_use]
    pub fn operations(&self) -> Vec<&Operation> {
        let mut operations = Vec::new();
        self.root.walk(&mut |operation| operations.push(operation));
        operations
    }
}
