//! What the alerts' part of Graph does, asked as a client asks.

use std::time::Duration;

use pim_client::beta::exchange::bodies;
use serde_json::{Value, json};

use crate::graph::rig::{As, Rig};

const ROOT: &str = "/beta/identityGovernance/roleManagementAlerts";
const TENANT_WIDE: &str = "$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'";
const ADMIN: &str = "admin@contoso.com";

/// What the client makes of an answer of an operation: it loses nothing.
#[track_caller]
fn assert_decodes(operation: &str, body: &Value) {
    let operation = format!("identity_governance_role_management_alerts_{operation}");
    let codec = bodies(&operation).and_then(|bodies| bodies.response).expect("an operation with an answer");
    let again = codec.recode(&body.to_string()).unwrap_or_else(|error| panic!("{operation}: {error}"));
    assert_eq!(&again, body, "{operation}");
}

fn id(rig: &Rig, name: &str) -> String {
    format!("DirectoryRole_{}_{name}", rig.service().tenant)
}

fn alert(rig: &Rig, name: &str) -> String {
    format!("{ROOT}/alerts/{}", id(rig, name))
}

/// What an alert points at.
fn incidents(rig: &Rig, name: &str) -> Vec<Value> {
    let page = rig.user(ADMIN).get(&format!("{}/alertIncidents", alert(rig, name))).ok(200);
    assert_decodes("alerts_alert_incidents_list", &page);
    page["value"].as_array().expect("incidents").clone()
}

fn configure(rig: &Rig, name: &str, settings: &Value) {
    rig.user(ADMIN).patch(&format!("{ROOT}/alertConfigurations/{}", id(rig, name)), settings).ok(204);
}

fn activate(asks: &As<'_>, principal: &str, role: &str) {
    let body = json!({
        "action": "selfActivate", "principalId": principal, "justification": "work", "roleDefinitionId": role,
        "directoryScopeId": "/", "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT5M"}},
    });
    asks.post("/v1.0/roleManagement/directory/roleAssignmentScheduleRequests", &body).ok(201);
}

#[test]
fn there_are_seven_alerts_with_definitions_and_settings() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN);
    for (list, operation) in [
        ("alerts", "alerts_list"),
        ("alertDefinitions", "alert_definitions_list"),
        ("alertConfigurations", "alert_configurations_list"),
    ] {
        let page = admin.get(&format!("{ROOT}/{list}?{TENANT_WIDE}")).ok(200);
        assert_decodes(operation, &page);
        let ids: Vec<_> = page["value"].as_array().expect("a list").iter().map(|one| one["id"].clone()).collect();
        let names = [
            "InvalidLicenseAlert",
            "NoMfaOnRoleActivationAlert",
            "RedundantAssignmentAlert",
            "RolesAssignedOutsidePimAlert",
            "SequentialActivationRenewalsAlert",
            "StaleSignInAlert",
            "TooManyGlobalAdminsAssignedToTenantAlert",
        ];
        assert_eq!(ids, names.map(|name| json!(id(&rig, name))), "{list}");
        assert_eq!(admin.get(&format!("{ROOT}/{list}")).error(), (400, "InvalidFilter".to_owned()));
        let unknown = admin.get(&format!("{ROOT}/{list}/nothing"));
        assert_eq!(unknown.error(), (404, "ResourceNotFound".to_owned()));
    }
    let v1 = alert(&rig, "StaleSignInAlert").replace("/beta/", "/v1.0/");
    assert_eq!(admin.get(&v1).status, 400, "v1.0 has no alerts");
}

#[test]
fn an_alert_leads_to_all_that_is_about_it() {
    let rig = Rig::contoso();
    let found = rig.user(ADMIN).get(&format!("{}?$expand=*", alert(&rig, "RolesAssignedOutsidePimAlert"))).ok(200);
    assert_decodes("alerts_get", &found);
    assert_eq!(found["alertDefinition"]["severityLevel"], "high");
    assert_eq!(found["alertConfiguration"]["isEnabled"], true);
    assert_eq!(
        found["alertIncidents"].as_array().map(Vec::len),
        found["incidentCount"].as_u64().map(|n| usize::try_from(n).expect("few"))
    );
}

#[test]
fn what_is_assigned_outside_pim_is_taken_away() {
    let rig = Rig::contoso();
    let found = incidents(&rig, "RolesAssignedOutsidePimAlert");
    let roles: Vec<_> = found.iter().map(|incident| &incident["roleDisplayName"]).collect();
    // The role in the administrative unit is not held in the whole tenant.
    assert_eq!(roles, ["Global Administrator", "Privileged Role Administrator", "Global Reader"]);
    let reader = &found[2];
    assert_eq!(reader["assigneeUserPrincipalName"], "isaiahl@contoso.com");
    let incident = format!(
        "{}/alertIncidents/{}",
        alert(&rig, "RolesAssignedOutsidePimAlert"),
        reader["id"].as_str().expect("an id")
    );
    assert_eq!(rig.user("isaiahl@contoso.com").post(&format!("{incident}/remediate"), &Value::Null).error().0, 403);
    assert_decodes("alerts_alert_incidents_get", &rig.user(ADMIN).get(&incident).ok(200));

    rig.user(ADMIN).post(&format!("{incident}/remediate"), &Value::Null).ok(200);
    assert_eq!(incidents(&rig, "RolesAssignedOutsidePimAlert").len(), 2);
    assert_eq!(rig.user(ADMIN).get(&incident).error().0, 404);
    let after = rig.user("isaiahl@contoso.com").get(&alert(&rig, "RolesAssignedOutsidePimAlert"));
    assert_eq!(after.error(), (403, "UnauthorizedAccessException".to_owned()), "who read as Global Reader is none");
}

#[test]
fn global_administrators_are_too_many_by_number_and_by_part() {
    let rig = Rig::contoso();
    let name = "TooManyGlobalAdminsAssignedToTenantAlert";
    assert!(incidents(&rig, name).is_empty(), "there are two, and three are too many");
    configure(&rig, name, &json!({"globalAdminCountThreshold": 2}));
    let names: Vec<_> = incidents(&rig, name).iter().map(|one| one["assigneeDisplayName"].clone()).collect();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&json!("MOD Administrator")) && names.contains(&json!("Megan Bowen")), "{names:?}");
    // Two of the five who have a role are 40 percent.
    for (percentage, is_active) in [(40, true), (41, false)] {
        configure(&rig, name, &json!({"percentageOfGlobalAdminsOutOfRolesThreshold": percentage}));
        assert_eq!(rig.user(ADMIN).get(&alert(&rig, name)).ok(200)["isActive"], is_active, "{percentage}");
    }
    configure(&rig, name, &json!({"percentageOfGlobalAdminsOutOfRolesThreshold": 0}));
    let megan = format!("{}/alertIncidents/{}/remediate", alert(&rig, name), rig.id("meganb@contoso.com"));
    rig.advance(Duration::from_mins(5));
    rig.user(ADMIN).post(&megan, &Value::Null).ok(200);
    assert!(incidents(&rig, name).is_empty(), "one is left");
}

#[test]
fn who_does_not_activate_need_not_be_eligible() {
    let rig = Rig::contoso();
    let name = "RedundantAssignmentAlert";
    assert!(incidents(&rig, name).is_empty(), "they have been eligible for no time");
    rig.advance(Duration::from_hours(20 * 24));
    activate(&rig.user("adelev@contoso.com"), &rig.id("adelev@contoso.com"), &rig.id("Groups Administrator"));
    rig.advance(Duration::from_hours(10 * 24));
    let found = incidents(&rig, name);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["assigneeDisplayName"], "Megan Bowen");
    assert_eq!(found[0]["lastActivationDateTime"], Value::Null);
    configure(&rig, name, &json!({"duration": "P10D"}));
    assert_eq!(incidents(&rig, name).len(), 2);
    let url = format!("{}/alertIncidents/{}/remediate", alert(&rig, name), found[0]["id"].as_str().expect("an id"));
    rig.user(ADMIN).post(&url, &Value::Null).ok(200);
    assert_eq!(incidents(&rig, name).len(), 1);
}

#[test]
fn activations_in_short_order_are_noticed() {
    let rig = Rig::contoso();
    let name = "SequentialActivationRenewalsAlert";
    let adele = rig.user("adelev@contoso.com");
    for _ in 0..3 {
        assert!(incidents(&rig, name).is_empty());
        activate(&adele, &rig.id("adelev@contoso.com"), &rig.id("Groups Administrator"));
        rig.advance(Duration::from_mins(10));
    }
    let found = incidents(&rig, name);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["activationCount"], 3);
    assert_eq!(found[0]["sequenceStartDateTime"], "2025-03-21T11:00:00Z");
    assert_eq!(found[0]["sequenceEndDateTime"], "2025-03-21T11:20:00Z");
    let url = format!("{}/alertIncidents/{}/remediate", alert(&rig, name), found[0]["id"].as_str().expect("an id"));
    assert_eq!(rig.user(ADMIN).post(&url, &Value::Null).error(), (400, "BadRequest".to_owned()));
    configure(&rig, name, &json!({"timeIntervalBetweenActivations": "PT9M"}));
    assert!(incidents(&rig, name).is_empty());
}

#[test]
fn a_privileged_role_without_mfa_gets_it_back() {
    let rig = Rig::contoso();
    let (admin, name) = (rig.user(ADMIN), "NoMfaOnRoleActivationAlert");
    assert!(incidents(&rig, name).is_empty(), "policies demand it at first");
    let role = rig.id("User Administrator");
    let filter = format!("scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '{role}'");
    let url = format!("/v1.0/policies/roleManagementPolicyAssignments?$filter={filter}");
    let policy = admin.get(&url).values()[0]["policyId"].as_str().expect("an id").to_owned();
    let enablement = format!("/v1.0/policies/roleManagementPolicies/{policy}/rules/Enablement_EndUser_Assignment");
    let body = json!({
        "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyEnablementRule",
        "enabledRules": ["Ticketing"],
    });
    admin.patch(&enablement, &body).ok(200);
    assert_eq!(incidents(&rig, name)[0]["roleTemplateId"], role.as_str());
    admin.post(&format!("{}/alertIncidents/{role}/remediate", alert(&rig, name)), &Value::Null).ok(200);
    assert!(incidents(&rig, name).is_empty());
    assert_eq!(admin.get(&enablement).ok(200)["enabledRules"], json!(["Ticketing", "MultiFactorAuthentication"]));
}

#[test]
fn a_tenant_without_a_license_is_told() {
    let rig = Rig::contoso();
    assert!(incidents(&rig, "InvalidLicenseAlert").is_empty());
    rig.service().configure(|settings| settings.is_licensed = false);
    assert_eq!(incidents(&rig, "InvalidLicenseAlert").len(), 1);
}

#[test]
fn an_alert_is_dismissed_until_it_is_looked_for_again() {
    let rig = Rig::contoso();
    let (admin, name) = (rig.user(ADMIN), "RolesAssignedOutsidePimAlert");
    let url = alert(&rig, name);
    let operation = format!("{ROOT}/operations/refresh:{}", id(&rig, name));
    assert_eq!(admin.get(&operation).error().0, 404, "nobody wanted it looked for");
    let first = admin.get(&url).ok(200);
    assert_eq!((&first["isActive"], &first["lastModifiedDateTime"]), (&json!(true), &Value::Null));

    admin.patch(&url, &json!({"isActive": false})).ok(204);
    let dismissed = admin.get(&url).ok(200);
    assert_eq!((&dismissed["isActive"], &dismissed["incidentCount"]), (&json!(false), &json!(3)));
    for (path, body) in [
        (format!("{url}/refresh"), Value::Null),
        (format!("{ROOT}/alerts/refresh"), json!({"scopeId": "/", "scopeType": "DirectoryRole"})),
    ] {
        admin.patch(&url, &json!({"isActive": false})).ok(204);
        let started = admin.post(&path, &body);
        assert_eq!(started.status, 202);
        assert_eq!(started.headers["location"], format!("http://localhost{operation}"));
        assert_eq!(admin.get(&url).ok(200)["isActive"], true);
    }
    let done = admin.get(&operation).ok(200);
    assert_eq!(done["status"], "succeeded");
    assert_decodes("operations_get", &done);
    let all = admin.get(&format!("{ROOT}/operations")).ok(200);
    assert_eq!(all["value"].as_array().map(Vec::len), Some(7));
    assert_decodes("operations_list", &all);
    let elsewhere = admin.post(&format!("{ROOT}/alerts/refresh"), &json!({"scopeId": "/", "scopeType": "Group"}));
    assert_eq!(elsewhere.error(), (400, "BadRequest".to_owned()));
}

#[test]
fn what_is_not_looked_for_is_not_found() {
    let rig = Rig::contoso();
    configure(&rig, "RolesAssignedOutsidePimAlert", &json!({"isEnabled": false}));
    assert!(incidents(&rig, "RolesAssignedOutsidePimAlert").is_empty());
    assert_eq!(rig.user(ADMIN).get(&alert(&rig, "RolesAssignedOutsidePimAlert")).ok(200)["isActive"], false);
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let rig = Rig::contoso();
    let url = format!("{ROOT}/alertConfigurations/{}", id(&rig, "TooManyGlobalAdminsAssignedToTenantAlert"));
    for body in [
        json!({"globalAdminCountThreshold": 1}),
        json!({"percentageOfGlobalAdminsOutOfRolesThreshold": 101}),
        json!({"isEnabled": null}),
        json!({"duration": "P30D"}),
        json!({"@odata.type": "#microsoft.graph.staleSignInAlertConfiguration", "duration": "P30D"}),
    ] {
        assert_eq!(rig.user(ADMIN).patch(&url, &body).error(), (400, "BadRequest".to_owned()), "{body}");
    }
    let before = rig.user(ADMIN).get(&url).ok(200);
    assert_eq!(before["globalAdminCountThreshold"], 3);
    let sent_back = json!({
        "@odata.type": before["@odata.type"], "globalAdminCountThreshold": 4,
        "id": before["id"], "scopeId": "/", "isEnabled": true,
    });
    rig.user(ADMIN).patch(&url, &sent_back).ok(204);
    let after = rig.user(ADMIN).get(&format!("{url}?$expand=alertDefinition")).ok(200);
    assert_eq!(after["globalAdminCountThreshold"], 4);
    assert_eq!(after["alertDefinition"]["isConfigurable"], true);
    assert_decodes("alert_configurations_get", &after);
}
