//! One try: a request is sent, and its answer read to the end.

use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use reqwest::{Client, Request, Response};

use super::{answer, challenge, retry};
use crate::auth::{BearerToken, Claims};

/// How a try ended.
pub(super) enum Try {
    /// Graph, or something before it, answered.
    Answered(Answer),
    /// The answer was longer than anything that Graph sends, and was not read to the end.
    TooLong(Answer),
    /// No complete answer came.
    Failed(reqwest::Error, Option<Answer>),
}

/// An answer that was read.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// Sends `request` once.
pub(super) async fn attempt(client: &Client, request: Request) -> Try {
    let mut response = match client.execute(request).await {
        Ok(response) => response,
        Err(error) => return Try::Failed(error, None),
    };
    let mut answer = Answer { status: response.status(), headers: response.headers().clone(), body: Bytes::default() };
    match read(&mut response, answer.limit()).await {
        Ok(Some(body)) => {
            answer.body = body;
            Try::Answered(answer)
        }
        // What an error says is of less use than its status.
        Ok(None) | Err(_) if answer.is_error() => Try::Answered(answer),
        Ok(None) => Try::TooLong(answer),
        Err(error) => Try::Failed(error, Some(answer)),
    }
}

/// The whole body, unless it is longer than `limit`.
async fn read(response: &mut Response, limit: usize) -> reqwest::Result<Option<Bytes>> {
    let Some(first) = response.chunk().await? else { return Ok(Some(Bytes::default())) };
    if first.len() > limit {
        return Ok(None);
    }
    let Some(second) = response.chunk().await? else { return Ok(Some(first)) };
    let mut body = BytesMut::from(first);
    let mut next = Some(second);
    while let Some(chunk) = next {
        if body.len() + chunk.len() > limit {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
        next = response.chunk().await?;
    }
    Ok(Some(body.freeze()))
}

impl Try {
    /// The answer, as far as it came.
    pub(super) fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Answered(answer) | Self::TooLong(answer) | Self::Failed(_, Some(answer)) => Some(answer),
            Self::Failed(_, None) => None,
        }
    }
}

impl Answer {
    pub(super) fn is_error(&self) -> bool {
        self.status.is_client_error() || self.status.is_server_error()
    }

    fn limit(&self) -> usize {
        if self.is_error() { answer::ERROR_LIMIT } else { answer::ANSWER_LIMIT }
    }

    /// The id that Graph gave to the request, which was sent with `token`.
    pub(super) fn request_id(&self, token: Option<&BearerToken>) -> Option<String> {
        answer::request_id(&self.headers, token)
    }

    /// How long Graph asks to wait.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(&self.headers, SystemTime::now())
    }

    /// What Graph asks the token to have.
    pub(super) fn challenge(&self) -> Option<Claims> {
        challenge::of(self.status, &self.headers, &self.body)
    }

    /// The answer as progenitor wants it: an error can be decoded, and does not repeat `token`.
    pub(super) fn into_response(self, token: Option<&BearerToken>) -> Response {
        let body = if self.is_error() { answer::readable(self.body, token) } else { self.body };
        let mut response = http::Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response.into()
    }
}
