//! Sensitive actions: who may delete users, disable them, reset their passwords or change what they sign in with.
//!
//! Roles allow that for some users only, or whoever helps out with passwords could become Global Administrator. Microsoft
//! documents for which, in two tables ("Who can reset passwords", "Who can perform sensitive actions"), which are followed to
//! the letter. What they leave open is our choice, and said where it is made.

use uuid::Uuid;

use crate::catalog::ids::{
    AUTHENTICATION_ADMINISTRATOR, DIRECTORY_READERS, GLOBAL_ADMINISTRATOR, GROUPS_ADMINISTRATOR, GUEST_INVITER,
    HELPDESK_ADMINISTRATOR, MESSAGE_CENTER_READER, PASSWORD_ADMINISTRATOR, PRIVILEGED_AUTHENTICATION_ADMINISTRATOR,
    REPORTS_READER, USAGE_SUMMARY_REPORTS_READER, USER_ADMINISTRATOR, USER_EXPERIENCE_SUCCESS_MANAGER,
};

/// What a token needs for a sensitive action on a user with a privileged role, if a user is behind it.
pub(crate) const AS_THE_USER: &[&str] = &["Directory.AccessAsUser.All"];

/// The properties of a user whose change is a sensitive action.
const SENSITIVE: [&str; 7] = [
    "accountEnabled",
    "businessPhones",
    "mobilePhone",
    "onPremisesImmutableId",
    "otherMails",
    "passwordProfile",
    "userPrincipalName",
];

/// Those that go with resetting a password.
const OF_PASSWORDS: [&str; 4] = ["businessPhones", "mobilePhone", "otherMails", "passwordProfile"];

/// What is to be done to a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sensitive {
    /// Its password is reset, or that by which it resets it.
    Password,
    /// Anything else: it is deleted, disabled, enabled, renamed.
    Account,
}

/// Whom it is to be done to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Affected<'a> {
    /// The roles that the user holds, wherever.
    pub(crate) roles: &'a [Uuid],
    /// Whether the user is in a group that can hold roles, or owns one.
    pub(crate) is_in_assignable_group: bool,
}

/// What a change of these properties is; nothing, if none of them is sensitive.
pub(crate) fn of_properties<'a>(mut names: impl Iterator<Item = &'a str> + Clone) -> Option<Sensitive> {
    let is_sensitive = names.clone().any(|name| SENSITIVE.contains(&name));
    let is_of_account = names.any(|name| SENSITIVE.contains(&name) && !OF_PASSWORDS.contains(&name));
    is_sensitive.then_some(if is_of_account { Sensitive::Account } else { Sensitive::Password })
}

/// Whether a property's change is sensitive.
pub(crate) fn is_sensitive(name: &str) -> bool {
    SENSITIVE.contains(&name)
}

/// Whether one of these roles is enough for an action on a user.
pub(crate) fn may_act(roles: &[Uuid], action: Sensitive, affected: Affected<'_>) -> bool {
    roles.iter().any(|role| {
        if [GLOBAL_ADMINISTRATOR, PRIVILEGED_AUTHENTICATION_ADMINISTRATOR].contains(role) {
            return true;
        }
        // Whoever has several roles has to be within reach with each of them.
        within_reach(*role, action)
            .is_some_and(|within| !affected.is_in_assignable_group && holds_nothing_but(affected, within))
    })
}

/// Whether it takes more than the permission to change users: an application has to have a role for it, and a token of a
/// user to act [as the user](AS_THE_USER).
///
/// The documentation speaks of privileged administrator roles without a list. We take those that a User Administrator has no
/// power over.
pub(crate) fn is_privileged(affected: Affected<'_>) -> bool {
    !holds_nothing_but(affected, WITHIN_REACH_OF_USER_ADMINISTRATORS)
}

fn holds_nothing_but(affected: Affected<'_>, roles: &[Uuid]) -> bool {
    affected.roles.iter().all(|role| roles.contains(role))
}

const WITHIN_REACH_OF_USER_ADMINISTRATORS: &[Uuid] = &[
    DIRECTORY_READERS,
    GROUPS_ADMINISTRATOR,
    GUEST_INVITER,
    HELPDESK_ADMINISTRATOR,
    MESSAGE_CENTER_READER,
    PASSWORD_ADMINISTRATOR,
    REPORTS_READER,
    USAGE_SUMMARY_REPORTS_READER,
    USER_ADMINISTRATOR,
    USER_EXPERIENCE_SUCCESS_MANAGER,
];

/// The roles that those on whom another role acts may have; nothing, if it does not act on anybody.
///
/// Directory Writers are in neither table, though the list of their permissions has some of these actions: here they act on
/// nobody.
fn within_reach(role: Uuid, action: Sensitive) -> Option<&'static [Uuid]> {
    match (role, action) {
        (USER_ADMINISTRATOR, _) => Some(WITHIN_REACH_OF_USER_ADMINISTRATORS),
        (AUTHENTICATION_ADMINISTRATOR, _) => Some(&[
            AUTHENTICATION_ADMINISTRATOR,
            DIRECTORY_READERS,
            GUEST_INVITER,
            MESSAGE_CENTER_READER,
            PASSWORD_ADMINISTRATOR,
            REPORTS_READER,
            USAGE_SUMMARY_REPORTS_READER,
            USER_EXPERIENCE_SUCCESS_MANAGER,
        ]),
        (HELPDESK_ADMINISTRATOR, Sensitive::Password) => Some(&[
            DIRECTORY_READERS,
            GUEST_INVITER,
            HELPDESK_ADMINISTRATOR,
            MESSAGE_CENTER_READER,
            PASSWORD_ADMINISTRATOR,
            REPORTS_READER,
            USAGE_SUMMARY_REPORTS_READER,
            USER_EXPERIENCE_SUCCESS_MANAGER,
        ]),
        (PASSWORD_ADMINISTRATOR, Sensitive::Password) => {
            Some(&[DIRECTORY_READERS, GUEST_INVITER, PASSWORD_ADMINISTRATOR])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog;
    use crate::catalog::ids::{DIRECTORY_WRITERS, PRIVILEGED_ROLE_ADMINISTRATOR};

    const NOBODY: Affected<'_> = Affected { roles: &[], is_in_assignable_group: false };

    /// What those who act are called in the tables below.
    const ACTING: [(&str, Uuid); 8] = [
        ("PA", PASSWORD_ADMINISTRATOR),
        ("HA", HELPDESK_ADMINISTRATOR),
        ("AA", AUTHENTICATION_ADMINISTRATOR),
        ("UA", USER_ADMINISTRATOR),
        ("PAA", PRIVILEGED_AUTHENTICATION_ADMINISTRATOR),
        ("GA", GLOBAL_ADMINISTRATOR),
        ("DW", DIRECTORY_WRITERS),
        ("PRA", PRIVILEGED_ROLE_ADMINISTRATOR),
    ];

    fn who(action: Sensitive, affected: Affected<'_>) -> String {
        let able = ACTING.iter().filter(|(_, role)| may_act(&[*role], action, affected));
        able.map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn roles_act_on_whom_they_are_documented_to_act_on() {
        let (all, privileged) = ("PA HA AA UA PAA GA", "PAA GA");
        for (role, password, account) in [
            ("Authentication Administrator", "AA PAA GA", "AA PAA GA"),
            ("Directory Readers", all, "AA UA PAA GA"),
            ("Global Administrator", privileged, privileged),
            ("Groups Administrator", "UA PAA GA", "UA PAA GA"),
            ("Guest Inviter", all, "AA UA PAA GA"),
            ("Helpdesk Administrator", "HA UA PAA GA", "UA PAA GA"),
            ("Message Center Reader", "HA AA UA PAA GA", "AA UA PAA GA"),
            ("Password Administrator", all, "AA UA PAA GA"),
            ("Privileged Authentication Administrator", privileged, privileged),
            ("Privileged Role Administrator", privileged, privileged),
            ("Reports Reader", "HA AA UA PAA GA", "AA UA PAA GA"),
            ("User Administrator", "UA PAA GA", "UA PAA GA"),
            ("User Experience Success Manager", "HA AA UA PAA GA", "AA UA PAA GA"),
            ("Usage Summary Reports Reader", "HA AA UA PAA GA", "AA UA PAA GA"),
            // All others.
            ("Global Reader", privileged, privileged),
            ("Security Administrator", privileged, privileged),
            ("Directory Writers", privileged, privileged),
        ] {
            let id = catalog::role_named(role).expect("a role").id;
            let affected = Affected { roles: &[id], ..NOBODY };
            assert_eq!(who(Sensitive::Password, affected), password, "{role}");
            assert_eq!(who(Sensitive::Account, affected), account, "{role}");
        }
        let custom = Affected { roles: &[Uuid::from_u128(7)], ..NOBODY };
        assert_eq!(who(Sensitive::Account, custom), privileged);
    }

    #[test]
    fn without_a_role_a_user_is_within_everyones_reach_but_not_from_a_group_that_can_hold_roles() {
        assert_eq!(who(Sensitive::Password, NOBODY), "PA HA AA UA PAA GA");
        assert_eq!(who(Sensitive::Account, NOBODY), "AA UA PAA GA");
        let in_group = Affected { is_in_assignable_group: true, ..NOBODY };
        assert_eq!(who(Sensitive::Password, in_group), "PAA GA");
        assert!(!is_privileged(in_group), "that is no role");
    }

    #[test]
    fn one_role_too_many_is_out_of_reach() {
        let both = [DIRECTORY_READERS, GLOBAL_ADMINISTRATOR];
        let affected = Affected { roles: &both, ..NOBODY };
        assert_eq!(who(Sensitive::Account, affected), "PAA GA");
        assert!(is_privileged(affected));
        assert!(!is_privileged(Affected { roles: &both[..1], ..NOBODY }));
    }

    #[test]
    fn a_change_is_as_sensitive_as_the_most_sensitive_property() {
        let of = |names: &[&'static str]| of_properties(names.iter().copied());
        assert_eq!(of(&["displayName", "department"]), None);
        assert_eq!(of(&["displayName", "mobilePhone"]), Some(Sensitive::Password));
        assert_eq!(of(&["passwordProfile", "accountEnabled"]), Some(Sensitive::Account));
        assert_eq!(of(&["userPrincipalName"]), Some(Sensitive::Account));
    }
}
