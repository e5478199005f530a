use pim_client::v1_0::exchange::bodies;
use serde_json::{Value, json};

use crate::graph::rig::Rig;

const DEFINITIONS: &str = "/v1.0/roleManagement/entitlementManagement/roleDefinitions";
const ASSIGNMENTS: &str = "/v1.0/roleManagement/entitlementManagement/roleAssignments";
const CATALOG_OWNER: &str = "ae79f266-94d4-4dab-b730-feca7e132178";
const CATALOG: &str = "/AccessPackageCatalog/11111111-2222-3333-4444-555555555555";

/// The body, if the client reads it as the operation's answer without losing anything.
#[track_caller]
fn decoded(operation: &str, body: Value) -> Value {
    let operation = format!("role_management_entitlement_management_{operation}");
    let codec = bodies(&operation).expect("an operation").response.expect("an answer");
    assert_eq!(codec.recode(&body.to_string()).expect("it decodes"), body);
    body
}

#[test]
fn the_roles_are_those_of_every_tenant() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let page = decoded("role_definitions_list", admin.get(&format!("{DEFINITIONS}?$orderby=displayName")).ok(200));
    assert_eq!(page["value"].as_array().map(Vec::len), Some(5));
    assert_eq!(page["value"][2]["displayName"], "Catalog creator");
    let role = decoded("role_definitions_get", admin.get(&format!("{DEFINITIONS}/{CATALOG_OWNER}")).ok(200));
    assert_eq!((&role["displayName"], &role["isBuiltIn"]), (&json!("Catalog owner"), &json!(true)));
    let directory_role = rig.id("Global Reader");
    assert_eq!(admin.get(&format!("{DEFINITIONS}/{directory_role}")).error().0, 404);
}

#[test]
fn a_role_is_assigned_in_a_catalog_once_and_taken_away() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let aline = rig.id("alined@contoso.com");
    let body = json!({"principalId": aline, "roleDefinitionId": CATALOG_OWNER, "appScopeId": CATALOG.to_uppercase()});
    let made = decoded("role_assignments_create", admin.post(ASSIGNMENTS, &body).ok(201));
    assert_eq!((&made["appScopeId"], &made["directoryScopeId"]), (&json!(CATALOG), &Value::Null));
    assert_eq!(admin.post(ASSIGNMENTS, &body).error(), (400, "Request_BadRequest".to_owned()));

    let query = format!("$filter=principalId eq '{aline}'&$expand=principal,roleDefinition,appScope");
    let page = decoded("role_assignments_list", admin.get(&format!("{ASSIGNMENTS}?{query}")).ok(200));
    let found = &page["value"][0];
    assert_eq!(found["principal"]["displayName"], "Aline Dupuy");
    assert_eq!(found["roleDefinition"]["displayName"], "Catalog owner");
    assert_eq!(found["appScope"]["id"], CATALOG);

    let url = format!("{ASSIGNMENTS}/{}", made["id"].as_str().expect("an id"));
    decoded("role_assignments_get", admin.get(&url).ok(200));
    admin.delete(&url).ok(204);
    assert_eq!(admin.get(&url).error().0, 404);
    assert_eq!(admin.delete(&url).error().0, 404);
    let log = admin.get("/v1.0/auditLogs/directoryAudits?$filter=category eq 'EntitlementManagement'").values();
    assert_eq!(log.len(), 2);
}

#[test]
fn an_assignment_names_what_there_is() {
    let rig = Rig::contoso();
    let admin = rig.user("admin@contoso.com");
    let good = json!({
        "principalId": rig.id("contosoteam"), "roleDefinitionId": CATALOG_OWNER, "appScopeId": "/",
    });
    for (member, value, status) in [
        ("principalId", json!("11111111-2222-3333-4444-555555555555"), 404),
        ("principalId", json!(rig.id("Seattle")), 400),
        ("principalId", Value::Null, 400),
        ("roleDefinitionId", json!(rig.id("Global Reader")), 404),
        ("appScopeId", Value::Null, 400),
        ("appScopeId", json!("/AccessPackageCatalog/none"), 400),
        ("appScopeId", json!("/é"), 400),
        ("directoryScopeId", json!("/administrativeUnits/1"), 400),
    ] {
        let mut body = good.clone();
        body[member] = value.clone();
        assert_eq!(admin.post(ASSIGNMENTS, &body).error().0, status, "{member}: {value}");
    }
    admin.post(ASSIGNMENTS, &good).ok(201);
}

#[test]
fn catalogs_are_none_of_everybodys_business() {
    let rig = Rig::contoso();
    let denied = (403, "Authorization_RequestDenied".to_owned());
    assert_eq!(rig.user("alexw@contoso.com").get(ASSIGNMENTS).error(), denied);
    let auditor = rig.user("isaiahl@contoso.com");
    auditor.get(DEFINITIONS).ok(200);
    let body = json!({
        "principalId": rig.id("isaiahl@contoso.com"), "roleDefinitionId": CATALOG_OWNER, "appScopeId": "/",
    });
    assert_eq!(auditor.post(ASSIGNMENTS, &body).error(), denied);
}
