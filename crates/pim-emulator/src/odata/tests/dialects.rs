//! What programs in use are known to ask, each of the type that they ask for.

use pim_client::schema::{HasSchema as _, Schema};
use pim_client::v1_0::models::{
    DirectoryAudit, Group, PrivilegedAccessGroupAssignmentSchedule, PrivilegedAccessGroupAssignmentScheduleRequest,
    PrivilegedAccessGroupEligibilitySchedule, UnifiedRoleAssignmentScheduleInstance,
    UnifiedRoleAssignmentScheduleRequest, UnifiedRoleDefinition, UnifiedRoleEligibilityScheduleInstance,
    UnifiedRoleManagementPolicy, UnifiedRoleManagementPolicyAssignment, User,
};

use crate::odata::{Query, Strings};

fn reads(schema: &'static Schema, queries: &[&str]) {
    for query in queries {
        if let Err(fault) = Query::parse(Some(query), schema, Strings::Exact) {
            panic!("{}?{query}: {fault}", schema.name());
        }
    }
}

#[test]
fn of_the_schedules_and_requests_of_roles() {
    reads(
        UnifiedRoleAssignmentScheduleInstance::schema(),
        &[
            "$filter=principalId eq '9b6c9bd6' and startDateTime ge 2024-01-01T00:00:00.000Z&$expand=roleDefinition($select=displayName),principal",
            "$expand=roleDefinition,principal&$filter=principal/id eq '9b6c9bd6' and tolower(roleDefinition/displayName) eq 'reader'",
            "$filter=assignmentType eq 'Assigned'",
        ],
    );
    reads(
        UnifiedRoleEligibilityScheduleInstance::schema(),
        &[
            "$filter=principalId eq '9b6c9bd6'&$expand=roleDefinition($select=displayName),principal",
            "$expand=roleDefinition,principal&$filter=principal/id eq '9b6c9bd6' and tolower(roleDefinition/displayName) eq 'reader'",
        ],
    );
    reads(
        UnifiedRoleAssignmentScheduleRequest::schema(),
        &[
            "$filter=principalId eq '9b6c9bd6' and createdDateTime ge 2024-01-01T00:00:00Z and status eq 'PendingApproval'&$expand=principal,roleDefinition",
            "$filter=status eq 'PendingApproval'",
            "$select=principalId,action,roleDefinitionId&$expand=roleDefinition,activatedUsing,principal,targetSchedule",
        ],
    );
}

#[test]
fn of_the_schedules_and_requests_of_groups() {
    let queries = [
        "$expand=principal&$filter=groupId eq '9b6c9bd6' and accessId eq 'member' and principal/id eq 'f8ca5a85'",
        "$expand=principal&$filter=groupId eq '9b6c9bd6' and accessId eq 'member' and startswith(principal/displayName,'Ada')",
    ];
    reads(PrivilegedAccessGroupAssignmentSchedule::schema(), &queries);
    reads(PrivilegedAccessGroupEligibilitySchedule::schema(), &queries);
    reads(
        PrivilegedAccessGroupAssignmentScheduleRequest::schema(),
        &[
            "$filter=groupId eq '9b6c9bd6' and targetScheduleId eq 'f8ca5a85'&$orderby=createdDateTime desc",
            "$filter=status eq 'PendingApproval' and groupId eq '9b6c9bd6'",
        ],
    );
}

#[test]
fn of_policies() {
    reads(
        UnifiedRoleManagementPolicyAssignment::schema(),
        &[
            "$filter=scopeType eq 'DirectoryRole' and roleDefinitionId eq '62e90394' and scopeId eq '/'",
            "$filter=scopeId eq '9b6c9bd6' and scopeType eq 'Group' and roleDefinitionId eq 'member'&$expand=policy($expand=rules)",
            "$filter=scopeType eq 'Group' and scopeId eq '9b6c9bd6' and policyId eq 'Group_1'",
        ],
    );
    reads(UnifiedRoleManagementPolicy::schema(), &["$expand=*", "$expand=rules($select=id),effectiveRules"]);
}

#[test]
fn of_the_directory() {
    reads(UnifiedRoleDefinition::schema(), &["$filter=displayName eq 'Reader'", "$filter=isBuiltIn in (true,false)"]);
    reads(User::schema(), &["$filter=userPrincipalName eq 'ada@contoso.com'&$select=Id"]);
    reads(
        Group::schema(),
        &[
            "$filter=displayName eq 'Admins'&$select=id",
            "$filter=isAssignableToRole eq true&$expand=members($select=id)",
        ],
    );
    reads(
        DirectoryAudit::schema(),
        &[
            "$filter=activityDateTime ge 2025-03-01T00:00:00Z and activityDateTime le 2025-03-21T00:00:00Z&$orderby=activityDateTime desc&$top=10",
            "$filter=loggedByService eq 'PIM' and startswith(activityDisplayName,'Add member')",
            "$filter=initiatedBy/user/id eq 'ada' or initiatedBy/app/appId eq 'x'",
            "$filter=targetResources/any(t: t/id eq 'ada') and targetResources/any(t:startswith(t/displayName,'A'))",
        ],
    );
}
