//! Changes, and what they mean.

use std::fmt;

use serde::Serialize;

use super::Nearby;
use crate::edm::QualifiedName;

/// What changed between two sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The version of Graph, `v1.0`.
    pub version: String,
    /// The changes, ordered by what they are about.
    pub changes: Vec<Change>,
    /// What is new beside the selection.
    pub nearby: Vec<Nearby>,
}

impl Report {
    /// The least step of the client's version that allows all of it.
    #[must_use]
    pub fn bump(&self) -> Bump {
        self.changes.iter().map(Change::bump).max().unwrap_or(Bump::None)
    }

    /// Whether nothing changed, and nothing is new beside the selection.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.nearby.is_empty()
    }
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it is about, in Graph's terms.
    pub subject: Subject,
    /// What became of it.
    #[serde(flatten)]
    pub kind: Kind,
    /// What it does to code that calls the generated client.
    pub callers: Callers,
    /// What it does to a client that was generated before it.
    pub wire: Wire,
    /// The generated items that it is about, with their whole paths: `pim_client::v1_0::models::Group::visibility`.
    pub items: Vec<String>,
    /// What it means, in a sentence.
    pub meaning: String,
}

impl Change {
    /// The least step of the client's version that allows it.
    #[must_use]
    pub fn bump(&self) -> Bump {
        match (self.callers, self.wire) {
            (Callers::Broken, _) | (_, Wire::Undecodable) => Bump::Major,
            (Callers::Offered, _) => Bump::Minor,
            (Callers::Unaffected, _) => Bump::Patch,
        }
    }
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "about", rename_all = "camelCase")]
#[non_exhaustive]
pub enum Subject {
    /// An entity, complex or enumeration type.
    Type {
        /// Its name.
        name: QualifiedName,
    },
    /// A structural or navigation property.
    Property {
        /// The type that has it.
        #[serde(rename = "type")]
        ty: QualifiedName,
        /// Its name.
        name: String,
    },
    /// A member of an enumeration.
    Member {
        /// The enumeration.
        #[serde(rename = "type")]
        ty: QualifiedName,
        /// Its name.
        name: String,
    },
    /// A subtype that a union tells apart.
    Subtype {
        /// The union.
        base: QualifiedName,
        /// The subtype.
        name: QualifiedName,
    },
    /// A path.
    Path {
        /// The path from the version root.
        path: String,
    },
    /// An operation.
    Operation {
        /// The path from the version root.
        path: String,
        /// `GET`.
        method: String,
    },
    /// A bound function or action, wherever it is called.
    Bound {
        /// Its name.
        name: QualifiedName,
        /// The type that it is bound to, as CSDL writes it: `Collection(microsoft.graph.group)`.
        on: String,
    },
    /// A parameter of a bound function or action, wherever it is called.
    Parameter {
        /// The function or action.
        of: QualifiedName,
        /// The type that it is bound to, as CSDL writes it.
        on: String,
        /// Its name.
        name: String,
    },
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { name } => write!(f, "{name}"),
            Self::Property { ty, name } | Self::Member { ty, name } => write!(f, "{ty}/{name}"),
            Self::Subtype { base, name } => write!(f, "{base}: {name}"),
            Self::Path { path } => f.write_str(path),
            Self::Operation { method, path } => write!(f, "{method} {path}"),
            Self::Bound { name, on } => write!(f, "{name} on {on}"),
            Self::Parameter { of, on, name } => write!(f, "{of} on {on}: {name}"),
        }
    }
}

/// What became of the subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "change", rename_all = "camelCase")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Something about it is another.
    Changed {
        /// What about it.
        aspect: Aspect,
        /// What it was.
        from: String,
        /// What it is.
        to: String,
    },
}

/// What about a subject changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Aspect {
    /// The type of a property, parameter, entity set or singleton.
    Type,
    /// Whether `null` is a value of it.
    Nullable,
    /// Entity, complex or enumeration.
    Kind,
    /// The type that it derives from.
    BaseType,
    /// Whether only its subtypes have instances.
    Abstract,
    /// Whether instances may have properties that are not declared.
    Open,
    /// The key.
    Key,
    /// Who writes it: anybody, on creation only, the service alone.
    Writable,
    /// Whether the related entities live inside.
    Contained,
    /// Whether values combine.
    Flags,
    /// The number of an enumeration's member.
    Number,
    /// What an operation answers.
    Response,
    /// The least permissions of an operation.
    Permissions,
    /// What the service says that can be done there (`Org.OData.Capabilities`).
    Capability,
    /// Its name: it is the same under another one.
    Name,
    /// The type that declares a property: it went up or down the line of types that derive from one another.
    Declared,
    /// How it is written in Rust, which changed by something else: its name, its type, or which types have it.
    Rust,
}

/// What a change does to code that calls the generated client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Callers {
    /// Nothing.
    Unaffected,
    /// There is more to call.
    Offered,
    /// Some of it no longer compiles.
    Broken,
}

/// What a change does to a client that was generated before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Wire {
    /// It goes on as before.
    Unaffected,
    /// It gets, or could send, more than it knows.
    Extended,
    /// It no longer gets what it did.
    Missing,
    /// Some of its requests are refused.
    Refused,
    /// Some answers cannot be decoded.
    Undecodable,
}

/// A step of a version, as semantic versioning has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Bump {
    /// Nothing changed.
    None,
    /// Nothing that callers see.
    Patch,
    /// There is more.
    Minor,
    /// Something is gone or another.
    Major,
}
