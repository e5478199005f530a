//! Lists and single policies.

use super::*;

#[test]
fn lists_name_the_scope_in_their_filter() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN);
    for list in [POLICIES, ASSIGNMENTS] {
        for filter in [
            "",
            "?$filter=scopeId eq '/'",
            "?$filter=scopeType eq 'DirectoryRole'",
            "?$filter=scopeId eq '/' or scopeType eq 'DirectoryRole'",
            "?$filter=scopeId eq '/' and scopeType eq 'Subscription'",
        ] {
            let refused = admin.get(&format!("{list}{filter}"));
            assert_eq!(refused.error(), (400, "InvalidFilter".to_owned()), "{filter}");
        }
        let message = admin.get(list).message().to_owned();
        assert!(message.contains("scopeId") && message.contains("scopeType"), "{message}");
    }
}

#[test]
fn every_role_has_one_policy() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN);
    let roles = crate::catalog::roles().count() + 1;
    for (list, operation) in [
        (POLICIES, "policies_role_management_policies_list"),
        (ASSIGNMENTS, "policies_role_management_policy_assignments_list"),
    ] {
        let url = format!("{list}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'&$count=true&$top=999");
        let page = admin.get(&url).ok(200);
        assert_eq!(page["@odata.count"], roles);
        assert_eq!(page["value"].as_array().map(Vec::len), Some(roles));
        assert_decodes(operation, &page);
        let older = admin.get(&url.replace("DirectoryRole", "directory")).ok(200);
        assert_eq!(older["value"], page["value"], "the older name of the type of scope means the same");
    }
    let both = "scopeId eq '/' and scopeType in ('DirectoryRole','Directory')";
    let page = admin.get(&format!("{POLICIES}?$filter={both}&$count=true")).ok(200);
    assert_eq!(page["@odata.count"], roles);
    assert!(page["@odata.nextLink"].is_string(), "a page has a hundred");
}

#[test]
fn a_group_has_a_policy_for_members_and_one_for_owners() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN);
    let group = rig.id("Contoso Team");
    let filter = format!("scopeId eq '{}' and scopeType eq 'Group'", group.to_uppercase());
    let found = admin.get(&format!("{ASSIGNMENTS}?$filter={filter}&$expand=policy($expand=rules)")).values();
    let accesses: Vec<_> = found.iter().map(|found| text(&found["roleDefinitionId"])).collect();
    assert_eq!(accesses, ["member", "owner"]);
    for found in &found {
        assert_eq!(found["policyId"], found["policy"]["id"]);
        assert_eq!(found["scopeId"], group.as_str());
        assert_eq!(found["policy"]["rules"].as_array().map(Vec::len), Some(17));
        assert_decodes("policies_role_management_policy_assignments_get", found);
    }
    let none = "scopeId eq '11111111-1111-1111-1111-111111111111' and scopeType eq 'Group'";
    assert!(admin.get(&format!("{ASSIGNMENTS}?$filter={none}")).values().is_empty());
}

#[test]
fn the_policy_of_a_role_is_found_through_its_assignment() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN);
    let id = policy_of(&rig, &admin, "User Administrator");
    let policy = admin.get(&format!("{POLICIES}/{id}")).ok(200);
    assert_eq!(policy["lastModifiedDateTime"], Value::Null);
    assert_eq!(policy["lastModifiedBy"], json!({"displayName": null, "id": null}));
    assert_eq!(policy["scopeType"], "DirectoryRole");
    assert_eq!(policy.get("rules"), None, "rules have to be asked for");
    assert_decodes("policies_role_management_policies_get", &policy);

    let older = id.replacen("DirectoryRole_", "Directory_", 1).to_uppercase();
    assert_eq!(admin.get(&format!("{POLICIES}/{older}")).ok(200)["id"], id.as_str());
    let filter = format!("scopeId eq '/' and scopeType eq 'DirectoryRole' and policyId eq '{id}'");
    assert_eq!(admin.get(&format!("{ASSIGNMENTS}?$filter={filter}")).values().len(), 1);
    let assignment = format!("{id}_{}", rig.id("User Administrator"));
    let found = admin.get(&format!("{ASSIGNMENTS}/{assignment}?$expand=policy($expand=rules($select=id))")).ok(200);
    assert_eq!(found["policy"]["rules"][0]["id"], "Expiration_Admin_Eligibility");
    assert_eq!(found["policy"]["rules"][0].get("maximumDuration"), None);
}

#[test]
fn rules_come_with_the_policy_or_by_themselves() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN);
    let id = policy_of(&rig, &admin, "User Administrator");
    let all = admin.get(&format!("{POLICIES}/{id}?$expand=*")).ok(200);
    assert_decodes("policies_role_management_policies_get", &all);
    for (name, operation) in [
        ("rules", "policies_role_management_policies_rules_list"),
        ("effectiveRules", "policies_role_management_policies_effective_rules_list"),
    ] {
        let page = admin.get(&format!("{POLICIES}/{id}/{name}")).ok(200);
        assert_eq!(page["value"].as_array().map(Vec::len), Some(17));
        assert_eq!(page["value"], all[name]);
        assert_eq!(
            page["@odata.context"],
            format!("https://graph.microsoft.com/v1.0/$metadata#policies/roleManagementPolicies('{id}')/{name}")
        );
        assert_decodes(operation, &page);
    }
    let rule = admin.get(&format!("{POLICIES}/{id}/rules/expiration_enduser_assignment")).ok(200);
    assert_eq!(rule["maximumDuration"], "PT8H");
    assert_decodes("policies_role_management_policies_rules_get", &rule);
}

#[test]
fn what_is_not_there_is_not_found() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN);
    for path in [
        format!("{POLICIES}/{}", rig.id("User Administrator")),
        format!("{POLICIES}/DirectoryRole_{}_{}", rig.id("IT Helpdesk"), rig.id("User Administrator")),
        format!("{POLICIES}/nothing/rules"),
        format!("{ASSIGNMENTS}/nothing"),
    ] {
        assert_eq!(admin.get(&path).error(), (404, "ResourceNotFound".to_owned()), "{path}");
    }
    let id = policy_of(&rig, &admin, "User Administrator");
    let unknown = format!("{POLICIES}/{id}/rules/Expiration_Nobody");
    for refused in [admin.get(&unknown), admin.patch(&unknown, &expiration("PT2H"))] {
        assert_eq!(refused.message(), "The policy rule id Expiration_Nobody is invalid.");
        assert_eq!(refused.error(), (400, "InvalidPolicyRule".to_owned()));
    }
}

#[test]
fn a_filter_has_no_more_than_twenty_alternatives() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN);
    let with = |count: usize| {
        let roles = vec!["roleDefinitionId eq 'fe930be7-5e62-47db-91af-98c3a49a38b1'"; count].join(" or ");
        admin.get(&format!("{ASSIGNMENTS}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and ({roles})"))
    };
    assert_eq!(with(20).values().len(), 1);
    assert_eq!(with(21).error(), (400, "InvalidFilter".to_owned()));
}
