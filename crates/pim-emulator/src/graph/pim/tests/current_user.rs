//! What concerns whoever calls: section 4.

use serde_json::Value;

use super::scene::{A, BOTH, DAY, E, GUARDED, Scene, What, text};
use crate::domain::Kind;
use crate::graph::pim::Stage;

fn url(kind: Kind, stage: Stage, what: What, on: &str) -> String {
    format!("{}/filterByCurrentUser(on='{on}')", Scene::url(kind, stage, what))
}

fn statuses(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| text(row, "status")).collect()
}

#[test]
fn requests_for_the_caller_have_every_status() {
    for what in BOTH {
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        scene.eligibility("adminAssign", "ben", what).by("admin").ok(201);
        scene.turn(DAY);
        scene.eligibility("adminRemove", "ada", what).by("admin").ok(201);
        let later = scene.later(DAY);
        let request = scene.eligibility("adminAssign", "ada", what).from(&later).by("admin").ok(201);
        scene.cancel(E, what, &text(&request, "id"), "admin").ok(204);
        assert_eq!(statuses(&scene.mine("ada", E, Stage::Requests, what)), ["Provisioned", "Revoked", "Canceled"]);
        assert!(scene.mine("ada", A, Stage::Requests, what).is_empty());
        assert!(scene.mine("admin", E, Stage::Requests, what).is_empty(), "they are by the administrator, not for");
    }
}

#[test]
fn requests_by_the_caller_are_for_anybody() {
    for what in BOTH {
        let scene = Scene::new();
        for who in ["ada", "ben"] {
            scene.eligibility("adminAssign", who, what).by("admin").ok(201);
        }
        let by = |user: &str| scene.user(user).get(&url(E, Stage::Requests, what, "createdBy")).values().len();
        assert_eq!((by("admin"), by("ada")), (2, 0));
    }
}

#[test]
fn requests_to_approve_are_those_that_wait_for_the_caller() {
    for what in GUARDED {
        let scene = Scene::new();
        for who in ["ada", "ben", "zoe"] {
            scene.eligibility("adminAssign", who, what).by("admin").ok(201);
        }
        let waiting = scene.assignment("selfActivate", "ada", what).by("ada").ok(201);
        let withdrawn = scene.assignment("selfActivate", "ben", what).by("ben").ok(201);
        scene.cancel(A, what, &text(&withdrawn, "id"), "ben").ok(204);
        // Nobody approves what is their own.
        scene.assignment("selfActivate", "zoe", what).by("zoe").ok(201);
        let of = |user: &str| scene.user(user).get(&url(A, Stage::Requests, what, "approver")).values();
        let ids: Vec<_> = of("zoe").iter().map(|row| text(row, "id")).collect();
        assert_eq!(ids, [text(&waiting, "id")]);
        for other in ["ada", "ben", "admin"] {
            assert!(of(other).is_empty(), "{other}");
        }
        let pending = format!("{}?$filter=status eq 'PendingApproval'", url(A, Stage::Requests, what, "approver"));
        assert_eq!(scene.user("zoe").get(&pending).values().len(), 1);
        scene.turn(DAY);
        assert!(of("zoe").is_empty(), "it lapsed, and zoe did not decide it");
    }
}

#[test]
fn items_tell_their_type() {
    for (what, r#type) in BOTH.into_iter().zip([
        "microsoft.graph.unifiedRoleEligibilityScheduleInstance",
        "microsoft.graph.privilegedAccessGroupEligibilityScheduleInstance",
    ]) {
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        let page = scene.user("ada").get(&url(E, Stage::Instances, what, "principal")).ok(200);
        let name = r#type.trim_start_matches("microsoft.graph.");
        assert_eq!(page["@odata.context"], format!("https://graph.microsoft.com/v1.0/$metadata#Collection({name})"));
        assert_eq!(page["value"][0]["@odata.type"], format!("#{type}", r#type = r#type));
        // The same item of a plain list has none.
        assert_eq!(scene.list(E, Stage::Instances, "ada", what)[0].get("@odata.type"), None);
    }
}

#[test]
fn only_what_is_known_concerns_anybody() {
    let scene = Scene::new();
    let bad = (400, "BadRequest".to_owned());
    for what in BOTH {
        for kind in [E, A] {
            for stage in [Stage::Requests, Stage::Schedules, Stage::Instances] {
                let get = |on: &str| scene.user("ada").get(&url(kind, stage, what, on));
                assert_eq!(get("Principal").status, 200, "in any letter case");
                assert_eq!(get("nobody").error(), bad);
                let others = if stage == Stage::Requests { 200 } else { 400 };
                for on in ["createdBy", "approver"] {
                    assert_eq!(get(on).status, others, "{on} of {stage:?}");
                }
                // An application is nobody's current user.
                assert_eq!(scene.rig.application().get(&url(kind, stage, what, "principal")).error(), bad);
            }
        }
    }
}

#[test]
fn a_filter_narrows_it_down() {
    let scene = Scene::new();
    let operators = scene.id("Operators");
    scene.eligibility("adminAssign", "ada", BOTH[1]).by("admin").ok(201);
    scene.eligibility("adminAssign", "ada", What::Owner("Operators")).by("admin").ok(201);
    let get = |filter: &str| {
        let url = format!("{}?$filter={filter}", url(E, Stage::Instances, BOTH[1], "principal"));
        scene.user("ada").get(&url).values().len()
    };
    assert_eq!(get(&format!("groupId eq '{operators}'")), 2);
    assert_eq!(get(&format!("groupId eq '{operators}' and accessId eq 'member'")), 1);
    assert_eq!(get("accessId eq 'owner'"), 1);
}
