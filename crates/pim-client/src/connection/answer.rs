//! Answers, made safe to read: none is endless, and every error can be decoded.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use futures_util::StreamExt;
use reqwest::{Body, Response};

use crate::error::ODataError;
use crate::token::BearerToken;

/// The longest error that is read. Graph's own have a few hundred bytes.
const ERROR_LIMIT: usize = 1 << 20;

/// The longest answer that is read. Graph's largest pages, of 999 objects, have a few megabytes.
const ANSWER_LIMIT: usize = 64 << 20;

/// Stands for an error body that says nothing a program could read.
const SILENT_ERROR: &[u8] = br#"{"error":{}}"#;

/// The same answer with a body that is an OData error, and in which `token` does not occur.
///
/// Not everything that refuses a request is Graph: gateways answer with HTML, or nothing, or the request that they did
/// not like. progenitor would report such a body as undecodable, and lose the status.
pub(crate) async fn readable(mut response: Response, token: &BearerToken) -> Response {
    let is_usable = |body: &Vec<u8>| serde_json::from_slice::<ODataError>(body).is_ok() && !token.is_in(body);
    let body = read(&mut response).await.filter(is_usable);
    head(&response).map(|()| body.unwrap_or_else(|| SILENT_ERROR.to_vec())).into()
}

/// The same answer, whose body breaks off with an error when it grows too long.
pub(crate) fn bounded(response: Response) -> Response {
    limited(response, ANSWER_LIMIT)
}

fn limited(response: Response, limit: usize) -> Response {
    let head = head(&response);
    let mut left = limit;
    let body = response.bytes_stream().map(move |chunk| -> Result<Bytes, Box<dyn Error + Send + Sync>> {
        let chunk = chunk?;
        left = left.checked_sub(chunk.len()).ok_or(TooLong)?;
        Ok(chunk)
    });
    head.map(|()| Body::wrap_stream(body)).into()
}

/// The whole body of an error, unless it breaks off or is too long.
async fn read(response: &mut Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > ERROR_LIMIT {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

/// Status and headers of an answer.
fn head(response: &Response) -> http::Response<()> {
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.headers_mut() = response.headers().clone();
    head
}

/// The answer passed [`ANSWER_LIMIT`].
#[derive(Debug)]
struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer is longer than {} MiB", ANSWER_LIMIT >> 20)
    }
}

impl Error for TooLong {}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_breaks_off_where_it_grows_too_long() {
        let answer = || Response::from(http::Response::new("12345"));
        assert_eq!(limited(answer(), 5).text().await.unwrap(), "12345");
        let error = limited(answer(), 4).text().await.unwrap_err();
        let cause = std::iter::successors(error.source(), |&error| error.source()).last();
        assert_eq!(cause.map(ToString::to_string).as_deref(), Some("the answer is longer than 64 MiB"));
    }
}
