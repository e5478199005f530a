use std::time::Duration;

use pim_client::{beta, v1_0};
use serde_json::{Value, json};

use crate::graph::rig::Rig;

const DEFINITIONS: &str = "/v1.0/roleManagement/directory/roleDefinitions";
const ASSIGNMENTS: &str = "/v1.0/roleManagement/directory/roleAssignments";
const INSTANCES: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances";
const SCHEDULES: &str = "/v1.0/roleManagement/directory/roleAssignmentSchedules";
const REQUESTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
const TRANSITIVE: &str = "/beta/roleManagement/directory/transitiveRoleAssignments";
const NAMESPACES: &str = "/v1.0/roleManagement/directory/resourceNamespaces";

/// The body, if the client reads it as the operation's answer without losing anything.
#[track_caller]
fn decoded(operation: &str, body: Value) -> Value {
    let bodies = match operation.strip_prefix("beta ") {
        Some(operation) => beta::exchange::bodies(operation),
        None => v1_0::exchange::bodies(operation),
    };
    let codec = bodies.expect("an operation").response.expect("an answer");
    assert_eq!(codec.recode(&body.to_string()).expect("it decodes"), body);
    body
}

fn texts<'v>(values: &'v [Value], name: &str) -> Vec<&'v str> {
    values.iter().filter_map(|value| value[name].as_str()).collect()
}

fn custom_role() -> Value {
    json!({
        "displayName": "Application Registration Support",
        "description": "Changes the basics of applications",
        "isEnabled": true,
        "rolePermissions": [{"allowedResourceActions": ["microsoft.directory/applications/basic/update"]}],
    })
}

#[test]
fn built_in_and_custom_roles_are_listed_together() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let page = decoded("role_management_directory_role_definitions_list", admin.get(DEFINITIONS).ok(200));
    assert_eq!(
        page["@odata.context"],
        "https://graph.microsoft.com/v1.0/$metadata#roleManagement/directory/roleDefinitions"
    );
    let custom = admin.get(&format!("{DEFINITIONS}?$filter=isBuiltIn eq false")).values();
    assert_eq!(texts(&custom, "displayName"), ["Group Membership Manager"]);
    let (reader, administrator) = (rig.id("Global Reader"), rig.id("Global Administrator"));
    for (query, expected) in [
        ("$filter=displayName eq 'Global Reader'".to_owned(), &["Global Reader"][..]),
        (format!("$filter=id eq '{reader}'"), &["Global Reader"]),
        (
            format!("$filter=id in ('{reader}','{administrator}')&$orderby=displayName"),
            &["Global Administrator", "Global Reader"],
        ),
        (
            "$filter=startswith(displayName,'Global')&$orderby=displayName desc".to_owned(),
            &["Global Secure Access Administrator", "Global Reader", "Global Administrator"],
        ),
        ("$filter=id eq 'none'".to_owned(), &[]),
    ] {
        let found = admin.get(&format!("{DEFINITIONS}?{query}")).values();
        assert_eq!(texts(&found, "displayName"), expected, "{query}");
    }
}

#[test]
fn a_role_is_read_by_its_id_with_what_it_inherits() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let id = rig.id("Global Reader");
    let role = admin.get(&format!("{DEFINITIONS}/{id}?$expand=inheritsPermissionsFrom")).ok(200);
    let role = decoded("role_management_directory_role_definitions_get", role);
    assert_eq!(role["templateId"], Value::from(id.as_str()));
    assert_eq!(role["isBuiltIn"], true);
    assert_eq!(role["inheritsPermissionsFrom"][0]["displayName"], "Directory Readers");
    assert_eq!(role.get("isPrivileged"), None, "v1.0 does not know it");

    let of_beta =
        admin.get(&format!("/beta/roleManagement/directory/roleDefinitions/{id}?$select=isPrivileged")).ok(200);
    assert_eq!(of_beta["isPrivileged"], true);
    assert_eq!(admin.get(&format!("{DEFINITIONS}/none")).error(), (404, "Request_ResourceNotFound".to_owned()));
}

#[test]
fn a_custom_role_is_made_changed_and_deleted() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let made = admin.post(DEFINITIONS, &custom_role()).ok(201);
    let made = decoded("role_management_directory_role_definitions_create", made);
    assert_eq!((&made["isBuiltIn"], &made["templateId"]), (&json!(false), &made["id"]));
    let url = format!("{DEFINITIONS}/{}", made["id"].as_str().expect("an id"));

    admin.patch(&url, &json!({"displayName": "Renamed", "isEnabled": false})).ok(204);
    let read = admin.get(&url).ok(200);
    assert_eq!((&read["displayName"], &read["isEnabled"]), (&json!("Renamed"), &json!(false)));
    assert_eq!(read["rolePermissions"], made["rolePermissions"], "what is not said stays");

    admin.delete(&url).ok(204);
    assert_eq!(admin.get(&url).error().0, 404);
    assert_eq!(admin.delete(&url).error().0, 404);
}

#[test]
fn a_role_that_makes_no_sense_is_refused() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    for (member, value, wrong) in [
        ("displayName", Value::Null, "'displayName' is missing"),
        ("displayName", json!(" "), "'displayName' is empty"),
        ("isEnabled", Value::Null, "'isEnabled' is missing"),
        ("isEnabled", json!("perhaps"), "'isEnabled' is neither"),
        ("isBuiltIn", json!(true), "'isBuiltIn' cannot be true"),
        ("rolePermissions", Value::Null, "'rolePermissions' is missing"),
        ("rolePermissions", json!([]), "'rolePermissions' is no list"),
        ("rolePermissions", json!([{"allowedResourceActions": []}]), "is no list of actions"),
        ("rolePermissions", json!([{"allowedResourceActions": ["everything"]}]), "\"everything\" is no action"),
        ("rolePermissions", json!([{"allowedResourceActions": [1]}]), "1 is no action"),
        ("resourceScopes", json!("/"), "'resourceScopes' is no list"),
        ("color", json!("red"), "'color' is no property"),
    ] {
        let mut role = custom_role();
        role[member] = value;
        let got = admin.post(DEFINITIONS, &role);
        assert!(got.message().contains(wrong), "{}", got.message());
        assert_eq!(got.error().0, 400);
    }
}

#[test]
fn roles_that_are_built_in_or_assigned_stay() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let refused = (400, "Request_BadRequest".to_owned());
    let built_in = format!("{DEFINITIONS}/{}", rig.id("Reports Reader"));
    assert_eq!(admin.patch(&built_in, &json!({"isEnabled": false})).error(), refused);
    assert_eq!(admin.delete(&built_in).error(), refused);

    let custom = rig.id("Group Membership Manager");
    let assignment = json!({
        "principalId": rig.id("alined@contoso.com"), "roleDefinitionId": custom, "directoryScopeId": "/",
    });
    let id = admin.post(ASSIGNMENTS, &assignment).ok(201)["id"].as_str().expect("an id").to_owned();
    let url = format!("{DEFINITIONS}/{custom}");
    assert_eq!(admin.delete(&url).error(), refused);
    admin.delete(&format!("{ASSIGNMENTS}/{id}")).ok(204);
    admin.delete(&url).ok(204);
}

#[test]
fn an_assignment_outside_pim_shows_up_in_pim() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let (aline, role) = (rig.id("alined@contoso.com"), rig.id("Reports Reader"));
    let body = json!({"principalId": aline, "roleDefinitionId": role, "directoryScopeId": "/"});
    let made = decoded("role_management_directory_role_assignments_create", admin.post(ASSIGNMENTS, &body).ok(201));
    let id = made["id"].as_str().expect("an id").to_owned();
    assert_eq!((&made["principalId"], &made["directoryScopeId"]), (&json!(aline), &json!("/")));

    let filter = format!("$filter=principalId eq '{aline}'");
    let instances = admin.get(&format!("{INSTANCES}?{filter}")).values();
    assert_eq!(texts(&instances, "id"), [id.as_str()]);
    assert_eq!((&instances[0]["startDateTime"], &instances[0]["assignmentType"]), (&Value::Null, &json!("Assigned")));
    let schedules = admin.get(&format!("{SCHEDULES}?{filter}")).values();
    assert_eq!((&schedules[0]["id"], &schedules[0]["createdUsing"]), (&json!(id), &Value::Null));

    assert_eq!(admin.post(ASSIGNMENTS, &body).error(), (400, "Request_BadRequest".to_owned()), "it is there already");

    let log = admin.get(&format!("/v1.0/auditLogs/directoryAudits?$filter=targetResources/any(t:t/id eq '{aline}')"));
    let log = log.values();
    assert_eq!(
        texts(&log, "activityDisplayName"),
        ["Add member to role outside of PIM (permanent)", "Add member to role"]
    );

    admin.delete(&format!("{ASSIGNMENTS}/{id}")).ok(204);
    assert_eq!(admin.get(&format!("{INSTANCES}?{filter}")).values(), Vec::<Value>::new());
    assert_eq!(admin.delete(&format!("{ASSIGNMENTS}/{id}")).error().0, 404);
}

#[test]
fn what_is_in_force_is_an_assignment_whoever_made_it() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let adele = rig.id("adelev@contoso.com");
    let mine = format!("{ASSIGNMENTS}?$filter=principalId eq '{adele}'");
    assert_eq!(admin.get(&mine).values(), Vec::<Value>::new(), "an eligibility is no assignment");

    let activation = json!({
        "action": "selfActivate",
        "principalId": adele,
        "roleDefinitionId": rig.id("Groups Administrator"),
        "directoryScopeId": "/",
        "justification": "A group is to be made",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}},
    });
    rig.user("adelev@contoso.com").post(REQUESTS, &activation).ok(201);
    let found = admin.get(&mine).values();
    assert_eq!(found.len(), 1);

    let url = format!("{ASSIGNMENTS}/{}", found[0]["id"].as_str().expect("an id"));
    let read = admin.get(&url).ok(200);
    assert_eq!(
        decoded("role_management_directory_role_assignments_get", read)["principalId"],
        Value::from(adele.as_str())
    );
    admin.delete(&url).ok(204);
    let instances = admin.get(&format!("{INSTANCES}?$filter=principalId eq '{adele}'")).values();
    assert_eq!(instances, Vec::<Value>::new());
    let log = admin.get("/v1.0/auditLogs/directoryAudits?$top=2").values();
    assert_eq!(
        texts(&log, "activityDisplayName"),
        ["Remove permanent direct role assignment", "Remove member from role"]
    );

    rig.user("adelev@contoso.com").post(REQUESTS, &activation).ok(201);
    rig.advance(Duration::from_hours(1));
    assert_eq!(rig.user("admin@contoso.com").get(&mine).values(), Vec::<Value>::new());
}

#[test]
fn assignments_are_filtered_and_lead_to_what_they_name() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let (role, diego) = (rig.id("User Administrator"), rig.id("diegos@contoso.com"));
    let query =
        format!("$filter=roleDefinitionId eq '{role}'&$expand=principal,roleDefinition,directoryScope,appScope");
    for (version, operation) in [("v1.0", ""), ("beta", "beta ")] {
        let page = admin.get(&format!("/{version}/roleManagement/directory/roleAssignments?{query}")).ok(200);
        let page = decoded(&format!("{operation}role_management_directory_role_assignments_list"), page);
        let found = page["value"].as_array().expect("a page");
        assert_eq!(found.len(), 1, "{version}");
        assert_eq!(found[0]["principal"]["userPrincipalName"], "diegos@contoso.com");
        assert_eq!(found[0]["principal"]["@odata.type"], "#microsoft.graph.user");
        assert_eq!(found[0]["roleDefinition"]["displayName"], "User Administrator");
        assert_eq!(found[0]["directoryScope"]["displayName"], "Seattle");
        assert_eq!(found[0]["appScope"], Value::Null);
    }
    let administrator = rig.id("admin@contoso.com");
    for (filter, count) in [
        (format!("principalId eq '{administrator}'"), 2),
        (format!("principalId in ('{administrator}','{diego}')"), 3),
        (format!("principalId eq '{diego}' and directoryScopeId eq '/'"), 0),
        (format!("startswith(directoryScopeId,'/administrativeUnits/') and principalId eq '{diego}'"), 1),
    ] {
        assert_eq!(admin.get(&format!("{ASSIGNMENTS}?$filter={filter}")).values().len(), count, "{filter}");
    }
    let paged = admin.get(&format!("{ASSIGNMENTS}?$top=3&$count=true")).ok(200);
    assert_eq!(paged["@odata.count"], 4);
    assert!(paged["@odata.nextLink"].is_string());
}

#[test]
fn an_assignment_names_what_there_is() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let nobody = "11111111-2222-3333-4444-555555555555";
    let team = rig.id("contosoteam");
    let good = json!({
        "principalId": rig.id("alined@contoso.com"),
        "roleDefinitionId": rig.id("Reports Reader"),
        "directoryScopeId": "/",
    });
    for (member, value, status) in [
        ("principalId", json!(nobody), 404),
        ("principalId", json!("nobody"), 404),
        ("principalId", Value::Null, 400),
        ("principalId", json!(team), 400),
        ("roleDefinitionId", json!(nobody), 404),
        ("roleDefinitionId", Value::Null, 400),
        ("directoryScopeId", Value::Null, 400),
        ("directoryScopeId", json!("everywhere"), 400),
        ("directoryScopeId", json!(format!("/administrativeUnits/{nobody}")), 404),
        ("directoryScopeId", json!(format!("/{team}")), 404),
        ("appScopeId", json!("/"), 400),
    ] {
        let mut body = good.clone();
        body[member] = value.clone();
        assert_eq!(admin.post(ASSIGNMENTS, &body).error().0, status, "{member}: {value}");
    }
    let mut by_group = good.clone();
    by_group["principalId"] = json!(rig.id("helpdesk"));
    admin.post(ASSIGNMENTS, &by_group).ok(201);
}

#[test]
fn assignments_through_groups_are_found_as_the_groups() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com").header("consistencylevel", "eventual");
    let (aline, helpdesk) = (rig.id("alined@contoso.com"), rig.id("helpdesk"));
    for (principal, role) in [(&aline, "Reports Reader"), (&helpdesk, "Helpdesk Administrator")] {
        let body = json!({"principalId": principal, "roleDefinitionId": rig.id(role), "directoryScopeId": "/"});
        admin.post(ASSIGNMENTS, &body).ok(201);
    }
    let url = format!("{TRANSITIVE}?$count=true&$filter=principalId eq '{aline}'");
    let page = decoded("beta role_management_directory_transitive_role_assignments_list", admin.get(&url).ok(200));
    assert_eq!(page["@odata.count"], 2);
    let found = page["value"].as_array().expect("a page");
    assert_eq!(texts(found, "principalId"), [aline.as_str(), helpdesk.as_str()]);
    let role = rig.id("Helpdesk Administrator");
    let expanded = admin.get(&format!("{url} and roleDefinitionId eq '{role}'&$expand=principal")).values();
    assert_eq!(expanded.len(), 1);
    assert_eq!(expanded[0]["principal"]["displayName"], "IT Helpdesk");

    let unsupported = (400, "Request_UnsupportedQuery".to_owned());
    assert_eq!(rig.user("admin@contoso.com").get(&url).error(), unsupported);
    assert_eq!(admin.get(&format!("{TRANSITIVE}?$filter=principalId eq '{aline}'")).error(), unsupported);
    assert_eq!(admin.get(&format!("{TRANSITIVE}?$count=true")).error(), unsupported);
}

#[test]
fn actions_are_in_namespaces() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    decoded("role_management_directory_resource_namespaces_list", admin.get(NAMESPACES).ok(200));
    let directory = format!("{NAMESPACES}/microsoft.directory");
    let namespace = admin.get(&format!("{directory}?$expand=resourceActions")).ok(200);
    let namespace = decoded("role_management_directory_resource_namespaces_get", namespace);
    assert_eq!(namespace["name"], "microsoft.directory");
    assert!(namespace["resourceActions"].as_array().is_some_and(|actions| actions.len() > 100));

    let filter = "$filter=name eq 'microsoft.directory/users/create'";
    let page = admin.get(&format!("{directory}/resourceActions?{filter}")).ok(200);
    let page = decoded("role_management_directory_resource_namespaces_resource_actions_list", page);
    assert_eq!(page["value"][0]["id"], "microsoft.directory-users-create-post");
    let action = admin.get(&format!("{directory}/resourceActions/microsoft.directory-users-create-post")).ok(200);
    let action = decoded("role_management_directory_resource_namespaces_resource_actions_get", action);
    assert_eq!(action["actionVerb"], "POST");
    for url in [format!("{NAMESPACES}/none"), format!("{directory}/resourceActions/none")] {
        assert_eq!(admin.get(&url).error().0, 404);
    }
}

#[test]
fn members_see_roles_and_administrators_change_them() {
    let rig = Rig::contoso();
    let denied = (403, "Authorization_RequestDenied".to_owned());
    let member = rig.user("alexw@contoso.com");
    member.get(DEFINITIONS).ok(200);
    member.get(ASSIGNMENTS).ok(200);
    assert_eq!(member.post(DEFINITIONS, &custom_role()).error(), denied);
    let body = json!({
        "principalId": rig.id("alexw@contoso.com"),
        "roleDefinitionId": rig.id("Global Administrator"),
        "directoryScopeId": "/",
    });
    assert_eq!(member.post(ASSIGNMENTS, &body).error(), denied);

    let guest = rig.user("ida_fabrikam.com#EXT#@contoso.com");
    assert_eq!(guest.get(ASSIGNMENTS).error(), denied);
    let id = rig.id("ida_fabrikam.com#EXT#@contoso.com");
    assert_eq!(guest.get(&format!("{ASSIGNMENTS}?$filter=principalId eq '{id}'")).values(), Vec::<Value>::new());
    rig.application().post(ASSIGNMENTS, &body).ok(201);
}
