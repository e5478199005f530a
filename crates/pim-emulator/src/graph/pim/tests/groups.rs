//! How what a group may have reaches its members: section 2.8.

use serde_json::json;

use super::scene::{A, DAY, E, HOUR, MEMBER, MINUTE, ROLE, Scene, What, outcome, text};
use crate::graph::pim::Stage;

const HELPDESK: What = What::Member("Helpdesk");
const INVALID: &str = "400 InvalidRoleAssignmentRequest";

/// Helpdesk may have the role for 30 days.
fn eligible_group() -> Scene {
    let scene = Scene::new();
    scene.eligibility("adminAssign", "Helpdesk", ROLE).by("admin").ok(201);
    scene
}

#[test]
fn nothing_is_active_until_a_member_activates_for_itself() {
    let scene = eligible_group();
    scene.assignment("adminAssign", "ben", HELPDESK).by("admin").ok(201);
    for who in ["ada", "ben", "Helpdesk"] {
        assert!(scene.holdings(who, ROLE).active.is_empty());
    }
    let request = scene.assignment("selfActivate", "ada", ROLE).by("ada").ok(201);
    assert_eq!(request["principalId"], scene.id("ada"));
    let instances = scene.list(A, Stage::Instances, "ada", ROLE);
    assert_eq!((&instances[0]["assignmentType"], &instances[0]["memberType"]), (&json!("Activated"), &json!("Direct")));
    for who in ["ben", "Helpdesk"] {
        assert!(scene.holdings(who, ROLE).active.is_empty(), "{who} did not activate");
    }
    scene.turn(2 * HOUR);
    assert!(scene.holdings("ada", ROLE).active.is_empty());
    assert!(scene.holdings("Helpdesk", ROLE).now("eligible"));
}

#[test]
fn a_member_sees_the_group_s_eligibility_as_its_own() {
    let scene = eligible_group();
    for stage in [Stage::Schedules, Stage::Instances] {
        let mine = scene.mine("ada", E, stage, ROLE);
        assert_eq!(mine.len(), 1);
        assert_eq!(mine[0]["memberType"], "Group");
        assert_eq!(mine[0]["principalId"], scene.id("Helpdesk"));
        assert!(scene.mine("ben", E, stage, ROLE).is_empty(), "ben is no member");
        // The plain collection has it once, as the group's.
        let rows = scene.list(E, stage, "Helpdesk", ROLE);
        assert_eq!((rows.len(), &rows[0]["memberType"]), (1, &json!("Direct")));
    }
    assert!(scene.mine("ada", E, Stage::Requests, ROLE).is_empty(), "the request was for the group");
    // Both ways are listed, once each.
    scene.eligibility("adminAssign", "ada", ROLE).by("admin").ok(201);
    let mut types: Vec<_> =
        scene.mine("ada", E, Stage::Instances, ROLE).iter().map(|row| text(row, "memberType")).collect();
    types.sort();
    assert_eq!(types, ["Direct", "Group"]);
}

#[test]
fn what_is_activated_through_a_group_ends_with_the_membership() {
    let scene = eligible_group();
    assert_eq!(outcome(&scene.assignment("selfActivate", "ben", ROLE).by("ben")), "400 RoleAssignmentDoesNotExist");
    scene.assignment("adminAssign", "ben", HELPDESK).by("admin").ok(201);
    scene.assignment("selfActivate", "ben", ROLE).by("ben").ok(201);
    scene.turn(10 * MINUTE);
    scene.assignment("adminRemove", "ben", HELPDESK).by("admin").ok(201);
    assert!(scene.holdings("ben", ROLE).active.is_empty());
    assert_eq!(outcome(&scene.assignment("selfActivate", "ben", ROLE).by("ben")), "400 RoleAssignmentDoesNotExist");
}

/// But not, if there is another way to it.
#[test]
fn what_is_activated_by_oneself_does_not_end_with_a_membership() {
    let scene = eligible_group();
    scene.eligibility("adminAssign", "ben", ROLE).by("admin").ok(201);
    scene.assignment("adminAssign", "ben", HELPDESK).by("admin").ok(201);
    scene.assignment("selfActivate", "ben", ROLE).by("ben").ok(201);
    scene.turn(10 * MINUTE);
    scene.assignment("adminRemove", "ben", HELPDESK).by("admin").ok(201);
    assert!(scene.holdings("ben", ROLE).now("activated"));
}

#[test]
fn whoever_is_active_does_not_activate_through_a_group() {
    let scene = eligible_group();
    scene.assignment("adminAssign", "ada", ROLE).by("admin").ok(201);
    assert_eq!(outcome(&scene.assignment("selfActivate", "ada", ROLE).by("ada")), "400 RoleAssignmentExists");
}

/// Who activates a membership may then activate what the group may have: and loses both together.
#[test]
fn one_activation_opens_the_next() {
    let scene = Scene::new();
    scene.eligibility("adminAssign", "Operators", ROLE).by("admin").error();
    scene.eligibility("adminAssign", "Helpdesk", ROLE).by("admin").ok(201);
    scene.eligibility("adminAssign", "ben", HELPDESK).by("admin").ok(201);
    let activate = |what, length| scene.assignment("selfActivate", "ben", what).lasting(length).by("ben");
    assert_eq!(outcome(&activate(ROLE, "PT4H")), "400 RoleAssignmentDoesNotExist");
    activate(HELPDESK, "PT1H").ok(201);
    activate(ROLE, "PT4H").ok(201);
    assert!(scene.holdings("ben", ROLE).now("activated"));
    scene.turn(HOUR);
    assert!(scene.holdings("ben", HELPDESK).active.is_empty());
    assert!(scene.holdings("ben", ROLE).active.is_empty(), "without the membership there is no way to the role");
}

/// What takes the first link out of a chain.
type Cut = fn(&Scene);

/// The end of the first takes the second along, and that the third: the first finds the third gone already.
#[test]
fn a_chain_of_activations_ends_and_each_of_them_once() {
    let cuts: [(&str, Cut); 4] = [
        ("its time is over", |scene| scene.turn(HOUR)),
        ("its eligibility is gone", |scene| {
            scene.eligibility("adminRemove", "ben", HELPDESK).by("admin").ok(201);
        }),
        ("the group is gone", |scene| {
            scene.admin().delete(&format!("/v1.0/groups/{}", scene.id("Helpdesk"))).ok(204);
        }),
        ("the member is gone", |scene| {
            scene.admin().delete(&format!("/v1.0/users/{}", scene.id("ben"))).ok(204);
        }),
    ];
    let vault = What::Owner("Vault");
    for (why, cut) in cuts {
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ben", HELPDESK).by("admin").ok(201);
        scene.eligibility("adminAssign", "Helpdesk", MEMBER).by("admin").ok(201);
        scene.eligibility("adminAssign", "Operators", vault).by("admin").ok(201);
        let ids = [HELPDESK, MEMBER, vault].map(|what| {
            let length = if what == HELPDESK { "PT1H" } else { "PT4H" };
            text(&scene.assignment("selfActivate", "ben", what).lasting(length).by("ben").ok(201), "id")
        });
        scene.turn(10 * MINUTE);
        cut(&scene);
        let told = |id: &String| {
            let url = format!("/v1.0/auditLogs/directoryAudits?$filter=correlationId eq '{id}'");
            let entries = scene.admin().get(&url).values();
            entries.iter().filter(|entry| text(entry, "activityDisplayName").ends_with("activation expired)")).count()
        };
        assert_eq!(ids.each_ref().map(told), [1; 3], "{why}");
        scene.turn(DAY);
        assert_eq!(ids.each_ref().map(told), [1; 3], "{why}: nothing is left to end");
    }
}

/// Who may hold what: sections 1.3 and 1.7, and section 12 item 44.
#[test]
fn principals_that_cannot_be_are_refused() {
    let scene = Scene::new();
    for (kind, who, what, expected) in [
        (E, "Helpdesk", ROLE, "Provisioned"),
        (A, "Helpdesk", ROLE, "Provisioned"),
        (E, "Operators", ROLE, INVALID),
        (A, "Operators", ROLE, INVALID),
        (E, "automation", ROLE, INVALID),
        (A, "automation", ROLE, "Provisioned"),
        (E, "Helpdesk", MEMBER, "Provisioned"),
        (E, "Operators", MEMBER, INVALID),
        (E, "Operators", HELPDESK, INVALID),
    ] {
        assert_eq!(
            outcome(&scene.ask(kind, "adminAssign", who, what).by("admin")),
            expected,
            "{kind:?} {who} {what:?}"
        );
    }
}

/// Removing what the group may have takes from its members what they made of it.
#[test]
fn members_lose_what_the_group_loses() {
    let scene = eligible_group();
    scene.assignment("selfActivate", "ada", ROLE).by("ada").ok(201);
    scene.turn(5 * MINUTE);
    scene.eligibility("adminRemove", "Helpdesk", ROLE).by("admin").ok(201);
    assert!(scene.holdings("ada", ROLE).active.is_empty());
}

/// Ownership is activated as membership is.
#[test]
fn an_ownership_is_activated() {
    let scene = Scene::new();
    let owner = What::Owner("Operators");
    scene.eligibility("adminAssign", "ben", owner).by("admin").ok(201);
    let assign = || outcome(&scene.eligibility("adminAssign", "ada", MEMBER).by("ben"));
    assert_eq!(assign(), "403 UnauthorizedAccessException");
    scene.assignment("selfActivate", "ben", owner).by("ben").ok(201);
    assert_eq!(assign(), "Provisioned", "owners administer their group");
    assert!(scene.holdings("ben", MEMBER).active.is_empty(), "an owner is no member");
}
