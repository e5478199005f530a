//! From when until when something counts: section 2.2.

use serde_json::{Value, json};

use super::scene::{A, BOTH, DAY, E, HOUR, MINUTE, ROLE, Scene, outcome, text};
use crate::graph::pim::Stage;

const INVALID: &str = "400 InvalidRoleAssignmentRequest";
const TOO_SHORT: &str = "400 ActiveDurationTooShort";

#[test]
fn what_starts_in_the_past_or_at_no_time_starts_now() {
    for what in BOTH {
        for start in
            [None, Some("2021-07-01T00:00:00Z"), Some("2025-03-21T11:00:00Z"), Some("2025-03-21T12:59:59+02:00")]
        {
            let scene = Scene::new();
            let ask = scene.eligibility("adminAssign", "ada", what).lasting("P10D");
            let ask = if let Some(start) = start { ask.from(start) } else { ask };
            let request = ask.by("admin").ok(201);
            assert_eq!(request["status"], "Provisioned");
            assert_eq!(request["scheduleInfo"]["startDateTime"], "2025-03-21T11:00:00Z", "{start:?}");
            assert_eq!(request["completedDateTime"], request["scheduleInfo"]["startDateTime"]);
            // A duration runs from then on.
            scene.turn_almost(10 * DAY);
            assert!(scene.holdings("ada", what).now("eligible"));
            scene.turn(MINUTE);
            assert_eq!(scene.holdings("ada", what).only("eligible"), None);
        }
    }
}

#[test]
fn nothing_lasts_longer_than_time() {
    for what in BOTH {
        let scene = Scene::new();
        for length in ["P8000Y", "P3000000D", "P99999999999D"] {
            let asked = scene.eligibility("adminAssign", "ada", what).lasting(length).by("admin");
            assert_eq!(outcome(&asked), INVALID, "{length}");
        }
    }
}

#[test]
fn what_starts_later_keeps_its_start() {
    for what in BOTH {
        let scene = Scene::new();
        let start = scene.later(DAY);
        let request = scene.eligibility("adminAssign", "ada", what).from(&start).lasting("P10D").by("admin").ok(201);
        assert_eq!(request["status"], "Granted");
        assert_eq!(request["scheduleInfo"]["startDateTime"], start.as_str());
        assert_eq!(request["completedDateTime"], start.as_str());
        // A duration runs from then on.
        scene.turn_almost(11 * DAY);
        assert!(scene.holdings("ada", what).now("eligible"));
        scene.turn(MINUTE);
        assert_eq!(scene.holdings("ada", what).only("eligible"), None);
    }
}

#[test]
fn a_date_of_the_end_does_not_move_with_the_start() {
    let scene = Scene::new();
    let end = scene.later(10 * DAY);
    let ask = scene.eligibility("adminAssign", "ada", ROLE).from("2021-07-01T00:00:00Z").until(&end);
    let request = ask.by("admin").ok(201);
    let expected = json!({"type": "afterDateTime", "endDateTime": end, "duration": null});
    assert_eq!(request["scheduleInfo"]["expiration"], expected);
    scene.turn_almost(10 * DAY);
    assert!(scene.holdings("ada", ROLE).now("eligible"));
    scene.turn(MINUTE);
    assert!(!scene.holdings("ada", ROLE).now("eligible"));
}

/// Rules 3, 5, 8, 9 and 10: what an expiration may be, of an assignment by an administrator and of an activation.
#[test]
fn expirations() {
    let rule = "400 [\"ExpirationRule\"]";
    let ok = "Provisioned";
    let cases: [(Value, &str, &str); 25] = [
        (json!({"type": "afterDuration", "duration": "PT5M"}), ok, ok),
        (json!({"type": "afterDuration", "duration": "PT4M59S"}), TOO_SHORT, TOO_SHORT),
        (json!({"type": "afterDuration", "duration": "PT4M59.999S"}), TOO_SHORT, TOO_SHORT),
        (json!({"type": "afterDuration", "duration": "PT0S"}), TOO_SHORT, TOO_SHORT),
        (json!({"type": "afterDuration", "duration": "-PT1H"}), INVALID, INVALID),
        (json!({"type": "afterDuration", "duration": "PT480M"}), ok, ok),
        (json!({"type": "afterDuration", "duration": "PT481M"}), ok, rule),
        (json!({"type": "afterDuration", "duration": "P365D"}), ok, rule),
        (json!({"type": "afterDuration", "duration": "P1Y"}), INVALID, INVALID),
        (json!({"type": "afterDuration", "duration": "P6M"}), INVALID, INVALID),
        (json!({"type": "afterDuration", "duration": "8 hours"}), INVALID, INVALID),
        (json!({"type": "afterDuration"}), INVALID, INVALID),
        (json!({"type": "afterDuration", "endDateTime": "2025-03-21T13:00:00Z"}), INVALID, INVALID),
        (json!({"type": "afterDateTime", "endDateTime": "2025-03-21T11:05:00Z"}), ok, ok),
        (json!({"type": "afterDateTime", "endDateTime": "2025-03-21T11:04:59.9999999Z"}), TOO_SHORT, TOO_SHORT),
        (json!({"type": "afterDateTime", "endDateTime": "2025-03-21T10:59:59Z"}), INVALID, INVALID),
        (json!({"type": "afterDateTime", "endDateTime": "2025-03-21T16:00:00+02:00", "duration": null}), ok, ok),
        (json!({"type": "afterDateTime", "endDateTime": "tomorrow"}), INVALID, INVALID),
        (json!({"type": "afterDateTime", "duration": "PT1H"}), INVALID, INVALID),
        (json!({"type": "noExpiration"}), ok, rule),
        (json!({"type": "NOEXPIRATION", "duration": "PT1H"}), ok, rule),
        (json!({"type": "AfterDateTime", "endDateTime": "2025-03-21T12:00:00Z"}), ok, ok),
        (json!({"type": "AfterDuration", "duration": "PT1H"}), ok, ok),
        (json!({"type": "sometime"}), INVALID, INVALID),
        (json!({"duration": "PT1H"}), INVALID, INVALID),
    ];
    for what in BOTH {
        // Each case has somebody of its own.
        let names: Vec<_> = (0..cases.len()).map(|index| format!("somebody{index}")).collect();
        let scene = Scene::with_members_of_helpdesk(&names);
        for ((expiration, assigned, activated), who) in cases.iter().zip(&names) {
            let schedule = json!({"startDateTime": null, "expiration": expiration});
            scene.eligibility("adminAssign", who, what).for_good().by("admin").ok(201);
            let activation = scene.assignment("selfActivate", who, what).with("scheduleInfo", schedule.clone());
            assert_eq!(outcome(&activation.by(who)), *activated, "activated: {expiration}; {what:?}");
            let assignment = scene.assignment("adminAssign", who, what).with("scheduleInfo", schedule);
            // Half a year is the longest that a group has anybody, where that is limited: here it is not.
            assert_eq!(outcome(&assignment.by("admin")), *assigned, "assigned: {expiration}; {what:?}");
        }
    }
}

#[test]
fn a_schedule_is_needed_unless_something_is_taken_away() {
    let scene = Scene::new();
    for what in BOTH {
        scene.eligibility("adminAssign", "ada", what).by("admin").ok(201);
        scene.turn(5 * MINUTE);
        for (action, by) in [("adminAssign", "admin"), ("selfActivate", "ada")] {
            for without in ["scheduleInfo", "expiration"] {
                let mut ask = scene.assignment(action, "ada", what);
                if without == "expiration" {
                    ask = ask.with("scheduleInfo", json!({"startDateTime": "2025-03-21T11:00:00Z"}));
                } else {
                    ask = ask.without("scheduleInfo");
                }
                assert_eq!(outcome(&ask.by(by)), INVALID, "{action} without {without}");
            }
        }
        let removal = scene.eligibility("adminRemove", "ada", what).without("justification").by("admin").ok(201);
        for (name, value) in [
            ("status", json!("Revoked")),
            ("scheduleInfo", Value::Null),
            ("completedDateTime", Value::Null),
            ("targetScheduleId", Value::Null),
        ] {
            assert_eq!(removal[name], value, "{name}");
        }
    }
}

/// Rule 3: of what is given beside what counts, the answer shows nothing.
#[test]
fn the_answer_shows_what_counts() {
    let scene = Scene::new();
    let both = json!({"type": "AfterDuration", "duration": "PT480M", "endDateTime": "2030-01-01T00:00:00Z"});
    let ask = scene.eligibility("adminAssign", "ada", ROLE).with("scheduleInfo", json!({"expiration": both}));
    let request = ask.by("admin").ok(201);
    let expected = json!({"type": "afterDuration", "endDateTime": null, "duration": "PT480M"});
    assert_eq!(request["scheduleInfo"]["expiration"], expected);
    assert_eq!(request["scheduleInfo"]["recurrence"], Value::Null);
}

/// Rule 11: actions are read in any letter case, and written in one.
#[test]
fn letter_case_does_not_matter() {
    let scene = Scene::new();
    for (action, by) in [("AdminAssign", "admin"), ("ADMINUPDATE", "admin"), ("selfactivate", "ada")] {
        let kind = if by == "ada" { A } else { E };
        let ask = scene.ask(kind, action, "ada", ROLE).lasting("PT2H");
        let request = ask.by(by).ok(201);
        assert!(text(&request, "action").eq_ignore_ascii_case(action));
        assert!(["adminAssign", "adminUpdate", "selfActivate"].contains(&text(&request, "action").as_str()));
    }
}

/// Rule 12: any offset, any fraction; as many digits as it takes, up to seven.
#[test]
fn times_come_in_any_form_and_go_out_in_one() {
    for (given, shown) in [
        ("2025-03-22T11:06:00Z", "2025-03-22T11:06:00Z"),
        ("2025-03-22T11:06:00.000Z", "2025-03-22T11:06:00Z"),
        ("2025-03-22T11:06:02.5382600Z", "2025-03-22T11:06:02.53826Z"),
        ("2025-03-22T11:06:02.123456789Z", "2025-03-22T11:06:02.1234567Z"),
        ("2025-03-22T13:06:00.5+02:00", "2025-03-22T11:06:00.5Z"),
        ("2025-03-22T05:36:00-05:30", "2025-03-22T11:06:00Z"),
    ] {
        let scene = Scene::new();
        let request = scene.eligibility("adminAssign", "ada", ROLE).from(given).by("admin").ok(201);
        assert_eq!(request["scheduleInfo"]["startDateTime"], shown, "{given}");
    }
    for wrong in ["2025-03-22", "yesterday", "2025-03-22T11:06:00", "2025-02-30T00:00:00Z"] {
        let scene = Scene::new();
        let got = scene.eligibility("adminAssign", "ada", ROLE).from(wrong).by("admin");
        assert_eq!(outcome(&got), INVALID, "{wrong}");
    }
}

/// Rule 6, where the five minutes count from: the beginning, not the request.
#[test]
fn nothing_is_taken_away_within_five_minutes_of_its_beginning() {
    for what in BOTH {
        let scene = Scene::new();
        let start = scene.later(HOUR);
        scene.eligibility("adminAssign", "ada", what).from(&start).by("admin").ok(201);
        scene.turn(HOUR);
        let remove = || outcome(&scene.eligibility("adminRemove", "ada", what).by("admin"));
        assert_eq!(remove(), TOO_SHORT);
        scene.turn(5 * MINUTE);
        assert_eq!(remove(), "Revoked");
    }
}

/// An extension goes on from what it extends, with a new end.
#[test]
fn an_extension_moves_the_end_and_nothing_else() {
    for what in BOTH {
        for kind in [E, A] {
            let scene = Scene::new();
            let began = scene.now();
            scene.ask(kind, "adminAssign", "ada", what).lasting("P10D").by("admin").ok(201);
            scene.turn(9 * DAY);
            // As the portal does it: on from the end.
            let end = scene.later(DAY);
            let request = scene.ask(kind, "adminExtend", "ada", what).from(&end).lasting("P10D").by("admin").ok(201);
            assert_eq!(request["status"], "Provisioned", "it goes on without a break");
            let schedules = scene.list(kind, Stage::Schedules, "ada", what);
            assert_eq!(schedules.len(), 1);
            assert_eq!(schedules[0]["scheduleInfo"]["startDateTime"], began.as_str());
            assert_eq!(schedules[0]["scheduleInfo"]["expiration"]["endDateTime"], scene.later(11 * DAY).as_str());
            scene.turn_almost(11 * DAY);
            assert_eq!(scene.list(kind, Stage::Instances, "ada", what).len(), 1);
            scene.turn(MINUTE);
            assert_eq!(scene.list(kind, Stage::Schedules, "ada", what).len(), 0);
        }
    }
}

#[test]
fn an_extension_of_what_has_yet_to_begin_does_not_begin_it() {
    for what in BOTH {
        let scene = Scene::new();
        let tomorrow = scene.later(DAY);
        scene.eligibility("adminAssign", "ada", what).from(&tomorrow).lasting("P1D").by("admin").ok(201);
        let request = scene.eligibility("adminExtend", "ada", what).lasting("P5D").by("admin").ok(201);
        assert_eq!(request["status"], "Granted");
        assert!(!scene.holdings("ada", what).now("eligible"));
        scene.turn(DAY);
        assert!(scene.holdings("ada", what).now("eligible"));
        scene.turn_almost(5 * DAY);
        assert!(scene.holdings("ada", what).now("eligible"));
        scene.turn(MINUTE);
        assert_eq!(scene.holdings("ada", what).only("eligible"), None);
    }
}
