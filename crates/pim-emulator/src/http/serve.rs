//! Connections: taken, served, and dropped where a fault wants it.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

/// Marks an answer that is not to be given: the connection ends instead.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the connection is dropped on demand")]
pub(super) struct Dropped;

impl IntoResponse for Dropped {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(self);
        response
    }
}

/// Serves whoever connects, until the future is dropped.
pub(crate) async fn serve(listener: TcpListener, router: Router) {
    let router = Arc::new(router);
    let mut connections = tokio::task::JoinSet::new();
    loop {
        // Those that are done are forgotten.
        while connections.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((stream, _)) => {
                // Small answers are not to wait for each other.
                let _ = stream.set_nodelay(true);
                let router = Arc::clone(&router);
                connections.spawn(connection(stream, router));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        }
    }
}

async fn connection(stream: tokio::net::TcpStream, router: Arc<Router>) {
    let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let router = Router::clone(&router);
        async move {
            let response: Result<Response, Infallible> = router.oneshot(request.map(Body::new)).await;
            let Ok(response) = response;
            match response.extensions().get::<Dropped>() {
                Some(dropped) => Err(*dropped),
                None => Ok(response),
            }
        }
    });
    let served = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection ended");
    }
}
