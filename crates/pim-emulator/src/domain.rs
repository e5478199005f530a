//! PIM's rules, without HTTP and JSON.

mod action;
mod assignment;
mod authority;
mod caller;
mod order;
mod refusal;
mod time;

pub(crate) use action::Action;
pub(crate) use assignment::{Access, Key, Kind, Scope, Target};
pub(crate) use authority::{Area, Missing, Relation, Standing, Verb, may, permissions};
pub(crate) use caller::{Caller, Identity};
pub(crate) use order::{Expiration, Order, Ticket};
pub(crate) use refusal::{FailedRule, Refusal};
pub(crate) use time::Instant;
