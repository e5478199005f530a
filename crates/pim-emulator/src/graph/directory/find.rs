//! Which object of the directory is meant.

use crate::graph::context::Context;
use crate::graph::error::{GraphError, Result};
use crate::store::{Entry, ObjectType};

/// The object of a type with an id; a user may go by its principal name. It has to be one that can be seen by now.
pub(super) fn object(context: &Context<'_>, object_type: ObjectType, key: &str) -> Result<Entry> {
    let session = context.session;
    let found = match key.parse() {
        Ok(id) => session.object(id)?.filter(|object| object.object_type == object_type),
        Err(_) if object_type == ObjectType::User => {
            session.object_named(object_type, key)?.filter(|user| user.visible <= session.now())
        }
        Err(_) => None,
    };
    found.ok_or_else(|| GraphError::no_object(key))
}

/// The user or group that a path begins with: `/users/{id}`, `/groups/{id}`, `/me`; or an administrative unit.
pub(super) fn center(context: &Context<'_>) -> Result<Entry> {
    let path = context.route.operation.path;
    if is_below(path, "/me") {
        return object(context, ObjectType::User, &context.user()?.to_string());
    }
    let object_type = if is_below(path, "/users") {
        ObjectType::User
    } else if is_below(path, "/groups") {
        ObjectType::Group
    } else {
        ObjectType::AdministrativeUnit
    };
    object(context, object_type, context.parameter(0))
}

/// Whether a path leads through another one.
pub(super) fn is_below(path: &str, root: &str) -> bool {
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
