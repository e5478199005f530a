//! What the OAuth requests are sent with.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};

use crate::connection::Endpoint;
use crate::error::{Error, ErrorKind};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_mins(1);

/// The longest answer that is read, in bytes. Tokens have some thousands.
const LIMIT: usize = 1 << 20;

/// Sends requests to the identity platform, and follows it nowhere else.
pub(super) struct Http(reqwest::Client);

impl Http {
    pub(super) fn new(authority: &Endpoint) -> Result<Self, Error> {
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("pim-client/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .referer(false)
            .redirect(reqwest::redirect::Policy::none())
            .https_only(!authority.is_plain_http());
        if authority.is_plain_http() {
            // A proxy would get to read what is not meant to leave this machine.
            builder = builder.no_proxy();
        }
        let client = builder
            .build()
            .map_err(|error| Error::invalid_input("the HTTP client cannot be set up").caused_by(error))?;
        Ok(Self(client))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        let request = reqwest::Request::try_from(request).map_err(failed)?;
        let mut answer = self.0.execute(request).await.map_err(failed)?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > LIMIT {
                return Err(Error::new(ErrorKind::Transport, "the identity platform's answer is longer than 1 MiB"));
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = HttpResponse::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Error;
    type Future = BoxFuture<'c, Result<HttpResponse, Error>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        self.send(request).boxed()
    }
}

fn failed(error: reqwest::Error) -> Error {
    let reason = if error.is_connect() {
        "no connection to the identity platform; check the network, and the authority if one is set"
    } else if error.is_timeout() {
        "no answer from the identity platform in time; try again"
    } else {
        "the exchange with the identity platform broke off; try again"
    };
    Error::new(ErrorKind::Transport, reason).caused_by(error)
}
