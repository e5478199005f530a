//! Every action in every situation: section 2.3.

use super::scene::{A, BOTH, DAY, E, Holdings, Scene, What, outcome, text};
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

/// How the situations come about. What is assigned is of the kind that the action is about.
const SITUATIONS: &[(&str, &str)] = &[
    ("nothing", ""),
    ("held by a group", "assign the group P30D; wait PT5M"),
    ("held", "assign P30D; wait PT5M"),
    ("held 15 days more", "assign P15DT5M; wait PT5M"),
    ("held 14 days more", "assign P14DT5M; wait PT5M"),
    ("held for good", "assign for good; wait PT5M"),
    ("held for four minutes", "assign P30D; wait PT4M59.9999999S"),
    ("held for five minutes", "assign P30D; wait PT5M"),
    ("held from tomorrow on", "assign from tomorrow; wait PT5M"),
    ("expired just now", "assign P5D; wait P5D"),
    ("expired 30 days ago", "assign P5D; wait P35D"),
    ("expired 31 days ago", "assign P5D; wait P36D"),
    // That something expired before does not count any more.
    ("removed", "assign P5D; wait P5D; assign P5D; wait PT5M; remove; wait PT5M"),
    ("extension asked for", "assign P14D; wait PT5M; ask to extend"),
    ("renewal asked for", "assign P5D; wait P5D; ask to renew"),
    ("eligible", "make eligible P30D"),
    ("eligible by a group", "make eligible the group P30D"),
    ("eligible from tomorrow", "make eligible from tomorrow"),
    ("eligible an hour more", "make eligible PT1H"),
    ("eligible two hours more", "make eligible PT2H"),
    ("no longer eligible", "make eligible P5D; wait P5D"),
    ("activated", "make eligible P30D; activate; wait PT5M"),
    ("activated by a group", "make eligible the group P30D; activate; wait PT5M"),
    ("activated just now", "make eligible P30D; wait PT5M; activate"),
    ("activated from tomorrow", "make eligible P30D; activate from tomorrow; wait PT5M"),
    ("activation is over", "make eligible P30D; activate; wait PT2H"),
    ("approval asked for", "make eligible P30D; activate; wait PT5M"),
    ("assigned and activated", "make eligible P30D; activate; assign P30D; wait PT5M"),
    ("assigned and eligible", "make eligible P30D; assign P30D; wait PT5M"),
    ("eligible, then assigned", "make eligible P30D; assign from tomorrow; wait PT5M"),
];

/// Brings a situation about for everybody.
fn arrange(scene: &Scene, kind: Kind, what: What, situation: &str, everybody: &[String]) {
    let (_, script) = SITUATIONS.iter().find(|(name, _)| *name == situation).expect("a situation");
    for step in script.split("; ").filter(|step| !step.is_empty()) {
        if let Some(length) = step.strip_prefix("wait ") {
            let length: pim_client::edm::Duration = length.parse().expect("a length");
            scene.turn((&length).try_into().expect("a length"));
        } else if step.contains("the group") {
            take(scene, kind, what, step, "Helpdesk");
        } else {
            for who in everybody {
                take(scene, kind, what, step, who);
            }
        }
    }
}

/// Takes a step of a situation for somebody.
fn take(scene: &Scene, kind: Kind, what: What, step: &str, who: &str) {
    let (ask, by) = match step.split(' ').next() {
        Some("assign") => (scene.ask(kind, "adminAssign", who, what), "admin"),
        Some("make") => (scene.eligibility("adminAssign", who, what), "admin"),
        Some("remove") => (scene.ask(kind, "adminRemove", who, what), "admin"),
        Some("activate") => (scene.assignment("selfActivate", who, what), who),
        Some("ask") if step.ends_with("extend") => (scene.ask(kind, "selfExtend", who, what), who),
        Some("ask") => (scene.ask(kind, "selfRenew", who, what), who),
        _ => panic!("what is {step:?}?"),
    };
    let ask = match step.rsplit(' ').next() {
        Some("good") => ask.for_good(),
        Some("tomorrow") => ask.from(&scene.later(DAY)),
        Some(length) if length.starts_with('P') => ask.lasting(length),
        _ => ask,
    };
    ask.by(by).ok(201);
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
    let actions = &header[1..];
    // Each action has somebody of its own, to find the situation as it was.
    let everybody: Vec<_> = actions.iter().map(|action| format!("subject-of-{action}")).collect();
    for line in lines {
        let situation = line[0];
        for what in BOTH {
            let what = if situation == "approval asked for" { what.guarded() } else { what };
            let scene = Scene::with_members_of_helpdesk(&everybody);
            arrange(&scene, kind, what, situation, &everybody);
            for ((action, who), cell) in actions.iter().zip(&everybody).zip(&line[1..]) {
                let before = scene.holdings(who, what);
                let by = if action.starts_with("self") { who } else { "admin" };
                let got = scene.ask(kind, action, who, what).by(by);
                assert_eq!(outcome(&got), expected(cell), "{action} where there is: {situation}; {what:?}");
                check_listed(kind, action, &got, &before, &scene.holdings(who, what));
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
