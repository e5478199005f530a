//! What the macros of the runtime add so that types have a `schema`: nothing, without the feature `exchange`.
//!
//! It is a macro of its own because the others expand in the crates of their callers, which have other features.

/// Describes a type: its properties with or without their types, the types that derive from it, or its values.
#[cfg(feature = "exchange")]
#[macro_export]
#[doc(hidden)]
macro_rules! __describe {
    (object $object:ident = $odata_type:literal { $($name:literal: $value:ty),* $(,)? }) => {
        const _: () = {
            // What the types of the properties are called where they are given.
            #[allow(unused_imports)]
            use $crate::query::{Binary, Guid, Relation, Relations};

            $crate::__describe! {
                @object $object = $odata_type {
                    $($name: <$value as $crate::schema::Described>::KIND),*
                }
            }
        };
    };
    (names of $object:ident = $odata_type:literal { $($name:literal),* $(,)? }) => {
        $crate::__describe! { @object $object = $odata_type { $($name: $crate::schema::Kind::Any),* } }
    };
    (@object $object:ident = $odata_type:literal { $($name:literal: $kind:expr),* }) => {
        #[automatically_derived]
        impl $crate::schema::Described for $object {
            const KIND: $crate::schema::Kind =
                $crate::schema::Kind::Complex(<Self as $crate::schema::HasSchema>::schema);
        }

        #[automatically_derived]
        impl $crate::schema::HasSchema for $object {
            const PROPERTIES: &'static [$crate::schema::Property] =
                &[$($crate::schema::Property::new($name, $kind)),*];

            fn schema() -> &'static $crate::schema::Schema {
                static SCHEMA: $crate::schema::Schema = $crate::schema::Schema::new(
                    $odata_type,
                    <$object as $crate::schema::HasSchema>::PROPERTIES,
                    &[],
                );
                &SCHEMA
            }
        }
    };
    (union $union:ident = $odata_type:literal, $base:ident { $($object:ident),* $(,)? }) => {
        #[automatically_derived]
        impl $crate::schema::Described for $union {
            const KIND: $crate::schema::Kind =
                $crate::schema::Kind::Complex(<Self as $crate::schema::HasSchema>::schema);
        }

        #[automatically_derived]
        impl $crate::schema::HasSchema for $union {
            const PROPERTIES: &'static [$crate::schema::Property] =
                <$base as $crate::schema::HasSchema>::PROPERTIES;

            fn schema() -> &'static $crate::schema::Schema {
                static SCHEMA: $crate::schema::Schema = $crate::schema::Schema::new(
                    $odata_type,
                    <$union as $crate::schema::HasSchema>::PROPERTIES,
                    &[$(<$object as $crate::schema::HasSchema>::schema),*],
                );
                &SCHEMA
            }
        }
    };
    (enumeration $enum:ident = $odata_type:literal { $($value:literal),* $(,)? }) => {
        #[automatically_derived]
        impl $crate::schema::Described for $enum {
            const KIND: $crate::schema::Kind =
                $crate::schema::Kind::Enumeration { name: $odata_type, values: &[$($value),*] };
        }
    };
}

/// Describes nothing.
#[cfg(not(feature = "exchange"))]
#[macro_export]
#[doc(hidden)]
macro_rules! __describe {
    ($($description:tt)*) => {};
}
