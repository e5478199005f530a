//! Who may speak to the emulator: programs on this machine, and no web page that somebody happens to look at.
//!
//! A browser on this machine reaches the loopback interface for whatever page it shows. A page of another site cannot read
//! what comes back, but can have requests sent, and that would be enough to do harm: its `Origin` gives it away. A page whose
//! own name was made to lead here (DNS rebinding) can read as well: its `Host` is none of ours. The first is kept from the
//! control API alone, since sign-in pages are there for pages of other sites; the second from everything.

use std::net::IpAddr;
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

/// Endings of names that are nobody's in the public DNS.
const PRIVATE: [&str; 2] = [".localhost", ".internal"];

/// What the emulator is called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'a> {
    /// Scheme and host that clients know it by, if that was said.
    origin: Option<&'a str>,
    /// Whether only this machine is served. Where others are, it may have any name.
    is_loopback: bool,
}

/// Lets a request pass that is meant for this host.
pub(super) async fn own_host(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    match Names::of(&shared).check_host(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(why) => refuse(StatusCode::MISDIRECTED_REQUEST, why),
    }
}

/// Lets a request pass, unless a browser sends it for a page of another site.
pub(super) async fn own_site(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    match Names::of(&shared).check_site(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(why) => refuse(StatusCode::FORBIDDEN, why),
    }
}

impl<'a> Names<'a> {
    pub(super) fn of(shared: &'a Shared) -> Self {
        Self { origin: shared.platform.origin(), is_loopback: shared.is_loopback }
    }

    /// Whether a request says a name that no stranger can have.
    pub(super) fn check_host(self, headers: &HeaderMap) -> Result<(), &'static str> {
        if !self.is_loopback {
            return Ok(());
        }
        // HTTP wants it there once.
        let mut hosts = headers.get_all(HOST).iter();
        match (hosts.next().and_then(|host| host.to_str().ok()), hosts.next()) {
            (Some(host), None) if self.is_own(host) => Ok(()),
            _ => Err("the emulator is not known by the Host of this request; \
                      call it by 127.0.0.1 or localhost, or start it with the --origin that clients use"),
        }
    }

    fn is_own(self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        let host = authority.host();
        is_of_this_machine(host)
            || self.origin.and_then(authority_of).is_some_and(|own| own.host().eq_ignore_ascii_case(host))
    }

    fn check_site(self, headers: &HeaderMap) -> Result<(), &'static str> {
        let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let host = text(&HOST).unwrap_or_default();
        let is_foreign = |origin: &str| {
            let is_of_host = origin.split_once("://").is_some_and(|(_, of)| of.eq_ignore_ascii_case(host));
            !is_of_host && self.origin.is_none_or(|own| !own.eq_ignore_ascii_case(origin))
        };
        if text(&ORIGIN).is_some_and(is_foreign) || text(&FETCH_SITE) == Some("cross-site") {
            return Err("the control API is not for pages of other sites; call it from a program");
        }
        Ok(())
    }
}

/// Whether a host is this machine, or has a name that is nobody's in the public DNS.
fn is_of_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = address.parse::<IpAddr>() {
        return address.to_canonical().is_loopback();
    }
    // A dot at the end makes a name a full one: `example.` is a name of the public DNS, `example` is not.
    let is_local = !host.is_empty() && !host.contains(['.', '[']);
    let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    is_local || name == "localhost" || PRIVATE.iter().any(|ending| name.ends_with(ending))
}

fn authority_of(origin: &str) -> Option<Authority> {
    origin.split_once("://")?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const LOOPBACK: Names<'_> = Names { origin: None, is_loopback: true };
    const EVERYWHERE: Names<'_> = Names { origin: None, is_loopback: false };
    const PROXIED: Names<'_> = Names { origin: Some("https://pim.example:8443"), is_loopback: true };

    fn headers(given: &[(&HeaderName, &str)]) -> HeaderMap {
        let value = |text: &str| HeaderValue::from_str(text).expect("a header");
        given.iter().map(|(name, text)| ((*name).clone(), value(text))).collect()
    }

    fn knows(names: Names<'_>, host: &str) -> bool {
        names.check_host(&headers(&[(&HOST, host)])).is_ok()
    }

    #[test]
    fn what_is_meant_for_this_machine_passes() {
        for host in [
            "127.0.0.1:8765",
            "127.9.9.9",
            "[::1]:8765",
            "[::ffff:127.0.0.1]:8765",
            "localhost",
            "LOCALHOST:1",
            "localhost.:1",
            "graph.localhost:8765",
            "pim:8765",
            "host.docker.internal:8765",
        ] {
            assert!(knows(LOOPBACK, host), "{host}");
        }
    }

    #[test]
    fn a_name_that_only_leads_here_does_not_pass_where_only_this_machine_is_served() {
        for host in [
            "pim.example",
            "pim.example:8765",
            "localhost.example",
            "127.0.0.1.example",
            "example.",
            "10.0.0.1",
            "0.0.0.0:8765",
            "1.2.3",
            "[::2]:1",
            "::1",
            "a b",
            "",
        ] {
            assert!(!knows(LOOPBACK, host), "{host}");
            assert!(knows(EVERYWHERE, host), "{host}");
        }
        assert!(LOOPBACK.check_host(&HeaderMap::new()).is_err());
        let mut two = headers(&[(&HOST, "localhost")]);
        two.append(HOST, HeaderValue::from_static("pim.example"));
        assert!(LOOPBACK.check_host(&two).is_err(), "one of them is a stranger's");
    }

    #[test]
    fn the_host_of_the_origin_that_was_named_passes_with_any_port() {
        for host in ["pim.example:8443", "PIM.example", "pim.example:8765", "127.0.0.1:8765"] {
            assert!(knows(PROXIED, host), "{host}");
        }
        for host in ["example", "pim.example.example", "other.example:8443"] {
            assert_eq!(knows(PROXIED, host), knows(LOOPBACK, host), "{host}");
        }
    }

    #[test]
    fn pages_of_other_sites_do_not_pass() {
        let host = (&HOST, "127.0.0.1:8765");
        for names in [LOOPBACK, EVERYWHERE, PROXIED] {
            let passes = |given: &[(&HeaderName, &str)]| names.check_site(&headers(given)).is_ok();
            assert!(passes(&[host]), "a program says no origin");
            assert!(passes(&[host, (&ORIGIN, "http://127.0.0.1:8765")]));
            for origin in ["https://example.com", "http://127.0.0.1:80", "null", "http://127.0.0.1:8765.example", ""] {
                assert!(!passes(&[host, (&ORIGIN, origin)]), "{origin}");
            }
            assert!(!passes(&[(&ORIGIN, "null")]));
            assert!(!passes(&[host, (&FETCH_SITE, "cross-site")]));
            assert!(passes(&[host, (&FETCH_SITE, "none")]));
            // A proxy may say another Host than the browser did.
            let is_named = names.origin.is_some();
            assert_eq!(passes(&[host, (&ORIGIN, "https://pim.example:8443")]), is_named);
            assert!(!passes(&[host, (&ORIGIN, "https://pim.example")]));
        }
    }
}
