//! One question and its answer, redirects and all.

use std::time::Duration;

use ureq::http::{Response, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy};

use super::address::Address;
use super::failure::Failure;
use super::limits::{CONNECT, Limits, MOST_REDIRECTS};

/// An answer that is no redirect.
pub(super) struct Answer {
    /// Who gave it.
    pub(super) from: Address,
    /// What it is.
    pub(super) response: Response<Body>,
}

impl Answer {
    /// A header, if it is there and is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::trim)
    }
}

/// Asks `address`, and follows where it leads.
pub(super) fn ask(
    address: &Address,
    headers: &[(&str, String)],
    limits: Limits,
    within: Duration,
) -> Result<Answer, Failure> {
    let mut from = address.clone();
    for _ in 0..=MOST_REDIRECTS {
        let proxy = proxy(&from);
        let told = told(&from, proxy.as_ref());
        let response =
            ask_once(&from, headers, limits, within, proxy).map_err(|error| Failure::of(error).with(&told))?;
        let answer = Answer { from, response };
        let Some(location) = redirect(&answer) else { return Ok(answer) };
        let to = answer.from.redirected(location).map_err(Failure::Lasting)?;
        if to == answer.from {
            return Err(Failure::Lasting("it redirects to itself".to_owned()));
        }
        from = to;
    }
    let last = from.shown();
    Err(Failure::Lasting(format!("it redirects more than {MOST_REDIRECTS} times, at last to {last}")))
}

/// Where an answer points instead.
fn redirect(answer: &Answer) -> Option<&str> {
    let is_redirect = matches!(answer.response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    is_redirect.then(|| answer.header("location")).flatten()
}

/// The proxy that the environment names for an address. None on this machine, where what is asked is not encrypted.
fn proxy(address: &Address) -> Option<Proxy> {
    let uri: Uri = address.as_str().parse().ok()?;
    Proxy::try_from_env().filter(|proxy| !address.is_loopback() && !proxy.is_no_proxy(&uri))
}

/// What an error says about it: it is often the reason.
fn told(address: &Address, proxy: Option<&Proxy>) -> String {
    match proxy {
        Some(proxy) => format!(" (through the proxy {}:{}, which the environment names)", proxy.host(), proxy.port()),
        None if address.is_loopback() => String::new(),
        None => " (through no proxy: HTTPS_PROXY names none)".to_owned(),
    }
}

/// Each question has a connection of its own: what a server sent beyond an answer is no part of the next one.
fn ask_once(
    address: &Address,
    headers: &[(&str, String)],
    limits: Limits,
    within: Duration,
    proxy: Option<Proxy>,
) -> Result<Response<Body>, ureq::Error> {
    let config = Agent::config_builder()
        // Also the authorities that the machine trusts, such as that of a company's proxy.
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        .user_agent(concat!("pim-xtask/", env!("CARGO_PKG_VERSION")))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_idle_connections(0)
        .timeout_connect(Some(CONNECT))
        .timeout_per_read(Some(limits.stall))
        .timeout_global(Some(within))
        .proxy(proxy);
    let mut request = Agent::from(config.build()).get(address.as_str());
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    request.call()
}
