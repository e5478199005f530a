//! A tenant in which there is enough to activate.

use pim_emulator::Tenant;
use pim_emulator::tenant::{Eligibility, RoleAssignment, RoleDefinition, User};
use uuid::Uuid;

pub(crate) const ADMINISTRATOR: &str = "admin@bench.com";
pub(crate) const USERS: usize = 200;

pub(crate) fn user(number: usize) -> String {
    format!("user{number}@bench.com")
}

pub(crate) fn user_id(number: usize) -> Uuid {
    Uuid::from_u128(0xA000_0000_0000_0000 + number as u128)
}

pub(crate) fn role_id(number: usize) -> Uuid {
    Uuid::from_u128(0xB000_0000_0000_0000 + number as u128)
}

/// With so many roles, that each of the users may activate.
pub(crate) fn with_roles(roles: usize) -> Tenant {
    let tenant = Tenant::new("Bench", "bench.com")
        .user(User::new(ADMINISTRATOR, "Administrator"))
        .role_assignment(RoleAssignment::new(ADMINISTRATOR, "Global Administrator"));
    let role = |number| RoleDefinition::new(format!("Role {number}")).with_id(role_id(number));
    let tenant = (0..roles).fold(tenant, |tenant, number| tenant.role_definition(role(number)));
    (0..USERS).fold(tenant, |tenant, number| {
        let tenant = tenant.user(User::new(user(number), format!("User {number}")).with_id(user_id(number)));
        (0..roles)
            .fold(tenant, |tenant, role| tenant.eligibility(Eligibility::to_role(user(number), format!("Role {role}"))))
    })
}
