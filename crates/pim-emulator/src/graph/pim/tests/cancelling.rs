//! Withdrawing requests: section 2.6.

use serde_json::Value;

use super::scene::{A, BOTH, DAY, E, GUARDED, Scene, text};
use crate::domain::Kind;

const NOT_CANCELLABLE: (u16, &str) = (400, "RequestCannotBeCancelled");

#[track_caller]
fn check_not_cancellable(scene: &Scene, kind: Kind, what: super::scene::What, id: &str) {
    let got = scene.cancel(kind, what, id, "admin");
    assert_eq!(got.message(), "Request is not in cancellable state.");
    let (status, code) = got.error();
    assert_eq!((status, code.as_str()), NOT_CANCELLABLE);
}

#[test]
fn what_has_yet_to_begin_is_withdrawn_with_its_schedule() {
    for what in BOTH {
        for kind in [E, A] {
            let scene = Scene::new();
            let tomorrow = scene.later(DAY);
            let request = scene.ask(kind, "adminAssign", "ada", what).from(&tomorrow).by("admin").ok(201);
            let id = text(&request, "id");
            let got = scene.cancel(kind, what, &id, "admin");
            assert!(!got.headers.contains_key("content-type"), "{:?}", got.headers);
            assert_eq!(got.ok(204), Value::Null);
            assert_eq!(scene.status(kind, what, &id), "Canceled");
            assert!(scene.holdings("ada", what).of(kind).is_empty());
            check_not_cancellable(&scene, kind, what, &id);
            scene.turn(2 * DAY);
            assert_eq!(scene.status(kind, what, &id), "Canceled");
            assert!(scene.holdings("ada", what).of(kind).is_empty());
        }
    }
}

#[test]
fn what_waits_is_withdrawn() {
    for what in GUARDED {
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ada", what).lasting("P10D").by("admin").ok(201);
        let activation = scene.assignment("selfActivate", "ada", what).by("ada").ok(201);
        let extension = scene.eligibility("selfExtend", "ada", what).by("ada").ok(201);
        for (kind, request) in [(A, activation), (E, extension)] {
            let id = text(&request, "id");
            scene.cancel(kind, what, &id, "ada").ok(204);
            assert_eq!(scene.status(kind, what, &id), "Canceled");
        }
        // Nothing is in the way of the next ones.
        scene.assignment("selfActivate", "ada", what).by("ada").ok(201);
        scene.eligibility("selfExtend", "ada", what).by("ada").ok(201);
    }
}

#[test]
fn what_took_effect_is_not_withdrawn() {
    for what in BOTH {
        let scene = Scene::new();
        let assigned = scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        scene.turn(DAY);
        let removed = scene.eligibility("adminRemove", "ada", what).by("admin").ok(201);
        for request in [assigned, removed] {
            check_not_cancellable(&scene, E, what, &text(&request, "id"));
        }
    }
}

#[test]
fn the_one_who_asked_and_administrators_withdraw() {
    for what in BOTH {
        let scene = Scene::new();
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        let tomorrow = scene.later(DAY);
        let ask = || text(&scene.assignment("selfActivate", "ada", what).from(&tomorrow).by("ada").ok(201), "id");
        let id = ask();
        for other in ["ben", "lena", "zoe"] {
            let refused = scene.cancel(A, what, &id, other).error();
            assert_eq!(refused, (403, "UnauthorizedAccessException".to_owned()), "{other}");
        }
        scene.cancel(A, what, &id, "ada").ok(204);
        let id = ask();
        scene.cancel(A, what, &id, "admin").ok(204);
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    for what in BOTH {
        let scene = Scene::new();
        let tomorrow = scene.later(DAY);
        let request = scene.eligibility("adminAssign", "ada", what).from(&tomorrow).by("admin").ok(201);
        // It is in the other collection.
        assert_eq!(scene.cancel(A, what, &text(&request, "id"), "admin").status, 404);
        assert_eq!(scene.cancel(E, what, "3fbd929d-8c56-4462-851e-0eb9a7b3a2a5", "admin").status, 404);
        assert_eq!(scene.cancel(E, what, "none", "admin").status, 404);
    }
}
