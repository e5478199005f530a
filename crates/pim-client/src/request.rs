//! Calls on their way: options are collected, then the generated code is called and its result made ours.

mod call;
mod count;
mod deferred;
mod get;
mod list;
mod query;
#[cfg(test)]
mod tests;

pub use call::{Answer, call};
pub use count::Count;
pub use get::Get;
pub use list::List;
pub use query::{CountQuery, GetQuery, ListQuery};
