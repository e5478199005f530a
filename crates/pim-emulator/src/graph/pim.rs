//! The twelve collections of PIM: requests, schedules and instances of eligibilities and assignments, for roles and for
//! groups.

mod collection;
mod current_user;
mod handlers;
mod ids;
mod instance;
mod order;
mod related;
mod request;
mod schedule;

pub(super) use collection::{PimCollection, Stage};
pub(super) use handlers::ROUTES;
pub(super) use ids::RoleAssignmentId;
pub(super) use related::related;
