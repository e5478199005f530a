//! What happens by itself: section 2.4.

use super::scene::{A, BOTH, DAY, E, GUARDED, HOUR, MEMBER, MINUTE, ROLE, Scene, What, outcome, text};
use crate::graph::pim::Stage;

#[test]
fn what_was_granted_is_provisioned_when_it_begins() {
    for what in BOTH {
        for kind in [E, A] {
            let scene = Scene::new();
            let start = scene.later(DAY);
            let request = scene.ask(kind, "adminAssign", "ada", what).from(&start).by("admin").ok(201);
            let id = text(&request, "id");
            let listed = |stage| scene.list(kind, stage, "ada", what).len();
            scene.turn_almost(DAY);
            assert_eq!(
                (scene.status(kind, what, &id).as_str(), listed(Stage::Schedules), listed(Stage::Instances)),
                ("Granted", 1, 0)
            );
            scene.turn(MINUTE);
            assert_eq!(
                (scene.status(kind, what, &id).as_str(), listed(Stage::Schedules), listed(Stage::Instances)),
                ("Provisioned", 1, 1)
            );
            // History does not change.
            scene.turn(31 * DAY);
            assert_eq!(
                (scene.status(kind, what, &id).as_str(), listed(Stage::Schedules), listed(Stage::Instances)),
                ("Provisioned", 0, 0)
            );
        }
    }
}

#[test]
fn an_activation_ends_and_the_eligibility_remains() {
    for what in BOTH {
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        scene.assignment("selfActivate", "ada", what).lasting("PT2H").by("ada").ok(201);
        scene.turn_almost(2 * HOUR);
        assert!(scene.holdings("ada", what).now("activated"));
        scene.turn(MINUTE);
        let after = scene.holdings("ada", what);
        assert_eq!((after.only("activated"), after.now("eligible")), (None, true));
    }
}

/// What was to begin later and was taken away, or replaced, before it did: it is not provisioned when its time comes.
#[test]
fn what_never_begins_is_never_provisioned() {
    for what in BOTH {
        for (action, becomes) in [("adminRemove", "Canceled"), ("adminUpdate", "Canceled")] {
            let scene = Scene::new();
            let start = scene.later(DAY);
            let request = scene.eligibility("adminAssign", "ada", what).from(&start).by("admin").ok(201);
            scene.eligibility(action, "ada", what).by("admin").ok(201);
            scene.turn(2 * DAY);
            assert_eq!(scene.status(E, what, &text(&request, "id")), becomes, "{action}");
        }
        // An activation for tomorrow, of an eligibility that is gone by then.
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        scene.turn(5 * MINUTE);
        let tomorrow = scene.later(DAY);
        let request = scene.assignment("selfActivate", "ada", what).from(&tomorrow).by("ada").ok(201);
        scene.eligibility("adminRemove", "ada", what).by("admin").ok(201);
        scene.turn(2 * DAY);
        assert_eq!(scene.status(A, what, &text(&request, "id")), "Failed");
        assert_eq!(scene.holdings("ada", what).only("activated"), None);
    }
}

/// Nobody says anything for 24 hours: section 12, item 11.
#[test]
fn an_approval_lapses_after_a_day() {
    for what in GUARDED {
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        let activate = || scene.assignment("selfActivate", "ada", what).by("ada");
        let id = text(&activate().ok(201), "id");
        scene.turn_almost(DAY);
        assert_eq!(scene.status(A, what, &id), "PendingApproval");
        assert_eq!(outcome(&activate()), "400 PendingRoleAssignmentRequest");
        scene.turn(MINUTE);
        assert_eq!(scene.status(A, what, &id), "Denied");
        assert_eq!(outcome(&activate()), "PendingApproval", "one may ask again");
    }
}

/// A year passes at once: everything happens at its own moment, in its own order.
#[test]
fn a_year_at_once_is_as_a_year_day_by_day() {
    let prepared = || {
        let scene = Scene::new();
        for what in BOTH {
            // Begins in ten days and ends in twenty; renewed from the thirtieth on; activated within.
            scene
                .eligibility("adminAssign", "ada", what)
                .from(&scene.later(10 * DAY))
                .lasting("P10D")
                .by("admin")
                .ok(201);
            scene
                .assignment("adminAssign", "ben", what)
                .from(&scene.later(5 * DAY))
                .lasting("P30D")
                .by("admin")
                .ok(201);
            scene.eligibility("adminAssign", "ben", what).lasting("P40D").by("admin").ok(201);
            scene.assignment("selfActivate", "ben", what).from(&scene.later(39 * DAY)).by("ben").ok(201);
            // Through a membership that ends before the activation begins.
        }
        let helpdesk = What::Member("Helpdesk");
        scene.eligibility("adminAssign", "Helpdesk", ROLE).lasting("P300D").by("admin").ok(201);
        scene.assignment("adminAssign", "zoe", helpdesk).lasting("P20D").by("admin").ok(201);
        scene.assignment("selfActivate", "zoe", ROLE).from(&scene.later(30 * DAY)).by("zoe").ok(201);
        for what in GUARDED {
            scene.eligibility("adminAssign", "ada", what).lasting("P50D").by("admin").ok(201);
            scene.assignment("selfActivate", "ada", what).from(&scene.later(40 * DAY)).by("ada").ok(201);
        }
        scene
    };
    let seen = |scene: &Scene| {
        let mut seen = Vec::new();
        for what in BOTH.into_iter().chain(GUARDED) {
            for who in ["ada", "ben", "zoe"] {
                for kind in [E, A] {
                    for row in scene.list(kind, Stage::Requests, who, what) {
                        seen.push((what, who, text(&row, "action"), text(&row, "status")));
                    }
                    let listed = scene.list(kind, Stage::Schedules, who, what).len();
                    seen.push((what, who, format!("{kind:?}"), listed.to_string()));
                }
            }
        }
        seen
    };
    let (at_once, by_and_by) = (prepared(), prepared());
    at_once.turn(365 * DAY);
    for _ in 0..365 * 2 {
        by_and_by.turn(12 * HOUR);
        by_and_by.admin().get(&format!("{}?$top=1", Scene::url(A, Stage::Instances, ROLE))).ok(200);
    }
    assert_eq!(seen(&at_once), seen(&by_and_by));
    let zoe = at_once.list(A, Stage::Requests, "zoe", ROLE);
    assert_eq!(zoe[0]["status"], "Failed", "zoe was no member any more when it was to begin");
    let ben = at_once.list(A, Stage::Requests, "ben", MEMBER);
    assert_eq!(ben[1]["status"], "Provisioned", "ben was eligible when it began");
}
