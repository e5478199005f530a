//! The endpoints that clients of Entra use.
//!
//! | path | what it is |
//! |---|---|
//! | `/{tenant}/v2.0/.well-known/openid-configuration`, `/{tenant}/discovery/…` | what there is |
//! | `/{tenant}/oauth2/v2.0/authorize` | signing in with the browser: a code for the client |
//! | `/{tenant}/oauth2/v2.0/devicecode`, `/{tenant}/oauth2/deviceauth` | signing in on another device |
//! | `/{tenant}/oauth2/v2.0/token` | tokens for codes, refresh tokens, secrets and passwords |
//! | `/msi/token` | tokens for a managed identity, as on App Service |

mod answer;
mod authorize;
mod client;
mod device;
mod grants;
mod managed_identity;
mod metadata;
mod page;
mod params;
mod redirect;
#[cfg(test)]
mod tests;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get};

use super::Platform;

/// The longest body of a request, in bytes.
const LIMIT: usize = 16 << 10;

/// The endpoints of `platform`.
pub(crate) fn router(platform: Arc<Platform>) -> Router {
    Router::new()
        .route("/{tenant}/v2.0/.well-known/openid-configuration", get(metadata::configuration))
        .route("/{tenant}/discovery/instance", get(metadata::instance))
        .route("/{tenant}/discovery/v2.0/keys", get(metadata::keys))
        .route("/{tenant}/oauth2/v2.0/authorize", any(authorize::authorize))
        .route("/{tenant}/oauth2/v2.0/devicecode", any(device::begin))
        .route("/{tenant}/oauth2/deviceauth", any(device::page))
        .route("/{tenant}/oauth2/v2.0/token", any(token::token))
        .route("/msi/token", get(managed_identity::token))
        .layer(DefaultBodyLimit::max(LIMIT))
        .with_state(platform)
}
