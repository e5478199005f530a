//! Who may: by the token's permissions, and by the user's roles.

use super::*;

const ROLES: &str = "scopeId eq '/' and scopeType eq 'DirectoryRole'";

#[test]
fn policies_of_roles_and_of_groups_have_permissions_of_their_own() {
    let rig = Rig::contoso();
    let for_roles = rig.user_with(ADMIN, &["RoleManagementPolicy.Read.Directory"]);
    let for_groups = rig.user_with(ADMIN, &["RoleManagementPolicy.ReadWrite.AzureADGroup"]);
    let groups = format!("scopeId eq '{}' and scopeType eq 'Group'", rig.id("Contoso Team"));
    assert!(!for_roles.get(&format!("{POLICIES}?$filter={ROLES}")).values().is_empty());
    assert_eq!(for_groups.get(&format!("{POLICIES}?$filter={groups}")).values().len(), 2);

    let refused = for_roles.get(&format!("{POLICIES}?$filter={groups}"));
    assert!(refused.message().contains("RoleManagementPolicy.Read.AzureADGroup"), "{}", refused.message());
    assert_eq!(refused.error(), (403, "UnknownError".to_owned()));
    let refused = for_groups.get(&format!("{POLICIES}?$filter={ROLES}"));
    assert!(refused.message().contains("RoleManagementPolicy.Read.Directory"), "{}", refused.message());

    let (role, group) =
        (policy_of(&rig, &for_roles, "Global Reader"), policy_of_group(&rig, &for_groups, "Contoso Team", "member"));
    let body = json!({"rules": [expiration("PT2H")]});
    assert_eq!(for_roles.patch(&format!("{POLICIES}/{role}"), &body).error(), (403, "UnknownError".to_owned()));
    assert_eq!(for_groups.patch(&format!("{POLICIES}/{role}"), &body).error(), (403, "UnknownError".to_owned()));
    for_groups.patch(&format!("{POLICIES}/{group}"), &body).ok(200);

    let neither = rig.user_with(ADMIN, &["User.Read"]);
    assert_eq!(neither.get(&format!("{POLICIES}/{role}")).error(), (403, "UnknownError".to_owned()));
}

#[test]
fn readers_read_administrators_change_and_owners_have_their_group() {
    let rig = Rig::contoso();
    let admin = rig.user(ADMIN);
    let role = format!("{POLICIES}/{}", policy_of(&rig, &admin, "User Administrator"));
    let group = format!("{POLICIES}/{}", policy_of_group(&rig, &admin, "Production operators", "member"));
    let body = json!({"rules": [expiration("PT2H")]});
    for (user, path, reads, writes) in [
        (ADMIN, &role, true, true),
        (ADMIN, &group, true, true),
        ("isaiahl@contoso.com", &role, true, false),
        ("isaiahl@contoso.com", &group, true, false),
        ("alexw@contoso.com", &role, false, false),
        ("alexw@contoso.com", &group, true, true),
        ("diegos@contoso.com", &role, false, false),
        ("diegos@contoso.com", &group, false, false),
    ] {
        let asks = rig.user(user);
        let (read, written) = (asks.get(path), asks.patch(path, &body));
        assert_eq!(read.status.as_u16(), if reads { 200 } else { 403 }, "{user} reads {path}");
        assert_eq!(written.status.as_u16(), if writes { 200 } else { 403 }, "{user} changes {path}");
    }
    let diego = rig.user("diegos@contoso.com");
    let refused = diego.get(&format!("{POLICIES}?$filter={ROLES}"));
    assert_eq!(refused.error(), (403, "UnauthorizedAccessException".to_owned()));
}

#[test]
fn an_application_needs_its_permissions_only() {
    let rig = Rig::contoso();
    let application = rig.application();
    let id = policy_of(&rig, &application, "User Administrator");
    application.patch(&format!("{POLICIES}/{id}"), &json!({"rules": [expiration("PT2H")]})).ok(200);
    let policy = application.get(&format!("{POLICIES}/{id}")).ok(200);
    assert_eq!(policy["lastModifiedBy"]["displayName"], "contoso-automation");
}
