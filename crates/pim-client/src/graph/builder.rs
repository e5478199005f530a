//! How a client is set up, and what it refuses to be set up with.

use std::time::Duration;

use super::Graph;
use crate::Error;
use crate::connection::{Connection, Endpoint, Inner};
use crate::token::Credential;

const USER_AGENT: &str = concat!("pim-client/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(100);

/// Sets up a [`Graph`]. [`Graph::builder`] begins one.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct GraphBuilder {
    credential: Credential,
    endpoint: Option<Endpoint>,
    allow_plain_http: bool,
}

impl GraphBuilder {
    pub(super) fn new(credential: Credential) -> Self {
        Self { credential, endpoint: None, allow_plain_http: false }
    }

    /// Talks to the Graph at `url` instead of the global one: a national cloud, a gateway, an emulator.
    ///
    /// The URL is all that stands in front of `/v1.0`, and may have a path. One with a user name, a query or a
    /// fragment is refused.
    pub fn endpoint(mut self, url: &str) -> Result<Self, Error> {
        self.endpoint = Some(Endpoint::parse(url)?);
        Ok(self)
    }

    /// Whether the token may go over plain HTTP to other hosts than this machine, where everybody on the way can read
    /// it. Not allowed unless said so.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// Makes the client, or refuses an endpoint that would send the token in the clear.
    pub fn build(self) -> Result<Graph, Error> {
        let endpoint = self.endpoint.map_or_else(|| Endpoint::parse(Endpoint::GLOBAL), Ok)?;
        if endpoint.is_plain_http() && !endpoint.is_loopback() && !self.allow_plain_http {
            return Err(Error::invalid_input(
                "the endpoint would get the token over plain HTTP; write https, or call `allow_plain_http(true)`",
            ));
        }
        let client = http_client(&endpoint)?;
        Ok(Graph::new(Connection::new(client, Inner::new(endpoint, self.credential))))
    }
}

fn http_client(endpoint: &Endpoint) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TOTAL_TIMEOUT)
        .gzip(true)
        .referer(false)
        // A redirect would take the request, and what is in it, to an address that nobody chose.
        .redirect(reqwest::redirect::Policy::none())
        .https_only(!endpoint.is_plain_http());
    if endpoint.is_plain_http() && endpoint.is_loopback() {
        // A proxy would get to read what is not meant to leave this machine.
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| Error::invalid_input("the HTTP client cannot be set up").caused_by(error))
}
