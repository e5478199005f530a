//! What is sent of an entity, and what `@odata.context` says about it.

use serde_json::{Value, json};

use super::samples::{Directory, ada, bob, helpdesk, sample};
use crate::odata::{Query, Strings};

/// What is sent of a sample.
fn project(name: &str, text: &str) -> Value {
    let (schema, entity) = sample(name);
    let query = Query::parse(Some(text), schema, Strings::Exact).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    let Ok(projected) = query.project(entity, &Directory);
    Value::Object(projected)
}

fn context(name: &str, text: &str) -> String {
    let (schema, _) = sample(name);
    Query::parse(Some(text), schema, Strings::Exact).unwrap_or_else(|fault| panic!("{text}: {fault}")).context()
}

#[test]
fn select_leaves_what_is_named_and_control_information() {
    assert_eq!(project("request", "$select=ID, Status"), json!({ "id": "ada-activates", "status": "PendingApproval" }));
    assert_eq!(
        project("object", "$select=id,jobTitle,displayName"),
        json!({ "@odata.type": "#microsoft.graph.user", "id": "ada", "displayName": "Ada Lovelace" })
    );
    assert_eq!(project("ada", "$select=microsoft.graph.user/mail")["mail"], "Ada@contoso.com");
    assert_eq!(project("request", "$select=*"), project("request", ""));
}

#[test]
fn select_can_name_a_part_of_a_complex_value() {
    assert_eq!(
        project("request", "$select=createdBy/user,scheduleInfo/expiration/duration"),
        json!({
            "createdBy": { "user": { "id": "ada", "displayName": "Ada Lovelace" } },
            "scheduleInfo": { "expiration": { "duration": "PT5H" } },
        })
    );
    assert_eq!(
        project("request", "$select=createdBy,createdBy/user")["createdBy"],
        project("request", "")["createdBy"],
    );
}

#[test]
fn expand_adds_what_is_related() {
    let all = project("request", "$expand=principal,ROLEDEFINITION,targetSchedule");
    assert_eq!(
        (&all["principal"], &all["roleDefinition"], &all["targetSchedule"]),
        (&ada(), &helpdesk(), &Value::Null)
    );
    assert_eq!(all["status"], "PendingApproval");
    assert_eq!(
        project("request", "$select=status&$expand=roleDefinition($select=DisplayName),principal(select=id)"),
        json!({
            "status": "PendingApproval",
            "roleDefinition": { "displayName": "Helpdesk Administrator" },
            "principal": { "@odata.type": "#microsoft.graph.user", "id": "ada" },
        })
    );
}

#[test]
fn expand_goes_on_within() {
    let policy = project(
        "assignment",
        "$select=id&$expand=policy($expand=rules($select=id;$filter=startswith(id,'En');$count=true))",
    );
    assert_eq!(
        policy["policy"]["rules"],
        json!([{ "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyEnablementRule", "id": "Enablement_EndUser_Assignment" }])
    );
    assert_eq!(policy["policy"]["rules@odata.count"], 1);
    let members = project("admins", "$expand=members($orderby=displayName desc;$top=1;$expand=manager($levels=2))");
    assert_eq!(members["members"], json!([bob()]).clone().with_manager(Value::Null));
    let members =
        project("admins", "$select=id&$expand=members/microsoft.graph.user($filter=accountEnabled;$select=id)");
    assert_eq!(members["members"], json!([{ "@odata.type": "#microsoft.graph.user", "id": "ada" }]));
    assert_eq!(project("admins", "$expand=members/microsoft.graph.group")["members"], json!([]));
    assert_eq!(project("object", "$expand=manager")["manager"], bob());
}

/// The first of several with what its manager is expanded to.
trait WithManager {
    fn with_manager(self, manager: Value) -> Self;
}

impl WithManager for Value {
    fn with_manager(mut self, manager: Value) -> Self {
        self[0]["manager"] = manager;
        self
    }
}

#[test]
fn a_star_expands_all() {
    let all = project("request", "$expand=*,principal($select=id)");
    for navigation in ["activatedUsing", "appScope", "directoryScope", "principal", "roleDefinition", "targetSchedule"]
    {
        assert!(all.get(navigation).is_some(), "{navigation}");
    }
    assert_eq!(all["principal"], json!({ "@odata.type": "#microsoft.graph.user", "id": "ada" }));
}

#[test]
fn the_context_names_what_is_selected_and_expanded() {
    for (query, expected) in [
        ("", ""),
        ("$select=principalId,ACTION", "(principalId,action)"),
        ("$expand=roleDefinition,principal", "(roleDefinition(),principal())"),
        (
            "$select=principalId,action,roleDefinition&$expand=roleDefinition,targetSchedule",
            "(principalId,action,roleDefinition(),targetSchedule())",
        ),
        ("$select=id&$expand=roleDefinition($select=id,displayName)", "(id,roleDefinition(id,displayName))"),
        ("$select=createdBy/user", "(createdBy/user)"),
        ("$select=*", "(*)"),
    ] {
        assert_eq!(context("request", query), expected, "{query}");
    }
    assert_eq!(context("assignment", "$expand=policy($expand=rules)"), "(policy(rules()))");
}
