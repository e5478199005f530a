//! What the rules say before anybody changes them.

use super::{KINDS, Policy, PolicyKind};

/// One rule a line, as it goes over the wire.
fn lines(kind: PolicyKind) -> String {
    let rules = Policy::default_of(kind).rule_objects();
    let lines: Vec<_> = rules.iter().map(|rule| serde_json::to_string(rule).expect("JSON")).collect();
    lines.join("\n")
}

#[test]
fn of_a_role() {
    insta::assert_snapshot!(lines(PolicyKind::Role));
}

#[test]
fn of_a_group() {
    insta::assert_snapshot!(lines(PolicyKind::Group));
}

#[test]
fn a_group_differs_in_that_things_end_and_a_second_factor_is_not_needed() {
    let [role, group] = KINDS.map(lines);
    let differing: Vec<_> = role.lines().zip(group.lines()).filter(|(role, group)| role != group).collect();
    let ids = ["Expiration_Admin_Eligibility", "Expiration_Admin_Assignment", "Enablement_EndUser_Assignment"];
    assert_eq!(differing.len(), ids.len());
    for ((role, group), id) in differing.into_iter().zip(ids) {
        assert!(role.contains(id) && group.contains(id), "{role} {group}");
    }
}

#[test]
fn nothing_is_kept_and_no_approval_is_needed() {
    for kind in KINDS {
        let policy = Policy::default_of(kind);
        assert_eq!(policy.changes_to_keep(), []);
        assert_eq!(policy.approval(), None);
        assert_eq!(policy.kind, kind);
    }
}
