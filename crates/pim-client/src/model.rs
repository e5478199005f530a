//! What the types of the model are made of.

mod additional_data;
#[cfg(test)]
mod arbitrary;
mod describe;
pub(crate) mod member;
pub(crate) mod object;
pub(crate) mod open_enum;
mod property;
#[cfg(test)]
mod samples;
mod secret;
pub(crate) mod union;

pub use additional_data::{AdditionalData, MOST_MEMBERS};
pub use member::Member;
pub use object::Object;
pub use open_enum::OpenEnum;
pub use property::{Null, Property, PropertyValue};
pub use secret::Secret;
pub use union::Union;
