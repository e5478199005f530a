//! The twelve collections of PIM: requests, schedules and instances of eligibilities and assignments, for roles and for
//! groups.

mod collection;
mod current_user;
mod handlers;
pub(super) mod ids;
mod instance;
mod order;
mod related;
mod request;
mod rows;
mod schedule;
#[cfg(test)]
mod tests;

#[cfg(test)]
use collection::{PimCollection, Stage};
pub(super) use handlers::{GROUPS, ROLES};
pub(super) use related::{related, scope};
pub(super) use request::time;
pub(super) use rows::is_shown;
