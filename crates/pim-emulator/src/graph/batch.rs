//! `$batch`: several requests in one.
use super::error::{GraphError, Result};
use super::exchange::{Answer, Incoming};
use super::route::Version;
use super::service::Service;

/// The version whose batch a request is, if it is one.
pub(crate) fn version(_incoming: &Incoming, _serves_beta: bool) -> Option<Version> {
    None
}

pub(crate) fn answer(_service: &Service, _incoming: &Incoming, _version: Version) -> Result<Answer> {
    Err(GraphError::bad_request("not yet"))
}
