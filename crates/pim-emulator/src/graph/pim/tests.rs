//! PIM's rules as the specification has them, asked for through Graph.

mod actions;
mod callers;
mod scene;
