//! How a client is set up, and what it refuses to be set up with.

use std::fmt;
use std::time::Duration;

use http::HeaderValue;

use super::Graph;
use crate::auth::TokenProvider;
use crate::connection::{Connection, Endpoint, Inner, Shared};
use crate::transport::{Observer, RetryPolicy};
use crate::{Cloud, Error};

const USER_AGENT: &str = concat!("pim-client/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(100);

/// Sets up a [`Graph`]. [`Graph::builder`] begins one.
#[must_use = "a builder does nothing until `build` is called"]
pub struct GraphBuilder {
    provider: Box<dyn TokenProvider>,
    cloud: Cloud,
    endpoint: Option<Endpoint>,
    allow_plain_http: bool,
    timeout: Duration,
    retry: RetryPolicy,
    observer: Option<Box<dyn Observer>>,
    user_agent: Option<String>,
}

impl GraphBuilder {
    pub(super) fn new(provider: impl TokenProvider) -> Self {
        Self {
            provider: Box::new(provider),
            cloud: Cloud::Global,
            endpoint: None,
            allow_plain_http: false,
            timeout: TIMEOUT,
            retry: RetryPolicy::default(),
            observer: None,
            user_agent: None,
        }
    }

    /// Talks to the Graph of `cloud`, with tokens that are issued for it.
    pub fn cloud(mut self, cloud: Cloud) -> Self {
        self.cloud = cloud;
        self
    }

    /// Talks to the Graph at `url` instead of the cloud's own: a gateway, an emulator. Tokens are still asked for as if
    /// they were for the cloud's.
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

    /// How long a single try may take, from the first byte sent to the last one read: 100 seconds unless said
    /// otherwise. Zero is refused. To end a whole call, with all its tries, drop its future.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How often and how long requests are repeated.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Tells `observer` of every try of every request. Another call replaces it.
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Names the program in the header `User-Agent`, before the name of this crate: `contoso-pim/2.0`.
    pub fn user_agent(mut self, program: impl Into<String>) -> Self {
        self.user_agent = Some(program.into());
        self
    }

    /// Makes the client, or refuses what it cannot be made from, such as an endpoint that would get the token in the clear.
    pub fn build(self) -> Result<Graph, Error> {
        let endpoint = self.endpoint.clone().map_or_else(|| Endpoint::parse(self.cloud.graph()), Ok)?;
        if endpoint.is_plain_http() && !endpoint.is_loopback() && !self.allow_plain_http {
            return Err(Error::invalid_input(
                "the endpoint would get the token over plain HTTP; write https, or call `allow_plain_http(true)`",
            ));
        }
        let client = self.http_client(&endpoint)?;
        let shared = Shared {
            endpoint,
            resource: self.cloud.graph().into(),
            provider: self.provider,
            retry: self.retry,
            observer: self.observer,
        };
        Ok(Graph::new(Connection::new(client, Inner::new(shared))))
    }

    fn http_client(&self, endpoint: &Endpoint) -> Result<reqwest::Client, Error> {
        if self.timeout.is_zero() {
            return Err(Error::invalid_input("the timeout is zero, in which no answer can come; give it some seconds"));
        }
        let user_agent =
            self.user_agent.as_ref().map_or_else(|| USER_AGENT.to_owned(), |name| format!("{name} {USER_AGENT}"));
        let user_agent = HeaderValue::try_from(user_agent).map_err(|_| {
            Error::invalid_input("the user agent cannot stand in a header; write it on one line, like contoso-pim/2.0")
        })?;
        let mut builder = reqwest::Client::builder()
            .user_agent(user_agent)
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(self.timeout)
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
}

/// What is set, without the provider: only that knows what of it may be shown.
impl fmt::Debug for GraphBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GraphBuilder")
            .field("cloud", &self.cloud)
            .field("endpoint", &self.endpoint)
            .field("allow_plain_http", &self.allow_plain_http)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
