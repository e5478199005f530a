use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};
use serde_path_to_error::Track;

use super::additional_data::ODATA_TYPE;
use super::object::{ObjectVisitor, read_members};
use super::{AdditionalData, Object};

#[cfg(test)]
mod tests;

/// A type of the model that others derive from: one of them, or one that is not known.
///
/// Implemented by [`runtime::union!`](crate::runtime::union), together with lossless serialisation: `@odata.type`
/// decides which type an object is read as, and comes first when it is written.
pub trait Union: Sized {
    /// The qualified name of the base type, such as `microsoft.graph.directoryObject`.
    const ODATA_TYPE: &'static str;

    /// What the object carries besides its fields.
    fn additional_data(&self) -> &AdditionalData;

    /// What the object carries besides its fields, to be changed.
    fn additional_data_mut(&mut self) -> &mut AdditionalData;

    /// Reads the object as the type that it is tagged with.
    #[doc(hidden)]
    fn read<'de, A: MapAccess<'de>>(object: Tagged<A>) -> Result<Self, A::Error>;
}

/// A JSON object that was read up to the `@odata.type` that says what it is.
pub struct Tagged<A> {
    tag: Option<Value>,
    /// The members before the tag. Graph sends the tag first, so there seldom are any.
    held: Map<String, Value>,
    rest: A,
}

impl<'de, A: MapAccess<'de>> Tagged<A> {
    fn read(mut members: A) -> Result<Self, A::Error> {
        let mut held = Map::new();
        while let Some(name) = members.next_key_seed(NameSeed)? {
            match name {
                Name::Tag => return Ok(Self { tag: Some(members.next_value()?), held, rest: members }),
                Name::Other(name) => held.insert(name, members.next_value()?),
            };
        }
        Ok(Self { tag: None, held, rest: members })
    }

    /// Whether the tag names `odata_type`: in any case, with or without a `#`, and with or without Graph's namespace.
    pub fn is(&self, odata_type: &str) -> bool {
        self.tag.as_ref().and_then(Value::as_str).is_some_and(|tag| names(tag, odata_type))
    }

    /// Reads the whole object, the tag included.
    pub fn read_as<O: Object>(self) -> Result<Box<O>, A::Error> {
        let mut object = Box::<O>::default();
        if let Some(tag) = self.tag {
            object.additional_data_mut().insert(ODATA_TYPE, tag);
        }
        read_held(&mut *object, self.held)?;
        read_members(&mut *object, self.rest)?;
        Ok(object)
    }
}

/// Reads the members that were held. Their errors say where they occurred: nobody else knows any more.
fn read_held<O: Object, E: Error>(object: &mut O, held: Map<String, Value>) -> Result<(), E> {
    let mut track = Track::new();
    serde_path_to_error::Deserializer::new(held, &mut track)
        .deserialize_map(ObjectVisitor(object))
        .map_err(|error| E::custom(format_args!("{}: {error}", track.path())))
}

/// Whether `tag` names `odata_type`.
fn names(tag: &str, odata_type: &str) -> bool {
    const NAMESPACE: &str = "microsoft.graph.";
    let tag = tag.strip_prefix('#').unwrap_or(tag);
    let unqualified = odata_type.strip_prefix(NAMESPACE);
    tag.eq_ignore_ascii_case(odata_type) || unqualified.is_some_and(|name| tag.eq_ignore_ascii_case(name))
}

/// The name of a member of an object whose type is not known yet.
enum Name {
    Tag,
    Other(String),
}

struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for NameSeed {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
        Ok(if name == ODATA_TYPE { Name::Tag } else { Name::Other(name.to_owned()) })
    }
}

/// Reads an object as the type that it is tagged with.
pub fn deserialize<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    deserializer.deserialize_map(UnionVisitor(PhantomData))
}

struct UnionVisitor<U>(PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for UnionVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {} object", U::ODATA_TYPE)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<U, A::Error> {
        U::read(Tagged::read(members)?)
    }
}

/// Makes an enum a [`Union`]: its base type, and the type that each variant holds, which thereby is a
/// [`SubtypeOf`](crate::SubtypeOf) it.
///
/// ```
/// use pim_client::AdditionalData;
/// use pim_client::runtime::{object, union};
///
/// #[derive(Clone, Debug, Default, PartialEq)]
/// pub struct User {
///     pub mail: Option<String>,
///     pub additional_data: AdditionalData,
/// }
///
/// #[derive(Clone, Debug, Default, PartialEq)]
/// pub struct UnknownDirectoryObject {
///     pub id: Option<String>,
///     pub additional_data: AdditionalData,
/// }
///
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub enum DirectoryObject {
///     User(Box<User>),
///     Unknown(Box<UnknownDirectoryObject>),
/// }
///
/// object! { User = "microsoft.graph.user" { "mail" => mail } }
/// object! { UnknownDirectoryObject = "microsoft.graph.directoryObject" { "id" => id } }
/// union! {
///     DirectoryObject = "microsoft.graph.directoryObject", unknown UnknownDirectoryObject {
///         "microsoft.graph.user" => User(User),
///     }
/// }
///
/// let json = r##"{"@odata.type":"#microsoft.graph.user","mail":"ada@example.com"}"##;
/// let DirectoryObject::User(user) = serde_json::from_str(json)? else { panic!("not a user") };
/// assert_eq!(user.mail.as_deref(), Some("ada@example.com"));
///
/// let object = DirectoryObject::from(User::default());
/// assert_eq!(serde_json::to_string(&object)?, r##"{"@odata.type":"#microsoft.graph.user"}"##);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __union {
    (
        $union:ident = $odata_type:literal, unknown $unknown:ident {
            $($variant_type:literal => $variant:ident($object:ident)),* $(,)?
        }
    ) => {
        impl $union {
            /// What `@odata.type` says the object is, such as `#microsoft.graph.user`: as it was read, or is written.
            #[must_use]
            pub fn odata_type(&self) -> ::core::option::Option<&str> {
                match self {
                    $(Self::$variant(object) => $crate::runtime::__private::tag(&**object),)*
                    Self::Unknown(object) => object.additional_data.odata_type(),
                }
            }
        }

        #[automatically_derived]
        impl $crate::runtime::Union for $union {
            const ODATA_TYPE: &'static str = $odata_type;

            fn additional_data(&self) -> &$crate::AdditionalData {
                match self {
                    $(Self::$variant(object) => &object.additional_data,)*
                    Self::Unknown(object) => &object.additional_data,
                }
            }

            fn additional_data_mut(&mut self) -> &mut $crate::AdditionalData {
                match self {
                    $(Self::$variant(object) => &mut object.additional_data,)*
                    Self::Unknown(object) => &mut object.additional_data,
                }
            }

            fn read<'de, A: $crate::runtime::__private::serde::de::MapAccess<'de>>(
                object: $crate::runtime::__private::Tagged<A>,
            ) -> ::core::result::Result<Self, A::Error> {
                $(
                    if object.is($variant_type) {
                        return object.read_as().map(Self::$variant);
                    }
                )*
                object.read_as().map(Self::Unknown)
            }
        }

        $(
            #[automatically_derived]
            impl ::core::convert::From<$object> for $union {
                fn from(object: $object) -> Self {
                    Self::$variant(::std::boxed::Box::new(object))
                }
            }

            #[automatically_derived]
            impl $crate::SubtypeOf<$union> for $object {}
        )*

        #[automatically_derived]
        impl ::core::convert::From<$unknown> for $union {
            fn from(object: $unknown) -> Self {
                Self::Unknown(::std::boxed::Box::new(object))
            }
        }

        #[automatically_derived]
        impl $crate::runtime::__private::serde::Serialize for $union {
            fn serialize<S: $crate::runtime::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(object) => $crate::runtime::__private::serialize_tagged(&**object, serializer),)*
                    Self::Unknown(object) => $crate::runtime::__private::serialize(&**object, serializer),
                }
            }
        }

        #[automatically_derived]
        impl<'de> $crate::runtime::__private::serde::Deserialize<'de> for $union {
            fn deserialize<D: $crate::runtime::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::__private::deserialize_union(deserializer)
            }
        }

        $crate::__describe! { union $union = $odata_type, $unknown { $($object),* } }

        #[automatically_derived]
        impl $crate::runtime::PropertyValue for $union {}

        #[automatically_derived]
        impl $crate::query::SingleValued for $union {}

        #[automatically_derived]
        impl $crate::query::Structured for $union {
            type Type = Self;
        }
    };
}
