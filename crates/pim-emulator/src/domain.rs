//! PIM's rules, without HTTP and JSON.

mod action;
mod approval;
mod assignment;
mod caller;
mod order;
mod policy;
mod refusal;
mod request;
mod schedule;
mod time;

pub(crate) use action::Action;
pub(crate) use approval::{Approval, Approver, Approvers, ReviewResult};
pub(crate) use assignment::{Access, Family, Key, Kind, Scope, Target};
pub(crate) use caller::{Caller, Identity};
pub(crate) use order::{Expiration, Order, Ticket};
pub(crate) use refusal::{FailedRule, Refusal};
pub(crate) use request::{Request, Status};
pub(crate) use schedule::Schedule;
pub(crate) use time::Instant;
