//! "Manage Microsoft Entra role assignments by using PIM APIs", of 2025.
//!
//! It prints no requests. It lists, scenario by scenario, the reference pages of the operations to call.

use pim_client::Operation;
use pim_client::{beta, v1_0};

#[test]
fn the_overview_of_2025() {
    for (page, expected) in [
        // Active assignments.
        (
            "rbacapplication-post-roleassignmentschedulerequests",
            "POST /roleManagement/directory/roleAssignmentScheduleRequests",
        ),
        (
            "rbacapplication-list-roleassignmentschedulerequests",
            "GET /roleManagement/directory/roleAssignmentScheduleRequests",
        ),
        (
            "unifiedroleassignmentschedulerequest-get",
            "GET /roleManagement/directory/roleAssignmentScheduleRequests/{unifiedRoleAssignmentScheduleRequest-id}",
        ),
        (
            "unifiedroleassignmentschedulerequest-filterbycurrentuser",
            "GET /roleManagement/directory/roleAssignmentScheduleRequests/filterByCurrentUser(on='{on}')",
        ),
        (
            "unifiedroleassignmentschedulerequest-cancel",
            "POST /roleManagement/directory/roleAssignmentScheduleRequests/{unifiedRoleAssignmentScheduleRequest-id}/cancel",
        ),
        // Eligibilities.
        (
            "rbacapplication-post-roleeligibilityschedulerequests",
            "POST /roleManagement/directory/roleEligibilityScheduleRequests",
        ),
        (
            "rbacapplication-list-roleeligibilityschedulerequests",
            "GET /roleManagement/directory/roleEligibilityScheduleRequests",
        ),
        (
            "unifiedroleeligibilityschedulerequest-get",
            "GET /roleManagement/directory/roleEligibilityScheduleRequests/{unifiedRoleEligibilityScheduleRequest-id}",
        ),
        (
            "unifiedroleeligibilityschedulerequest-filterbycurrentuser",
            "GET /roleManagement/directory/roleEligibilityScheduleRequests/filterByCurrentUser(on='{on}')",
        ),
        (
            "unifiedroleeligibilityschedulerequest-cancel",
            "POST /roleManagement/directory/roleEligibilityScheduleRequests/{unifiedRoleEligibilityScheduleRequest-id}/cancel",
        ),
        // The settings of a role.
        ("policyroot-list-rolemanagementpolicies", "GET /policies/roleManagementPolicies"),
        ("unifiedrolemanagementpolicy-get", "GET /policies/roleManagementPolicies/{unifiedRoleManagementPolicy-id}"),
        (
            "unifiedrolemanagementpolicy-update",
            "PATCH /policies/roleManagementPolicies/{unifiedRoleManagementPolicy-id}",
        ),
        (
            "unifiedrolemanagementpolicy-list-rules",
            "GET /policies/roleManagementPolicies/{unifiedRoleManagementPolicy-id}/rules",
        ),
        (
            "unifiedrolemanagementpolicyrule-get",
            "GET /policies/roleManagementPolicies/{unifiedRoleManagementPolicy-id}/rules/{unifiedRoleManagementPolicyRule-id}",
        ),
        (
            "unifiedrolemanagementpolicyrule-update",
            "PATCH /policies/roleManagementPolicies/{unifiedRoleManagementPolicy-id}/rules/{unifiedRoleManagementPolicyRule-id}",
        ),
        ("policyroot-list-rolemanagementpolicyassignments", "GET /policies/roleManagementPolicyAssignments"),
        (
            "unifiedrolemanagementpolicyassignment-get",
            "GET /policies/roleManagementPolicyAssignments/{unifiedRoleManagementPolicyAssignment-id}",
        ),
        // The audit log.
        ("directoryaudit-list", "GET /auditLogs/directoryAudits"),
    ] {
        assert_eq!(documented(v1_0::operations::ALL, page), [expected], "{page}");
    }
}

#[test]
fn the_alerts_of_the_overview_are_in_beta() {
    let alerts = documented(beta::operations::ALL, "rolemanagementalert-list-alerts");
    assert_eq!(alerts, ["GET /identityGovernance/roleManagementAlerts/alerts"]);
}

/// The operations that have this reference page.
fn documented(operations: &[&Operation], page: &str) -> Vec<String> {
    let page = format!("https://learn.microsoft.com/graph/api/{page}?");
    let documented = operations.iter().filter(|operation| operation.documentation.starts_with(&page));
    documented.map(|operation| format!("{} {}", operation.method, operation.path)).collect()
}
