//! The members of the API's objects, by name.

#![allow(dead_code, reason = "each of the tests needs another part of it")]

use pim_gen::ir::{Api, Member, Object, ShapeKind};

use crate::outline;

/// The members of an object.
pub(crate) fn members<'a>(api: &'a Api, object: &str) -> &'a [Member] {
    match &api.shapes[object].kind {
        ShapeKind::Object(Object { members, .. }) => members,
        other => panic!("{object} is no object: {other:?}"),
    }
}

/// The names on the wire of an object's members.
pub(crate) fn names<'a>(api: &'a Api, object: &str) -> Vec<&'a str> {
    members(api, object).iter().map(|member| member.wire.as_str()).collect()
}

/// A member by its name on the wire.
pub(crate) fn member<'a>(api: &'a Api, object: &str, wire: &str) -> &'a Member {
    members(api, object).iter().find(|member| member.wire == wire).unwrap_or_else(|| panic!("{object} has no {wire}"))
}

/// The type of a member.
pub(crate) fn type_of(api: &Api, object: &str, wire: &str) -> String {
    outline::ty(&member(api, object, wire).ty)
}
