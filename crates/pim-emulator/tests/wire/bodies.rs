//! Bodies, in the spellings of those who send them.

use super::exchange::Exchange;

pub(crate) const ROLES: &[Exchange] = &[
    Exchange::send(
        "CLI for Microsoft 365 activates: no control information wanted, an empty ticket, no beginning",
        "POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests
         accept: application/json;odata.metadata=none",
        r#"{"principalId":"<adele>","roleDefinitionId":"<groups-administrator>","directoryScopeId":"/","action":"selfActivate","justification":"A group is to be made","scheduleInfo":{"expiration":{"duration":"PT8H","type":"afterDuration"}},"ticketInfo":{}}"#,
        201,
    )
    .by("adelev")
    .reads(&[("/status", "Provisioned"), ("/id", "*"), ("/@odata.context", "-"), ("/principalId", "<adele>")]),
    Exchange::send(
        "az-pim: what is active is no failure to it, told by the code",
        "POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests",
        r#"{"principalId":"<adele>","roleDefinitionId":"<groups-administrator>","directoryScopeId":"/","action":"SelfActivate","justification":"Again","scheduleInfo":{"expiration":{"duration":"PT1H","type":"AfterDuration"}}}"#,
        400,
    )
    .by("adelev")
    .reads(&[("/error/code", "RoleAssignmentExists"), ("/error/message", "The Role assignment already exists.")]),
    Exchange::send(
        "CLI for Microsoft 365 ends it, at once: too early",
        "POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests",
        r#"{"principalId":"<adele>","roleDefinitionId":"<groups-administrator>","directoryScopeId":"/","action":"selfDeactivate"}"#,
        400,
    )
    .by("adelev")
    .reads(&[("/error/code", "ActiveDurationTooShort")]),
    Exchange::send(
        "The same, later, with names in PascalCase",
        "POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests",
        r#"{"PrincipalId":"<adele>","RoleDefinitionId":"<groups-administrator>","DirectoryScopeId":"/","Action":"SelfDeactivate","Justification":"Deactivation request"}"#,
        201,
    )
    .by("adelev")
    .after(6)
    .reads(&[("/status", "Revoked"), ("/action", "selfDeactivate")]),
    Exchange::send(
        "Minutes, of which nobody made hours",
        "POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests",
        r#"{"principalId":"<adele>","roleDefinitionId":"<groups-administrator>","directoryScopeId":"/","action":"SelfActivate","justification":"Again","scheduleInfo":{"startDateTime":null,"expiration":{"type":"AfterDuration","endDateTime":null,"duration":"PT480M"}}}"#,
        201,
    )
    .by("adelev")
    .reads(&[("/status", "Provisioned"), ("/scheduleInfo/expiration/type", "afterDuration")]),
    Exchange::send(
        "EasyPIM makes eligible: a duration beside noExpiration, an end that is null, a ticket with more members",
        "POST /v1.0//roleManagement/directory/roleEligibilityScheduleRequests/",
        r#"{"action":"adminAssign","justification":"","roleDefinitionId":"<user-administrator>","directoryScopeId":"/","principalId":"<aline>","scheduleInfo":{"startDateTime":"2025-03-21T11:12:30Z","expiration":{"type":"NoExpiration","endDateTime":null,"duration":"P365D"}},"ticketInfo":{"ticketNumber":"1","ticketSystem":"2","ticketSubmitterIdentityId":null,"ticketApproverIdentityId":null}}"#,
        201,
    )
    .reads(&[("/status", "Granted"), ("/scheduleInfo/expiration/type", "noExpiration")]),
    Exchange::send(
        "EasyPIM removes: with all of a schedule",
        "POST /v1.0//roleManagement/directory/roleEligibilityScheduleRequests/",
        r#"{"action":"adminRemove","justification":"","roleDefinitionId":"<user-administrator>","directoryScopeId":"/","principalId":"<aline>","scheduleInfo":{"startDateTime":"2025-03-21T11:12:30Z","expiration":{"type":"AfterDuration","endDateTime":null,"duration":"P365D"}}}"#,
        201,
    )
    .after(10)
    .reads(&[("/status", "Revoked"), ("/action", "adminRemove")]),
    Exchange::send(
        "Terraform assigns: the time of some other place",
        "POST /v1.0/roleManagement/directory/roleEligibilityScheduleRequests",
        r#"{"action":"adminAssign","justification":"From code","roleDefinitionId":"<reports-reader>","directoryScopeId":"/","principalId":"<diego>","scheduleInfo":{"startDateTime":"2025-03-21T14:06:00+01:00","expiration":{"type":"noExpiration"}}}"#,
        201,
    )
    .reads(&[("/status", "Granted"), ("/principalId", "<diego>")])
    .keeps(&[("request", "/id")]),
    Exchange::get(
        "Terraform reads it again by its id",
        "GET /v1.0/roleManagement/directory/roleEligibilityScheduleRequests/<request>",
        &[("/id", "<request>"), ("/roleDefinitionId", "<reports-reader>"), ("/targetScheduleId", "*")],
    ),
    Exchange::send(
        "Terraform takes back what has not begun: no body, and a length and a type for it all the same",
        "POST /v1.0/roleManagement/directory/roleEligibilityScheduleRequests/<request>/cancel
         Content-Type: application/json
         Content-Length: 0",
        "",
        204,
    ),
    Exchange::send(
        "P6M is a duration, and too long for this policy",
        "POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests",
        r#"{"principalId":"<adele>","roleDefinitionId":"<groups-administrator>","directoryScopeId":"/","action":"SelfActivate","justification":"Again","scheduleInfo":{"expiration":{"duration":"P6M","type":"AfterDuration"}}}"#,
        400,
    )
    .by("adelev")
    .after(500)
    .reads(&[("/error/code", "*"), ("/error/message", "*")]),
];

pub(crate) const GROUPS: &[Exchange] = &[
    Exchange::send(
        "EasyPIM makes eligible for a group: accessID, groupID",
        "POST /v1.0/identityGovernance/privilegedAccess/group/EligibilityScheduleRequests",
        r#"{"action":"adminAssign","accessID":"member","groupID":"<operators>","principalId":"<aline>","justification":"","scheduleInfo":{"startDateTime":"2025-03-21T11:06:00Z","expiration":{"type":"AfterDuration","endDateTime":null,"duration":"P30D"}}}"#,
        201,
    )
    .reads(&[("/status", "Provisioned"), ("/accessId", "member"), ("/groupId", "<operators>"), ("/targetScheduleId", "*")]),
    Exchange::send(
        "Terraform removes: four members",
        "POST /v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleRequests",
        r#"{"accessId":"member","principalId":"<aline>","groupId":"<operators>","action":"adminRemove"}"#,
        201,
    )
    .after(6)
    .reads(&[("/status", "Revoked")]),
    Exchange::send(
        "An activation that somebody has to approve",
        "POST /v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests",
        r#"{"accessId":"Member","principalId":"<adele>","groupId":"<operators>","action":"SelfActivate","justification":"Release 7","scheduleInfo":{"expiration":{"type":"AfterDuration","duration":"PT2H"}}}"#,
        201,
    )
    .by("adelev")
    .reads(&[("/status", "PendingApproval")])
    .keeps(&[("approval", "/approvalId")]),
    Exchange::get(
        "EasyPIM lists what waits for the approver",
        "GET /v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests/filterByCurrentUser(on='approver')?$filter=status%20eq%20'PendingApproval'",
        &[("/value/0/approvalId", "<approval>"), ("/value/0/justification", "Release 7")],
    )
    .by("alexw"),
    Exchange::send(
        "EasyPIM approves: a step that has the id of the approval, in beta",
        "PATCH /beta/identityGovernance/privilegedAccess/group/assignmentApprovals/<approval>/steps/<approval>",
        r#"{"justification":"Go ahead","reviewResult":"Approve"}"#,
        204,
    )
    .by("alexw"),
    Exchange::get(
        "And it is active",
        "GET /v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleInstances/filterByCurrentUser(on='principal')?$filter=groupId%20eq%20'<operators>'",
        &[("/value/0/assignmentType", "activated"), ("/value/0/groupId", "<operators>")],
    )
    .by("adelev"),
];

pub(crate) const POLICIES: &[Exchange] = &[
    Exchange::get(
        "Terraform finds the policy of a role",
        "GET /v1.0/policies/roleManagementPolicyAssignments?$filter=scopeType%20eq%20'DirectoryRole'%20and%20roleDefinitionId%20eq%20'<reports-reader>'%20and%20scopeId%20eq%20'/'",
        &[("/value/0/roleDefinitionId", "<reports-reader>"), ("/value/1", "-")],
    )
    .keeps(&[("policy", "/value/0/policyId")]),
    Exchange::send(
        "Terraform changes some of its rules, through the policy",
        "PATCH /v1.0/policies/roleManagementPolicies/<policy>",
        r##"{"rules":[{"@odata.type":"#microsoft.graph.unifiedRoleManagementPolicyExpirationRule","id":"Expiration_EndUser_Assignment","isExpirationRequired":true,"maximumDuration":"PT2H","target":{"caller":"EndUser","operations":["All"],"level":"Assignment","inheritableSettings":[],"enforcedSettings":[]}}]}"##,
        200,
    ),
    Exchange::get(
        "And reads them, with everything that can be expanded",
        "GET /v1.0/policies/roleManagementPolicies/<policy>?$expand=*",
        &[("/id", "<policy>"), ("/rules/0/id", "*")],
    ),
    Exchange::get(
        "EasyPIM reads one rule",
        "GET /v1.0/policies/roleManagementPolicies/<policy>/rules/Expiration_EndUser_Assignment",
        &[("/maximumDuration", "PT2H"), ("/isExpirationRequired", "true")],
    ),
];
