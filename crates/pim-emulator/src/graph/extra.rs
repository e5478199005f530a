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
const READ_OWN_USER: &[&str] = &["User.Read"];
const READ_USERS: &[&str] = &["User.Read.All"];
const WRITE_USERS: &[&str] = &["User.ReadWrite.All"];
const READ_MEMBERS: &[&str] = &["GroupMember.ReadBasic.All"];
const READ_GROUPS: &[&str] = &["GroupMember.Read.All"];
const WRITE_GROUPS: &[&str] = &["Group.ReadWrite.All"];
const READ_UNITS: &[&str] = &["AdministrativeUnit.Read.All"];
const READ_DIRECTORY: &[&str] = &["Directory.Read.All"];

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
    // What the client calls in beta is there in v1.0 as well.
    "users_delete", "DELETE" "/users/{user-id}", WRITE_USERS;
    "groups_delete", "DELETE" "/groups/{group-id}", WRITE_GROUPS;
    // Of the directory, tools ask for a little more than the client does.
    "me_manager", "GET" "/me/manager", READ_OWN_USER;
    "users_manager", "GET" "/users/{user-id}/manager", READ_USERS;
    "users_check_member_groups", "POST" "/users/{user-id}/checkMemberGroups", READ_USERS;
    "users_get_member_groups", "POST" "/users/{user-id}/getMemberGroups", READ_USERS;
    "users_member_of", "GET" "/users/{user-id}/memberOf", READ_USERS;
    "users_member_of_count", "GET" "/users/{user-id}/memberOf/$count", READ_USERS;
    "users_member_of_group", "GET" "/users/{user-id}/memberOf/microsoft.graph.group", READ_USERS;
    "users_member_of_group_count", "GET" "/users/{user-id}/memberOf/microsoft.graph.group/$count", READ_USERS;
    "users_member_of_unit", "GET" "/users/{user-id}/memberOf/microsoft.graph.administrativeUnit", READ_USERS;
    "users_member_of_unit_count", "GET" "/users/{user-id}/memberOf/microsoft.graph.administrativeUnit/$count", READ_USERS;
    "users_transitive_member_of_unit", "GET" "/users/{user-id}/transitiveMemberOf/microsoft.graph.administrativeUnit", READ_USERS;
    "users_transitive_member_of_unit_count", "GET" "/users/{user-id}/transitiveMemberOf/microsoft.graph.administrativeUnit/$count", READ_USERS;
    "me_check_member_groups", "POST" "/me/checkMemberGroups", READ_OWN_USER;
    "me_get_member_groups", "POST" "/me/getMemberGroups", READ_OWN_USER;
    "me_member_of", "GET" "/me/memberOf", READ_OWN_USER;
    "me_member_of_count", "GET" "/me/memberOf/$count", READ_OWN_USER;
    "me_member_of_group", "GET" "/me/memberOf/microsoft.graph.group", READ_OWN_USER;
    "me_member_of_group_count", "GET" "/me/memberOf/microsoft.graph.group/$count", READ_OWN_USER;
    "me_member_of_unit", "GET" "/me/memberOf/microsoft.graph.administrativeUnit", READ_OWN_USER;
    "me_member_of_unit_count", "GET" "/me/memberOf/microsoft.graph.administrativeUnit/$count", READ_OWN_USER;
    "me_transitive_member_of_unit", "GET" "/me/transitiveMemberOf/microsoft.graph.administrativeUnit", READ_OWN_USER;
    "me_transitive_member_of_unit_count", "GET" "/me/transitiveMemberOf/microsoft.graph.administrativeUnit/$count", READ_OWN_USER;
    "groups_members_service_principal", "GET" "/groups/{group-id}/members/microsoft.graph.servicePrincipal", READ_MEMBERS;
    "groups_members_service_principal_count", "GET" "/groups/{group-id}/members/microsoft.graph.servicePrincipal/$count", READ_MEMBERS;
    "groups_owners_group", "GET" "/groups/{group-id}/owners/microsoft.graph.group", READ_GROUPS;
    "groups_owners_group_count", "GET" "/groups/{group-id}/owners/microsoft.graph.group/$count", READ_GROUPS;
    "groups_owners_service_principal", "GET" "/groups/{group-id}/owners/microsoft.graph.servicePrincipal", READ_GROUPS;
    "groups_owners_service_principal_count", "GET" "/groups/{group-id}/owners/microsoft.graph.servicePrincipal/$count", READ_GROUPS;
    "groups_transitive_members_service_principal", "GET" "/groups/{group-id}/transitiveMembers/microsoft.graph.servicePrincipal", READ_MEMBERS;
    "groups_transitive_members_service_principal_count", "GET" "/groups/{group-id}/transitiveMembers/microsoft.graph.servicePrincipal/$count", READ_MEMBERS;
    "groups_member_of_unit", "GET" "/groups/{group-id}/memberOf/microsoft.graph.administrativeUnit", READ_MEMBERS;
    "groups_member_of_unit_count", "GET" "/groups/{group-id}/memberOf/microsoft.graph.administrativeUnit/$count", READ_MEMBERS;
    "groups_transitive_member_of_unit", "GET" "/groups/{group-id}/transitiveMemberOf/microsoft.graph.administrativeUnit", READ_MEMBERS;
    "groups_transitive_member_of_unit_count", "GET" "/groups/{group-id}/transitiveMemberOf/microsoft.graph.administrativeUnit/$count", READ_MEMBERS;
    "unit_members", "GET" "/directory/administrativeUnits/{administrativeUnit-id}/members", READ_UNITS;
    "unit_members_count", "GET" "/directory/administrativeUnits/{administrativeUnit-id}/members/$count", READ_UNITS;
    "unit_members_user", "GET" "/directory/administrativeUnits/{administrativeUnit-id}/members/microsoft.graph.user", READ_UNITS;
    "unit_members_user_count", "GET" "/directory/administrativeUnits/{administrativeUnit-id}/members/microsoft.graph.user/$count", READ_UNITS;
    "unit_members_group", "GET" "/directory/administrativeUnits/{administrativeUnit-id}/members/microsoft.graph.group", READ_UNITS;
    "unit_members_group_count", "GET" "/directory/administrativeUnits/{administrativeUnit-id}/members/microsoft.graph.group/$count", READ_UNITS;
    "service_principals_list", "GET" "/servicePrincipals", READ_DIRECTORY;
    "service_principals_count", "GET" "/servicePrincipals/$count", READ_DIRECTORY;
    "service_principals_get", "GET" "/servicePrincipals/{servicePrincipal-id}", READ_DIRECTORY;
    "applications_list", "GET" "/applications", READ_DIRECTORY;
    "applications_count", "GET" "/applications/$count", READ_DIRECTORY;
    "applications_get", "GET" "/applications/{application-id}", READ_DIRECTORY;
}
