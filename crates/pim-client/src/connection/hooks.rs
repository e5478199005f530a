//! What happens to every request before it is sent, and to every answer before it is decoded.
//!
//! progenitor calls these two through its trait `ClientHooks`. Without an implementation of that trait the generated
//! code does not compile: no request can be sent without passing here.

use http::HeaderValue;
use http::header::AUTHORIZATION;
use progenitor_client::{ClientInfo, Error};
use reqwest::{Request, Response};

use super::{Exchange, Inner, answer};

/// Makes a request ready to be sent: with the token, if it goes to the token's own origin, or else not at all.
#[expect(clippy::result_large_err, reason = "the error is progenitor's, as its trait demands")]
pub fn pre<E>(client: &impl ClientInfo<Inner>, request: &mut Request) -> Result<(), Error<E>> {
    let inner = client.inner();
    if !inner.endpoint().is_origin_of(request.url()) {
        return Err(Error::Custom("refused to send the token to another origin than the endpoint's".to_owned()));
    }
    let client_request_id = uuid::Uuid::new_v4().to_string();
    let headers = request.headers_mut();
    headers.insert(AUTHORIZATION, inner.credential().token().authorization());
    headers.insert("client-request-id", HeaderValue::try_from(&client_request_id)?);
    // Without it Graph writes `unknownFutureValue` for the members that were added to an enum later.
    headers.append("prefer", HeaderValue::from_static("include-unknown-enum-members"));
    Exchange::asked(client_request_id);
    Ok(())
}

/// Sends a request. What comes back is bounded, and can be decoded if it is an error.
pub async fn exec(client: &impl ClientInfo<Inner>, request: Request) -> reqwest::Result<Response> {
    let response = client.client().execute(request).await?;
    let status = response.status();
    Exchange::answered(status, response.headers());
    if status.is_client_error() || status.is_server_error() {
        Ok(answer::readable(response, client.inner().credential().token()).await)
    } else {
        Ok(answer::bounded(response))
    }
}
