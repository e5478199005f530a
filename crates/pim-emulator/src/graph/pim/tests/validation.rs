//! Requests that only try the rules: section 2.9.

use super::scene::{A, BOTH, DAY, E, GUARDED, MINUTE, Scene, outcome, text};
use crate::graph::pim::Stage;

#[test]
fn nothing_is_left_of_what_was_only_tried() {
    for what in BOTH {
        let scene = Scene::new();
        let tried = scene.eligibility("adminAssign", "ada", what).with("isValidationOnly", true).by("admin").ok(201);
        let done = scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        assert_eq!((&tried["isValidationOnly"], &done["isValidationOnly"]), (&true.into(), &false.into()));
        for name in
            ["status", "completedDateTime", "scheduleInfo", "justification", "principalId", "action", "createdBy"]
        {
            assert_eq!(tried[name], done[name], "{name}");
        }
        let url = format!("{}/{}", Scene::url(E, Stage::Requests, what), text(&tried, "id"));
        assert_eq!(scene.admin().get(&url).status, 404);
        assert_eq!(scene.list(E, Stage::Requests, "ada", what).len(), 1);

        scene.turn(5 * MINUTE);
        let before = scene.holdings("ada", what);
        for (kind, action, by, status) in [
            (A, "selfActivate", "ada", "Provisioned"),
            (E, "adminUpdate", "admin", "Provisioned"),
            (E, "adminExtend", "admin", "Provisioned"),
            (E, "adminRemove", "admin", "Revoked"),
        ] {
            let got = scene.ask(kind, action, "ada", what).with("isValidationOnly", true).by(by);
            assert_eq!(outcome(&got), status, "{action}");
            assert_eq!(scene.holdings("ada", what), before, "{action}");
        }
        let later =
            scene.assignment("selfActivate", "ada", what).from(&scene.later(DAY)).with("isValidationOnly", true);
        assert_eq!(outcome(&later.by("ada")), "Granted");
        // What was tried is in nobody's way, now or when it would have begun.
        scene.turn(2 * DAY);
        scene.assignment("selfActivate", "ada", what).by("ada").ok(201);
    }
}

#[test]
fn what_would_be_refused_or_wait_does() {
    for what in GUARDED {
        let scene = Scene::new();
        let tried = |ask: super::scene::Ask<'_>, by: &str| outcome(&ask.with("isValidationOnly", true).by(by));
        assert_eq!(tried(scene.assignment("selfActivate", "ada", what), "ada"), "400 RoleAssignmentDoesNotExist");
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        assert_eq!(tried(scene.eligibility("adminAssign", "ada", what), "admin"), "400 RoleAssignmentExists");
        let silent = scene.assignment("selfActivate", "ada", what).without("justification");
        assert_eq!(tried(silent, "ada"), "400 [\"JustificationRule\"]");
        assert_eq!(tried(scene.assignment("selfActivate", "ada", what), "ada"), "PendingApproval");
        let waiting = scene
            .user("zoe")
            .get(&format!("{}/filterByCurrentUser(on='approver')", Scene::url(A, Stage::Requests, what)));
        assert!(waiting.values().is_empty());
        assert_eq!(tried(scene.assignment("selfActivate", "ada", what), "ada"), "PendingApproval", "none is pending");
    }
}
