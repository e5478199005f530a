use std::time::Duration;

use pim_client::v1_0::exchange::bodies;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::domain::policy::Governed;
use crate::domain::{Access, Caller, Identity, ReviewResult, orders, policies};
use crate::graph::rig::{As, Rig};

const LOG: &str = "/v1.0/auditLogs/directoryAudits";
const ELIGIBILITIES: &str = "/v1.0/roleManagement/directory/roleEligibilityScheduleRequests";
const ASSIGNMENTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
const MEMBERSHIPS: &str = "/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests";

/// What the log has that the filter lets through, the oldest first; every answer is one that the client decodes.
fn entries(reader: &As<'_>, filter: &str) -> Vec<Value> {
    let mut page = reader.get(&format!("{LOG}?$filter={filter}")).ok(200);
    let codec = bodies("audit_logs_directory_audits_list").expect("an operation").response.expect("a page");
    assert_eq!(codec.recode(&page.to_string()).expect("it decodes"), page);
    let Value::Array(mut entries) = page["value"].take() else { panic!("no page: {page}") };
    entries.reverse();
    entries
}

fn activities(entries: &[Value]) -> Vec<&str> {
    entries.iter().filter_map(|entry| entry["activityDisplayName"].as_str()).collect()
}

fn about(request: &Value) -> String {
    format!("correlationId eq '{}'", request["id"].as_str().expect("a request"))
}

/// The value of one of the additional details.
fn detail<'e>(entry: &'e Value, key: &str) -> &'e Value {
    let details = entry["additionalDetails"].as_array().expect("details");
    details.iter().find(|detail| detail["key"] == key).map_or(&Value::Null, |detail| &detail["value"])
}

fn caller(rig: &Rig, user: &str) -> Caller {
    Caller {
        identity: Identity::User(rig.id(user).parse().expect("a GUID")),
        permissions: Vec::new(),
        has_mfa: true,
        contexts: Vec::new(),
    }
}

fn decide(rig: &Rig, approver: &str, request: &Value, result: ReviewResult, justification: &str) {
    let id: Uuid = request["id"].as_str().expect("a request").parse().expect("a GUID");
    let caller = caller(rig, approver);
    let decided = rig.service().write(|session| {
        let approval = session.approval(id)?.expect("the request waits for approval");
        orders::decide(session, &caller, approval, result, Some(justification))?;
        Ok(())
    });
    decided.expect("the approver may decide");
}

/// Megan asks to become Global Administrator; somebody has to approve.
fn ask(rig: &Rig) -> Value {
    let body = json!({
        "action": "selfActivate",
        "principalId": rig.id("meganb@contoso.com"),
        "roleDefinitionId": rig.id("Global Administrator"),
        "directoryScopeId": "/",
        "justification": "The tenant is on fire",
        "ticketInfo": {"ticketNumber": "CONTOSO:1", "ticketSystem": "MS Project"},
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}},
    });
    let request = rig.user("meganb@contoso.com").post(ASSIGNMENTS, &body).ok(201);
    assert_eq!(request["status"], "PendingApproval");
    request
}

#[test]
fn every_step_of_an_activation_with_approval_is_found_by_the_request() {
    let rig = Rig::contoso();
    let reader = rig.user("isaiahl@contoso.com");
    let request = ask(&rig);
    rig.advance(Duration::from_mins(1));
    decide(&rig, "alexw@contoso.com", &request, ReviewResult::Approved, "Go ahead");
    rig.advance(Duration::from_hours(1));

    let entries = entries(&reader, &about(&request));
    assert_eq!(
        activities(&entries),
        [
            "Add member to role requested (PIM activation)",
            "Add member to role approval requested (PIM activation)",
            "Add member to role request approved (PIM activation)",
            "Add member to role completed (PIM activation)",
            "Add member to role",
            "Remove member from role (PIM activation expired)",
            "Remove member from role",
        ]
    );
    let times: Vec<_> = entries.iter().map(|entry| entry["activityDateTime"].as_str().expect("a time")).collect();
    assert_eq!(times[0], "2025-03-21T11:00:00.0000000Z");
    assert_eq!(times[2], "2025-03-21T11:01:00.0000000Z");
    assert_eq!(times[6], "2025-03-21T12:01:00.0000000Z", "it is told when it was, not when somebody looked");
    let who: Vec<_> = entries
        .iter()
        .map(|entry| {
            let by = &entry["initiatedBy"];
            by["user"]["displayName"].as_str().or(by["app"]["displayName"].as_str()).expect("somebody")
        })
        .collect();
    assert_eq!(
        who,
        ["Megan Bowen", "Megan Bowen", "Alex Wilber", "Megan Bowen", "MS-PIM", "MS-PIM", "MS-PIM"],
        "nobody ends an activation whose time is over, and the directory knows PIM only"
    );
    assert_eq!(entries[0]["resultReason"], "The tenant is on fire");
    assert_eq!(entries[2]["resultReason"], "Go ahead");
}

#[test]
fn an_entry_of_pim_says_who_what_where_and_until_when() {
    let rig = Rig::contoso();
    let request = ask(&rig);
    let (id, megan) = (request["id"].as_str().expect("an id"), rig.id("meganb@contoso.com"));
    let role = rig.id("Global Administrator");

    let entries = entries(&rig.user("admin@contoso.com"), &about(&request));
    let entry = &entries[0];
    assert!(entry["id"].as_str().expect("an id").starts_with(&format!("PIM_{id}_")), "{entry}");
    assert_eq!(entry["category"], "RoleManagement");
    assert_eq!(entry["loggedByService"], "PIM");
    assert_eq!(entry["operationType"], "ActivateRole");
    assert_eq!(entry["result"], "success");
    assert_eq!(entry["initiatedBy"]["app"], Value::Null);
    assert_eq!(
        entry["initiatedBy"]["user"],
        json!({
            "id": megan,
            "displayName": "Megan Bowen",
            "userPrincipalName": "meganb@contoso.com",
            "ipAddress": null,
            "userType": "Member",
            "homeTenantId": null,
            "homeTenantName": null,
        })
    );
    let targets: Vec<_> =
        entry["targetResources"].as_array().expect("targets").iter().map(|it| (&it["type"], &it["id"])).collect();
    assert_eq!(
        targets,
        [
            (&json!("Role"), &json!(role)),
            (&json!("Request"), &json!(id)),
            (&json!("User"), &json!(megan)),
            (&json!("Directory"), &json!("/")),
        ]
    );
    assert_eq!(entry["additionalDetails"][3], json!({"key": "StartTime", "value": "2025-03-21T11:00:00Z"}));
    for (key, value) in [
        ("RoleDefinitionOriginId", role.as_str()),
        ("RoleDefinitionOriginType", "BuiltInRole"),
        ("TemplateId", role.as_str()),
        ("ExpirationTime", "2025-03-21T12:00:00Z"),
        ("Justification", "The tenant is on fire"),
        ("TicketNumber", "CONTOSO:1"),
        ("TicketSystem", "MS Project"),
    ] {
        assert_eq!(detail(entry, key), value, "{key}");
    }
}

/// What happens to a request that waits.
type Then = fn(&Rig, &Value);

#[test]
fn a_refusal_a_withdrawal_and_silence_are_told() {
    let asked =
        ["Add member to role requested (PIM activation)", "Add member to role approval requested (PIM activation)"];
    let cases: [(Then, &str); 3] = [
        (
            |rig, request| decide(rig, "alexw@contoso.com", request, ReviewResult::Denied, "No"),
            "Add member to role request denied (PIM activation)",
        ),
        (
            |rig, request| {
                let url = format!("{ASSIGNMENTS}/{}/cancel", request["id"].as_str().expect("an id"));
                rig.user("meganb@contoso.com").post(&url, &Value::Null).ok(204);
            },
            "Add member to role canceled (PIM activation)",
        ),
        (|rig, _| rig.advance(Duration::from_hours(24)), "PIM activation request expired"),
    ];
    for (then, told) in cases {
        let rig = Rig::contoso();
        let request = ask(&rig);
        then(&rig, &request);
        let entries = entries(&rig.user("admin@contoso.com"), &about(&request));
        assert_eq!(activities(&entries), [asked[0], asked[1], told]);
    }
}

#[test]
fn what_administrators_do_is_told_by_its_own_names() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let order = |collection: &str, action: &str, days: Option<u32>| {
        let expiration = days.map(|days| json!({"type": "afterDuration", "duration": format!("P{days}D")}));
        let body = json!({
            "action": action,
            "principalId": rig.id("alined@contoso.com"),
            "roleDefinitionId": rig.id("Reports Reader"),
            "directoryScopeId": "/",
            "justification": "Because",
            "scheduleInfo": expiration.map(|expiration| json!({"expiration": expiration})),
        });
        let request = admin.post(collection, &body).ok(201);
        rig.advance(Duration::from_hours(1));
        request
    };
    for (collection, action, days, told) in [
        (
            ELIGIBILITIES,
            "adminAssign",
            Some(30),
            &[
                "Add eligible member to role in PIM requested (timebound)",
                "Add eligible member to role in PIM completed (timebound)",
            ][..],
        ),
        (
            ELIGIBILITIES,
            "adminExtend",
            Some(60),
            &["Update eligible member in PIM requested (extend)", "Process role update request"],
        ),
        (
            ELIGIBILITIES,
            "adminUpdate",
            Some(90),
            &["Update eligible member in PIM requested (extend)", "Process role update request"],
        ),
        (
            ELIGIBILITIES,
            "adminRemove",
            None,
            &[
                "Remove eligible member from role in PIM requested (timebound)",
                "Remove eligible member from role in PIM completed (timebound)",
            ],
        ),
        (
            ASSIGNMENTS,
            "adminAssign",
            Some(30),
            &[
                "Add member to role in PIM requested (timebound)",
                "Add member to role in PIM completed (timebound)",
                "Add member to role",
            ],
        ),
        (
            ASSIGNMENTS,
            "adminUpdate",
            Some(20),
            &["Update member in PIM requested (extend)", "Process role update request"],
        ),
        (
            ASSIGNMENTS,
            "adminRemove",
            None,
            &[
                "Remove member from role in PIM requested (timebound)",
                "Remove member from role in PIM completed (timebound)",
                "Remove member from role",
            ],
        ),
    ] {
        let request = order(collection, action, days);
        assert_eq!(activities(&entries(&admin, &about(&request))), told, "{action}");
    }
}

#[test]
fn what_expires_is_told_with_the_request_that_made_it() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let body = json!({
        "action": "adminAssign",
        "principalId": rig.id("alined@contoso.com"),
        "roleDefinitionId": rig.id("Reports Reader"),
        "directoryScopeId": "/",
        "justification": "Because",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "P1D"}},
    });
    let request = admin.post(ASSIGNMENTS, &body).ok(201);
    rig.advance(Duration::from_hours(24));
    let reader = rig.user("admin@contoso.com");
    assert_eq!(
        activities(&entries(&reader, &about(&request)))[3..],
        ["Remove member from role in PIM completed (timebound)", "Remove member from role"]
    );
}

#[test]
fn groups_have_the_words_of_roles_in_a_category_of_their_own() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let (group, diego) = (rig.id("operators"), rig.id("diegos@contoso.com"));
    let body = json!({
        "action": "adminAssign",
        "principalId": diego,
        "groupId": group,
        "accessId": "owner",
        "justification": "He knows best",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "P30D"}},
    });
    let request = admin.post(MEMBERSHIPS, &body).ok(201);
    let entries = entries(&admin, &about(&request));
    assert_eq!(
        activities(&entries),
        [
            "Add member to role in PIM requested (timebound)",
            "Add member to role in PIM completed (timebound)",
            "Add owner to group",
        ]
    );
    assert!(entries.iter().all(|entry| entry["category"] == "GroupManagement"));
    let targets = &entries[0]["targetResources"];
    assert_eq!(targets[0]["displayName"], "Owner");
    assert_eq!(targets[3]["displayName"], "Production operators");
    assert_eq!(targets[3]["groupType"], "azureAD");
    assert_eq!(entries[0]["additionalDetails"][2]["key"], "StartTime", "the third of a group's details");

    let effect = &entries[2];
    assert_eq!(effect["loggedByService"], "Core Directory");
    assert_eq!(effect["targetResources"][0]["userPrincipalName"], "diegos@contoso.com");
    assert_eq!(
        effect["targetResources"][0]["modifiedProperties"][1],
        json!({"displayName": "Group.DisplayName", "oldValue": null, "newValue": "\"Production operators\""})
    );
}

#[test]
fn a_change_of_a_policy_is_told_rule_by_rule_and_takes_the_group_under_pim() {
    let rig = Rig::contoso();
    let (admin, group) = (caller(&rig, "admin@contoso.com"), rig.id("it"));
    let governed = Governed::Group { group: group.parse().expect("a GUID"), access: Access::Owner };
    let kept = rig.service().write(|session| {
        let rule = json!({
            "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
            "maximumDuration": "PT3H",
        });
        let changed = policies::governing(session, governed)?.change_rule("Expiration_EndUser_Assignment", &rule)?;
        Ok(policies::keep(session, &admin, governed, &changed)?)
    });
    kept.expect("the rule makes sense");
    let entries = entries(&rig.user("admin@contoso.com"), "category eq 'GroupManagement'");
    assert_eq!(activities(&entries), ["Onboarded resource to PIM", "Update role setting in PIM"]);
    let [what, place] = entries[1]["targetResources"].as_array().expect("targets").as_slice() else {
        panic!("{}", entries[1])
    };
    assert_eq!((&what["displayName"], &place["id"]), (&json!("Owner"), &json!(group)));
    let changes = what["modifiedProperties"].as_array().expect("changes");
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0]["displayName"], "Expiration_EndUser_Assignment");
    assert!(changes[0]["newValue"].as_str().is_some_and(|rule| rule.contains("PT3H")), "{}", changes[0]);
}

#[test]
fn changes_of_the_directory_are_told_and_who_made_them() {
    let rig = Rig::contoso();
    let admin = Identity::User(rig.id("admin@contoso.com").parse().expect("a GUID"));
    let id = |name: &str| -> Uuid { rig.id(name).parse().expect("a GUID") };
    let (group, aline) = (id("it"), id("alined@contoso.com"));
    let written = rig.service().write(|session| {
        use crate::domain::Access::{Member, Owner};
        use crate::domain::audit;
        audit::user_created(session, admin, aline)?;
        audit::user_updated(session, admin, aline)?;
        audit::group_created(session, admin, group)?;
        audit::group_updated(session, admin, group)?;
        audit::member_added(session, admin, group, aline, Member)?;
        audit::member_added(session, admin, group, aline, Owner)?;
        audit::member_removed(session, admin, group, aline, Member)?;
        audit::member_removed(session, admin, group, aline, Owner)?;
        audit::group_deleted(session, admin, group)?;
        audit::user_deleted(session, admin, aline)?;
        Ok(())
    });
    written.expect("the store works");
    let entries = entries(&rig.user("admin@contoso.com"), "initiatedBy/user/userPrincipalName eq 'admin@contoso.com'");
    let told: Vec<_> = entries
        .iter()
        .map(|entry| {
            let text = |name: &str| entry[name].as_str().expect("text");
            (text("activityDisplayName"), text("category"), text("operationType"))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Add user", "UserManagement", "Add"),
            ("Update user", "UserManagement", "Update"),
            ("Add group", "GroupManagement", "Add"),
            ("Update group", "GroupManagement", "Update"),
            ("Add member to group", "GroupManagement", "Assign"),
            ("Add owner to group", "GroupManagement", "Assign"),
            ("Remove member from group", "GroupManagement", "Unassign"),
            ("Remove owner from group", "GroupManagement", "Unassign"),
            ("Delete group", "GroupManagement", "Delete"),
            ("Delete user", "UserManagement", "Delete"),
        ]
    );
}

#[test]
fn the_log_is_filtered_by_all_that_the_documentation_names() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let request = ask(&rig);
    rig.advance(Duration::from_hours(1));
    let role = json!({
        "displayName": "Reader of everything",
        "isEnabled": true,
        "rolePermissions": [{"allowedResourceActions": ["microsoft.directory/users/standard/read"]}],
    });
    rig.application().post("/v1.0/roleManagement/directory/roleDefinitions", &role).ok(201);
    let megan = rig.id("meganb@contoso.com");
    let first = entries(&admin, &about(&request))[0]["id"].as_str().expect("an id").to_owned();
    for (filter, count) in [
        ("activityDateTime eq 2025-03-21T11:00:00Z".to_owned(), 2),
        ("activityDateTime ge 2025-03-21T11:30:00Z".to_owned(), 1),
        ("activityDateTime le 2025-03-21T11:30:00Z".to_owned(), 2),
        ("activityDisplayName eq 'Add role definition'".to_owned(), 1),
        ("startswith(activityDisplayName, 'Add member to role')".to_owned(), 2),
        (about(&request), 2),
        ("correlationId eq 'none'".to_owned(), 0),
        (format!("id eq '{first}'"), 1),
        ("id eq 'none'".to_owned(), 0),
        ("loggedByService eq 'PIM'".to_owned(), 2),
        ("loggedByService eq 'Core Directory'".to_owned(), 1),
        (format!("initiatedBy/user/id eq '{megan}'"), 2),
        ("initiatedBy/user/displayName eq 'Megan Bowen'".to_owned(), 2),
        ("initiatedBy/user/userPrincipalName eq 'meganb@contoso.com'".to_owned(), 2),
        ("startswith(initiatedBy/user/userPrincipalName, 'megan')".to_owned(), 2),
        ("initiatedBy/app/appId eq '0c5f0e0b-6f5a-4c1e-9a51-d36f0a4bd0c5'".to_owned(), 1),
        ("initiatedBy/app/displayName eq 'contoso-automation'".to_owned(), 1),
        (format!("targetResources/any(t:t/id eq '{megan}')"), 2),
        ("targetResources/any(t: t/displayName eq 'Global Administrator')".to_owned(), 2),
        ("targetResources/any(t: startswith(t/displayName, 'Reader of'))".to_owned(), 1),
        (format!("loggedByService eq 'PIM' and targetResources/any(t:t/id eq '{megan}') and result eq 'success'"), 2),
    ] {
        assert_eq!(entries(&admin, &filter).len(), count, "{filter}");
    }
}

#[test]
fn the_log_is_read_from_the_latest_on_page_by_page() {
    let rig = Rig::contoso();
    ask(&rig);
    rig.advance(Duration::from_hours(48));
    let admin = rig.user("admin@contoso.com");
    let id = |entry: &Value| entry["id"].as_str().expect("an id").to_owned();
    let all: Vec<_> = admin.get(&format!("{LOG}?$top=1000")).values().iter().map(id).collect();
    assert_eq!(all.len(), 3);

    let mut paged = Vec::new();
    let mut url = format!("{LOG}?$top=2");
    loop {
        let page = admin.get(&url).ok(200);
        paged.extend(page["value"].as_array().expect("a page").iter().map(id));
        let Some(next) = page["@odata.nextLink"].as_str() else { break };
        url = next.trim_start_matches("http://localhost").to_owned();
    }
    assert_eq!(paged, all);

    let ordered: Vec<_> = admin.get(&format!("{LOG}?$orderby=activityDateTime asc")).values();
    assert_eq!(ordered[2]["activityDisplayName"], "PIM activation request expired");
    assert_eq!(id(&ordered[2]), all[0]);
}

#[test]
fn what_happened_at_one_moment_is_told_in_the_order_that_is_asked_for() {
    let rig = Rig::contoso();
    let request = ask(&rig);
    rig.advance(Duration::from_hours(48));
    let admin = rig.user("admin@contoso.com");
    let told = |query: &str| {
        let mut url = format!("{LOG}?{query}");
        let mut told = Vec::new();
        loop {
            let page = admin.get(&url).ok(200);
            let entries = page["value"].as_array().expect("a page").iter();
            told.extend(entries.map(|entry| entry["id"].as_str().expect("an id").to_owned()));
            let Some(next) = page["@odata.nextLink"].as_str() else { return told };
            url = next.trim_start_matches("http://localhost").to_owned();
        }
    };
    let latest_first = told("");
    let oldest_first: Vec<_> = latest_first.iter().rev().cloned().collect();
    let first = entries(&admin, &about(&request)).remove(0);
    assert_eq!(oldest_first[0], first["id"]);
    let about = format!("$filter={}", about(&request));
    for order in ["activityDateTime", "activityDateTime asc", "result desc,activityDateTime"] {
        assert_eq!(told(&format!("$orderby={order}")), oldest_first, "{order}");
        assert_eq!(told(&format!("$orderby={order}&$top=1")), oldest_first, "{order}, page by page");
        assert_eq!(told(&format!("$orderby={order}&{about}")), oldest_first, "{order}, of one request");
    }
    for order in ["activityDateTime desc", "result,activityDateTime desc"] {
        assert_eq!(told(&format!("$orderby={order}")), latest_first, "{order}");
        assert_eq!(told(&format!("$orderby={order}&$top=1")), latest_first, "{order}, page by page");
    }
}

#[test]
fn an_entry_is_read_by_its_id() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let request = ask(&rig);
    let listed = entries(&admin, &about(&request)).remove(0);
    let entry = admin.get(&format!("{LOG}/{}", listed["id"].as_str().expect("an id"))).ok(200);
    assert_eq!(entry["@odata.context"], "https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits/$entity");
    let codec = bodies("audit_logs_directory_audits_get").expect("an operation").response.expect("an entry");
    assert_eq!(codec.recode(&entry.to_string()).expect("it decodes"), entry);
    assert_eq!(entry["activityDisplayName"], listed["activityDisplayName"]);
    assert_eq!(admin.get(&format!("{LOG}/none")).error().0, 404);
}

#[test]
fn the_log_is_for_those_who_may_see_it() {
    let rig = Rig::contoso();
    let denied = (403, "Authorization_RequestDenied".to_owned());
    assert_eq!(rig.user("adelev@contoso.com").get(LOG).error(), denied);
    assert_eq!(rig.user_with("admin@contoso.com", &["User.Read"]).get(LOG).error(), denied);
    rig.user("isaiahl@contoso.com").get(LOG).ok(200);
    rig.application().get(LOG).ok(200);
}
