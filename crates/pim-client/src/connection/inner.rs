//! What the generated HTTP client carries for the hooks.

use std::fmt;
use std::sync::Arc;

use super::Endpoint;
use crate::auth::TokenProvider;
use crate::transport::{Observer, RetryPolicy};

/// The endpoint and the provider of the tokens that are meant for it. They travel together, so that neither is used
/// without the other.
#[derive(Clone)]
pub struct Inner(Arc<Shared>);

/// What all clones of a client share.
pub(crate) struct Shared {
    pub(crate) endpoint: Endpoint,
    /// What the tokens are issued for.
    pub(crate) resource: Arc<str>,
    pub(crate) provider: Box<dyn TokenProvider>,
    pub(crate) retry: RetryPolicy,
    pub(crate) observer: Option<Box<dyn Observer>>,
}

impl Inner {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.0.endpoint
    }

    pub(crate) fn resource(&self) -> Arc<str> {
        Arc::clone(&self.0.resource)
    }

    pub(crate) fn provider(&self) -> &dyn TokenProvider {
        &*self.0.provider
    }

    pub(crate) fn retry(&self) -> &RetryPolicy {
        &self.0.retry
    }

    pub(crate) fn observer(&self) -> Option<&dyn Observer> {
        self.0.observer.as_deref()
    }
}

/// The endpoint; what the provider and the observer are, only they could tell.
impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inner")
            .field("endpoint", &self.0.endpoint)
            .field("retry", &self.0.retry)
            .finish_non_exhaustive()
    }
}
