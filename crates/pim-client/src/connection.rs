//! What every operation is sent through: where Graph is, the HTTP client, and where its tokens come from.

mod endpoint;
mod inner;

pub(crate) use endpoint::Endpoint;
pub use inner::Inner;
pub(crate) use inner::Shared;

use progenitor_client::ClientInfo;
use reqwest::Url;

/// The way to one Graph endpoint. Clones share their connections, so that cloning is cheap.
#[derive(Clone, Debug)]
pub struct Connection {
    client: reqwest::Client,
    inner: Inner,
}

impl Connection {
    pub(crate) fn new(client: reqwest::Client, inner: Inner) -> Self {
        Self { client, inner }
    }

    /// The address that the paths of one version of Graph are appended to, without a slash at its end.
    #[must_use]
    pub fn version_url(&self, version: &str) -> String {
        self.inner.endpoint().version_url(version)
    }

    /// What sends the requests.
    #[must_use]
    pub fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// What the hooks need to know.
    #[must_use]
    pub fn inner(&self) -> &Inner {
        &self.inner
    }

    /// The way that a generated HTTP client goes.
    pub fn of(client: &impl ClientInfo<Inner>) -> Self {
        Self::new(client.client().clone(), client.inner().clone())
    }

    /// Whether `url` is an address of one version of this endpoint, and nothing that only looks like one.
    pub(crate) fn is_within(&self, version: &str, url: &Url) -> bool {
        self.inner.endpoint().is_within(version, url)
    }
}

/// What the hooks ask of whatever sends a request.
impl ClientInfo<Inner> for Connection {
    fn api_version() -> &'static str {
        "any"
    }

    fn baseurl(&self) -> &str {
        self.inner.endpoint().as_str()
    }

    fn client(&self) -> &reqwest::Client {
        &self.client
    }

    fn inner(&self) -> &Inner {
        &self.inner
    }
}
