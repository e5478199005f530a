//! In which order a request is checked: section 2.10. Of all that is wrong with it, the first is told.

use serde_json::json;

use super::scene::{A, APPLICATION, Ask, BOTH, E, Scene, outcome, tenant};
use crate::domain::Family;
use crate::tenant::License;

const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

/// A request that has every fault but those before `step`.
fn faulty(scene: &Scene, what: super::scene::What, step: usize) -> (Ask<'_>, bool, &'static str) {
    // 5: selfActivate is for assignments.
    let (kind, action) = if step <= 5 { (E, "selfActivate") } else { (A, "selfActivate") };
    let mut ask = scene.ask(kind, action, "ada", what);
    // 6: it is for the caller alone.
    let by = if step <= 6 { "ben" } else { "ada" };
    if step <= 6 {
        ask = ask.with("principalId", NOBODY);
    }
    if step <= 4 {
        ask = ask.with("action", "selfDestroy");
    }
    // 7: it is to exist. As a member of the step before, since nobody else can ask for the principal.
    if step <= 7 {
        ask = match what.family() {
            Family::Roles => ask.with("roleDefinitionId", NOBODY),
            Family::Groups => ask.with("groupId", NOBODY),
        };
    }
    // 8: it is to last.
    if step <= 8 {
        ask = ask.lasting("PT1M");
    } else if step <= 10 {
        ask = ask.lasting("PT20H");
    }
    // 10: it is to say why.
    if step <= 10 {
        ask = ask.without("justification");
    }
    // 2: the token is to permit it.
    (ask, step > 2, by)
}

#[test]
fn the_first_fault_is_told() {
    let unlicensed = || Scene::of(tenant().with_license(License::P1));
    for what in BOTH {
        let not_found = match what.family() {
            Family::Roles => "404 RoleNotFound",
            Family::Groups => "404 ResourceNotFound",
        };
        for (step, expected) in [
            (2, "403 UnknownError"),
            (3, "400 AadPremiumLicenseRequired"),
            (4, "400 BadRequest"),
            (5, "400 InvalidRoleAssignmentRequest"),
            (6, "403 UnauthorizedAccessException"),
            (7, not_found),
            (8, "400 ActiveDurationTooShort"),
            (9, "400 RoleAssignmentExists"),
            (10, "400 [\"ExpirationRule\",\"JustificationRule\"]"),
            (12, "Provisioned"),
        ] {
            let scene = if step <= 3 { unlicensed() } else { Scene::new() };
            if step > 3 {
                scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
            }
            if step == 9 {
                scene.assignment("adminAssign", "ada", what).by("admin").ok(201);
            }
            let (ask, is_permitted, by) = faulty(&scene, what, step);
            let sender = if is_permitted { scene.user(by) } else { scene.user_with(by, &["User.Read"]) };
            assert_eq!(outcome(&ask.send(&sender)), expected, "step {step}, {what:?}");
        }
    }
}

#[test]
fn a_missing_permission_is_named() {
    let scene = Scene::new();
    let permissions = ["RoleAssignmentSchedule.ReadWrite.Directory"];
    let ask = scene.eligibility("adminAssign", "ada", BOTH[0]);
    let got = ask.send(&scene.user_with("admin", &permissions));
    let message: serde_json::Value = serde_json::from_str(got.message()).expect("JSON within the message");
    assert_eq!(
        message,
        json!({
            "errorCode": "PermissionScopeNotGranted",
            "message": "Authorization failed due to missing permission scope \
                RoleEligibilitySchedule.ReadWrite.Directory,RoleManagement.ReadWrite.Directory.",
            "instanceAnnotations": [],
        })
    );
    assert_eq!(outcome(&got), "403 UnknownError");
}

/// Step 7, what there is to be found: in this order.
#[test]
fn what_does_not_exist_is_told_as_such() {
    let scene = Scene::new();
    let role = || scene.eligibility("adminAssign", "ada", BOTH[0]);
    let group = || scene.eligibility("adminAssign", "ada", BOTH[1]);
    let unit = format!("/administrativeUnits/{NOBODY}");
    let scope = format!("/{NOBODY}");
    for (ask, expected) in [
        (role().with("roleDefinitionId", NOBODY), "404 RoleNotFound"),
        (role().with("roleDefinitionId", NOBODY).with("principalId", NOBODY), "404 RoleNotFound"),
        (role().with("principalId", NOBODY), "404 SubjectNotFound"),
        (role().with("principalId", NOBODY).with("directoryScopeId", unit.as_str()), "404 SubjectNotFound"),
        (role().with("directoryScopeId", unit.as_str()), "404 ResourceNotFound"),
        (role().with("directoryScopeId", scope.as_str()), "404 ResourceNotFound"),
        (role().with("directoryScopeId", "everywhere"), "400 InvalidRoleAssignmentRequest"),
        (role().without("directoryScopeId"), "400 InvalidRoleAssignmentRequest"),
        (role().without("principalId"), "400 InvalidRoleAssignmentRequest"),
        (role().without("roleDefinitionId"), "400 InvalidRoleAssignmentRequest"),
        (role().without("action"), "400 InvalidRoleAssignmentRequest"),
        (group().with("groupId", NOBODY), "404 ResourceNotFound"),
        (group().with("principalId", NOBODY), "404 SubjectNotFound"),
        (group().with("accessId", "guest"), "400 BadRequest"),
        (group().without("accessId"), "400 InvalidRoleAssignmentRequest"),
        (group().without("groupId"), "400 InvalidRoleAssignmentRequest"),
    ] {
        let body = ask.body.clone();
        assert_eq!(outcome(&ask.by("admin")), expected, "{body}");
    }
}

/// 1.3: who made it is a user or an application, by id.
#[test]
fn the_answer_tells_who_asked() {
    let scene = Scene::new();
    let user = json!({"displayName": null, "id": scene.id("admin")});
    let application = json!({"displayName": null, "id": APPLICATION});
    for (what, by_user) in [
        (BOTH[0], json!({"application": null, "device": null, "user": user})),
        // 1.6: for groups there is nothing but the user.
        (BOTH[1], json!({"user": user})),
    ] {
        let request = scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        assert_eq!(request["createdBy"], by_user);
        let request = scene.eligibility("adminAssign", "ben", what).send(&scene.rig.application()).ok(201);
        assert_eq!(request["createdBy"], json!({"application": application, "device": null, "user": null}));
    }
}
