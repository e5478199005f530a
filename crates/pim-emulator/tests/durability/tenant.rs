//! A tenant with many who may activate much.

use std::fmt::Write as _;

pub(crate) const USERS: usize = 150;
/// The roles that everybody may activate from the beginning.
pub(crate) const ELIGIBLE: usize = 8;
/// The roles that there are besides, for an administrator to make people eligible for.
pub(crate) const OTHERS: usize = 40;

pub(crate) const ADMINISTRATOR: &str = "admin@loadtest.com";

pub(crate) fn user_name(user: usize) -> String {
    format!("user{user}@loadtest.com")
}

pub(crate) fn user_id(user: usize) -> String {
    format!("00000000-0000-4000-8000-0001{user:08x}")
}

pub(crate) fn role_id(role: usize) -> String {
    format!("00000000-0000-4000-8000-0002{role:08x}")
}

pub(crate) fn toml() -> String {
    let mut text = format!(
        r#"
displayName = "Load test"
domain = "loadtest.com"
[[users]]
userPrincipalName = "{ADMINISTRATOR}"
displayName = "Administrator"
[[roleAssignments]]
principal = "{ADMINISTRATOR}"
role = "Global Administrator"
"#
    );
    for role in 0..ELIGIBLE + OTHERS {
        write!(
            text,
            "[[roleDefinitions]]\nid = \"{}\"\ndisplayName = \"Role {role}\"\nallowedResourceActions = []\n",
            role_id(role)
        )
        .expect("a string takes everything");
    }
    for user in 0..USERS {
        let (id, name) = (user_id(user), user_name(user));
        writeln!(text, "[[users]]\nid = \"{id}\"\nuserPrincipalName = \"{name}\"\ndisplayName = \"User {user}\"")
            .expect("a string takes everything");
        for role in 0..ELIGIBLE {
            writeln!(text, "[[eligibilities]]\nprincipal = \"{name}\"\nrole = \"Role {role}\"")
                .expect("a string takes everything");
        }
    }
    text
}
