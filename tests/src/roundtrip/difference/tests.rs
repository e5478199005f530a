//! Differences, and how they are shown.

use serde_json::json;

use super::*;

fn shown(read: &Value, written: &Value) -> Vec<String> {
    differences(read, written).iter().map(ToString::to_string).collect()
}

#[test]
fn equal_values_do_not_differ() {
    let value = json!({ "a": [1, { "b": null }], "c": "d" });
    assert_eq!(shown(&value, &value), [""; 0]);
}

#[test]
fn members_are_named_by_their_pointer() {
    let read = json!({ "a": { "b/c~d": 1 }, "value": [{ "id": "1" }, { "id": "2" }, { "id": "3" }] });
    let written = json!({ "a": {}, "value": [{ "id": "1", "x": null }, { "id": 2 }] });
    assert_eq!(
        shown(&read, &written),
        ["/a/b~1c~0d lost", "/value/0/x added", "/value/1/id changed from \"2\" to 2", "/value/2 lost"]
    );
}

#[test]
fn letter_case_is_a_normalisation() {
    let differences = differences(&json!({ "action": "AdminAssign" }), &json!({ "action": "adminAssign" }));
    assert_eq!(differences, [Difference { pointer: "/action".to_owned(), change: Change::Normalised }]);
}

#[test]
fn a_body_may_be_lost_as_a_whole() {
    assert_eq!(shown(&json!({ "a": 1 }), &json!(null)), ["the whole body changed from an object to null"]);
}

#[test]
fn values_are_cut_short() {
    let shown = shown(&json!({ "a": "x".repeat(99) }), &json!({ "a": 1 }));
    assert_eq!(shown, [format!("/a changed from \"{}… to 1", "x".repeat(39))]);
}

#[test]
fn secrets_are_not_shown() {
    for (member, read) in [
        ("password", json!("hunter2")),
        ("passwordProfile", json!("hunter2")),
        ("clientSecret", json!("hunter2")),
        ("accessToken", json!("hunter2")),
        ("id", json!({ "inside": "hunter2" })),
        ("id", json!(["hunter2"])),
    ] {
        let shown = shown(&json!({ "around": { member: read } }), &json!({ "around": { member: 1 } })).concat();
        assert!(shown.starts_with(&format!("/around/{member} changed from a")), "{shown}");
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn names_cannot_break_the_line() {
    assert_eq!(shown(&json!({ "a\n\u{1b}[2J": 1 }), &json!({})), ["/a\u{fffd}\u{fffd}[2J lost"]);
}
