//! What the generated HTTP client carries for the hooks.

use std::sync::Arc;

use super::Endpoint;
use crate::token::Credential;

/// The endpoint and the credential that is meant for it. They travel together, so that neither is used without the
/// other.
#[derive(Clone, Debug)]
pub struct Inner(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    endpoint: Endpoint,
    credential: Credential,
}

impl Inner {
    pub(crate) fn new(endpoint: Endpoint, credential: Credential) -> Self {
        Self(Arc::new(Shared { endpoint, credential }))
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.0.endpoint
    }

    pub(crate) fn credential(&self) -> &Credential {
        &self.0.credential
    }
}
