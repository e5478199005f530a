use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use super::additional_data::ODATA_TYPE;
use super::{AdditionalData, Property};

#[cfg(test)]
mod tests;

/// A type of the model that is an object in JSON: an entity or a complex value.
///
/// Implemented by [`runtime::object!`](crate::runtime::object), together with lossless serialisation: whatever an
/// object is read from, it is written back as. Members with a field are read into it, all others into the
/// [`AdditionalData`].
pub trait Object: Default {
    /// The qualified name of the type, such as `microsoft.graph.user`.
    const ODATA_TYPE: &'static str;

    /// The value of `@odata.type` that names the type, such as `#microsoft.graph.user`.
    #[doc(hidden)]
    const ODATA_TYPE_TAG: &'static str;

    /// The names of the members that have a field, in the order of declaration.
    const MEMBERS: &'static [&'static str];

    /// What the object carries besides its fields.
    fn additional_data(&self) -> &AdditionalData;

    /// What the object carries besides its fields, to be changed.
    fn additional_data_mut(&mut self) -> &mut AdditionalData;

    /// The index in [`MEMBERS`](Self::MEMBERS) of the member `name`.
    #[doc(hidden)]
    fn index_of(name: &str) -> Option<usize>;

    /// Reads the value of the `index`th member.
    #[doc(hidden)]
    fn read_member<'de, D: Deserializer<'de>>(&mut self, index: usize, value: D) -> Result<(), D::Error>;

    /// Writes the members that have a field.
    #[doc(hidden)]
    fn write_members<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error>;
}

/// What a setter of a complex type puts into its field for `member`; that it is `null`, if it is, is noted aside.
///
/// # Panics
///
/// When the object has no such member.
pub fn assign<O: Object, T>(object: &mut O, member: &'static str, value: impl Into<Property<T>>) -> Option<T> {
    let index = O::index_of(member).unwrap_or_else(|| panic!("{} has no member {member}", O::ODATA_TYPE));
    let value = value.into();
    object.additional_data_mut().set_null(index, value.is_null());
    value.into_value()
}

/// Reads an object.
pub fn deserialize<'de, O: Object, D: Deserializer<'de>>(deserializer: D) -> Result<O, D::Error> {
    let mut object = O::default();
    deserializer.deserialize_map(ObjectVisitor(&mut object))?;
    Ok(object)
}

/// Reads members into an object.
pub(super) struct ObjectVisitor<'a, O>(pub(super) &'a mut O);

impl<'de, O: Object> Visitor<'de> for ObjectVisitor<'_, O> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {} object", O::ODATA_TYPE)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        read_members(self.0, members)
    }
}

/// Reads the members that are left of a JSON object. Of one that occurs twice, the last counts.
pub(super) fn read_members<'de, O: Object, A: MapAccess<'de>>(object: &mut O, mut members: A) -> Result<(), A::Error> {
    while let Some(name) = members.next_key_seed(NameSeed(O::index_of))? {
        match name {
            Name::Known(index) => members.next_value_seed(MemberSeed { object, index })?,
            Name::Unknown(name) => {
                let value: Value = members.next_value()?;
                object.additional_data_mut().insert(name, value);
            }
        }
    }
    Ok(())
}

/// The name of a member as far as it has to be known to read the member's value.
enum Name {
    Known(usize),
    Unknown(String),
}

/// Reads the name of a member where it stands: only one that is unknown is copied.
///
/// It holds a function instead of being generic over the object: so there is one of it, not one for each type.
struct NameSeed(fn(&str) -> Option<usize>);

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
        Ok(self.0(name).map_or_else(|| Name::Unknown(name.to_owned()), Name::Known))
    }
}

/// Reads the value of a member into the object.
struct MemberSeed<'a, O> {
    object: &'a mut O,
    index: usize,
}

impl<'de, O: Object> DeserializeSeed<'de> for MemberSeed<'_, O> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.object.read_member(self.index, deserializer)
    }
}

/// Writes an object, with the type it was read with.
pub fn serialize<O: Object, S: Serializer>(object: &O, serializer: S) -> Result<S::Ok, S::Error> {
    write(object, None, serializer)
}

/// Writes an object where its type has to be named: the one it was read with, or else its own.
pub fn serialize_tagged<O: Object, S: Serializer>(object: &O, serializer: S) -> Result<S::Ok, S::Error> {
    write(object, Some(O::ODATA_TYPE_TAG), serializer)
}

/// What `@odata.type` says the object is where its type has to be named.
pub fn tag<O: Object>(object: &O) -> Option<&str> {
    match object.additional_data().get(ODATA_TYPE) {
        Some(tag) => tag.as_str(),
        None => Some(O::ODATA_TYPE_TAG),
    }
}

/// Control information first, its type before all else: so does Graph, and so whoever reads need not look ahead.
fn write<O: Object, S: Serializer>(object: &O, tag: Option<&str>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let additional_data = object.additional_data();
    match (additional_data.get(ODATA_TYPE), tag) {
        (Some(tag), _) => map.serialize_entry(ODATA_TYPE, tag)?,
        (None, Some(tag)) => map.serialize_entry(ODATA_TYPE, tag)?,
        (None, None) => {}
    }
    write_unknown(additional_data, true, O::index_of, &mut map)?;
    object.write_members(&mut map)?;
    write_unknown(additional_data, false, O::index_of, &mut map)?;
    map.end()
}

/// Writes the members besides the type and those that have a field: the annotations of the object, or all others. Like
/// [`NameSeed`], it is not generic over the object.
fn write_unknown<S: SerializeMap>(
    additional_data: &AdditionalData,
    annotations: bool,
    index_of: fn(&str) -> Option<usize>,
    map: &mut S,
) -> Result<(), S::Error> {
    for (name, value) in additional_data.iter() {
        if is_annotation(name) == annotations && name != ODATA_TYPE && index_of(name).is_none() {
            map.serialize_entry(name, value)?;
        }
    }
    Ok(())
}

/// Whether `name` is that of an annotation of the object itself rather than of one of its members.
fn is_annotation(name: &str) -> bool {
    name.starts_with('@')
}

/// Makes a struct an [`Object`]: its `@odata.type`, and which member each field holds.
///
/// ```
/// use pim_client::AdditionalData;
/// use pim_client::runtime::object;
///
/// #[derive(Clone, Debug, Default, PartialEq)]
/// #[non_exhaustive]
/// pub struct TicketInfo {
///     pub ticket_number: Option<String>,
///     pub ticket_system: Option<String>,
///     pub additional_data: AdditionalData,
/// }
///
/// object! {
///     TicketInfo = "microsoft.graph.ticketInfo" {
///         "ticketNumber" => ticket_number,
///         "ticketSystem" => ticket_system,
///     }
/// }
///
/// let json = r#"{"ticketNumber":null,"ticketSystem":"MS Project","priority":1}"#;
/// let ticket: TicketInfo = serde_json::from_str(json)?;
/// assert_eq!(ticket.ticket_system.as_deref(), Some("MS Project"));
/// assert_eq!(serde_json::to_string(&ticket)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// With the types of the members, it makes a module `fields` as well, by which [queries](crate::query) name them. They
/// belong to the struct itself, or to the type that the struct stands for:
///
/// ```
/// use pim_client::AdditionalData;
/// use pim_client::runtime::object;
///
/// #[derive(Clone, Debug, Default, PartialEq)]
/// #[non_exhaustive]
/// pub struct TicketInfo {
///     pub ticket_number: Option<String>,
///     pub additional_data: AdditionalData,
/// }
///
/// object! {
///     TicketInfo = "microsoft.graph.ticketInfo", fields of TicketInfo {
///         "ticketNumber" => ticket_number: String,
///     }
/// }
///
/// # // Modules within a function cannot name what is beside them.
/// # fn main() {
/// assert_eq!(fields::ticket_number().eq("1").to_string(), "ticketNumber eq '1'");
/// # }
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __object {
    (
        $object:ident = $odata_type:literal, fields of $of:ident {
            $($name:literal => $member:ident: $value:ty),* $(,)?
        }
    ) => {
        $crate::runtime::object! { @object $object = $odata_type { $($name => $member),* } }
        $crate::__describe! { object $object = $odata_type { $($name: $value),* } }

        #[doc = ::core::concat!("The properties of [`", ::core::stringify!($of), "`](super::", ::core::stringify!($of), "), for [queries](pim_client::query).")]
        pub mod fields {
            // What the types of the properties are called where they are given.
            #[allow(unused_imports)]
            use super::*;
            #[allow(unused_imports)]
            use $crate::query::{Binary, Guid, Relation, Relations};

            $(
                #[doc = ::core::concat!("`", $name, "`")]
                pub const fn $member() -> $crate::query::Field<super::$of, $value> {
                    $crate::query::Field::new($name)
                }
            )*
        }
    };
    ($object:ident = $odata_type:literal { $($name:literal => $member:ident),* $(,)? }) => {
        $crate::runtime::object! { @object $object = $odata_type { $($name => $member),* } }
        $crate::__describe! { names of $object = $odata_type { $($name),* } }
    };
    (@object $object:ident = $odata_type:literal { $($name:literal => $member:ident),* }) => {
        const _: () = {
            /// The members by their index.
            #[allow(dead_code, non_camel_case_types)]
            enum Index { $($member),* }

            // Some objects have no members of their own.
            #[allow(unused_variables, clippy::match_single_binding)]
            #[automatically_derived]
            impl $crate::runtime::Object for $object {
                const ODATA_TYPE: &'static str = $odata_type;
                const ODATA_TYPE_TAG: &'static str = ::core::concat!("#", $odata_type);
                const MEMBERS: &'static [&'static str] = &[$($name),*];

                fn additional_data(&self) -> &$crate::AdditionalData {
                    &self.additional_data
                }

                fn additional_data_mut(&mut self) -> &mut $crate::AdditionalData {
                    &mut self.additional_data
                }

                fn index_of(name: &str) -> ::core::option::Option<usize> {
                    match name {
                        $($name => ::core::option::Option::Some(Index::$member as usize),)*
                        _ => ::core::option::Option::None,
                    }
                }

                fn read_member<'de, D: $crate::runtime::__private::serde::Deserializer<'de>>(
                    &mut self,
                    index: usize,
                    value: D,
                ) -> ::core::result::Result<(), D::Error> {
                    $(
                        if index == Index::$member as usize {
                            let member = &mut self.$member;
                            return $crate::runtime::__private::read(member, index, &mut self.additional_data, value);
                        }
                    )*
                    ::core::unreachable!("{} has no member {index}", $odata_type)
                }

                fn write_members<S: $crate::runtime::__private::serde::ser::SerializeMap>(
                    &self,
                    map: &mut S,
                ) -> ::core::result::Result<(), S::Error> {
                    $($crate::runtime::__private::write(
                        &self.$member,
                        Index::$member as usize,
                        $name,
                        &self.additional_data,
                        map,
                    )?;)*
                    ::core::result::Result::Ok(())
                }
            }

            #[automatically_derived]
            impl $crate::runtime::__private::serde::Serialize for $object {
                fn serialize<S: $crate::runtime::__private::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    $crate::runtime::__private::serialize(self, serializer)
                }
            }

            #[automatically_derived]
            impl<'de> $crate::runtime::__private::serde::Deserialize<'de> for $object {
                fn deserialize<D: $crate::runtime::__private::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    $crate::runtime::__private::deserialize(deserializer)
                }
            }

            #[automatically_derived]
            impl $crate::runtime::PropertyValue for $object {}

            #[automatically_derived]
            impl $crate::query::SingleValued for $object {}

            #[automatically_derived]
            impl $crate::query::Structured for $object {
                type Type = Self;
            }

            ::core::assert!(
                <$object as $crate::runtime::Object>::MEMBERS.len() <= $crate::runtime::__private::MOST_MEMBERS,
                "an object cannot have more than 128 members",
            );
        };
    };
}
