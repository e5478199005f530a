//! Whether a token permits an operation.

use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::error::{GraphError, Result};
use super::route::Route;
use crate::domain::authority::permissions::{missing, missing_for_removal};
use crate::domain::{Action, Caller, Identity};

/// Whether the token has the permissions that the operation needs.
pub(crate) fn permissions(route: &Route, caller: &Caller, body: &[u8]) -> Result<()> {
    let operation = route.operation;
    let needed = match caller.identity {
        Identity::User(id) if is_own_user(route, id) => &["User.Read"],
        Identity::User(_) => operation.delegated,
        Identity::Application { .. } => operation.application,
    };
    if needed.is_empty() && !operation.delegated.is_empty() {
        return Err(GraphError::bad_request(
            "This request is only valid with delegated authentication flow: the token is an application's.",
        ));
    }
    let lacks = if takes_away(operation.path, body) {
        missing_for_removal(needed, &caller.permissions)
    } else {
        missing(needed, &caller.permissions)
    };
    match lacks {
        None => Ok(()),
        Some(missing) if is_of_pim(operation.path) => {
            let inner = json!({
                "errorCode": "PermissionScopeNotGranted",
                "message": missing.to_string(),
                "instanceAnnotations": [],
            });
            Err(GraphError::new(StatusCode::FORBIDDEN, "UnknownError", inner.to_string()))
        }
        Some(_) => Err(GraphError::denied()),
    }
}

/// Whether a user reads its own profile, under its id instead of as `/me`.
fn is_own_user(route: &Route, user: Uuid) -> bool {
    let (method, path) = (route.operation.method, route.operation.path);
    let names_itself = || route.parameters.first().is_some_and(|id| id.parse() == Ok(user));
    method == "GET" && path.starts_with("/users/{") && names_itself()
}

/// PIM tells what is missing; the directory does not.
fn is_of_pim(path: &str) -> bool {
    ["/roleManagement/", "/identityGovernance/", "/policies/"].into_iter().any(|start| path.starts_with(start))
}

/// Whether a request only takes something away: less is needed for that.
fn takes_away(path: &str, body: &[u8]) -> bool {
    if !path.contains("ScheduleRequests") {
        return false;
    }
    if path.ends_with("/cancel") {
        return true;
    }
    let action = serde_json::from_slice::<Value>(body).ok().and_then(|body| {
        let members = body.as_object()?;
        let (_, action) = members.iter().find(|(name, _)| name.eq_ignore_ascii_case("action"))?;
        Action::from_name(action.as_str()?)
    });
    action.is_some_and(Action::is_removal)
}
