//! The ids of policies, and the objects that carry them.

use serde_json::json;
use uuid::{Uuid, uuid};

use super::super::{Governed, Modified, PolicyAssignmentId, PolicyId, policy_assignment_object, policy_object};
use crate::domain::{Access, Instant, Scope, Target};

const TENANT: Uuid = uuid!("84841066-274d-4ec0-a5c1-276be684bdd3");
const ROLE: Uuid = uuid!("fe930be7-5e62-47db-91af-98c3a49a38b1");
const GROUP: Uuid = uuid!("60bba733-f09d-49b7-8445-32369aa066b3");

fn group(access: Access) -> Governed {
    Governed::Group { group: GROUP, access }
}

fn all() -> [Governed; 3] {
    [Governed::Role(ROLE), group(Access::Member), group(Access::Owner)]
}

#[test]
fn begin_with_what_is_governed_and_never_change() {
    let ids = all().map(|governed| PolicyId::of(TENANT, governed).to_string());
    assert!(ids[0].starts_with("DirectoryRole_84841066-274d-4ec0-a5c1-276be684bdd3_"), "{}", ids[0]);
    assert!(ids[1].starts_with("Group_60bba733-f09d-49b7-8445-32369aa066b3_"), "{}", ids[1]);
    assert!(ids[2].starts_with("Group_60bba733-f09d-49b7-8445-32369aa066b3_"), "{}", ids[2]);
    assert_ne!(ids[1], ids[2], "members and owners have a policy each");
    insta::assert_snapshot!(ids.join("\n"));
    let elsewhere = Uuid::nil();
    assert_ne!(PolicyId::of(elsewhere, all()[1]), PolicyId::of(TENANT, all()[1]), "another tenant's is another");
}

#[test]
fn are_read_in_any_letter_case_and_lead_to_what_is_governed() {
    for governed in all() {
        let id = PolicyId::of(TENANT, governed);
        let text = id.to_string();
        for text in [text.clone(), text.to_uppercase(), text.to_lowercase()] {
            let read: PolicyId = text.parse().unwrap();
            assert_eq!(read, id);
            assert_eq!(read.kind(), governed.kind());
            assert_eq!(read.governed(TENANT, [Uuid::nil(), ROLE]), Some(governed), "{text}");
        }
        let id = PolicyAssignmentId::of(TENANT, governed);
        for text in [id.to_string(), id.to_string().to_uppercase()] {
            let read: PolicyAssignmentId = text.parse().unwrap();
            assert_eq!(read.governed(TENANT), Some(governed), "{text}");
            assert_eq!(read.governed(Uuid::nil()), None, "not in another tenant");
        }
    }
}

#[test]
fn may_begin_as_they_once_did() {
    let id = PolicyId::of(TENANT, Governed::Role(ROLE));
    let older = id.to_string().replace("DirectoryRole_", "Directory_");
    assert_eq!(older.parse(), Ok(id));
    let older: PolicyAssignmentId = format!("{older}_{ROLE}").parse().unwrap();
    assert_eq!(older.governed(TENANT), Some(Governed::Role(ROLE)));
}

#[test]
fn of_nothing_lead_nowhere() {
    let id = PolicyId::of(TENANT, Governed::Role(ROLE));
    assert_eq!(id.governed(TENANT, []), None, "no such role");
    assert_eq!(id.governed(Uuid::nil(), [ROLE]), None, "another tenant");
    let made_up: PolicyId = format!("Group_{GROUP}_{ROLE}").parse().unwrap();
    assert_eq!(made_up.governed(TENANT, []), None);
    // A policy's id with the key of another.
    let swapped = format!("{}_owner", PolicyId::of(TENANT, group(Access::Member)));
    assert_eq!(swapped.parse::<PolicyAssignmentId>().unwrap().governed(TENANT), None);
}

#[test]
fn that_are_none_are_refused() {
    let role = ROLE.to_string();
    for text in [
        "",
        "_",
        "__",
        &role,
        &format!("Group_{role}"),
        &format!("Group_{role}_"),
        &format!("Team_{role}_{role}"),
        &format!("Group_{role}_{role}_member"),
        &format!("Group_{{{role}}}_{role}"),
        &format!("Group_{}_{role}", ROLE.simple()),
        &format!(" Group_{role}_{role}"),
        "Group_ü_ü",
    ] {
        let error = text.parse::<PolicyId>().unwrap_err().to_string();
        assert!(error.contains(&format!("{text:?}")) && !error.contains('\n'), "{error}");
    }
    for text in ["", "_member", &format!("Group_{role}_{role}"), &format!("Group_{role}_{role}_{role}")] {
        assert!(text.parse::<PolicyAssignmentId>().is_err(), "{text}");
    }
    assert!(format!("DirectoryRole_{role}_{role}_member").parse::<PolicyAssignmentId>().is_err());
}

#[test]
fn what_is_assigned_has_the_policy_of_what_it_gives() {
    let unit = Scope::AdministrativeUnit(GROUP);
    for scope in [Scope::Tenant, unit] {
        assert_eq!(
            Governed::from(Target::Role { role: ROLE, scope }),
            Governed::Role(ROLE),
            "one policy for all scopes"
        );
    }
    let target = Target::Group { group: GROUP, access: Access::Owner };
    assert_eq!(Governed::from(target), group(Access::Owner));
}

#[test]
fn a_policy_that_nobody_changed_says_so() {
    let governed = Governed::Role(ROLE);
    let object = serde_json::to_value(policy_object(TENANT, governed, None)).unwrap();
    let expected = json!({
        "id": PolicyId::of(TENANT, governed).to_string(),
        "displayName": "DirectoryRole",
        "description": "DirectoryRole",
        "isOrganizationDefault": false,
        "scopeId": "/",
        "scopeType": "DirectoryRole",
        "lastModifiedDateTime": null,
        "lastModifiedBy": { "displayName": null, "id": null },
    });
    assert_eq!(object, expected);
}

#[test]
fn a_policy_that_was_changed_tells_when_and_the_name_of_who() {
    let modified = Modified { at: Instant::from_ticks(17_000_000_000_000_000), by: Some("Adele Vance".to_owned()) };
    let object = serde_json::to_value(policy_object(TENANT, group(Access::Member), Some(&modified))).unwrap();
    assert_eq!(object["lastModifiedDateTime"], "2023-11-14T22:13:20Z");
    assert_eq!(object["lastModifiedBy"], json!({ "displayName": "Adele Vance", "id": null }));
    assert_eq!((&object["scopeType"], &object["displayName"]), (&json!("Group"), &json!("Group")));
    assert_eq!(object["scopeId"], GROUP.to_string());
}

#[test]
fn an_assignment_names_policy_and_key() {
    for (governed, key) in all().into_iter().zip([ROLE.to_string(), "member".to_owned(), "owner".to_owned()]) {
        let policy = PolicyId::of(TENANT, governed).to_string();
        let expected = json!({
            "id": format!("{policy}_{key}"),
            "policyId": policy,
            "scopeId": governed.scope_id(),
            "scopeType": governed.kind().scope_type(),
            "roleDefinitionId": key,
        });
        assert_eq!(serde_json::to_value(policy_assignment_object(TENANT, governed)).unwrap(), expected);
    }
}
