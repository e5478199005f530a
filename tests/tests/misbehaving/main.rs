//! The client against servers that do not behave, over real connections on this machine.
//!
//! Every client here has an observer and every test a log at the finest level; both fail the test in which a token or
//! the text of a request shows: see [`secrets`].

mod cancellation;
mod client;
mod connections;
mod content;
mod crowd;
mod errors;
mod next_links;
mod redirects;
mod reply;
mod request;
mod secrets;
mod server;
mod step_up;
mod telling;
mod throttling;
