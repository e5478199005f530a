//! Calls on their way: options are collected, then the generated code is called and its result made ours.

mod call;
mod count;
mod deferred;
mod follow;
mod get;
mod list;
mod number;
mod query;
mod stream;
#[cfg(test)]
mod tests;

pub use call::{Answer, Call};
pub(crate) use call::{call_with, send_request};
pub use count::Count;
pub use get::Get;
pub use list::List;
pub use query::{CountQuery, GetQuery, ListQuery};
pub use stream::{Items, Pages};
