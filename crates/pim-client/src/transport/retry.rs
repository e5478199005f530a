//! Whether a request is sent again, and when.

mod policy;
mod retry_after;
mod tries;

pub use policy::RetryPolicy;
pub(crate) use retry_after::retry_after;
pub(crate) use tries::{Tries, Verdict};
