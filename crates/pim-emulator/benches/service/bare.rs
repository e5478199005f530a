//! A handler that does nothing but to return bytes: what the machine can do at most.

use std::net::SocketAddr;

use axum::Router;
use axum::response::IntoResponse as _;
use axum::serve::ListenerExt as _;
use http::header::CONTENT_TYPE;

/// Serves the bytes to whoever asks, in the background of the current runtime.
pub(crate) async fn serve(bytes: Vec<u8>) -> SocketAddr {
    let bytes = bytes::Bytes::from(bytes);
    let handler = move |_body: bytes::Bytes| {
        let bytes = bytes.clone();
        async move { ([(CONTENT_TYPE, "application/json")], bytes).into_response() }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it listens");
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(handler)).await });
    address
}
