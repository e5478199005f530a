//! The port of this machine to which the browser returns.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{BoxFuture, FutureExt as _};
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use http::{HeaderValue, Method, Response, StatusCode, header};
use http_body_util::Full;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use url::form_urlencoded;
use zeroize::Zeroizing;

use crate::Error;

const DONE: &str = include_str!("loopback/done.html");
const NOT_DONE: &str = include_str!("loopback/not_done.html");

/// How long a browser may take for one request.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many connections are served at a time. A browser needs one or two.
const CONNECTIONS: usize = 16;

/// How many ports are tried. One that is free at one address is nearly always free at the other.
const PORTS: usize = 8;

/// What the browser brought.
pub(super) enum Outcome {
    Code(Zeroizing<String>),
    Refused { code: String, description: String },
}

/// A port that is open to this machine only.
pub(super) struct Loopback {
    listeners: Vec<TcpListener>,
    port: u16,
}

/// What happens while the browser is waited for.
enum Event {
    Arrived(io::Result<TcpStream>, TcpListener),
    Served(Option<Outcome>),
}

impl Loopback {
    pub(super) async fn bind() -> Result<Self, Error> {
        let closed = |error: io::Error| {
            Error::authentication("no port of this machine could be opened for the browser; sign in with a device code")
                .with_source(error)
        };
        for _ in 0..PORTS {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(closed)?;
            let port = listener.local_addr().map_err(closed)?.port();
            if let Some(listeners) = with_second(listener, port).await {
                return Ok(Self { listeners, port });
            }
        }
        Err(closed(io::ErrorKind::AddrInUse.into()))
    }

    /// The redirect URI.
    pub(super) fn address(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Waits for the answer that has the `state` of this sign-in. Others are turned away: whoever can reach the port
    /// could otherwise end the sign-in.
    pub(super) async fn outcome(self, state: &str, limit: Duration) -> Result<Outcome, Error> {
        let strays = AtomicBool::new(false);
        tokio::time::timeout(limit, self.serve(state, &strays)).await.map_err(|_| {
            let stray = if strays.load(Ordering::Relaxed) { "; one that came had another state" } else { "" };
            Error::authentication(format!(
                "the browser brought no answer within {} s{stray}; try again, or sign in with a device code",
                limit.as_secs_f64()
            ))
        })
    }

    async fn serve(self, state: &str, strays: &AtomicBool) -> Outcome {
        let mut events = FuturesUnordered::new();
        let mut resting = Vec::new();
        for listener in self.listeners {
            events.push(arrival(listener));
        }
        // Nothing is spawned: whoever stops waiting closes the port and the connections.
        loop {
            match events.next().await {
                Some(Event::Arrived(stream, listener)) => {
                    match stream {
                        Ok(stream) => events.push(connection(stream, state, strays)),
                        // Such as too many open files: without a pause, it would be tried as fast as it fails.
                        Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                    }
                    if events.len() < CONNECTIONS { events.push(arrival(listener)) } else { resting.push(listener) }
                }
                Some(Event::Served(Some(outcome))) => return outcome,
                Some(Event::Served(None)) => events.extend(resting.pop().map(arrival)),
                None => std::future::pending().await,
            }
        }
    }
}

/// The listener, and another at the address that some browsers take `localhost` for. Not every machine has that.
///
/// None if somebody else listens there: a browser would bring the answer to them.
async fn with_second(listener: TcpListener, port: u16) -> Option<Vec<TcpListener>> {
    match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
        Ok(second) => Some(vec![listener, second]),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => None,
        Err(_) => Some(vec![listener]),
    }
}

fn arrival<'a>(listener: TcpListener) -> BoxFuture<'a, Event> {
    async move { Event::Arrived(listener.accept().await.map(|(stream, _)| stream), listener) }.boxed()
}

/// Serves one request. What it brought counts once the browser has its page.
fn connection<'a>(stream: TcpStream, state: &'a str, strays: &'a AtomicBool) -> BoxFuture<'a, Event> {
    async move {
        let found = Mutex::new(None);
        let service = service_fn(|request: http::Request<hyper::body::Incoming>| {
            let (parts, _) = request.into_parts();
            let (response, outcome) = respond(&parts, state);
            match outcome {
                Visit::Answer(outcome) => *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome),
                Visit::Stray => strays.store(true, Ordering::Relaxed),
                Visit::Other => {}
            }
            std::future::ready(Ok::<_, Infallible>(response))
        });
        let mut server = http1::Builder::new();
        server.keep_alive(false).timer(TokioTimer::new()).header_read_timeout(PATIENCE);
        let exchange = server.serve_connection(TokioIo::new(stream), service);
        // However it ends: what counts is whether an answer was in it.
        let _ = tokio::time::timeout(PATIENCE, exchange).await;
        Event::Served(found.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
    .boxed()
}

/// What a request turned out to be.
enum Visit {
    Answer(Outcome),
    /// An answer to another sign-in, or to none.
    Stray,
    /// Such as a browser's question for an icon.
    Other,
}

fn respond(request: &http::request::Parts, state: &str) -> (Response<Full<Bytes>>, Visit) {
    let Some(query) = request.uri.query().filter(|_| request.method == Method::GET && request.uri.path() == "/") else {
        return (page(StatusCode::NOT_FOUND, ""), Visit::Other);
    };
    let value = |name: &str| {
        let (_, value) = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name)?;
        Some(value.into_owned()).filter(|value| !value.is_empty())
    };
    if value("state").as_deref() != Some(state) {
        return (page(StatusCode::BAD_REQUEST, NOT_DONE), Visit::Stray);
    }
    if let Some(code) = value("error") {
        let description = value("error_description").unwrap_or_default();
        return (page(StatusCode::OK, NOT_DONE), Visit::Answer(Outcome::Refused { code, description }));
    }
    match value("code") {
        Some(code) => (page(StatusCode::OK, DONE), Visit::Answer(Outcome::Code(Zeroizing::new(code)))),
        None => (page(StatusCode::BAD_REQUEST, NOT_DONE), Visit::Stray),
    }
}

/// A page of ours, which repeats nothing that came, and loads nothing.
fn page(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *response.status_mut() = status;
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_port_that_somebody_else_has_at_the_other_address_is_not_used() {
        let Ok(squatter) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await else { return };
        let port = squatter.local_addr().unwrap().port();
        let Ok(ours) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await else { return };
        assert!(with_second(ours, port).await.is_none());
        drop(squatter);
        let ours = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.unwrap();
        assert_eq!(with_second(ours, port).await.unwrap().len(), 2);
    }
}
