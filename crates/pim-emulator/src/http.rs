//! The sockets: Graph's routes, the control API, the sign-in endpoints.

mod control;
mod graph;
mod guard;
mod record;
mod redact;
mod serve;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;
use tower_http::decompression::RequestDecompressionLayer;

use crate::emulator::Shared;
use crate::identity;

pub use record::Recorded;
pub(crate) use record::Records;
pub(crate) use serve::serve;

/// How many bytes an answer has before it is worth compressing.
const COMPRESSED: u64 = 1024;

/// Everything that is served.
pub(crate) fn router(shared: &Arc<Shared>) -> Router {
    let graph = Router::new()
        .fallback(graph::answer)
        .with_state(Arc::clone(shared))
        // Fast rather than small: it goes over loopback, if anywhere. What is tiny only gets larger.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(SizeAbove::new(COMPRESSED)))
        .layer(RequestDecompressionLayer::new().pass_through_unaccepted(true));
    identity::router(Arc::clone(&shared.platform))
        .nest("/_emulator", control::router(shared))
        .layer(from_fn_with_state(Arc::clone(shared), guard::own_host))
        // Behind the layer, since Graph refuses in its own way.
        .fallback_service(graph)
}
