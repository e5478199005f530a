//! Graph's service: from a request to an operation, from what the domain says to what Graph answers.
//!
//! A request is [routed](route) by the client's own table of operations, its token is checked, and the operation's
//! handler answers within one session of the store. What it answers are [entities](entity) as the generated model
//! describes them, and a [page] of them is made as the query says.

mod alerts;
mod approvals;
mod audits;
mod batch;
mod body;
mod context;
mod directory;
mod dispatch;
mod entitlement;
mod entity;
mod error;
mod exchange;
mod extra;
mod listed;
mod objects;
mod page;
mod pim;
mod policies;
mod relations;
#[cfg(test)]
mod rig;
mod roles;
mod route;
mod scope_filter;
mod service;
mod validate;

pub(crate) use error::GraphError;
pub(crate) use exchange::{Answer, Content, Incoming};
pub(crate) use relations::MOST_REACHED;
pub(crate) use service::{Service, Settings};
