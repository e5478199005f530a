//! Requests that wait for somebody: section 2.5, and the answers to extensions and renewals.

use serde_json::Value;

use super::scene::{A, BOTH, DAY, E, GUARDED, HOUR, MINUTE, Scene, What, outcome, text};
use crate::domain::{Caller, Identity, Refusal, ReviewResult, orders};
use crate::domain::{Failure, Status};
use crate::graph::error::GraphError;

/// Decides in somebody's name.
fn decide(scene: &Scene, by: &str, id: &str, result: ReviewResult) -> Result<(), Refusal> {
    let identity = Identity::User(scene.id(by).parse().expect("a GUID"));
    let caller = Caller { identity, permissions: Vec::new(), has_mfa: true, contexts: Vec::new() };
    let id = id.parse().expect("a GUID");
    let decided = scene.rig.service().write(|session| {
        let approval = session.approval(id)?.expect("an approval");
        match orders::decide(session, &caller, approval, result, Some("It is fine")) {
            Ok(()) => Ok(Ok(())),
            Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
            Err(Failure::Store(error)) => Err(GraphError::from(error)),
        }
    });
    decided.expect("the store works")
}

fn approve(scene: &Scene, id: &str) {
    assert_eq!(decide(scene, "zoe", id, ReviewResult::Approved), Ok(()));
}

/// An eligibility for 30 days, and an activation of it that waits.
fn waiting(what: What) -> (Scene, Value) {
    let scene = Scene::new();
    scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
    let request = scene.assignment("selfActivate", "ada", what).lasting("PT2H").by("ada").ok(201);
    (scene, request)
}

#[test]
fn what_waits_has_an_approval_of_its_own_id() {
    for what in GUARDED {
        let (scene, request) = waiting(what);
        assert_eq!(request["status"], "PendingApproval");
        assert_eq!(request["approvalId"], request["id"]);
        assert_eq!(request["completedDateTime"], Value::Null);
        assert_eq!(scene.holdings("ada", what).only("activated"), None);
        // The start is as it was asked for.
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        let past = "2025-03-20T00:00:00Z";
        let request = scene.assignment("selfActivate", "ada", what).from(past).by("ada").ok(201);
        assert_eq!(request["scheduleInfo"]["startDateTime"], past);
    }
}

#[test]
fn an_approved_activation_begins_at_the_approval() {
    for what in GUARDED {
        let (scene, request) = waiting(what);
        scene.turn(HOUR);
        let id = text(&request, "id");
        approve(&scene, &id);
        let request = scene.request(A, what, &id);
        assert_eq!(request["status"], "Provisioned");
        assert_eq!(request["completedDateTime"], scene.now().as_str());
        assert_eq!(request["scheduleInfo"]["startDateTime"], scene.now().as_str());
        scene.turn_almost(2 * HOUR);
        assert!(scene.holdings("ada", what).now("activated"));
        scene.turn(MINUTE);
        assert_eq!(scene.holdings("ada", what).only("activated"), None);
        assert_eq!(decide(&scene, "zoe", &id, ReviewResult::Denied), Err(Refusal::AlreadyDecided));
    }
}

#[test]
fn an_approved_activation_for_later_is_granted_and_can_be_cancelled() {
    for what in GUARDED {
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        let start = scene.later(DAY * 2);
        let request = scene.assignment("selfActivate", "ada", what).from(&start).by("ada").ok(201);
        let id = text(&request, "id");
        approve(&scene, &id);
        assert_eq!(scene.status(A, what, &id), "Granted");
        assert_eq!(scene.cancel(A, what, &id, "ada").ok(204), Value::Null);
        assert_eq!(scene.status(A, what, &id), "Canceled");
        assert_eq!(scene.holdings("ada", what).only("activated"), None);
    }
}

#[test]
fn a_denied_activation_leads_to_nothing() {
    for what in GUARDED {
        let (scene, request) = waiting(what);
        let id = text(&request, "id");
        assert_eq!(decide(&scene, "zoe", &id, ReviewResult::Denied), Ok(()));
        assert_eq!(scene.status(A, what, &id), "Denied");
        assert_eq!(scene.holdings("ada", what).only("activated"), None);
        assert_eq!(decide(&scene, "zoe", &id, ReviewResult::Approved), Err(Refusal::AlreadyDecided));
    }
}

#[test]
fn only_approvers_decide_and_nobody_for_themselves() {
    for what in GUARDED {
        let (scene, request) = waiting(what);
        for by in ["ada", "ben", "owen", "admin"] {
            let decided = decide(&scene, by, &text(&request, "id"), ReviewResult::Approved);
            assert_eq!(decided, Err(Refusal::Unauthorized), "{by}");
        }
        scene.eligibility("adminAssign", "zoe", what).by("admin").ok(201);
        let own = scene.assignment("selfActivate", "zoe", what).by("zoe").ok(201);
        assert_eq!(decide(&scene, "zoe", &text(&own, "id"), ReviewResult::Approved), Err(Refusal::Unauthorized));
    }
}

#[test]
fn nobody_decides_what_lapsed_or_was_withdrawn() {
    for what in GUARDED {
        let (scene, request) = waiting(what);
        let id = text(&request, "id");
        scene.cancel(A, what, &id, "ada").ok(204);
        assert_eq!(decide(&scene, "zoe", &id, ReviewResult::Approved), Err(Refusal::AlreadyDecided));
        assert_eq!(scene.status(A, what, &id), "Canceled");

        let (scene, request) = waiting(what);
        scene.turn(DAY);
        let decided = decide(&scene, "zoe", &text(&request, "id"), ReviewResult::Approved);
        assert_eq!(decided, Err(Refusal::AlreadyDecided));
    }
}

/// The eligibility need not be the one of the request; but there must be one.
#[test]
fn an_approval_counts_if_there_is_an_eligibility_by_then() {
    for what in GUARDED {
        for (action, becomes) in
            [("adminExtend", "Provisioned"), ("adminUpdate", "Provisioned"), ("adminRemove", "Failed")]
        {
            let (scene, request) = waiting(what);
            scene.turn(HOUR);
            scene.eligibility(action, "ada", what).by("admin").ok(201);
            let id = text(&request, "id");
            approve(&scene, &id);
            assert_eq!(scene.status(A, what, &id), becomes, "{action}");
            assert_eq!(scene.holdings("ada", what).now("activated"), becomes == "Provisioned");
        }
    }
}

/// Who left the group in the meantime is not eligible any more.
#[test]
fn an_approval_does_not_bring_back_a_membership() {
    for what in GUARDED {
        let scene = Scene::new();
        let helpdesk = What::Member("Helpdesk");
        scene.eligibility("adminAssign", "Helpdesk", what).by("admin").ok(201);
        scene.assignment("adminAssign", "ben", helpdesk).lasting("PT1H").by("admin").ok(201);
        let request = scene.assignment("selfActivate", "ben", what).by("ben").ok(201);
        scene.turn(HOUR);
        let id = text(&request, "id");
        approve(&scene, &id);
        assert_eq!(scene.status(A, what, &id), "Failed");
        assert_eq!(scene.holdings("ben", what).only("activated"), None);
    }
}

/// Answers a request to extend or to renew, as an administrator does in the portal.
fn answer(scene: &Scene, id: &str, allows: bool) -> Result<Status, Refusal> {
    let admin = Identity::User(scene.id("admin").parse().expect("a GUID"));
    let id = id.parse().expect("a GUID");
    let answered = scene.rig.service().write(|session| match orders::answer(session, admin, id, allows) {
        Ok(request) => Ok(Ok(request.expect("a request").status)),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(Failure::Store(error)) => Err(GraphError::from(error)),
    });
    answered.expect("the store works")
}

#[test]
fn an_administrator_answers_extensions() {
    for what in BOTH {
        for kind in [E, A] {
            for allows in [true, false] {
                let scene = Scene::new();
                scene.ask(kind, "adminAssign", "ada", what).lasting("P10D").by("admin").ok(201);
                let before = scene.holdings("ada", what);
                let request = scene.ask(kind, "selfExtend", "ada", what).lasting("P20D").by("ada").ok(201);
                assert_eq!(request["status"], "PendingAdminDecision");
                assert_eq!(scene.holdings("ada", what), before);
                let id = text(&request, "id");
                let becomes = if allows { Status::Provisioned } else { Status::Denied };
                assert_eq!(answer(&scene, &id, allows), Ok(becomes));
                assert_eq!(answer(&scene, &id, allows), Err(Refusal::AlreadyDecided));
                scene.turn(15 * DAY);
                assert_eq!(scene.holdings("ada", what).of(kind).len(), usize::from(allows));
            }
        }
    }
}

#[test]
fn an_administrator_answers_renewals_however_late() {
    for what in BOTH {
        for allows in [true, false] {
            let scene = Scene::new();
            scene.eligibility("adminAssign", "ada", what).lasting("P10D").by("admin").ok(201);
            scene.turn(40 * DAY);
            let request = scene.eligibility("selfRenew", "ada", what).lasting("P20D").by("ada").ok(201);
            scene.turn(DAY);
            let becomes = if allows { Status::Provisioned } else { Status::Denied };
            assert_eq!(answer(&scene, &text(&request, "id"), allows), Ok(becomes));
            assert_eq!(scene.holdings("ada", what).now("eligible"), allows);
        }
    }
}

/// The reference page asks it of whoever extends or renews by themselves.
#[test]
fn who_asks_for_more_time_has_shown_a_second_factor() {
    for what in BOTH {
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ada", what).lasting("P10D").by("admin").ok(201);
        let got = scene.eligibility("selfExtend", "ada", what).send(&scene.signed_in("ada", false, &[]));
        assert_eq!(outcome(&got), "400 [\"MfaRule\"]");
    }
}
