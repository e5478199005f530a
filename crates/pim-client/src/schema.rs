//! What the types of the model are made of: the names of their properties, and what kind of value each has.
//!
//! It is for a program that handles objects as JSON and still has to know what they may hold: one that answers queries
//! about them, say. All is made by the macros of the [`runtime`](crate::runtime) from what they are given, so types of
//! a selection of one's own have it too.
//!
//! ```
//! use pim_client::schema::{HasSchema, Kind};
//! use pim_client::v1_0::models::{DirectoryObject, UnifiedRoleAssignmentScheduleRequest};
//!
//! let request = UnifiedRoleAssignmentScheduleRequest::schema();
//! assert_eq!(request.name(), "microsoft.graph.unifiedRoleAssignmentScheduleRequest");
//!
//! let action = request.property("ACTION").expect("requests have an action");
//! assert_eq!(action.name(), "action");
//! let Kind::Enumeration { values, .. } = action.kind() else { panic!("an action is one of several") };
//! assert!(values.contains(&"selfActivate"));
//!
//! let principal = request.property("principal").expect("requests have a principal");
//! let Kind::Navigation(principal) = principal.kind() else { panic!("a principal is an entity of its own") };
//! let (of, _) = principal().find("userPrincipalName").expect("some principals are users");
//! assert_eq!(of.name(), "microsoft.graph.user");
//! assert!(DirectoryObject::schema().subtype("#microsoft.graph.group").is_some());
//! ```

use std::fmt;

use crate::edm::{Date, DateTimeOffset, Duration, TimeOfDay};
use crate::query::{Binary, Guid, Relation, Relations};
use crate::{Id, Reference, Secret};

/// The kind of value that a property has.
///
/// A type that has properties of its own may lead back to itself: it is behind a function.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// True or false.
    Boolean,
    /// A whole number of up to 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// A number with a fraction.
    Double,
    /// Text.
    String,
    /// Text that is the key of an entity.
    Key,
    /// Text that is a GUID.
    Guid,
    /// Bytes.
    Binary,
    /// A day.
    Date,
    /// A point in time.
    DateTimeOffset,
    /// A length of time.
    Duration,
    /// A time of any day.
    TimeOfDay,
    /// One of several values.
    Enumeration {
        /// The qualified name of the type.
        name: &'static str,
        /// The values that are known.
        values: &'static [&'static str],
    },
    /// An object that is part of the one that has it.
    Complex(fn() -> &'static Schema),
    /// Several values.
    Collection(&'static Kind),
    /// Another entity, or none.
    Navigation(fn() -> &'static Schema),
    /// Other entities.
    NavigationCollection(fn() -> &'static Schema),
    /// Nothing is known of the value.
    Any,
}

impl Kind {
    /// Whether the property leads to entities that it does not contain: they are there when they are asked for.
    #[must_use]
    pub const fn is_navigation(self) -> bool {
        matches!(self, Self::Navigation(_) | Self::NavigationCollection(_))
    }

    /// The type of the object, or of each of the objects, that the property has; nothing if it has none.
    #[must_use]
    pub fn schema(self) -> Option<&'static Schema> {
        match self {
            Self::Complex(schema) | Self::Navigation(schema) | Self::NavigationCollection(schema) => Some(schema()),
            Self::Collection(item) => item.schema(),
            _ => None,
        }
    }
}

/// What a property can have as its value.
pub trait Described {
    /// The kind of value that it is.
    const KIND: Kind;
}

/// A type that has properties: an object, or what several types of objects derive from.
pub trait HasSchema: Described {
    /// The properties that every object of the type has.
    const PROPERTIES: &'static [Property];

    /// What the type is made of.
    fn schema() -> &'static Schema;
}

/// A property of a type.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    name: &'static str,
    kind: Kind,
}

impl Property {
    /// The property `name`, for the macros.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind }
    }

    /// The name, as Graph writes it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The kind of value.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }
}

/// A type: its name, its properties, and the types that derive from it.
pub struct Schema {
    name: &'static str,
    properties: &'static [Property],
    subtypes: &'static [fn() -> &'static Schema],
}

impl Schema {
    /// A type, for the macros.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        properties: &'static [Property],
        subtypes: &'static [fn() -> &'static Schema],
    ) -> Self {
        Self { name, properties, subtypes }
    }

    /// The qualified name, such as `microsoft.graph.user`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The properties that every object of the type has: those of the subtypes are theirs.
    #[must_use]
    pub const fn properties(&self) -> &'static [Property] {
        self.properties
    }

    /// The types that derive from this one. Each has the properties of this one besides its own.
    pub fn subtypes(&self) -> impl Iterator<Item = &'static Schema> + use<> {
        self.subtypes.iter().map(|schema| schema())
    }

    /// The property `name`, in any letter case.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&'static Property> {
        self.properties.iter().find(|property| property.name.eq_ignore_ascii_case(name))
    }

    /// The property `name`, in any letter case, of this type or else of the first subtype that has it; and which type
    /// that is.
    #[must_use]
    pub fn find(&'static self, name: &str) -> Option<(&'static Schema, &'static Property)> {
        let types = std::iter::once(self).chain(self.subtypes());
        types.into_iter().find_map(|schema| Some((schema, schema.property(name)?)))
    }

    /// The subtype of this name, in any letter case, with or without a `#` or the namespace of Graph, as in
    /// `@odata.type`. A type counts as its own.
    #[must_use]
    pub fn subtype(&'static self, name: &str) -> Option<&'static Schema> {
        let name = name.strip_prefix('#').unwrap_or(name);
        let is = |schema: &Schema| {
            let unqualified = schema.name.strip_prefix("microsoft.graph.").unwrap_or(schema.name);
            name.eq_ignore_ascii_case(schema.name) || name.eq_ignore_ascii_case(unqualified)
        };
        std::iter::once(self).chain(self.subtypes()).find(|schema| is(schema))
    }
}

/// The name says it all, and what follows from it may have no end.
impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Schema").field(&self.name).finish()
    }
}

macro_rules! described {
    ($($value:ty => $kind:ident),* $(,)?) => {
        $(impl Described for $value { const KIND: Kind = Kind::$kind; })*
    };
}

described! {
    bool => Boolean,
    u8 => Int32,
    i8 => Int32,
    i16 => Int32,
    i32 => Int32,
    i64 => Int64,
    f32 => Double,
    f64 => Double,
    String => String,
    Secret => String,
    Guid => Guid,
    Binary => Binary,
    Date => Date,
    DateTimeOffset => DateTimeOffset,
    Duration => Duration,
    TimeOfDay => TimeOfDay,
    serde_json::Value => Any,
}

impl<T> Described for Id<T> {
    const KIND: Kind = Kind::Key;
}

impl<T> Described for Reference<T> {
    const KIND: Kind = Kind::String;
}

impl<T: Described> Described for Vec<T> {
    const KIND: Kind = Kind::Collection(&T::KIND);
}

impl<T: Described> Described for Box<T> {
    const KIND: Kind = T::KIND;
}

impl<E: HasSchema> Described for Relation<E> {
    const KIND: Kind = Kind::Navigation(E::schema);
}

impl<E: HasSchema> Described for Relations<E> {
    const KIND: Kind = Kind::NavigationCollection(E::schema);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v1_0::models::{DirectoryObject, Group, UnifiedRoleManagementPolicyUpdate, User};

    #[test]
    fn knows_every_property_in_any_letter_case() {
        let user = User::schema();
        assert_eq!(user.name(), "microsoft.graph.user");
        assert_eq!(user.property("DISPLAYname").unwrap().name(), "displayName");
        assert!(user.property("displayNam").is_none());
        assert!(matches!(user.property("id").unwrap().kind(), Kind::Key));
        assert!(matches!(user.property("accountEnabled").unwrap().kind(), Kind::Boolean));
        assert!(matches!(user.property("otherMails").unwrap().kind(), Kind::Collection(Kind::String)));
        assert!(matches!(user.property("passwordProfile").unwrap().kind(), Kind::Complex(_)));
    }

    #[test]
    fn leads_from_type_to_type_without_end() {
        let member_of = User::schema().property("memberOf").unwrap().kind();
        assert!(member_of.is_navigation());
        let object = member_of.schema().unwrap();
        assert_eq!(format!("{object:?}"), r#"Schema("microsoft.graph.directoryObject")"#);
        let (group, members) = object.find("members").unwrap();
        assert_eq!(group.name(), Group::schema().name());
        assert!(std::ptr::eq(members.kind().schema().unwrap(), object));
    }

    #[test]
    fn a_base_type_has_what_all_have_and_finds_what_some_have() {
        let object = DirectoryObject::schema();
        let names: Vec<_> = object.properties().iter().map(Property::name).collect();
        assert_eq!(names, ["id", "deletedDateTime"]);
        assert_eq!(object.find("ID").unwrap().0.name(), "microsoft.graph.directoryObject");
        assert_eq!(object.find("jobTitle").unwrap().0.name(), "microsoft.graph.user");
        assert!(object.find("jobTittle").is_none());
    }

    #[test]
    fn a_subtype_goes_by_its_name_as_odata_type_has_it() {
        let object = DirectoryObject::schema();
        for name in ["microsoft.graph.user", "#microsoft.graph.user", "#Microsoft.Graph.User", "user"] {
            assert_eq!(object.subtype(name).unwrap().name(), "microsoft.graph.user", "{name}");
        }
        assert_eq!(object.subtype("directoryObject").unwrap().name(), "microsoft.graph.directoryObject");
        assert!(object.subtype("microsoft.graph.printer").is_none());
    }

    #[test]
    fn of_what_is_only_written_the_names_are_known() {
        let update = UnifiedRoleManagementPolicyUpdate::schema();
        assert!(!update.properties().is_empty());
        assert!(update.properties().iter().all(|property| matches!(property.kind(), Kind::Any)));
    }
}
