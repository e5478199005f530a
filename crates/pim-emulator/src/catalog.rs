//! What there is in every tenant: the built-in roles, and the actions that they allow.

mod actions;
mod entitlement;
pub(crate) mod ids;
mod roles;
mod services;
#[cfg(test)]
mod tests;

use uuid::Uuid;

pub(crate) use actions::{Namespace, ResourceAction, namespace, namespaces};
pub(crate) use entitlement::ROLES as ENTITLEMENT_ROLES;

/// The version that every built-in role has.
pub(crate) const VERSION: &str = "1";

/// A role that every tenant has. Its id is its template's id; it is enabled and extends to `/`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BuiltInRole {
    pub(crate) id: Uuid,
    pub(crate) display_name: &'static str,
    pub(crate) description: &'static str,
    /// Whether Entra marks it as privileged.
    pub(crate) is_privileged: bool,
    /// `rolePermissions/allowedResourceActions`
    pub(crate) actions: &'static [&'static str],
}

impl BuiltInRole {
    /// The role whose permissions it has as well (`inheritsPermissionsFrom`): that of those who may read the directory.
    pub(crate) fn inherits_from(&self) -> Option<Uuid> {
        (self.id != ids::DIRECTORY_READERS).then_some(ids::DIRECTORY_READERS)
    }
}

/// The built-in roles of the directory.
pub(crate) fn roles() -> impl Iterator<Item = &'static BuiltInRole> {
    roles::ROLES.iter().chain(services::ROLES)
}

/// The built-in role of that id.
pub(crate) fn role(id: Uuid) -> Option<&'static BuiltInRole> {
    roles().find(|role| role.id == id)
}

/// The built-in role of that name, in any letter case.
pub(crate) fn role_named(name: &str) -> Option<&'static BuiltInRole> {
    roles().find(|role| role.display_name.eq_ignore_ascii_case(name))
}

const PRIVILEGED: bool = true;
const ORDINARY: bool = false;

const fn built_in(
    id: Uuid,
    display_name: &'static str,
    is_privileged: bool,
    description: &'static str,
    actions: &'static [&'static str],
) -> BuiltInRole {
    BuiltInRole { id, display_name, description, is_privileged, actions }
}
