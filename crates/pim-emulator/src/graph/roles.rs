//! Roles of the directory, who has them, and what they allow.

mod assignment;
mod assignments;
mod custom;
mod definition;
mod definitions;
mod namespaces;
mod related;
#[cfg(test)]
mod tests;
mod transitive;

use super::dispatch::{Entry, Handler};

pub(super) use definition::{by_id, represent};
pub(super) use related::related;

pub(crate) const DEFINITIONS: &[Entry] = &[
    ("GET", "/roleManagement/directory/roleDefinitions", definitions::list as Handler),
    ("POST", "/roleManagement/directory/roleDefinitions", definitions::create as Handler),
    ("GET", "/roleManagement/directory/roleDefinitions/{}", definitions::get as Handler),
    ("PATCH", "/roleManagement/directory/roleDefinitions/{}", definitions::update as Handler),
    ("DELETE", "/roleManagement/directory/roleDefinitions/{}", definitions::delete as Handler),
];

pub(crate) const ASSIGNMENTS: &[Entry] = &[
    ("GET", "/roleManagement/directory/roleAssignments", assignments::list as Handler),
    ("POST", "/roleManagement/directory/roleAssignments", assignments::create as Handler),
    ("GET", "/roleManagement/directory/roleAssignments/{}", assignments::get as Handler),
    ("DELETE", "/roleManagement/directory/roleAssignments/{}", assignments::delete as Handler),
    ("GET", "/roleManagement/directory/transitiveRoleAssignments", transitive::list as Handler),
];

pub(crate) const NAMESPACES: &[Entry] = &[
    ("GET", "/roleManagement/directory/resourceNamespaces", namespaces::list as Handler),
    ("GET", "/roleManagement/directory/resourceNamespaces/{}", namespaces::get as Handler),
    ("GET", "/roleManagement/directory/resourceNamespaces/{}/resourceActions", namespaces::list_actions as Handler),
    ("GET", "/roleManagement/directory/resourceNamespaces/{}/resourceActions/{}", namespaces::get_action as Handler),
];
