//! A request, made ready to be sent.

use std::borrow::Cow;

use http::HeaderValue;
use http::header::AUTHORIZATION;
use reqwest::{Method, Request, Url};

use super::Exchange;
use crate::auth::{BearerToken, Claims, TokenRequest};
use crate::connection::Inner;
use crate::error::{Error, ErrorKind};

/// The header that an answer repeats, so that a request can be found in logs.
pub(super) const CLIENT_REQUEST_ID: &str = "client-request-id";

/// Gives a request its ids, its preferences and its token, if it goes to the token's own origin.
pub(super) async fn prepare(inner: &Inner, request: &mut Request) -> Result<(), Error> {
    check_origin(inner, request.url())?;
    let client_request_id = uuid::Uuid::new_v4().to_string();
    let headers = request.headers_mut();
    if let Ok(id) = HeaderValue::try_from(&client_request_id) {
        headers.insert(CLIENT_REQUEST_ID, id);
    }
    // Without it Graph writes `unknownFutureValue` for the members that were added to an enum later.
    headers.append("prefer", HeaderValue::from_static("include-unknown-enum-members"));
    let is_captured = Exchange::note(|exchange| {
        exchange.record.client_request_id = Some(client_request_id);
        exchange.address = Some(request.url().clone());
        exchange.capture.as_mut().map(|captured| captured.0 = Some(take(request))).is_some()
    });
    if is_captured == Some(true) {
        return Err(Error::new(ErrorKind::InvalidInput, "the request was only described"));
    }
    authorize(inner, request, None).await
}

/// Asks the provider for a token that meets `claims`, instead of the one that was `refused`. It will give it to the
/// requests that follow.
pub(crate) async fn step_up(
    inner: &Inner,
    permissions: Cow<'static, [&'static str]>,
    claims: Claims,
    refused: Option<BearerToken>,
) -> Result<BearerToken, Error> {
    let mut wanted = TokenRequest::new(inner.resource(), permissions).with_claims(claims);
    if let Some(refused) = refused {
        wanted = wanted.with_refused(refused);
    }
    Ok(inner.provider().token(&wanted).await?.token)
}

/// Puts a token into a request: one that meets `claims`, if Graph demanded some when it refused the last one.
pub(super) async fn authorize(inner: &Inner, request: &mut Request, claims: Option<Claims>) -> Result<(), Error> {
    check_origin(inner, request.url())?;
    let noted = Exchange::note(|exchange| (exchange.permissions.clone(), exchange.token.clone()));
    let (permissions, last) = noted.unwrap_or_default();
    let token = match claims {
        Some(claims) => step_up(inner, permissions, claims, last).await?,
        None => inner.provider().token(&TokenRequest::new(inner.resource(), permissions)).await?.token,
    };
    request.headers_mut().insert(AUTHORIZATION, token.authorization()?);
    Exchange::note(|exchange| exchange.token = Some(token));
    Ok(())
}

/// The token is for one endpoint, and goes nowhere else: whatever an answer, a base address or a fault of ours says.
fn check_origin(inner: &Inner, url: &Url) -> Result<(), Error> {
    if inner.endpoint().is_origin_of(url) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Refused, "refused to send the token to another origin than the endpoint's"))
}

/// The request itself, leaving an empty one behind.
fn take(request: &mut Request) -> Request {
    let empty = Request::new(Method::GET, request.url().clone());
    std::mem::replace(request, empty)
}
