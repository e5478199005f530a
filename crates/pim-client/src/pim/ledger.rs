//! PIM's four collections of requests, behind one face.

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;

use super::draft::Draft;
use super::{PimRequest, RequestKind, Target};
use crate::Id;
use crate::error::Error;
use crate::graph::Graph;
use crate::v1_0::fields::{
    privileged_access_group_assignment_schedule_request as group_assignment,
    privileged_access_group_eligibility_schedule_request as group_eligibility,
    unified_role_assignment_schedule_request as role_assignment,
    unified_role_eligibility_schedule_request as role_eligibility,
};
use crate::v1_0::models::{
    PrivilegedAccessGroupAssignmentScheduleRequestCreate, PrivilegedAccessGroupEligibilityScheduleRequestCreate,
    ScheduleRequestActions, UnifiedRoleAssignmentScheduleRequestCreate, UnifiedRoleEligibilityScheduleRequestCreate,
    UnifiedRoleScheduleRequestActions as Action,
};
use crate::v1_0::resources::identity_governance::privileged_access::group::Group;
use crate::v1_0::resources::role_management::directory::Directory;

fn roles(graph: &Graph) -> Directory {
    graph.role_management().directory()
}

fn groups(graph: &Graph) -> Group {
    graph.identity_governance().privileged_access().group()
}

/// Says in the body of a creation what all four kinds of requests have in common.
macro_rules! filled {
    ($body:expr, $draft:expr) => {{
        let Draft { terms, is_validation_only, .. } = $draft;
        let mut body = $body;
        if let Some(schedule) = terms.schedule() {
            body = body.schedule_info(schedule);
        }
        if let Some(justification) = &terms.justification {
            body = body.justification(justification.as_str());
        }
        if let Some(ticket) = &terms.ticket {
            body = body.ticket_info(ticket.clone());
        }
        if *is_validation_only {
            body = body.is_validation_only(true);
        }
        body
    }};
}

/// The body for a role.
macro_rules! role_body {
    ($body:ident, $draft:expr, $role:expr, $scope:expr) => {{
        let Draft { action, principal_id, .. } = $draft;
        let mut body = $body::new(action.clone(), principal_id.clone(), $role.clone());
        if let Some(scope) = $scope.directory_scope_id() {
            body = body.directory_scope_id(scope);
        }
        if let Some(scope) = $scope.app_scope_id() {
            body = body.app_scope_id(scope);
        }
        filled!(body, $draft)
    }};
}

/// The body for a group.
macro_rules! group_body {
    ($body:ident, $draft:expr, $group:expr, $access:expr) => {{
        let Draft { action, principal_id, .. } = $draft;
        let action = ScheduleRequestActions::from(action.as_str());
        filled!($body::new(action, $access.clone(), $group.clone(), principal_id.clone()), $draft)
    }};
}

/// Sends a request.
pub(super) async fn create(graph: &Graph, draft: &Draft) -> Result<PimRequest, Error> {
    match (&draft.target, draft.kind.is_active()) {
        (Target::Role { id, scope, .. }, true) => {
            let body = role_body!(UnifiedRoleAssignmentScheduleRequestCreate, draft, id, scope);
            Ok(roles(graph).role_assignment_schedule_requests().create(&body).await?.into())
        }
        (Target::Role { id, scope, .. }, false) => {
            let body = role_body!(UnifiedRoleEligibilityScheduleRequestCreate, draft, id, scope);
            Ok(roles(graph).role_eligibility_schedule_requests().create(&body).await?.into())
        }
        (Target::Group { id, access, .. }, true) => {
            let body = group_body!(PrivilegedAccessGroupAssignmentScheduleRequestCreate, draft, id, access);
            Ok(groups(graph).assignment_schedule_requests().create(&body).await?.into())
        }
        (Target::Group { id, access, .. }, false) => {
            let body = group_body!(PrivilegedAccessGroupEligibilityScheduleRequestCreate, draft, id, access);
            Ok(groups(graph).eligibility_schedule_requests().create(&body).await?.into())
        }
    }
}

/// Reads a request, with the name of what it is about.
pub(super) async fn get(graph: &Graph, kind: RequestKind, id: &str) -> Result<PimRequest, Error> {
    Ok(match kind {
        RequestKind::RoleAssignment => roles(graph)
            .role_assignment_schedule_requests()
            .by_id(id)
            .get()
            .expand(role_assignment::role_definition())
            .await?
            .into(),
        RequestKind::RoleEligibility => roles(graph)
            .role_eligibility_schedule_requests()
            .by_id(id)
            .get()
            .expand(role_eligibility::role_definition())
            .await?
            .into(),
        RequestKind::GroupAssignment => {
            groups(graph).assignment_schedule_requests().by_id(id).get().expand(group_assignment::group()).await?.into()
        }
        RequestKind::GroupEligibility => groups(graph)
            .eligibility_schedule_requests()
            .by_id(id)
            .get()
            .expand(group_eligibility::group())
            .await?
            .into(),
    })
}

/// The requests about the caller itself, with the names of what they are about.
pub(super) async fn of_caller(graph: &Graph, kind: RequestKind) -> Result<Vec<PimRequest>, Error> {
    macro_rules! of {
        ($collection:expr, $named_by:expr) => {{
            let list = $collection.filter_by_current_user("principal").expand($named_by);
            list.stream().map_ok(PimRequest::from).try_collect().await
        }};
    }
    let (roles, groups) = (roles(graph), groups(graph));
    match kind {
        RequestKind::RoleAssignment => {
            of!(roles.role_assignment_schedule_requests(), role_assignment::role_definition())
        }
        RequestKind::RoleEligibility => {
            of!(roles.role_eligibility_schedule_requests(), role_eligibility::role_definition())
        }
        RequestKind::GroupAssignment => of!(groups.assignment_schedule_requests(), group_assignment::group()),
        RequestKind::GroupEligibility => of!(groups.eligibility_schedule_requests(), group_eligibility::group()),
    }
}

/// Withdraws a request.
pub(super) async fn cancel(graph: &Graph, kind: RequestKind, id: &str) -> Result<(), Error> {
    match kind {
        RequestKind::RoleAssignment => roles(graph).role_assignment_schedule_requests().by_id(id).cancel().await,
        RequestKind::RoleEligibility => roles(graph).role_eligibility_schedule_requests().by_id(id).cancel().await,
        RequestKind::GroupAssignment => groups(graph).assignment_schedule_requests().by_id(id).cancel().await,
        RequestKind::GroupEligibility => groups(graph).eligibility_schedule_requests().by_id(id).cancel().await,
    }
}

/// The newest request that asks for what `draft` asks for, and was made after `since`.
pub(super) async fn find(graph: &Graph, draft: &Draft, since: DateTime<Utc>) -> Result<Option<PimRequest>, Error> {
    /// Goes through a collection: of the caller's own, or of the draft's principal and role or group.
    macro_rules! newest {
        ($collection:expr, $fields:ident, $of_target:expr) => {{
            let list = match draft.action {
                // Those who act for themselves may not read the requests of others.
                Action::SelfActivate | Action::SelfDeactivate | Action::SelfExtend | Action::SelfRenew => {
                    $collection.filter_by_current_user("principal")
                }
                _ => $collection.list().filter($fields::principal_id().eq(draft.principal_id.clone()).and($of_target)),
            };
            let mut newest = None;
            let mut requests = list.stream().map_ok(PimRequest::from);
            while let Some(request) = requests.try_next().await? {
                if is_from(draft, &request, since) && newest.as_ref().is_none_or(|newest| is_newer(&request, newest)) {
                    newest = Some(request);
                }
            }
            Ok(newest)
        }};
    }
    let (roles, groups) = (roles(graph), groups(graph));
    match (&draft.target, draft.kind.is_active()) {
        (Target::Role { id, .. }, true) => {
            newest!(
                roles.role_assignment_schedule_requests(),
                role_assignment,
                role_assignment::role_definition_id().eq(id)
            )
        }
        (Target::Role { id, .. }, false) => {
            newest!(
                roles.role_eligibility_schedule_requests(),
                role_eligibility,
                role_eligibility::role_definition_id().eq(id)
            )
        }
        (Target::Group { id, .. }, true) => {
            newest!(groups.assignment_schedule_requests(), group_assignment, group_assignment::group_id().eq(id))
        }
        (Target::Group { id, .. }, false) => {
            newest!(groups.eligibility_schedule_requests(), group_eligibility, group_eligibility::group_id().eq(id))
        }
    }
}

/// Whether `request` is what became of `draft`.
fn is_from(draft: &Draft, request: &PimRequest, since: DateTime<Utc>) -> bool {
    let principal = request.principal_id.as_ref().map(Id::as_str);
    request.action.as_ref() == Some(&draft.action)
        && request.target.is_same(&draft.target)
        && principal.is_some_and(|id| id.eq_ignore_ascii_case(draft.principal_id.as_str()))
        && words(request.justification.as_deref()).eq(words(draft.terms.justification.as_deref()))
        && request.created_date_time.as_ref().is_some_and(|time| DateTime::<Utc>::from(*time) >= since)
        && !request.is_failure()
}

/// A text without the blanks around it and between its words, which PIM need not keep.
fn words(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split_whitespace()
}

fn is_newer(request: &PimRequest, other: &PimRequest) -> bool {
    let time = |request: &PimRequest| request.created_date_time.map(DateTime::<Utc>::from);
    time(request) > time(other)
}
