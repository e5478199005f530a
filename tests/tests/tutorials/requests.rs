//! Every request that is printed, made with the client: one test for each tutorial, which follows its steps.

mod assign_roles_howto_2024;
mod overview_2025;
mod stand_in;
mod tutorial_2021;
mod tutorial_2024;
mod tutorial_2025;

use pim_client::Reference;
use pim_client::edm::DateTimeOffset;
use pim_client::v1_0::models::{
    DirectoryObject, ExpirationPattern, ExpirationPatternType, RequestSchedule, TicketInfo,
};

/// The role that the tutorials are about. It has this key in every organization.
const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";

/// The scope of a whole organization.
const TENANT: &str = "/";

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
    let duration: pim_client::edm::Duration = duration.parse().expect("a duration");
    let expiration = ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(duration);
    RequestSchedule::new().start_date_time(time(start)).expiration(expiration)
}

/// The incident that is to be dealt with.
fn incident() -> TicketInfo {
    TicketInfo::new().ticket_number("CONTOSO:Security-012345").ticket_system("Contoso ICM")
}
