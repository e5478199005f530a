//! The identity platform: access tokens, and the endpoints that issue them.
//!
//! Everything here goes by the machine's clock, and not by the one that PIM goes by: who turns PIM's clock by five hours
//! to see an activation end remains signed in.
//!
//! It is no guard. Whoever reaches the endpoints may sign in as any user that has no password: the sign-in page says
//! who there is. It is what makes a client go through the same requests, answers and refusals as with Entra.

mod accounts;
mod demand;
mod endpoints;
mod fault;
mod origin;
mod platform;
mod scopes;
mod secret;
mod session;
mod token;
mod vault;

pub(crate) use accounts::{Accounts, ApplicationAccount, UserAccount};
pub(crate) use endpoints::router;
pub(crate) use origin::{NoOrigin, Origin};
pub(crate) use platform::Platform;
pub(crate) use secret::Secret;
pub(crate) use token::{Issuer, SigningKey, TokenFault};

/// The Graph that tokens are for. It is what clients ask for wherever the emulator runs.
pub(crate) const GRAPH: &str = "https://graph.microsoft.com";

/// The application id of Graph, which is the same in every tenant.
pub(crate) const GRAPH_APP_ID: &str = "00000003-0000-0000-c000-000000000000";
