//! PIM's rules, without HTTP and JSON.
//!
//! A request is placed in [`orders`], held against a [`policy`], and takes effect in `provision`; what it leaves behind
//! is a [`Schedule`]. As time goes by, [`settle`] catches up with what happens by itself, and [`ending`] takes along
//! what rested on what is gone.

mod action;
pub(crate) mod alerts;
mod approval;
mod assignment;
pub(crate) mod audit;
pub(crate) mod authority;
mod caller;
pub(crate) mod directory;
mod eligibility;
pub(crate) mod ending;
mod failure;
mod order;
pub(crate) mod orders;
pub(crate) mod policies;
pub(crate) mod policy;
pub(crate) mod powers;
mod provision;
mod refusal;
mod request;
mod schedule;
mod settle;
mod span;
mod time;

pub(crate) use action::Action;
pub(crate) use approval::{Approval, Approvers, ReviewResult};
pub(crate) use assignment::{Access, Family, Key, Kind, Scope, Target};
pub(crate) use caller::{Caller, Identity};
pub(crate) use failure::{Failure, Result};
pub(crate) use order::{Expiration, Order, Ticket};
pub(crate) use refusal::{FailedRule, Refusal};
pub(crate) use request::{Request, Status};
pub(crate) use schedule::Schedule;
pub(crate) use settle::{is_due, settle};
pub(crate) use time::{Instant, length};
