//! Whether a request is sent again, and when.

mod policy;
mod retry_after;
mod tries;

pub use policy::RetryPolicy;
pub(super) use retry_after::retry_after;
pub(super) use tries::{Tries, Verdict};
