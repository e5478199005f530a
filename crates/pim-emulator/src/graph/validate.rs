//! Whether a token permits an operation.

use http::StatusCode;
use pim_client::Operation;
use serde_json::{Value, json};
use uuid::Uuid;

use super::error::{GraphError, Result};
use super::route::Route;
use crate::domain::authority::permissions::{missing, missing_for_removal, of_group_policies};
use crate::domain::authority::{Missing, Verb};
use crate::domain::policy::PolicyKind;
use crate::domain::{Action, Caller, Identity};

/// Whether the token has the permissions that the operation needs.
///
/// An operation on policies names the permission for those of roles. Whether one on a policy of a group is meant shows
/// later, so the permission for these is good enough here; see [`for_policies`].
pub(crate) fn permissions(route: &Route, caller: &Caller, body: &[u8]) -> Result<()> {
    let operation = route.operation;
    let needed = match caller.identity {
        Identity::User(id) if is_own_user(route, id) => &["User.Read"],
        _ => needed(operation, caller),
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
    let Some(lacking) = lacks else { return Ok(()) };
    let of_groups = of_group_policies(verb(operation));
    if is_of_policies(operation.path) && missing(of_groups, &caller.permissions).is_none() {
        return Ok(());
    }
    Err(refused(operation, &lacking))
}

/// Whether the token has the permission that an operation needs for the policies of roles, or for those of groups.
pub(crate) fn for_policies(route: &Route, caller: &Caller, kind: PolicyKind) -> Result<()> {
    let operation = route.operation;
    let needed = match kind {
        PolicyKind::Role => needed(operation, caller),
        PolicyKind::Group => of_group_policies(verb(operation)),
    };
    missing(needed, &caller.permissions).map_or(Ok(()), |lacking| Err(refused(operation, &lacking)))
}

fn needed(operation: &Operation, caller: &Caller) -> &'static [&'static str] {
    match caller.identity {
        Identity::User(_) => operation.delegated,
        Identity::Application { .. } => operation.application,
    }
}

fn refused(operation: &Operation, lacking: &Missing<'_>) -> GraphError {
    if !is_of_pim(operation.path) {
        return GraphError::denied();
    }
    let inner = json!({
        "errorCode": "PermissionScopeNotGranted",
        "message": lacking.to_string(),
        "instanceAnnotations": [],
    });
    GraphError::new(StatusCode::FORBIDDEN, "UnknownError", inner.to_string())
}

fn verb(operation: &Operation) -> Verb {
    if operation.method == "GET" { Verb::Read } else { Verb::Write }
}

fn is_of_policies(path: &str) -> bool {
    path.starts_with("/policies/roleManagementPolic")
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
