//! The queries of four tools, as they ask them.

use super::exchange::Exchange;

const MICROSOFT_365: &str = "CLI for Microsoft 365";
const EASY_PIM: &str = "EasyPIM";
const TERRAFORM: &str = "Terraform";

pub(crate) const ALL: &[Exchange] = &[
    // Something to find.
    Exchange::send(
        "An activation",
        "POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests",
        r#"{"action":"selfActivate","principalId":"<adele>","roleDefinitionId":"<groups-administrator>","directoryScopeId":"/","justification":"Something to find","scheduleInfo":{"expiration":{"type":"afterDuration","duration":"PT8H"}}}"#,
        201,
    )
    .by("adelev"),
    Exchange::send(
        "One for a group, which waits",
        "POST /v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests",
        r#"{"accessId":"member","principalId":"<adele>","groupId":"<operators>","action":"selfActivate","justification":"Something to find","scheduleInfo":{"expiration":{"type":"afterDuration","duration":"PT2H"}}}"#,
        201,
    )
    .by("adelev")
    .keeps(&[("schedule", "/targetScheduleId")]),
    Exchange::get(
        MICROSOFT_365,
        "GET /v1.0/roleManagement/directory/roleAssignmentScheduleInstances?$filter=principalId%20eq%20'<adele>'%20and%20startDateTime%20ge%202024-01-01T00:00:00Z&$expand=roleDefinition($select=displayName),principal",
        &[("/value/0/roleDefinition/displayName", "Groups Administrator"), ("/value/0/principal/displayName", "Adele Vance")],
    ),
    Exchange::get(
        MICROSOFT_365,
        "GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances?$filter=principalId%20eq%20'<adele>'&$expand=roleDefinition($select=displayName)",
        &[("/value/0/roleDefinition/displayName", "Groups Administrator"), ("/value/0/roleDefinition/isBuiltIn", "-")],
    ),
    Exchange::get(
        MICROSOFT_365,
        "GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances?$filter=principalId%20eq%20'<adele>'&$expand=roleDefinition($select=displayName),principal",
        &[("/value/0/principal/userPrincipalName", "adelev@contoso.com")],
    ),
    Exchange::get(
        MICROSOFT_365,
        "GET /v1.0/roleManagement/directory/roleAssignmentScheduleRequests?$filter=principalId%20eq%20'<adele>'%20and%20createdDateTime%20ge%202025-03-21T00:00:00Z%20and%20status%20eq%20'Provisioned'&$expand=roleDefinition($select=displayName),principal",
        &[("/value/0/justification", "Something to find"), ("/value/0/principal/id", "<adele>")],
    ),
    Exchange::get(
        MICROSOFT_365,
        "GET /v1.0/roleManagement/directory/roleAssignmentScheduleRequests?$filter=principalId%20eq%20'<adele>'%20and%20status%20eq%20'PendingApproval'",
        &[("/value", "[]")],
    ),
    Exchange::get(
        EASY_PIM,
        "GET /v1.0//roleManagement/directory/roleAssignmentScheduleInstances?$expand=roleDefinition,principal&$filter=principal/id%20eq%20'<adele>'%20and%20tolower(roleDefinition/displayName)%20eq%20'groups%20administrator'",
        &[("/value/0/principalId", "<adele>"), ("/value/1", "-")],
    ),
    Exchange::get(
        EASY_PIM,
        "GET /v1.0//roleManagement/directory/roleEligibilityScheduleInstances?$expand=roleDefinition,principal&$filter=principal/id%20eq%20'<adele>'%20and%20tolower(roleDefinition/displayName)%20eq%20'groups%20administrator'",
        &[("/value/0/roleDefinition/displayName", "Groups Administrator"), ("/value/1", "-")],
    ),
    Exchange::get(
        EASY_PIM,
        "GET /v1.0//roleManagement/directory/roleAssignmentScheduleRequests/filterByCurrentUser(on='approver')?$filter=status%20eq%20'PendingApproval'",
        &[("/value", "[]")],
    ),
    Exchange::get(
        EASY_PIM,
        "GET /v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests/filterByCurrentUser(on='approver')?$filter=status%20eq%20'PendingApproval'",
        &[("/value/0/principalId", "<adele>"), ("/value/0/approvalId", "*")],
    )
    .by("alexw"),
    Exchange::get(
        EASY_PIM,
        "GET /v1.0/identityGovernance/privilegedAccess/group/eligibilitySchedules?$expand=principal&$filter=groupId%20eq%20'<operators>'%20and%20accessId%20eq%20'member'%20and%20principal/id%20eq%20'<adele>'",
        &[("/value/0/principal/displayName", "Adele Vance"), ("/value/0/memberType", "direct")],
    ),
    Exchange::get(
        EASY_PIM,
        "GET /v1.0/identityGovernance/privilegedAccess/group/eligibilitySchedules?$expand=principal&$filter=groupId%20eq%20'<operators>'%20and%20startswith(principal/displayName,'Adele')",
        &[("/value/0/principalId", "<adele>"), ("/value/1", "-")],
    ),
    Exchange::get(
        EASY_PIM,
        "GET /v1.0/identityGovernance/privilegedAccess/group/assignmentSchedules?$expand=principal&$filter=groupId%20eq%20'<operators>'%20and%20accessId%20eq%20'owner'",
        &[("/value/0/principal/userPrincipalName", "alexw@contoso.com")],
    ),
    Exchange::get(
        TERRAFORM,
        "GET /v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests?$filter=groupId%20eq%20'<operators>'%20and%20targetScheduleId%20eq%20'<schedule>'&$orderby=createdDateTime%20desc",
        &[("/value/0/targetScheduleId", "<schedule>")],
    ),
    Exchange::get(
        EASY_PIM,
        "GET /v1.0//policies/roleManagementPolicyAssignments?$filter=scopeType%20eq%20'DirectoryRole'%20and%20roleDefinitionId%20eq%20'<user-administrator>'%20and%20scopeId%20eq%20'/'",
        &[("/value/0/policyId", "*"), ("/value/1", "-")],
    ),
    Exchange::get(
        EASY_PIM,
        "GET /v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20'<operators>'%20and%20scopeType%20eq%20'Group'%20and%20roleDefinitionId%20eq%20'member'&$expand=policy($expand=rules)",
        &[("/value/0/policy/rules/0/id", "*"), ("/value/1", "-")],
    )
    .keeps(&[("policy", "/value/0/policyId")]),
    Exchange::get(
        TERRAFORM,
        "GET /v1.0/policies/roleManagementPolicyAssignments?$filter=scopeType%20eq%20'Group'%20and%20scopeId%20eq%20'<operators>'%20and%20policyId%20eq%20'<policy>'",
        &[("/value/0/policyId", "<policy>"), ("/value/0/roleDefinitionId", "member")],
    ),
    Exchange::get(
        TERRAFORM,
        "GET /v1.0/policies/roleManagementPolicies/<policy>?$expand=*",
        &[("/id", "<policy>"), ("/rules/0/id", "*")],
    ),
    Exchange::get(
        MICROSOFT_365,
        "GET /v1.0/roleManagement/directory/roleDefinitions?$filter=displayName%20eq%20'User%20Administrator'",
        &[("/value/0/id", "<user-administrator>"), ("/value/1", "-")],
    ),
    Exchange::get(
        MICROSOFT_365,
        "GET /v1.0/users?$filter=userPrincipalName%20eq%20'alined@contoso.com'&$select=Id",
        &[("/value/0/id", "<aline>"), ("/value/0/displayName", "-")],
    ),
    Exchange::get(
        MICROSOFT_365,
        "GET /v1.0/groups?$filter=displayName%20eq%20'IT%20Helpdesk'&$select=id",
        &[("/value/0/id", "<helpdesk>")],
    ),
];
