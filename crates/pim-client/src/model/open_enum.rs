use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

#[cfg(test)]
mod tests;

/// An enumeration that Graph may add members to: a value that is none of the known ones is kept as it is.
///
/// Implemented by [`runtime::open_enum!`](crate::runtime::open_enum), together with conversions from and to text.
/// Reading accepts any ASCII case; writing gives known values their own.
pub trait OpenEnum: for<'a> From<&'a str> + 'static {
    /// The qualified name of the type, such as `microsoft.graph.expirationPatternType`.
    const ODATA_TYPE: &'static str;

    /// The values that are known.
    const KNOWN: &'static [Self];

    /// The value as it is written.
    fn as_str(&self) -> &str;
}

/// Reads a value of an enumeration from a string where it stands, or from the number that old services write instead.
pub fn deserialize<'de, E: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<E, D::Error> {
    deserializer.deserialize_any(OpenEnumVisitor(PhantomData))
}

struct OpenEnumVisitor<E>(PhantomData<E>);

impl<T: OpenEnum> Visitor<'_> for OpenEnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value of {}", T::ODATA_TYPE)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        Ok(value.to_string().as_str().into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        Ok(value.to_string().as_str().into())
    }
}

/// Makes an enum an [`OpenEnum`]: how each of its values is written. The variant for all others is `Unrecognized`.
///
/// ```
/// use pim_client::runtime::open_enum;
///
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum ExpirationPatternType {
///     NoExpiration,
///     AfterDuration,
///     Unrecognized(Box<str>),
/// }
///
/// open_enum! {
///     ExpirationPatternType = "microsoft.graph.expirationPatternType" {
///         NoExpiration => "noExpiration",
///         AfterDuration => "afterDuration",
///     }
/// }
///
/// assert_eq!(ExpirationPatternType::from("NOEXPIRATION"), ExpirationPatternType::NoExpiration);
/// assert_eq!(ExpirationPatternType::from("someday").as_str(), "someday");
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __open_enum {
    ($enum:ident = $odata_type:literal { $($variant:ident => $value:literal),* $(,)? }) => {
        impl $enum {
            /// The values that are known.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(value) => value,
                }
            }

            /// The known value that is written like this, in any case.
            fn known(value: &str) -> ::core::option::Option<Self> {
                match value {
                    $($value => ::core::option::Option::Some(Self::$variant),)*
                    $(_ if value.eq_ignore_ascii_case($value) => ::core::option::Option::Some(Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        #[automatically_derived]
        impl $crate::runtime::OpenEnum for $enum {
            const ODATA_TYPE: &'static str = $odata_type;
            const KNOWN: &'static [Self] = Self::KNOWN;

            fn as_str(&self) -> &str {
                self.as_str()
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<&str> for $enum {
            fn from(value: &str) -> Self {
                Self::known(value).unwrap_or_else(|| Self::Unrecognized(value.into()))
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<::std::string::String> for $enum {
            fn from(value: ::std::string::String) -> Self {
                Self::known(&value).unwrap_or_else(|| Self::Unrecognized(value.into()))
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for $enum {
            type Err = ::core::convert::Infallible;

            fn from_str(value: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(value.into())
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for $enum {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[automatically_derived]
        impl $crate::runtime::__private::serde::Serialize for $enum {
            fn serialize<S: $crate::runtime::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[automatically_derived]
        impl<'de> $crate::runtime::__private::serde::Deserialize<'de> for $enum {
            fn deserialize<D: $crate::runtime::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::__private::deserialize_open_enum(deserializer)
            }
        }

        $crate::__describe! { enumeration $enum = $odata_type { $($value),* } }

        #[automatically_derived]
        impl $crate::runtime::PropertyValue for $enum {}

        #[automatically_derived]
        impl $crate::query::SingleValued for $enum {}

        #[automatically_derived]
        impl $crate::query::Literal for $enum {
            fn write(&self, text: &mut ::std::string::String) {
                $crate::runtime::__private::quoted(self.as_str(), text);
            }
        }
    };
}
