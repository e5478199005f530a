//! Microsoft's tutorials, one module for each, which follows its steps with the client.

mod golden;
mod howto_2024;
mod tutorial_2021;
mod tutorial_2024;
mod tutorial_2025;

use pim_client::Reference;
use pim_client::edm::{DateTimeOffset, Duration};
use pim_client::v1_0::models::{
    DirectoryObject, ExpirationPattern, ExpirationPatternType, RequestSchedule, TicketInfo,
};
use pim_emulator::Tenant;
use pim_emulator::tenant::{RoleAssignment, User};

use crate::printed::{TUTORIALS, exchanges};

/// The role that the tutorials are about. It has this key in every organization.
const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";

/// The scope of a whole organization.
const TENANT: &str = "/";

/// Contoso, with an administrator who has this id and this role.
fn contoso(admin: &str, role: &str) -> Tenant {
    Tenant::new("Contoso", "contoso.com")
        .user(user_with_id("admin@contoso.com", "MOD Administrator", admin))
        .role_assignment(RoleAssignment::new("admin@contoso.com", role))
}

fn user_with_id(name: &str, display_name: &str, id: &str) -> User {
    User::new(name, display_name).with_id(id.parse().expect("a GUID"))
}

/// The user with this key, as owners and members are referred to.
fn user(graph: &pim_client::Graph, id: &str) -> Reference<DirectoryObject> {
    graph.users().by_id(id).reference().expect("a key").upcast()
}

fn time(text: &str) -> DateTimeOffset {
    text.parse().expect("a time")
}

/// From `start` until `end`.
fn until(start: &str, end: &str) -> RequestSchedule {
    let expiration = ExpirationPattern::new().r#type(ExpirationPatternType::AfterDateTime).end_date_time(time(end));
    RequestSchedule::new().start_date_time(time(start)).expiration(expiration)
}

/// From `start`, for as long as `duration` says.
fn lasting(start: &str, duration: &str) -> RequestSchedule {
    let duration: Duration = duration.parse().expect("a duration");
    let expiration = ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(duration);
    RequestSchedule::new().start_date_time(time(start)).expiration(expiration)
}

/// The incident that is to be dealt with.
fn incident() -> TicketInfo {
    TicketInfo::new().ticket_number("CONTOSO:Security-012345").ticket_system("Contoso ICM")
}

#[test]
fn every_tutorial_that_prints_an_exchange_is_played() {
    let played = [tutorial_2021::NAME, howto_2024::NAME, tutorial_2024::NAME, tutorial_2025::NAME];
    for tutorial in TUTORIALS {
        assert_eq!(played.contains(&tutorial), !exchanges(tutorial).is_empty(), "{tutorial}");
    }
}
