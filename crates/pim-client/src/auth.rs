//! Where access tokens come from.
//!
//! Whatever implements [`TokenProvider`] can be given to [`Graph::builder`](crate::Graph::builder):
//!
//! | provider | for | steps up |
//! |---|---|---|
//! | [`BearerToken`] | a token that is there already | no |
//! | [`EnvironmentToken`] | a token that the surroundings keep in a variable | no |
//! | an implementation of your own | everything else | as you write it |
//!
//! A provider is asked before every request, with the least permissions that the operation needs, and again when Graph
//! answers with a claims challenge: see [`Claims`].

mod access_token;
mod bearer_token;
mod claims;
mod environment;
mod provider;
mod request;

pub use access_token::AccessToken;
pub use bearer_token::BearerToken;
pub use claims::Claims;
pub use environment::EnvironmentToken;
pub use futures_util::future::BoxFuture;
pub use provider::TokenProvider;
pub use request::TokenRequest;
