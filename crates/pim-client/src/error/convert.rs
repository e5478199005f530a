//! From progenitor's error, which knows about HTTP, to ours, which knows about Graph.

use std::borrow::Cow;
use std::error::Error as _;

use progenitor_client::Error as HttpError;
use reqwest::Url;

use super::text::one_line;
use super::{Error, ErrorKind, ODataError, decode};
use crate::path::InvalidKey;

/// Lets generated code use `?` on a key that it puts into a path, where only progenitor's error can be returned.
impl<E> From<InvalidKey> for HttpError<E> {
    fn from(error: InvalidKey) -> Self {
        Self::InvalidRequest(error.to_string())
    }
}

impl Error {
    /// Takes over the failure of a call.
    pub(crate) fn from_progenitor(error: HttpError<ODataError>) -> Self {
        match error {
            HttpError::InvalidRequest(reason) => Self::invalid_input(one_line(&reason)),
            // The hooks note their own faults, which come before what progenitor says.
            HttpError::Custom(reason) => Self::new(ErrorKind::Refused, reason),
            HttpError::CommunicationError(error)
            | HttpError::InvalidUpgrade(error)
            | HttpError::ResponseBodyError(error) => Self::from_reqwest(error),
            HttpError::ErrorResponse(answer) => Self::service(answer.into_inner().error),
            HttpError::InvalidResponsePayload(body, error) => {
                Self::new(ErrorKind::Decode, decode::fault(&body, &error))
            }
            HttpError::UnexpectedResponse(answer) if answer.status().is_redirection() => {
                Self::new(ErrorKind::Refused, "redirect refused; make sure that the endpoint is Graph's own address")
            }
            HttpError::UnexpectedResponse(_) => Self::new(ErrorKind::Decode, "neither a success nor an error"),
        }
    }

    /// Takes over the failure of the HTTP client: of the address only the host is in what it says, and no header and no
    /// body.
    pub(crate) fn from_reqwest(error: reqwest::Error) -> Self {
        if error.is_builder() {
            let cause = error.source().map_or_else(String::new, |cause| format!(": {cause}"));
            return Self::invalid_input(format!("the request cannot be written{}", one_line(&cause)));
        }
        let reason: Cow<'static, str> = if error.is_connect() {
            let host = error.url().and_then(Url::host_str).unwrap_or("the endpoint");
            format!("no connection to {host}; check the network, and the endpoint if one is set").into()
        } else if error.is_timeout() {
            "no complete answer in time".into()
        } else if error.is_body() || error.is_decode() {
            "the answer broke off or was damaged".into()
        } else {
            "the request did not get through".into()
        };
        Self::new(ErrorKind::Transport, reason).caused_by(error)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_cannot_be_written_is_the_callers_fault_and_says_why() {
        let body = BTreeMap::from([((1, 2), 3)]);
        let request = reqwest::Client::new().post("http://localhost/s3cr3t").json(&body).build();
        let error = Error::from_reqwest(request.unwrap_err());
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_eq!(error.to_string(), "the request cannot be written: key must be a string");
    }
}
