//! Who may ask for what: the column "Who" of section 2.3, and section 11.2.

use super::scene::{A, E, HOUR, MEMBER, ROLE, Scene, What, outcome};
use crate::domain::Kind;

const ADMINISTRATORS_ACTIONS: [&str; 5] = ["adminAssign", "adminUpdate", "adminExtend", "adminRenew", "adminRemove"];
const OWN_ACTIONS: [&str; 4] = ["selfActivate", "selfDeactivate", "selfExtend", "selfRenew"];

const UNAUTHORIZED: &str = "403 UnauthorizedAccessException";

/// Where PIM got to, once it knew who asks.
fn is_let_in(scene: &Scene, kind: Kind, action: &str, what: What, by: &str) -> bool {
    let ask = scene.ask(kind, action, "ada", what);
    let got = if by == "automation" { ask.send(&scene.rig.application()) } else { ask.by(by) };
    outcome(&got) != UNAUTHORIZED
}

fn let_in<'a>(kind: Kind, action: &str, what: What, callers: &[&'a str]) -> Vec<&'a str> {
    // Whatever comes of it, and whatever others did before: who is not let in is told so first.
    let scene = Scene::new();
    callers.iter().copied().filter(|by| is_let_in(&scene, kind, action, what, by)).collect()
}

const ALL: [&str; 7] = ["admin", "automation", "owen", "gil", "lena", "ada", "ben"];

#[test]
fn administrators_order_for_everyone() {
    for kind in [E, A] {
        for action in ADMINISTRATORS_ACTIONS {
            // Privileged Role Administrators for roles, Global Administrators for everything; applications by permission.
            assert_eq!(let_in(kind, action, ROLE, &ALL), ["admin", "automation"], "{action}");
            // A group's owner besides; those who administer groups, unless the group can hold roles.
            assert_eq!(let_in(kind, action, MEMBER, &ALL), ["admin", "automation", "owen", "gil"], "{action}");
            let helpdesk = What::Member("Helpdesk");
            assert_eq!(let_in(kind, action, helpdesk, &ALL), ["admin", "automation", "owen"], "{action}");
        }
    }
}

#[test]
fn principals_order_for_themselves_alone() {
    for action in OWN_ACTIONS {
        for what in [ROLE, MEMBER] {
            assert_eq!(let_in(A, action, what, &ALL), ["ada"], "{action} {what:?}");
        }
    }
    for action in ["selfExtend", "selfRenew"] {
        for what in [ROLE, MEMBER] {
            assert_eq!(let_in(E, action, what, &ALL), ["ada"], "{action} {what:?}");
        }
    }
}

/// 12.9a: what the service has been seen to accept is refused, unless it is asked for.
#[test]
fn nobody_activates_for_a_group() {
    let scene = Scene::new();
    scene.eligibility("adminAssign", "Helpdesk", ROLE).by("admin").ok(201);
    let ask = || scene.assignment("selfActivate", "Helpdesk", ROLE);
    assert_eq!(outcome(&ask().by("ada")), UNAUTHORIZED);
    scene.rig.service().configure(|settings| settings.groups_can_activate = true);
    assert_eq!(outcome(&ask().by("ben")), UNAUTHORIZED);
    assert_eq!(outcome(&ask().by("ada")), "Provisioned");
    assert!(scene.holdings("Helpdesk", ROLE).now("activated"));
}

/// Whoever is an administrator only for a while is one for that while.
#[test]
fn an_activated_administrator_administers_until_it_ends() {
    let scene = Scene::new();
    let administrator = What::Role("Privileged Role Administrator");
    scene.eligibility("adminAssign", "ben", administrator).by("admin").ok(201);
    let assign = |to: &str| outcome(&scene.eligibility("adminAssign", to, ROLE).by("ben"));
    assert_eq!(assign("ada"), UNAUTHORIZED);
    scene.assignment("selfActivate", "ben", administrator).lasting("PT1H").by("ben").ok(201);
    assert_eq!(assign("ada"), "Provisioned");
    scene.turn(HOUR);
    assert_eq!(assign("owen"), UNAUTHORIZED);
}
