//! Every action in every situation: section 2.3.

use super::scene::{A, BOTH, DAY, E, HOUR, Holdings, MINUTE, Scene, What, outcome, text};
use crate::domain::Kind;
use crate::graph::rig::Got;

/// What an action on eligibilities comes to, by what there is on the key.
const ELIGIBILITIES: &str = "
situation               | adminAssign | adminUpdate | adminExtend | adminRenew  | adminRemove | selfActivate | selfDeactivate | selfExtend           | selfRenew
nothing                 | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | Invalid      | Invalid        | Nothing              | Nothing
held by a group         | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | Invalid      | Invalid        | Nothing              | Nothing
held                    | Exists      | Provisioned | Provisioned | Exists      | Revoked     | Invalid      | Invalid        | Invalid              | Exists
held 15 days more       | Exists      | Provisioned | Provisioned | Exists      | Revoked     | Invalid      | Invalid        | Invalid              | Exists
held 14 days more       | Exists      | Provisioned | Provisioned | Exists      | Revoked     | Invalid      | Invalid        | PendingAdminDecision | Exists
held for good           | Exists      | Provisioned | Invalid     | Exists      | Revoked     | Invalid      | Invalid        | Invalid              | Exists
held for four minutes   | Exists      | Provisioned | Provisioned | Exists      | TooShort    | Invalid      | Invalid        | Invalid              | Exists
held for five minutes   | Exists      | Provisioned | Provisioned | Exists      | Revoked     | Invalid      | Invalid        | Invalid              | Exists
held from tomorrow on   | Exists      | Provisioned | Granted     | Exists      | Revoked     | Invalid      | Invalid        | Invalid              | Exists
expired just now        | Provisioned | Nothing     | Nothing     | Provisioned | Nothing     | Invalid      | Invalid        | Nothing              | PendingAdminDecision
expired 30 days ago     | Provisioned | Nothing     | Nothing     | Provisioned | Nothing     | Invalid      | Invalid        | Nothing              | PendingAdminDecision
expired 31 days ago     | Provisioned | Nothing     | Nothing     | Provisioned | Nothing     | Invalid      | Invalid        | Nothing              | Invalid
removed                 | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | Invalid      | Invalid        | Nothing              | Nothing
extension asked for     | Exists      | Pending     | Pending     | Exists      | Revoked     | Invalid      | Invalid        | Pending              | Exists
renewal asked for       | Pending     | Nothing     | Nothing     | Pending     | Nothing     | Invalid      | Invalid        | Nothing              | Pending
activated               | Exists      | Provisioned | Provisioned | Exists      | Revoked     | Invalid      | Invalid        | Invalid              | Exists
";

/// The same for active assignments.
const ASSIGNMENTS: &str = "
situation               | adminAssign | adminUpdate | adminExtend | adminRenew  | adminRemove | selfActivate    | selfDeactivate | selfExtend           | selfRenew
nothing                 | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | Nothing         | Nothing        | Nothing              | Nothing
held by a group         | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | Nothing         | Nothing        | Nothing              | Nothing
held                    | Exists      | Provisioned | Provisioned | Exists      | Revoked     | Exists          | Nothing        | Invalid              | Exists
held 15 days more       | Exists      | Provisioned | Provisioned | Exists      | Revoked     | Exists          | Nothing        | Invalid              | Exists
held 14 days more       | Exists      | Provisioned | Provisioned | Exists      | Revoked     | Exists          | Nothing        | PendingAdminDecision | Exists
held for good           | Exists      | Provisioned | Invalid     | Exists      | Revoked     | Exists          | Nothing        | Invalid              | Exists
held for four minutes   | Exists      | Provisioned | Provisioned | Exists      | TooShort    | Exists          | Nothing        | Invalid              | Exists
held for five minutes   | Exists      | Provisioned | Provisioned | Exists      | Revoked     | Exists          | Nothing        | Invalid              | Exists
held from tomorrow on   | Exists      | Provisioned | Granted     | Exists      | Revoked     | Nothing         | Nothing        | Invalid              | Exists
expired just now        | Provisioned | Nothing     | Nothing     | Provisioned | Nothing     | Nothing         | Nothing        | Nothing              | PendingAdminDecision
expired 30 days ago     | Provisioned | Nothing     | Nothing     | Provisioned | Nothing     | Nothing         | Nothing        | Nothing              | PendingAdminDecision
expired 31 days ago     | Provisioned | Nothing     | Nothing     | Provisioned | Nothing     | Nothing         | Nothing        | Nothing              | Invalid
removed                 | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | Nothing         | Nothing        | Nothing              | Nothing
extension asked for     | Exists      | Pending     | Pending     | Exists      | Revoked     | Exists          | Nothing        | Pending              | Exists
renewal asked for       | Pending     | Nothing     | Nothing     | Pending     | Nothing     | Pending         | Nothing        | Nothing              | Pending
eligible                | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | Provisioned     | Nothing        | Nothing              | Nothing
eligible by a group     | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | Provisioned     | Nothing        | Nothing              | Nothing
eligible from tomorrow  | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | EligibilityRule | Nothing        | Nothing              | Nothing
eligible an hour more   | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | EligibilityRule | Nothing        | Nothing              | Nothing
eligible two hours more | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | Provisioned     | Nothing        | Nothing              | Nothing
no longer eligible      | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | Nothing         | Nothing        | Nothing              | Nothing
activated               | Provisioned | Nothing     | Nothing     | Nothing     | Revoked     | Exists          | Revoked        | Nothing              | Nothing
activated by a group    | Provisioned | Nothing     | Nothing     | Nothing     | Revoked     | Exists          | Revoked        | Nothing              | Nothing
activated just now      | Provisioned | Nothing     | Nothing     | Nothing     | TooShort    | Exists          | TooShort       | Nothing              | Nothing
activated from tomorrow | Provisioned | Nothing     | Nothing     | Nothing     | Revoked     | Exists          | Nothing        | Nothing              | Nothing
activation is over      | Provisioned | Nothing     | Nothing     | Nothing     | Nothing     | Provisioned     | Nothing        | Nothing              | Nothing
approval asked for      | Pending     | Nothing     | Nothing     | Nothing     | Nothing     | Pending         | Nothing        | Nothing              | Nothing
assigned and activated  | Exists      | Provisioned | Provisioned | Exists      | Revoked     | Exists          | Revoked        | Invalid              | Exists
assigned and eligible   | Exists      | Provisioned | Provisioned | Exists      | Revoked     | Exists          | Nothing        | Invalid              | Exists
eligible, then assigned | Exists      | Provisioned | Granted     | Exists      | Revoked     | Provisioned     | Nothing        | Invalid              | Exists
";

/// Brings a situation about for ada.
fn arrange(scene: &Scene, kind: Kind, what: What, situation: &str) {
    let assign = |lasting: &str| scene.ask(kind, "adminAssign", "ada", what).lasting(lasting).by("admin").ok(201);
    let make_eligible = |who: &str| scene.eligibility("adminAssign", who, what).by("admin").ok(201);
    let activate = || scene.assignment("selfActivate", "ada", what).by("ada").ok(201);
    match situation {
        "nothing" => {}
        "held by a group" => drop(scene.ask(kind, "adminAssign", "Helpdesk", what).by("admin").ok(201)),
        "held" => drop(assign("P30D")),
        "held 15 days more" => drop(assign("P15DT5M")),
        "held 14 days more" | "extension asked for" => drop(assign("P14DT5M")),
        "held for good" => drop(scene.ask(kind, "adminAssign", "ada", what).for_good().by("admin").ok(201)),
        "held for four minutes" | "held for five minutes" => drop(assign("P30D")),
        "held from tomorrow on" => {
            let tomorrow = scene.later(DAY);
            scene.ask(kind, "adminAssign", "ada", what).from(&tomorrow).by("admin").ok(201);
        }
        "expired just now" | "expired 30 days ago" | "expired 31 days ago" | "renewal asked for" => drop(assign("P5D")),
        "removed" => {
            // It had expired before: that does not count any more.
            assign("P5D");
            scene.turn(5 * DAY);
            assign("P5D");
            scene.turn(HOUR);
            scene.ask(kind, "adminRemove", "ada", what).by("admin").ok(201);
        }
        "eligible" => drop(make_eligible("ada")),
        "eligible by a group" => drop(make_eligible("Helpdesk")),
        "eligible from tomorrow" => {
            let tomorrow = scene.later(DAY);
            scene.eligibility("adminAssign", "ada", what).from(&tomorrow).by("admin").ok(201);
        }
        "eligible an hour more" => {
            scene.eligibility("adminAssign", "ada", what).lasting("PT1H").by("admin").ok(201);
        }
        "eligible two hours more" => {
            scene.eligibility("adminAssign", "ada", what).lasting("PT2H5M").by("admin").ok(201);
        }
        "no longer eligible" => {
            scene.eligibility("adminAssign", "ada", what).lasting("P5D").by("admin").ok(201);
        }
        "activated" | "activated just now" | "activation is over" | "approval asked for" => {
            make_eligible("ada");
            activate();
        }
        "activated by a group" => {
            make_eligible("Helpdesk");
            activate();
        }
        "activated from tomorrow" => {
            make_eligible("ada");
            let tomorrow = scene.later(DAY);
            scene.assignment("selfActivate", "ada", what).from(&tomorrow).by("ada").ok(201);
        }
        "assigned and activated" => {
            make_eligible("ada");
            activate();
            assign("P30D");
        }
        "assigned and eligible" => {
            make_eligible("ada");
            assign("P30D");
        }
        "eligible, then assigned" => {
            make_eligible("ada");
            let tomorrow = scene.later(DAY);
            scene.assignment("adminAssign", "ada", what).from(&tomorrow).by("admin").ok(201);
        }
        other => panic!("how does {other:?} come about?"),
    }
    // What can be removed has been there for five minutes.
    scene.turn(match situation {
        "held for four minutes" | "activated just now" => 5 * MINUTE - MINUTE / 60,
        "expired just now" | "renewal asked for" | "no longer eligible" => 5 * DAY,
        "expired 30 days ago" => 35 * DAY,
        "expired 31 days ago" => 36 * DAY,
        "activation is over" => 2 * HOUR,
        _ => 5 * MINUTE,
    });
    match situation {
        "extension asked for" => drop(scene.ask(kind, "selfExtend", "ada", what).by("ada").ok(201)),
        "renewal asked for" => drop(scene.ask(kind, "selfRenew", "ada", what).by("ada").ok(201)),
        _ => {}
    }
}

/// What the words of the table stand for.
fn expected(cell: &str) -> &str {
    match cell {
        "Exists" => "400 RoleAssignmentExists",
        "Nothing" => "400 RoleAssignmentDoesNotExist",
        "Pending" => "400 PendingRoleAssignmentRequest",
        "TooShort" => "400 ActiveDurationTooShort",
        "Invalid" => "400 InvalidRoleAssignmentRequest",
        "EligibilityRule" => "400 [\"EligibilityRule\"]",
        status => status,
    }
}

/// What has to be listed after an answer, by what was listed before it.
fn check_listed(kind: Kind, action: &str, got: &Got, before: &Holdings, after: &Holdings) {
    let status = outcome(got);
    let other = if kind == E { A } else { E };
    match (action, status.as_str()) {
        ("adminRemove" | "selfDeactivate", "Revoked") => {
            let taken = match (kind, action) {
                (Kind::Eligibility, _) => "eligible",
                (_, "adminRemove") if before.only("assigned").is_some() => "assigned",
                _ => "activated",
            };
            assert!(before.only(taken).is_some(), "there was something to take away");
            assert_eq!(after.only(taken), None);
            if kind == E {
                // What was activated with it ends with it.
                assert_eq!(after.active.iter().find(|held| held.r#type == "activated"), None);
            } else {
                assert_eq!(after.eligible, before.eligible);
                let rest = |of: &Holdings| {
                    let rest = of.active.iter().filter(|held| held.r#type != taken);
                    rest.map(|held| held.id.clone()).collect::<Vec<_>>()
                };
                assert_eq!(rest(after), rest(before));
            }
        }
        (_, "Provisioned" | "Granted") => {
            let made = match (kind, action) {
                (Kind::Eligibility, _) => "eligible",
                (_, "selfActivate") => "activated",
                _ => "assigned",
            };
            let schedule = after.only(made).expect("a schedule was made");
            assert_eq!(schedule.id, text(&got.body, "targetScheduleId"));
            assert_eq!(schedule.has_instance, status == "Provisioned");
            assert!(before.only(made).is_none_or(|old| old.id != schedule.id), "it is a new one");
            assert_eq!(after.of(other), before.of(other));
            if made == "activated" {
                assert!(after.now("eligible") == before.now("eligible"), "who activates stays eligible");
            }
        }
        _ => assert_eq!(after, before, "what is refused or waits changes nothing"),
    }
}

fn check(table: &str, kind: Kind) {
    let mut lines = table.trim().lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    for line in lines {
        let situation = line[0];
        for (action, cell) in header.iter().zip(&line).skip(1) {
            for what in BOTH {
                let what = if situation == "approval asked for" { what.guarded() } else { what };
                let scene = Scene::new();
                arrange(&scene, kind, what, situation);
                let before = scene.holdings("ada", what);
                let caller = if action.starts_with("self") { "ada" } else { "admin" };
                let got = scene.ask(kind, action, "ada", what).by(caller);
                assert_eq!(outcome(&got), expected(cell), "{action} where there is: {situation}; {what:?}");
                check_listed(kind, action, &got, &before, &scene.holdings("ada", what));
            }
        }
    }
}

#[test]
fn on_eligibilities() {
    check(ELIGIBILITIES, E);
}

#[test]
fn on_assignments() {
    check(ASSIGNMENTS, A);
}
