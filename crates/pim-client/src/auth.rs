//! Where access tokens come from.
//!
//! Whatever implements [`TokenProvider`] can be given to [`Graph::builder`](crate::Graph::builder):
//!
//! | provider | for | steps up | cargo feature |
//! |---|---|---|---|
//! | [`BearerToken`] | a token that is there already | no | |
//! | [`EnvironmentToken`] | a token that the surroundings keep in a variable | no | |
//! | [`AzureCli`] | trying things out, as whoever is signed in to the Azure CLI | no, but says which `az login` does | |
//! | `AzureIdentity` | applications without a user: secrets, certificates, managed and workload identities | no | `azure-identity` |
//! | `SignIn` with a `Browser` | people, through an application of your own | yes | `sign-in` |
//! | `SignIn` with a `DeviceCode` | people at a machine without a browser | yes | `sign-in` |
//! | an implementation of your own | everything else | as you write it | |
//!
//! A provider is asked before every request, with the least permissions that the operation needs, and again when Graph
//! answers with a claims challenge: see [`Claims`].

mod access_token;
mod azure_cli;
#[cfg(feature = "azure-identity")]
mod azure_sdk;
mod bearer_token;
mod cache;
mod claims;
mod environment;
mod line;
mod provider;
mod request;
#[cfg(feature = "sign-in")]
mod sign_in;
mod single_flight;
mod tenant;

pub use access_token::AccessToken;
pub use azure_cli::AzureCli;
#[cfg(feature = "azure-identity")]
pub use azure_sdk::AzureIdentity;
pub use bearer_token::BearerToken;
pub use claims::Claims;
pub use environment::EnvironmentToken;
pub use futures_util::future::BoxFuture;
pub use provider::TokenProvider;
pub use request::TokenRequest;
#[cfg(feature = "sign-in")]
pub use sign_in::{Browser, DeviceCode, DeviceCodePrompt, SignIn, SignInBuilder, SignInMethod, TokenStore};

/// The Azure SDK that [`AzureIdentity`] takes credentials of, so that a program need not find the version that fits.
#[cfg(feature = "azure-identity")]
#[doc(no_inline)]
pub use ::{azure_core, azure_identity};
