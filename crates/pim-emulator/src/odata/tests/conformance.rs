//! Filters, and whether a sample meets them.

use super::samples::{Directory, sample};
use crate::odata::{Filter, Strings};

/// Each line is a sample and a filter that it meets.
const TRUE: &[(&str, &str)] = &[
    // Strings, by letter.
    ("request", "status eq 'PendingApproval'"),
    ("request", "status ne 'pendingapproval'"),
    ("request", "'PendingApproval' eq status"),
    ("request", "Status EQ 'PendingApproval'"),
    ("request", "justification eq 'Ticket ''A'' & more'"),
    ("request", "status gt 'P' and status lt 'Q'"),
    ("request", "status ge 'PendingApproval' and status le 'PendingApproval'"),
    ("bob", "displayName eq 'Bob O''Hara'"),
    // Keys and GUIDs, in any letter case, with quotes or without.
    ("request", "principalId eq '9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f'"),
    ("request", "principalId eq 9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f"),
    ("request", "principalId eq guid'9b6c9bd6-1d9f-4c4c-a7bb-8ed3c5cd9d0f'"),
    ("request", "roleDefinitionId eq '729827E3-9C14-49F7-BB1B-9608F156BBB8'"),
    ("request", "roleDefinitionId ne a9b6c9bd-1d9f-4c4c-a7bb-8ed3c5cd9d0f"),
    // Enumerations, in any letter case.
    ("request", "action eq 'selfActivate'"),
    ("request", "action eq 'SELFACTIVATE'"),
    ("request", "action ne 'adminAssign'"),
    ("request", "action eq microsoft.graph.unifiedRoleScheduleRequestActions'selfActivate'"),
    ("schedule", "accessId eq 'owner'"),
    ("schedule", "accessId in ('member','Owner')"),
    ("audit", "result eq 'success'"),
    // Booleans.
    ("request", "isValidationOnly eq false"),
    ("request", "isValidationOnly ne TRUE"),
    ("request", "not isValidationOnly"),
    ("ada", "accountEnabled"),
    ("ada", "accountEnabled and true"),
    ("role", "isBuiltIn eq true"),
    // Null.
    ("request", "appScopeId eq null"),
    ("request", "null eq appScopeId"),
    ("request", "status ne null"),
    ("request", "appScopeId ne 'x'"),
    ("request", "createdBy ne null"),
    ("request", "createdBy/application eq null"),
    ("request", "createdBy/application/id eq null"),
    ("request", "null eq null"),
    ("schedule", "group eq null"),
    ("schedule", "group/displayName eq null"),
    // Points in time, as instants.
    ("request", "createdDateTime eq 2025-03-21T11:06:00.1234567Z"),
    ("request", "createdDateTime gt 2025-03-21T11:06:00Z"),
    ("request", "createdDateTime lt 2025-03-21T11:06:01Z"),
    ("request", "createdDateTime ge 2025-03-21T13:06:00+02:00"),
    ("request", "createdDateTime ge '2025-03-21T11:06:00Z'"),
    ("request", "createdDateTime ge datetime'2025-03-21T11:06:00Z'"),
    ("request", "createdDateTime ge 2025-03-21"),
    ("request", "createdDateTime lt now()"),
    ("request", "2025-01-01T00:00:00Z le createdDateTime"),
    ("admins", "createdDateTime eq 2024-05-31T22:00:00Z"),
    ("audit", "activityDateTime eq 2025-03-21T11:06:00Z"),
    // Durations, by length.
    ("request", "scheduleInfo/expiration/duration eq duration'PT300M'"),
    ("request", "scheduleInfo/expiration/duration eq 'PT5H'"),
    ("request", "scheduleInfo/expiration/duration lt duration'P1D'"),
    // Ways through complex values and to related entities.
    ("request", "createdBy/user/id eq 'ada'"),
    ("request", "createdby/USER/displayname eq 'Ada Lovelace'"),
    ("request", "scheduleInfo/expiration/type eq 'afterDuration'"),
    ("request", "principal/id eq 'ADA'"),
    ("request", "principal/displayName eq 'Ada Lovelace'"),
    ("request", "principal/userPrincipalName eq 'ada@contoso.com'"),
    ("request", "principal/microsoft.graph.user/userPrincipalName eq 'ada@contoso.com'"),
    ("request", "principal/microsoft.graph.group eq null"),
    ("request", "principal/microsoft.graph.group/displayName eq null"),
    ("request", "principal/manager/displayName eq 'Bob O''Hara'"),
    ("request", "principal/groupTypes/any() eq false"),
    ("object", "microsoft.graph.user/userPrincipalName eq 'ada@contoso.com'"),
    ("object", "microsoft.graph.group/id eq null"),
    ("object", "manager/id eq 'bob'"),
    ("request", "$it/status eq 'PendingApproval'"),
    // Several at once: `and` before `or`, `not` before both.
    ("request", "status eq 'x' or status eq 'y' or status eq 'PendingApproval'"),
    ("request", "status eq 'PendingApproval' or status eq 'x' and status eq 'y'"),
    ("request", "not (status eq 'x' or status eq 'y')"),
    ("request", "not status eq 'x' and action eq 'selfActivate'"),
    ("request", "not not (action eq 'selfActivate')"),
    ("request", "NOT(status eq 'x') AND (action eq 'selfActivate')"),
    ("request", "(((status eq 'PendingApproval')))"),
    ("request", "(status eq 'x') eq false"),
    // Lists.
    ("request", "status in ('Granted', 'PendingApproval')"),
    ("request", "roleDefinitionId in (729827e3-9c14-49f7-bb1b-9608f156bbb8)"),
    ("request", "appScopeId in (null,'x')"),
    ("request", "not (status IN ('Granted'))"),
    // Functions.
    ("request", "startswith(status,'Pending')"),
    ("request", "startsWith(status, 'Pending') eq true"),
    ("request", "endswith(status,'Approval')"),
    ("request", "contains(justification,'''A''')"),
    ("request", "tolower(roleDefinition/displayName) eq 'helpdesk administrator'"),
    ("request", "startswith(principal/displayName,'Ada')"),
    ("request", "startswith(principalId,'9b6c')"),
    ("request", "toupper(status) eq 'PENDINGAPPROVAL'"),
    ("request", "trim(concat(' ',status)) eq 'PendingApproval'"),
    ("request", "length(status) eq 15"),
    ("request", "indexof(status,'Approval') eq 7"),
    ("request", "indexof(status,'x') eq -1"),
    ("request", "substring(status,7) eq 'Approval'"),
    ("request", "substring(status,0,7) eq 'Pending'"),
    ("request", "year(createdDateTime) eq 2025 and month(createdDateTime) eq 3 and day(createdDateTime) eq 21"),
    ("request", "hour(createdDateTime) eq 11 and minute(createdDateTime) eq 6 and second(createdDateTime) eq 0"),
    ("ada", "day(createdDateTime) eq 29"),
    ("request", "year(now()) eq 2025"),
    // The items of collections.
    ("admins", "groupTypes/any(c:c eq 'Unified')"),
    ("admins", "groupTypes/any()"),
    ("admins", "groupTypes/$count eq 1"),
    ("admins", "not groupTypes/any(c:c eq 'DynamicMembership')"),
    ("ada", "proxyAddresses/any(x:startswith(x,'smtp:countess'))"),
    ("ada", "proxyAddresses/all(x:endswith(x,'@contoso.com'))"),
    ("ada", "not businessPhones/any()"),
    ("ada", "businessPhones/all(x:x eq 'none')"),
    ("ada", "memberOf/any(g:g/id eq 'ADMINS')"),
    ("ada", "memberOf/microsoft.graph.group/any(g:g/isAssignableToRole)"),
    ("ada", "memberOf/microsoft.graph.group/$count eq 1"),
    ("ada", "memberOf/any(g:g/members/any(m:m/id eq 'bob' and g/id eq 'admins'))"),
    ("ada", "memberOf/any(x:x/members/any(x:x/id eq 'bob'))"),
    ("ada", "memberOf/any(g:$it/id eq 'ada' and id eq 'ada')"),
    ("admins", "owners/$count eq 0"),
    ("admins", "members/$count ge 2"),
    ("admins", "members/all(m:m/id eq 'ada' or m/accountEnabled eq false)"),
    ("audit", "targetResources/any(t: t/id eq 'ada')"),
    ("audit", "targetResources/any(t:startswith(t/displayName,'Helpdesk'))"),
    ("audit", "targetResources/any(t:t/modifiedProperties/any(p:p/oldValue eq null))"),
    ("audit", "additionalDetails/any(d:d/key eq 'ipaddr' and d/value eq '127.0.0.1')"),
    ("audit", "initiatedBy/user/userPrincipalName eq 'ada@contoso.com'"),
    ("audit", "initiatedBy/app/appId eq null"),
    ("audit", "startswith(initiatedBy/user/userPrincipalName,'ada@')"),
];

/// Each line is a sample and a filter that it does not meet.
const FALSE: &[(&str, &str)] = &[
    ("request", "status eq 'pendingapproval'"),
    ("request", "status eq null"),
    ("request", "status gt 'Q'"),
    ("request", "appScopeId eq ''"),
    // Nothing comes before or after null, and what a function makes of it is null, whose opposite is null.
    ("request", "completedDateTime gt 2000-01-01T00:00:00Z"),
    ("request", "completedDateTime le 2100-01-01T00:00:00Z"),
    ("request", "appScopeId ge null"),
    ("request", "startswith(appScopeId,'')"),
    ("request", "not startswith(appScopeId,'x')"),
    ("request", "contains(principal/department,'x')"),
    ("request", "createdDateTime ge 2025-03-22"),
    ("request", "createdDateTime lt 2025-03-21T12:06:00+01:00"),
    ("request", "scheduleInfo/expiration/duration gt duration'P1D'"),
    ("request", "action eq 'adminAssign'"),
    ("request", "status eq 'x' and status eq 'PendingApproval' or status eq 'y'"),
    ("request", "(status eq 'PendingApproval' or status eq 'x') and status eq 'y'"),
    ("request", "not (status eq 'PendingApproval') or false"),
    ("request", "status in ('x','y')"),
    ("request", "principal/microsoft.graph.group/displayName eq 'Ada Lovelace'"),
    ("schedule", "principal/userPrincipalName eq 'ada@contoso.com'"),
    ("schedule", "accessId eq 'member'"),
    ("ada", "department eq 'IT'"),
    ("ada", "manager/accountEnabled"),
    ("ada", "proxyAddresses/any(x:x eq 'smtp:ada@contoso.com')"),
    ("ada", "proxyAddresses/all(x:startswith(x,'smtp'))"),
    ("ada", "businessPhones/any(x:true)"),
    ("ada", "memberOf/microsoft.graph.administrativeUnit/any()"),
    ("admins", "members/all(m:m/accountEnabled)"),
    ("audit", "targetResources/any(t:t/id eq 'nobody')"),
    ("audit", "result eq 'failure'"),
    ("request", "null"),
];

fn holds(name: &str, filter: &str, strings: Strings) -> bool {
    let (schema, entity) = sample(name);
    let filter = Filter::parse(filter, schema, strings).unwrap_or_else(|fault| panic!("{filter}: {fault}"));
    let Ok(holds) = filter.matches(&entity, &Directory);
    holds
}

#[test]
fn samples_meet_what_is_true_of_them() {
    for (name, filter) in TRUE {
        assert!(holds(name, filter, Strings::Exact), "{name}: {filter}");
    }
}

#[test]
fn samples_do_not_meet_what_is_not_true_of_them() {
    for (name, filter) in FALSE {
        assert!(!holds(name, filter, Strings::Exact), "{name}: {filter}");
    }
}

#[test]
fn the_directory_does_not_regard_letter_case() {
    for filter in [
        "displayName eq 'ADA LOVELACE'",
        "startswith(displayName,'ada')",
        "proxyAddresses/any(x:x eq 'smtp:ada@contoso.com')",
        "displayName in ('x','ada lovelace')",
        "endswith(mail,'@CONTOSO.com')",
    ] {
        assert!(holds("ada", filter, Strings::AnyCase), "{filter}");
        assert!(!holds("ada", filter, Strings::Exact), "{filter}");
    }
}

#[test]
fn what_is_written_means_the_same_as_what_was_read() {
    for (name, text) in TRUE.iter().chain(FALSE) {
        let (schema, _) = sample(name);
        let read = |text: &str| Filter::parse(text, schema, Strings::Exact).unwrap_or_else(|fault| panic!("{fault}"));
        let filter = read(text);
        assert_eq!(read(&filter.to_string()), filter, "{text}");
    }
}

#[test]
fn is_written_in_one_way() {
    for (name, text, written) in [
        ("request", "STATUS EQ 'a'  AND  (Action ne 'SELFACTIVATE')", "status eq 'a' and action ne 'selfActivate'"),
        ("request", "((status eq 'a' or (status eq 'b')))and true", "(status eq 'a' or status eq 'b') and true"),
        ("request", "not startswith(status,'it''s')", "not (startswith(status,'it''s'))"),
        ("request", "createdDateTime ge '2025-03-21'", "createdDateTime ge 2025-03-21T00:00:00Z"),
        ("admins", "GroupTypes/Any(c:c eq 'x')", "groupTypes/any(c:c eq 'x')"),
        ("ada", "memberOf/any(id:$it/id eq 'x' and id/id eq 'y')", "memberOf/any(id:$it/id eq 'x' and id/id eq 'y')"),
    ] {
        let (schema, _) = sample(name);
        assert_eq!(Filter::parse(text, schema, Strings::Exact).unwrap().to_string(), written);
    }
}
