//! Who may do what to whom, where it would give power over them.

use super::*;
use crate::tenant::{Application, RoleAssignment, Tenant, User};

const DIEGO: &str = "diegos@contoso.com";
const ISAIAH: &str = "isaiahl@contoso.com";

fn denied() -> (u16, String) {
    error(403, "Authorization_RequestDenied")
}

fn path(user: &str) -> String {
    format!("/v1.0/users/{user}")
}

/// Gives a role, outside PIM.
fn assign(rig: &Rig, principal: &str, role: &str, scope: &str) {
    let body = json!({"principalId": principal, "roleDefinitionId": rig.id(role), "directoryScopeId": scope});
    as_admin(rig).post("/v1.0/roleManagement/directory/roleAssignments", &body).ok(201);
}

/// A tenant in which Alex is User Administrator, and a user who has nothing.
fn rig() -> (Rig, String) {
    let rig = Rig::contoso();
    assign(&rig, &rig.id(ALEX), "User Administrator", "/");
    let nestor = users::new_user(&rig, "nestorw@contoso.com");
    (rig, nestor)
}

#[test]
fn a_user_administrator_has_power_over_those_without_it() {
    let (rig, nestor) = rig();
    let alex = rig.user(ALEX);
    let password = json!({"passwordProfile": {"password": "xWwvJ]6NMw"}});
    for change in [json!({"accountEnabled": false}), json!({"userPrincipalName": "n@contoso.com"}), password] {
        alex.patch(&path(&nestor), &change).ok(204);
    }
    assign(&rig, &nestor, "Reports Reader", "/");
    alex.patch(&path(&nestor), &json!({"accountEnabled": true, "department": "IT"})).ok(204);
    alex.delete(&path(&nestor)).ok(204);
}

#[test]
fn a_user_administrator_has_none_over_administrators() {
    let (rig, nestor) = rig();
    assign(&rig, &nestor, "Security Administrator", "/");
    let alex = rig.user(ALEX);
    let changes = [
        json!({"accountEnabled": false}),
        json!({"passwordProfile": {"password": "xWwvJ]6NMw"}}),
        json!({"userPrincipalName": "other@contoso.com"}),
        json!({"mobilePhone": "+1 555"}),
        json!({"department": "HR", "otherMails": ["me@example.com"]}),
    ];
    // A Global Administrator, a reader of everything, one by a role of a lesser kind, one by a role in a part of the tenant.
    for administrator in [ADMIN, ISAIAH, &nestor] {
        assert_eq!(alex.delete(&path(administrator)).error(), denied(), "{administrator}");
        for change in &changes {
            assert_eq!(alex.patch(&path(administrator), change).error(), denied(), "{administrator}: {change}");
        }
        // What gives no power over them is as with everybody.
        alex.patch(&path(administrator), &json!({"department": "HR"})).ok(204);
    }
    as_admin(&rig).get(&path(ADMIN)).ok(200);
    as_admin(&rig).delete(&path(&nestor)).ok(204);
}

#[test]
fn a_role_protects_in_whatever_part_of_the_tenant_and_through_a_group() {
    let (rig, nestor) = rig();
    let alex = rig.user(ALEX);
    let disabled = json!({"accountEnabled": false});
    // Diego is User Administrator in Seattle: that gives no power elsewhere, and User Administrators have it over each other.
    assert_eq!(rig.user(DIEGO).patch(&path(&nestor), &disabled).error(), denied());
    alex.patch(&path(DIEGO), &json!({"mobilePhone": "1"})).ok(204);
    let seattle = format!("/administrativeUnits/{}", rig.id("Seattle"));
    assign(&rig, &nestor, "Authentication Administrator", &seattle);
    assert_eq!(alex.patch(&path(&nestor), &disabled).error(), denied());

    // Adele holds nothing, but is in a group that can hold roles; and so does who owns one.
    assert_eq!(alex.delete(&path(ADELE)).error(), denied());
    let megan = rig.id(MEGAN);
    alex.patch(&path(&megan), &json!({"mobilePhone": "1"})).ok(204);
    as_admin(&rig).post(&format!("{}/owners/$ref", group_path(&rig, "helpdesk")), &reference(&megan)).ok(204);
    assert_eq!(alex.patch(&path(&megan), &disabled).error(), denied());
    as_admin(&rig).patch(&path(ADELE), &disabled).ok(204);
}

#[test]
fn who_may_become_an_administrator_is_protected_once_they_are() {
    let (rig, nestor) = rig();
    let order = |collection: &str, action: &str, by: As<'_>| {
        let body = json!({"action": action, "principalId": nestor, "roleDefinitionId": rig.id("Exchange Administrator"),
            "directoryScopeId": "/", "justification": "x",
            "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}}});
        by.post(&format!("/v1.0/roleManagement/directory/{collection}"), &body).ok(201);
    };
    order("roleEligibilityScheduleRequests", "adminAssign", as_admin(&rig));
    let change = json!({"businessPhones": ["1"]});
    rig.user(ALEX).patch(&path(&nestor), &change).ok(204);
    order("roleAssignmentScheduleRequests", "selfActivate", rig.user("nestorw@contoso.com"));
    assert_eq!(rig.user(ALEX).patch(&path(&nestor), &change).error(), denied());
    rig.advance(std::time::Duration::from_hours(1));
    rig.user(ALEX).patch(&path(&nestor), &change).ok(204);
}

#[test]
fn roles_for_passwords_reset_them_and_do_nothing_else() {
    let (rig, nestor) = rig();
    assign(&rig, &rig.id(DIEGO), "Helpdesk Administrator", "/");
    let diego = rig.user(DIEGO);
    diego.patch(&path(&nestor), &json!({"passwordProfile": {"password": "xWwvJ]6NMw"}, "mobilePhone": "1"})).ok(204);
    for change in [
        json!({"accountEnabled": false}),
        json!({"mobilePhone": "1", "userPrincipalName": "n@contoso.com"}),
        json!({"mobilePhone": "1", "department": "HR"}),
        json!({"department": "HR"}),
    ] {
        assert_eq!(diego.patch(&path(&nestor), &change).error(), denied(), "{change}");
    }
    assert_eq!(diego.delete(&path(&nestor)).error(), denied());
}

#[test]
fn privileged_authentication_administrators_have_power_over_everybody_and_make_nobody() {
    let (rig, _) = rig();
    assign(&rig, &rig.id(DIEGO), "Privileged Authentication Administrator", "/");
    let diego = rig.user(DIEGO);
    diego.patch(&path(ADMIN), &json!({"accountEnabled": false, "department": "HR"})).ok(204);
    diego.patch(&path(ADMIN), &json!({"accountEnabled": true})).ok(204);
    let user = json!({"accountEnabled": true, "displayName": "X", "mailNickname": "x",
        "passwordProfile": {"password": "xWwvJ]6NMw"}, "userPrincipalName": "x@contoso.com"});
    assert_eq!(diego.post("/v1.0/users", &user).error(), denied());
    diego.delete(&path(ADMIN)).ok(204);
}

/// The role is not enough: the token has to be one with which the application acts as the user.
#[test]
fn power_over_administrators_takes_a_token_that_says_so() {
    let (rig, nestor) = rig();
    let weak = rig.user_with(ADMIN, &["User.ReadWrite.All"]);
    let disabled = json!({"accountEnabled": false});
    weak.patch(&path(&nestor), &disabled).ok(204);
    assert_eq!(weak.patch(&path(ISAIAH), &disabled).error(), denied());
    assert_eq!(weak.delete(&path(ISAIAH)).error(), denied());
    let strong = rig.user_with(ADMIN, &["User.ReadWrite.All", "Directory.AccessAsUser.All"]);
    strong.patch(&path(ISAIAH), &disabled).ok(204);
    strong.delete(&path(ISAIAH)).ok(204);
}

/// Its permission is not enough for more than a User Administrator's power.
#[test]
fn an_application_has_power_over_administrators_by_a_role_of_its_own_alone() {
    let tenant = |role: &str| {
        let robot = Application::new("robot").with_app_id("0c5f0e0b-6f5a-4c1e-9a51-d36f0a4bd0c5".parse().unwrap());
        ["ada", "ben"]
            .into_iter()
            .fold(Tenant::new("Fabrikam", "fabrikam.com"), |tenant, name| {
                tenant.user(User::new(format!("{name}@fabrikam.com"), name))
            })
            .application(robot.permission("User.ReadWrite.All"))
            .role_assignment(RoleAssignment::new("ada", "Global Administrator"))
            .role_assignment(RoleAssignment::new("robot", role))
    };
    let (ada, ben) = (path("ada@fabrikam.com"), path("ben@fabrikam.com"));
    let rig = Rig::of(tenant("Reports Reader"));
    assert_eq!(rig.application().delete(&ada).error(), denied());
    rig.application().delete(&ben).ok(204);
    let rig = Rig::of(tenant("Privileged Authentication Administrator"));
    rig.application().delete(&ada).ok(204);
}
