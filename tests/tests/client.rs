//! What the generated client promises beyond its payloads.

use std::fs;
use std::path::{Path, PathBuf};

use pim_client::edm::Duration;
use pim_client::v1_0::models::{
    GroupCreate, GroupUpdate, UnifiedRoleAssignmentScheduleRequestCreate, UnifiedRoleManagementPolicyRule,
    UnifiedRoleScheduleRequestActions, UserCreate,
};
use pim_client::{BearerToken, Graph, Null};
use serde_json::{Value, json};

/// A rule as the service answers it, with a member that is not known.
fn expiration_rule() -> Value {
    json!({
        "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
        "id": "Expiration_EndUser_Assignment",
        "isExpirationRequired": true,
        "maximumDuration": "PT8H",
        "target": {
            "caller": "EndUser", "operations": ["all"], "level": "Assignment",
            "inheritableSettings": [], "enforcedSettings": []
        },
        "newInGraph": 1
    })
}

#[test]
fn a_rule_is_changed_in_place_and_sent_back_whole() {
    let rule: UnifiedRoleManagementPolicyRule = serde_json::from_value(expiration_rule()).unwrap();
    let UnifiedRoleManagementPolicyRule::ExpirationRule(rule) = rule else { panic!("an expiration rule") };
    let rule = UnifiedRoleManagementPolicyRule::from(rule.maximum_duration(Duration::hours(4)));
    let mut expected = expiration_rule();
    expected["maximumDuration"] = json!("PT4H");
    assert_eq!(serde_json::to_value(rule).unwrap(), expected);
}

#[test]
fn what_was_read_can_be_cleared() {
    let rule: UnifiedRoleManagementPolicyRule = serde_json::from_value(expiration_rule()).unwrap();
    let UnifiedRoleManagementPolicyRule::ExpirationRule(rule) = rule else { panic!("an expiration rule") };
    let rule = UnifiedRoleManagementPolicyRule::from(rule.maximum_duration(Null));
    let mut expected = expiration_rule();
    expected["maximumDuration"] = Value::Null;
    assert_eq!(serde_json::to_value(rule).unwrap(), expected);
}

#[test]
fn a_body_says_nothing_null_or_a_value() {
    let body = GroupUpdate::new().description(Null).display_name("IT Helpdesk").group_types(["Unified"]);
    let expected = json!({ "description": null, "displayName": "IT Helpdesk", "groupTypes": ["Unified"] });
    assert_eq!(serde_json::to_value(body).unwrap(), expected);
}

#[test]
fn a_password_is_sent_and_not_shown() {
    let profile = pim_client::v1_0::models::PasswordProfile::new().password("xWwvJ]6NMw+bWH-d");
    let body = UserCreate::new(true, "Aline Dupuy", "AlineD", profile, "AlineD@contoso.com");
    assert_eq!(serde_json::to_value(&body).unwrap()["passwordProfile"], json!({ "password": "xWwvJ]6NMw+bWH-d" }));
    assert!(!format!("{body:?}").contains("xWwvJ"), "{body:?}");
}

/// Futures can be spawned: they are `Send`, and those of requests that are read are `'static`.
#[test]
fn requests_can_be_spawned() {
    fn is_send<T: Send>(_: &T) {}
    fn can_be_spawned<T: Send + 'static>(_: &T) {}
    let graph = Graph::builder(BearerToken::new("token").unwrap()).build().unwrap();
    let requests = graph.role_management().directory().role_assignment_schedule_requests();
    let group = graph.groups().by_id("1");
    let activation =
        UnifiedRoleAssignmentScheduleRequestCreate::new(UnifiedRoleScheduleRequestActions::SelfActivate, "1", "2");
    can_be_spawned(&requests.list().send());
    can_be_spawned(&requests.by_id("1").get().send());
    can_be_spawned(&graph.groups().count().send());
    is_send(&requests.create(&activation));
    is_send(&requests.by_id("1").cancel());
    is_send(&group.update(&GroupUpdate::new()));
    is_send(&group.delete());
    is_send(&graph.groups().create(&GroupCreate::new("IT Helpdesk", false, "helpdesk", true)));
    is_send(&graph.beta().users().by_id("1").delete());
}

/// Whatever stands in a path was checked: in the code of every operation, each argument of the back end's function that
/// is text comes from `segment` or `literal`, which refuse what would not stay in its place.
#[test]
fn every_key_and_argument_of_every_operation_is_checked() {
    let mut calls = 0;
    for file in generated(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/pim-client/src/generated")) {
        let code = fs::read_to_string(&file).unwrap();
        // The façade comes before the back end's functions.
        let facade = code.split("impl http::Client {").next().unwrap();
        for method in facade.split("\n    pub ").skip(1) {
            let Some((_, call)) = method.split_once("http.") else { continue };
            let Some((arguments, _)) = call.split_once('(').and_then(|(_, rest)| rest.split_once(".await")) else {
                continue;
            };
            calls += 1;
            for name in arguments.split(',').filter_map(|argument| argument.trim().strip_prefix('&')) {
                let name: String = name.chars().take_while(|c| c.is_alphanumeric() || "_:".contains(*c)).collect();
                let made = method.split_once(&format!("let {name} =")).and_then(|(_, rest)| rest.split(';').next());
                let is_checked = made.is_some_and(|made| made.ends_with(".segment()?") || made.contains("literal("));
                assert!(is_checked || name == "runtime::RefBody", "{name} in {}:\n{method}", file.display());
            }
        }
    }
    let operations = pim_client::v1_0::operations::ALL.len() + pim_client::beta::operations::ALL.len();
    assert_eq!(calls, operations, "every operation has a call that was looked at");
}

/// The files of resources below a folder.
fn generated(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            files.extend(generated(&path));
        } else if path.components().any(|part| part.as_os_str() == "resources") {
            files.push(path);
        }
    }
    files
}
