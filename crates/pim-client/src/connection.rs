//! What every operation is sent through: where Graph is, the HTTP client, and the credential.

mod answer;
mod endpoint;
mod exchange;
pub mod hooks;
mod inner;
#[cfg(test)]
pub(crate) mod stand_in;
#[cfg(test)]
mod tests;

pub(crate) use endpoint::Endpoint;
pub(crate) use exchange::Exchange;
pub use inner::Inner;

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
}
