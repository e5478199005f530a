//! The directory: users, groups, applications and administrative units, and who is in what.
//!
//! | module | what it is |
//! |---|---|
//! | `collections` | objects of one type: listed, counted, looked up |
//! | `circles` | objects that have to do with another one: members, owners, what one is a member of |
//! | `users`, `groups`, `me`, `directory_objects` | what else can be done with them |
//! | `references` | members and owners added and removed |
//! | `member_groups` | which of some groups one is in |
//! | `delta` | what is new |
//! | `properties`, `group_rules`, `address` | what bodies may say |
//! | `advanced` | what queries need to be answered |
//! | `find`, `rights` | which object is meant, and whether the caller may |

mod address;
mod advanced;
mod circles;
mod collections;
mod delta;
mod directory_objects;
mod find;
mod group_rules;
mod groups;
mod me;
mod member_groups;
mod properties;
mod references;
mod related;
mod rights;
#[cfg(test)]
mod tests;
mod users;

use super::dispatch::{Entry, Handler};

pub(super) use related::{most_expanded, related, unselected};

pub(super) const OBJECTS: &[Entry] = &[
    ("GET", "/users", collections::list),
    ("GET", "/users/$count", collections::count),
    ("POST", "/users", users::create),
    ("GET", "/users/{}", collections::get),
    ("PATCH", "/users/{}", users::update),
    ("DELETE", "/users/{}", users::delete),
    ("GET", "/users/{}/manager", users::manager),
    ("GET", "/me", me::get),
    ("PATCH", "/me", me::update),
    ("GET", "/me/manager", me::manager),
    ("GET", "/groups", collections::list),
    ("GET", "/groups/$count", collections::count),
    ("GET", "/groups/delta", delta::groups),
    ("POST", "/groups", groups::create),
    ("GET", "/groups/{}", collections::get),
    ("PATCH", "/groups/{}", groups::update),
    ("DELETE", "/groups/{}", groups::delete),
    ("GET", "/directory/administrativeUnits", collections::list),
    ("GET", "/directory/administrativeUnits/{}", collections::get),
    ("GET", "/servicePrincipals", collections::list),
    ("GET", "/servicePrincipals/$count", collections::count),
    ("GET", "/servicePrincipals/{}", collections::get),
    ("GET", "/applications", collections::list),
    ("GET", "/applications/$count", collections::count),
    ("GET", "/applications/{}", collections::get),
    ("GET", "/directoryObjects/{}", directory_objects::get),
    ("POST", "/directoryObjects/getByIds", directory_objects::get_by_ids),
];

pub(super) const MEMBERSHIPS: &[Entry] = &[
    ("POST", "/groups/{}/members/$ref", references::add),
    ("DELETE", "/groups/{}/members/{}/$ref", references::remove),
    ("POST", "/groups/{}/owners/$ref", references::add),
    ("DELETE", "/groups/{}/owners/{}/$ref", references::remove),
    ("POST", "/groups/{}/checkMemberGroups", member_groups::check),
    ("POST", "/groups/{}/getMemberGroups", member_groups::get),
    ("POST", "/users/{}/checkMemberGroups", member_groups::check),
    ("POST", "/users/{}/getMemberGroups", member_groups::get),
    ("POST", "/me/checkMemberGroups", member_groups::check),
    ("POST", "/me/getMemberGroups", member_groups::get),
];

/// The routes of circles: each as a whole, by types of objects, and counted.
macro_rules! circles {
    ($($path:literal: $($cast:literal),*;)*) => {
        &[$(
            ("GET", $path, circles::list as Handler),
            ("GET", concat!($path, "/$count"), circles::count as Handler),
            $(
                ("GET", concat!($path, "/microsoft.graph.", $cast), circles::list as Handler),
                ("GET", concat!($path, "/microsoft.graph.", $cast, "/$count"), circles::count as Handler),
            )*
        )*]
    };
}

pub(super) const CIRCLES: &[Entry] = circles! {
    "/groups/{}/members": "user", "group", "servicePrincipal";
    "/groups/{}/owners": "user", "group", "servicePrincipal";
    "/groups/{}/transitiveMembers": "user", "group", "servicePrincipal";
    "/groups/{}/memberOf": "group", "administrativeUnit";
    "/groups/{}/transitiveMemberOf": "group", "administrativeUnit";
    "/users/{}/memberOf": "group", "administrativeUnit";
    "/users/{}/transitiveMemberOf": "group", "administrativeUnit";
    "/me/memberOf": "group", "administrativeUnit";
    "/me/transitiveMemberOf": "group", "administrativeUnit";
    "/directory/administrativeUnits/{}/members": "user", "group";
};
