//! Who may control the emulator: programs on this machine, and no web page that somebody happens to look at.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{HOST, ORIGIN};
use http::uri::Authority;
use http::{HeaderMap, HeaderName, StatusCode};

use super::control::refuse;
use crate::emulator::Shared;

/// Where browsers say whether a page of another site asks.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets a request pass to the control API, unless a browser sends it for a page of another site.
pub(super) async fn pass(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    match check(request.headers(), shared.is_loopback) {
        Ok(()) => next.run(request).await,
        Err(why) => refuse(StatusCode::FORBIDDEN, why),
    }
}

/// A page may send what it cannot read, and that would be enough to do harm; and a name that leads to this machine may
/// be anybody's, so that a page could read, too.
fn check(headers: &HeaderMap, is_loopback: bool) -> Result<(), &'static str> {
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = text(&HOST).unwrap_or_default();
    if is_loopback && !names_loopback(host) {
        return Err("the control API is for this machine: call it by localhost or by its loopback address");
    }
    let is_foreign = |origin: &str| origin.split_once("://").is_none_or(|(_, of)| !of.eq_ignore_ascii_case(host));
    if text(&ORIGIN).is_some_and(is_foreign) || text(&FETCH_SITE) == Some("cross-site") {
        return Err("the control API is not for pages of other sites");
    }
    Ok(())
}

/// Whether a host, perhaps with a port, is this machine and nothing else.
fn names_loopback(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let host = authority.host();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.to_ascii_lowercase().ends_with(".localhost")
        || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn passes(headers: &[(&HeaderName, &str)], is_loopback: bool) -> bool {
        let value = |text: &str| HeaderValue::from_str(text).expect("a header");
        check(&headers.iter().map(|(name, text)| ((*name).clone(), value(text))).collect(), is_loopback).is_ok()
    }

    #[test]
    fn programs_on_this_machine_pass() {
        for host in ["127.0.0.1:8765", "localhost", "LOCALHOST:1", "[::1]:8765", "graph.localhost:8765", "127.9.9.9"] {
            assert!(passes(&[(&HOST, host)], true), "{host}");
        }
    }

    #[test]
    fn a_name_that_only_leads_here_does_not_pass_where_only_this_machine_is_served() {
        for host in ["pim.example", "pim.example:8765", "localhost.example", "10.0.0.1", "", "::1", "a b"] {
            assert!(!passes(&[(&HOST, host)], true), "{host}");
        }
        assert!(passes(&[(&HOST, "pim.example:8765")], false));
    }

    #[test]
    fn pages_of_other_sites_do_not_pass() {
        let host = (&HOST, "127.0.0.1:8765");
        assert!(passes(&[host, (&ORIGIN, "http://127.0.0.1:8765")], true));
        for origin in ["https://example.com", "http://127.0.0.1:80", "null", "http://127.0.0.1:8765.example", ""] {
            assert!(!passes(&[host, (&ORIGIN, origin)], true), "{origin}");
            assert!(!passes(&[host, (&ORIGIN, origin)], false), "{origin}");
        }
        assert!(!passes(&[host, (&FETCH_SITE, "cross-site")], true));
        assert!(passes(&[host, (&FETCH_SITE, "none")], true));
    }
}
