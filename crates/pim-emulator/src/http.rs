//! The sockets: Graph's routes, the control API, the sign-in endpoints.

mod control;
mod graph;
mod record;
mod serve;

use std::sync::Arc;

use axum::Router;
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;

use crate::emulator::Shared;
use crate::identity;

pub use record::Recorded;
pub(crate) use record::Records;
pub(crate) use serve::serve;

/// Everything that is served.
pub(crate) fn router(shared: &Arc<Shared>) -> Router {
    let graph = Router::new()
        .fallback(graph::answer)
        .with_state(Arc::clone(shared))
        .layer(CompressionLayer::new())
        .layer(RequestDecompressionLayer::new());
    identity::router(Arc::clone(&shared.platform)).nest("/_emulator", control::router(shared)).fallback_service(graph)
}
