//! PIM's rules as the specification has them, asked for through Graph.

mod actions;
mod approvals;
mod callers;
mod cancelling;
mod checks;
mod clock;
mod current_user;
mod golden;
mod groups;
mod ids;
mod lists;
mod model;
mod rules;
mod scene;
mod times;
mod validation;
