//! How a request gets to Graph and its answer back: token, tries, waiting, stepping up.
//!
//! The generated code builds a request and passes it to the two [`hooks`]. Everything between them and the HTTP client
//! is here:
//!
//! ```text
//! hooks::pre   prepare    ids and preferences, the origin is checked, the token is put in
//! hooks::exec  send       ┌─ attempt   one try: sent, and answered in full
//!                         ├─ challenge a claims challenge: once more with a token that is stepped up
//!                         └─ retry     not acted on, or harmless to repeat: once more, later
//! ```
//!
//! What is learnt on the way is noted in the [`Exchange`] of the call.

pub(crate) mod answer;
mod attempt;
pub(crate) mod challenge;
mod exchange;
pub mod hooks;
mod observer;
mod prepare;
mod retry;
mod send;
#[cfg(test)]
pub(crate) mod stand_in;
#[cfg(test)]
mod tests;

pub(crate) use exchange::{Captured, Exchange, Record};
pub use observer::{Attempt, Observer, Outcome};
pub(crate) use prepare::step_up;
pub use retry::RetryPolicy;
pub(crate) use retry::{Tries, Verdict, retry_after};
