//! What a custom role may be like.
//!
//! The service knows every action of Microsoft's and refuses others; here only those of the built-in roles are known,
//! so that whatever looks like an action is taken. Names need not be unique, either.

use serde_json::Value;

use crate::graph::body::{boolean, text};
use crate::graph::entity::Entity;
use crate::graph::error::{GraphError, Result};

/// What a client may say of a role; the rest is the service's.
const WRITABLE: [&str; 7] =
    ["description", "displayName", "isEnabled", "resourceScopes", "rolePermissions", "templateId", "version"];

/// What is ignored where it says what is so anyway.
const IGNORED: [&str; 4] = ["@odata.type", "@odata.context", "id", "inheritsPermissionsFrom"];

/// A new role, from the body of a request.
pub(super) fn created(body: Entity) -> Result<Entity> {
    for name in ["displayName", "isEnabled", "rolePermissions"] {
        if body.get(name).is_none_or(Value::is_null) {
            return Err(GraphError::invalid_object(format!("'{name}' is missing: a custom role needs one.")));
        }
    }
    changed(Entity::new(), body)
}

/// A role with what the body of a request says of it.
pub(super) fn changed(mut role: Entity, body: Entity) -> Result<Entity> {
    check(&body)?;
    role.extend(body.into_iter().filter(|(name, _)| WRITABLE.contains(&name.as_str())));
    Ok(role)
}

fn check(body: &Entity) -> Result<()> {
    let unknown = |name: &&String| {
        !WRITABLE.contains(&name.as_str())
            && !IGNORED.contains(&name.as_str())
            && !["isBuiltIn", "isPrivileged"].contains(&name.as_str())
    };
    if let Some(name) = body.keys().find(unknown) {
        return Err(GraphError::invalid_object(format!(
            "'{name}' is no property of a role that can be set. Set {}.",
            WRITABLE.join(", ")
        )));
    }
    if boolean(body, "isBuiltIn")? == Some(true) {
        return Err(GraphError::invalid_object("'isBuiltIn' cannot be true: only Microsoft makes built-in roles."));
    }
    if body.contains_key("displayName") && text(body, "displayName")?.is_none_or(|name| name.trim().is_empty()) {
        return Err(GraphError::invalid_object("'displayName' is empty: give the role a name."));
    }
    for name in ["description", "templateId", "version"] {
        text(body, name)?;
    }
    if body.contains_key("isEnabled") && boolean(body, "isEnabled")?.is_none() {
        return Err(GraphError::invalid_object("'isEnabled' is null: it is true or false."));
    }
    if let Some(scopes) = body.get("resourceScopes") {
        check_scopes(scopes)?;
    }
    match body.get("rolePermissions") {
        Some(permissions) => check_permissions(permissions),
        None => Ok(()),
    }
}

fn check_scopes(scopes: &Value) -> Result<()> {
    let is_list = scopes.as_array().is_some_and(|scopes| scopes.iter().all(Value::is_string));
    if is_list || scopes.is_null() {
        return Ok(());
    }
    Err(GraphError::invalid_object("'resourceScopes' is no list of scopes: give [\"/\"]."))
}

fn check_permissions(permissions: &Value) -> Result<()> {
    let permissions = permissions.as_array().filter(|permissions| !permissions.is_empty());
    let Some(permissions) = permissions else {
        return Err(GraphError::invalid_object(
            "'rolePermissions' is no list of permissions: give one with allowedResourceActions.",
        ));
    };
    for permission in permissions {
        let actions = permission.get("allowedResourceActions").and_then(Value::as_array);
        let Some(actions) = actions.filter(|actions| !actions.is_empty()) else {
            return Err(GraphError::invalid_object(
                "'rolePermissions/allowedResourceActions' is no list of actions: give at least one.",
            ));
        };
        if let Some(action) = actions.iter().find(|action| !action.as_str().is_some_and(is_action)) {
            return Err(GraphError::invalid_object(format!(
                "'rolePermissions/allowedResourceActions': {action} is no action; write it like \
                 'microsoft.directory/applications/basic/update'."
            )));
        }
    }
    Ok(())
}

/// Whether it looks like an action: `{namespace}/{entity}/…/{verb}`.
fn is_action(text: &str) -> bool {
    let mut parts = text.split('/');
    let is_namespace = parts.next().is_some_and(|namespace| namespace.contains('.'));
    let mut rest = parts.peekable();
    let is_word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    is_namespace && rest.peek().is_some() && rest.all(is_word)
}
