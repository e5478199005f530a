use std::io;
use std::net::SocketAddr;

use crate::graph::GraphError;
use crate::identity::NoOrigin;
use crate::store;
use crate::tenant::TenantError;

/// Why an emulator does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The tenant is not described well.
    #[error(transparent)]
    Tenant(#[from] TenantError),
    /// The data cannot be kept where they are to be.
    #[error("{0}")]
    Data(String),
    /// What clients are to know it by is no origin.
    #[error("{0}")]
    Origin(String),
    /// The address cannot be listened at.
    #[error("cannot listen at {0}: {1}; choose another port, or 0 for a free one")]
    Address(SocketAddr, #[source] io::Error),
}

impl From<NoOrigin> for StartError {
    fn from(error: NoOrigin) -> Self {
        Self::Origin(error.to_string())
    }
}

impl From<store::OpenError> for StartError {
    fn from(error: store::OpenError) -> Self {
        Self::Data(error.to_string())
    }
}

impl From<store::Error> for StartError {
    fn from(error: store::Error) -> Self {
        Self::Data(error.to_string())
    }
}

impl From<GraphError> for StartError {
    fn from(error: GraphError) -> Self {
        Self::Data(error.message)
    }
}
