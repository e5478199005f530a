//! What is served though the client has no operation for it, because Graph or other clients do.

use pim_client::Operation;

macro_rules! extra {
    ($($id:literal, $method:literal $path:literal, $permission:expr;)*) => {
        /// The operations, in the same form as the client's.
        pub(crate) static EXTRA: &[&Operation] = &[$({
            static OPERATION: Operation = Operation::new(
                "v1.0", $id, $method, $path, $permission, $permission,
                "https://learn.microsoft.com/graph/api/overview?view=graph-rest-1.0");
            &OPERATION
        }),*];
    };
}

const READ_ASSIGNMENTS: &[&str] = &["RoleAssignmentSchedule.Read.Directory"];
const WRITE_ASSIGNMENTS: &[&str] = &["RoleAssignmentSchedule.ReadWrite.Directory"];
const READ_MEMBERSHIPS: &[&str] = &["PrivilegedAssignmentSchedule.Read.AzureADGroup"];
const WRITE_MEMBERSHIPS: &[&str] = &["PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"];

extra! {
    // Approvals of roles are documented in beta only, and called in both versions.
    "role_approvals_filter", "GET" "/roleManagement/directory/roleAssignmentApprovals/filterByCurrentUser(on='{on}')", READ_ASSIGNMENTS;
    "role_approvals_get", "GET" "/roleManagement/directory/roleAssignmentApprovals/{approval-id}", READ_ASSIGNMENTS;
    "role_approval_steps_list", "GET" "/roleManagement/directory/roleAssignmentApprovals/{approval-id}/steps", READ_ASSIGNMENTS;
    "role_approval_steps_get", "GET" "/roleManagement/directory/roleAssignmentApprovals/{approval-id}/steps/{approvalStep-id}", READ_ASSIGNMENTS;
    "role_approval_steps_update", "PATCH" "/roleManagement/directory/roleAssignmentApprovals/{approval-id}/steps/{approvalStep-id}", WRITE_ASSIGNMENTS;
    // The documentation calls the stages of approvals of groups steps, too.
    "group_approval_steps_list", "GET" "/identityGovernance/privilegedAccess/group/assignmentApprovals/{approval-id}/steps", READ_MEMBERSHIPS;
    "group_approval_steps_get", "GET" "/identityGovernance/privilegedAccess/group/assignmentApprovals/{approval-id}/steps/{approvalStage-id}", READ_MEMBERSHIPS;
    "group_approval_steps_update", "PATCH" "/identityGovernance/privilegedAccess/group/assignmentApprovals/{approval-id}/steps/{approvalStage-id}", WRITE_MEMBERSHIPS;
}
