//! What generated code is made of; for generated code of your own selection.
//!
//! The types that generated signatures mention are at the root of the crate. Here are the parts in between: what makes
//! a struct an [`Object`], an enum an [`OpenEnum`] or a [`Union`], and what puts values into the path of a request.

pub use crate::connection::{Connection, Inner};
#[doc(no_inline)]
pub use crate::edm::{Date, DateTimeOffset, Duration, TimeOfDay};
pub use crate::error::ODataError;
#[cfg(feature = "exchange")]
#[doc(no_inline)]
pub use crate::exchange::{Bodies, Codec};
pub use crate::model::object::assign;
pub use crate::model::{Member, Object, OpenEnum, PropertyValue, Union};
pub use crate::path::literal;
pub use crate::reference::reference;
pub use crate::request::{Answer, CountQuery, GetQuery, ListQuery};
pub use crate::transport::hooks;
#[doc(inline)]
pub use crate::{__object as object, __open_enum as open_enum, __union as union};
#[doc(no_inline)]
pub use crate::{
    AdditionalData, Call, Count, Get, Id, List, Operation, Page, Property, RefBody, Reference, Secret, SubtypeOf,
};

#[doc(hidden)]
pub use progenitor_client;
#[doc(hidden)]
pub use progenitor_client::{
    ByteStream, ClientHooks, ClientInfo, Error, OperationInfo, RequestBuilderExt, ResponseValue, encode_path,
};
#[doc(hidden)]
pub use reqwest;

/// What the macros expand to.
#[doc(hidden)]
pub mod __private {
    pub use serde;

    pub use crate::model::MOST_MEMBERS;
    pub use crate::model::member::{read, write};
    pub use crate::model::object::{deserialize, serialize, serialize_tagged, tag};
    pub use crate::model::open_enum::deserialize as deserialize_open_enum;
    pub use crate::model::union::{Tagged, deserialize as deserialize_union};
    pub use crate::query::quoted;
}
