use std::collections::HashSet;

use super::*;

#[test]
fn no_two_roles_share_an_id_or_a_name() {
    let mut ids = HashSet::new();
    let mut names = HashSet::new();
    for role in roles().chain(ENTITLEMENT_ROLES) {
        assert!(ids.insert(role.id), "{} has an id twice", role.display_name);
        assert!(names.insert(role.display_name.to_lowercase()), "{} is there twice", role.display_name);
    }
}

#[test]
fn every_role_says_what_it_is_for_and_allows_something() {
    for role in roles().chain(ENTITLEMENT_ROLES) {
        assert!(role.description.ends_with('.') && role.description.len() < 120, "{role:?}");
        assert!(!role.actions.is_empty(), "{} allows nothing", role.display_name);
        let unique: HashSet<_> = role.actions.iter().collect();
        assert_eq!(unique.len(), role.actions.len(), "{} allows something twice", role.display_name);
        for action in role.actions {
            let parts: Vec<_> = action.split('/').collect();
            assert!(parts.len() >= 3 && parts.iter().all(|part| !part.is_empty()), "{action}");
            assert!(parts[0].starts_with("microsoft."), "{action}");
        }
    }
}

#[test]
fn roles_are_found_by_id_and_by_name_in_any_letter_case() {
    for role_ in roles() {
        assert_eq!(role(role_.id), Some(role_));
        assert_eq!(role_named(&role_.display_name.to_uppercase()), Some(role_));
    }
    assert_eq!(role(Uuid::nil()), None);
    assert_eq!(role_named("User Admin"), None);
}

#[test]
fn the_ids_that_the_rules_name_are_those_roles() {
    for (id, name) in [
        (ids::AUTHENTICATION_ADMINISTRATOR, "Authentication Administrator"),
        (ids::DIRECTORY_READERS, "Directory Readers"),
        (ids::DIRECTORY_WRITERS, "Directory Writers"),
        (ids::GLOBAL_ADMINISTRATOR, "Global Administrator"),
        (ids::GLOBAL_READER, "Global Reader"),
        (ids::GROUPS_ADMINISTRATOR, "Groups Administrator"),
        (ids::GUEST_INVITER, "Guest Inviter"),
        (ids::HELPDESK_ADMINISTRATOR, "Helpdesk Administrator"),
        (ids::IDENTITY_GOVERNANCE_ADMINISTRATOR, "Identity Governance Administrator"),
        (ids::MESSAGE_CENTER_READER, "Message Center Reader"),
        (ids::PASSWORD_ADMINISTRATOR, "Password Administrator"),
        (ids::PRIVILEGED_AUTHENTICATION_ADMINISTRATOR, "Privileged Authentication Administrator"),
        (ids::PRIVILEGED_ROLE_ADMINISTRATOR, "Privileged Role Administrator"),
        (ids::REPORTS_READER, "Reports Reader"),
        (ids::SECURITY_ADMINISTRATOR, "Security Administrator"),
        (ids::SECURITY_OPERATOR, "Security Operator"),
        (ids::SECURITY_READER, "Security Reader"),
        (ids::USAGE_SUMMARY_REPORTS_READER, "Usage Summary Reports Reader"),
        (ids::USER_ADMINISTRATOR, "User Administrator"),
        (ids::USER_EXPERIENCE_SUCCESS_MANAGER, "User Experience Success Manager"),
    ] {
        assert_eq!(role(id).map(|role| role.display_name), Some(name));
    }
}

#[test]
fn all_roles_but_the_readers_of_the_directory_inherit_from_them() {
    for role in roles() {
        let expected = (role.display_name != "Directory Readers").then_some(ids::DIRECTORY_READERS);
        assert_eq!(role.inherits_from(), expected, "{}", role.display_name);
    }
}

#[test]
fn actions_are_grouped_by_namespace() {
    let names: Vec<_> = namespaces().iter().map(|namespace| namespace.name).collect();
    assert!(names.is_sorted());
    let directory = namespace("Microsoft.Directory").unwrap();
    assert_eq!(directory.name, "microsoft.directory");
    assert!(directory.actions.iter().all(|action| action.name.starts_with("microsoft.directory/")));
    let all: usize = namespaces().iter().map(|namespace| namespace.actions.len()).sum();
    assert_eq!(all, roles().flat_map(|role| role.actions).collect::<HashSet<_>>().len());
    assert_eq!(namespace("microsoft.nothing"), None);
}

#[test]
fn an_action_is_identified_by_its_name_and_its_verb() {
    let directory = namespace("microsoft.directory").unwrap();
    for (id, name, verb) in [
        ("microsoft.directory-users-create-post", "microsoft.directory/users/create", Some("POST")),
        ("microsoft.directory-users-password-update-post", "microsoft.directory/users/password/update", Some("POST")),
        ("microsoft.directory-users-basic-update-patch", "microsoft.directory/users/basic/update", Some("PATCH")),
        ("microsoft.directory-users-delete-delete", "microsoft.directory/users/delete", Some("DELETE")),
        ("microsoft.directory-users-enable", "microsoft.directory/users/enable", None),
    ] {
        let action = directory.action(&id.to_uppercase()).unwrap();
        assert_eq!((action.id.as_str(), action.name, action.verb), (id, name, verb));
    }
    assert_eq!(directory.action("microsoft.directory-users-fly"), None);
}
