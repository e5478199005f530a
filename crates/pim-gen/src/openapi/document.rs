//! What is kept of an OpenAPI document: names are unresolved text, borrowed from the input where it has no escapes.
//!
//! Every `at` is a place in [all files](super::files::Files) that are read.

use std::collections::HashMap;

use crate::csdl::Text;

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct Description<'a> {
    /// `paths`, in the document's order.
    pub(super) paths: Vec<Path<'a>>,
    /// `components/schemas`, in the document's order.
    pub(super) schemas: Vec<(Text<'a>, Schema<'a>)>,
    /// `components/responses`: what is answered.
    pub(super) responses: HashMap<Text<'a>, Schema<'a>>,
    /// `components/requestBodies`: what is sent.
    pub(super) bodies: HashMap<Text<'a>, Schema<'a>>,
    /// `components/parameters`.
    pub(super) parameters: HashMap<Text<'a>, Parameter<'a>>,
    /// Which habits it follows.
    pub(super) habits: Habits,
}

/// What a document says of everything that it is true of, if it says it at all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habits {
    /// `x-ms-navigationProperty`.
    pub(super) marks_relations: bool,
    /// That a reference may be null.
    pub(super) marks_null_references: bool,
}

/// A path and what can be done there.
#[derive(Debug)]
pub(super) struct Path<'a> {
    pub(super) text: Text<'a>,
    pub(super) at: usize,
    /// Whether there is a POST.
    pub(super) adds: bool,
    /// Whether there is a PATCH, PUT or DELETE.
    pub(super) changes: bool,
    /// Whether a method says what it is documented as.
    pub(super) is_documented: bool,
    /// The methods of which more is needed than that.
    pub(super) methods: Vec<Method<'a>>,
    /// The parameters that all methods have.
    pub(super) parameters: Vec<Shared<'a, Parameter<'a>>>,
}

/// `get:` and the like.
#[derive(Debug)]
pub(super) struct Method<'a> {
    pub(super) verb: Verb,
    pub(super) at: usize,
    /// `x-ms-docs-operation-type`.
    pub(super) documented: Option<Documented>,
    pub(super) parameters: Vec<Shared<'a, Parameter<'a>>>,
    pub(super) body: Option<Shared<'a, Schema<'a>>>,
    pub(super) answer: Option<Shared<'a, Schema<'a>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Get,
    Post,
    Patch,
    Put,
    Delete,
}

/// What Microsoft says that a method is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Documented {
    Operation,
    Function,
    Action,
}

/// Something that stands where it is used, or among the components of the same file.
#[derive(Debug)]
pub(super) enum Shared<'a, T> {
    Here(T),
    /// The component of this name.
    Component(Text<'a>, usize),
}

/// A parameter.
#[derive(Debug)]
pub(super) struct Parameter<'a> {
    pub(super) name: Text<'a>,
    pub(super) schema: Schema<'a>,
}

/// A schema. Most of these have few of the parts.
#[derive(Debug, Default)]
pub(super) struct Schema<'a> {
    pub(super) at: usize,
    /// The name of the schema that `$ref` refers to.
    pub(super) reference: Option<Text<'a>>,
    pub(super) types: Types,
    pub(super) nullable: bool,
    pub(super) format: Option<Text<'a>>,
    pub(super) read_only: bool,
    /// `x-ms-navigationProperty`.
    pub(super) relation: bool,
    /// Parts that few schemas have.
    pub(super) more: Option<Box<More<'a>>>,
}

#[derive(Debug, Default)]
pub(super) struct More<'a> {
    /// `pattern`.
    pub(super) pattern: Option<Text<'a>>,
    /// `enum`, without `null`.
    pub(super) values: Vec<(Text<'a>, usize)>,
    /// Whether values combine.
    pub(super) flags: bool,
    /// `items`.
    pub(super) items: Option<Schema<'a>>,
    /// `properties`, in the document's order.
    pub(super) properties: Vec<Property<'a>>,
    /// `allOf`.
    pub(super) all_of: Vec<Schema<'a>>,
    /// `anyOf` and `oneOf`.
    pub(super) alternatives: Vec<Schema<'a>>,
}

/// A property of an object.
#[derive(Debug)]
pub(super) struct Property<'a> {
    pub(super) name: Text<'a>,
    pub(super) at: usize,
    pub(super) schema: Schema<'a>,
}

/// What `type` says: one word in OpenAPI 3.0, several in 3.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Types(u8);

impl Types {
    pub(super) const BOOLEAN: Self = Self(1);
    pub(super) const INTEGER: Self = Self(2);
    pub(super) const NUMBER: Self = Self(4);
    pub(super) const STRING: Self = Self(8);
    pub(super) const ARRAY: Self = Self(16);
    pub(super) const OBJECT: Self = Self(32);
    pub(super) const NULL: Self = Self(64);

    /// The type of that name.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            "null" => Self::NULL,
            _ => return None,
        })
    }

    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether nothing is said, or nothing but `other`.
    pub(super) fn at_most(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

impl<'a> Schema<'a> {
    pub(super) fn more(&mut self) -> &mut More<'a> {
        self.more.get_or_insert_default()
    }

    pub(super) fn values(&self) -> &[(Text<'a>, usize)] {
        self.more.as_ref().map_or(&[], |more| &more.values)
    }

    pub(super) fn properties(&self) -> &[Property<'a>] {
        self.more.as_ref().map_or(&[], |more| &more.properties)
    }

    pub(super) fn all_of(&self) -> &[Self] {
        self.more.as_ref().map_or(&[], |more| &more.all_of)
    }

    pub(super) fn alternatives(&self) -> &[Self] {
        self.more.as_ref().map_or(&[], |more| &more.alternatives)
    }

    pub(super) fn items(&self) -> Option<&Self> {
        self.more.as_ref()?.items.as_ref()
    }

    /// Whether it only says that there may be nothing: `{type: object, nullable: true}`, `{type: 'null'}`.
    pub(super) fn is_only_null(&self) -> bool {
        let mut plain = Types::OBJECT;
        plain.add(Types::NULL);
        self.reference.is_none() && self.nullable && self.types.at_most(plain) && self.more.is_none()
    }
}
