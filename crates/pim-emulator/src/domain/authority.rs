//! Whether a caller may: what the token permits, and what the directory roles of the user behind it allow.
//!
//! Both are asked: a token's permissions say what an application may do for its users, a user's roles what the user may
//! do at all. An application that calls by itself needs its permissions only.

mod inclusion;
pub(crate) mod permissions;
mod roles;
pub(crate) mod sensitive;

pub(crate) use permissions::Missing;
pub(crate) use roles::{Area, Relation, Standing, Verb, may};
