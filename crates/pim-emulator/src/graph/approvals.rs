//! Approvals: whom an activation waits for, and what they said.
//!
//! An approval has the id of the request that waits for it, and so has its only stage. What v1.0 calls a stage is a step
//! in beta; both names are served, as are approvals of roles in both versions.

mod family;
mod handlers;
mod objects;
mod related;
mod stages;
#[cfg(test)]
mod tests;

use super::dispatch::{Entry, Handler};

pub(super) use related::related;

pub(super) const GROUPS: &[Entry] = &[
    (
        "GET",
        "/identityGovernance/privilegedAccess/group/assignmentApprovals/filterByCurrentUser(on='{on}')",
        handlers::list as Handler,
    ),
    ("GET", "/identityGovernance/privilegedAccess/group/assignmentApprovals/{}", handlers::get),
    ("GET", "/identityGovernance/privilegedAccess/group/assignmentApprovals/{}/stages", stages::list),
    ("GET", "/identityGovernance/privilegedAccess/group/assignmentApprovals/{}/stages/{}", stages::get),
    ("PATCH", "/identityGovernance/privilegedAccess/group/assignmentApprovals/{}/stages/{}", stages::update),
    ("GET", "/identityGovernance/privilegedAccess/group/assignmentApprovals/{}/steps", stages::list),
    ("GET", "/identityGovernance/privilegedAccess/group/assignmentApprovals/{}/steps/{}", stages::get),
    ("PATCH", "/identityGovernance/privilegedAccess/group/assignmentApprovals/{}/steps/{}", stages::update),
];

pub(super) const ROLES: &[Entry] = &[
    (
        "GET",
        "/roleManagement/directory/roleAssignmentApprovals/filterByCurrentUser(on='{on}')",
        handlers::list as Handler,
    ),
    ("GET", "/roleManagement/directory/roleAssignmentApprovals/{}", handlers::get),
    ("GET", "/roleManagement/directory/roleAssignmentApprovals/{}/steps", stages::list),
    ("GET", "/roleManagement/directory/roleAssignmentApprovals/{}/steps/{}", stages::get),
    ("PATCH", "/roleManagement/directory/roleAssignmentApprovals/{}/steps/{}", stages::update),
];
