//! What happens to every request before it is sent, and to every answer before it is decoded.
//!
//! progenitor calls these two through its trait `ClientHooks`. Without an implementation of that trait the generated
//! code does not compile: no request can be sent without passing here.

use progenitor_client::{ClientInfo, Error};
use reqwest::{Request, Response};

use super::{Exchange, prepare, send};
use crate::connection::Inner;

/// Makes a request ready to be sent: with the token, if it goes to the token's own origin, or else not at all.
pub async fn pre<E>(client: &impl ClientInfo<Inner>, request: &mut Request) -> Result<(), Error<E>> {
    prepare::prepare(client.inner(), request).await.map_err(|fault| {
        // progenitor has no place for the client's own errors: what is returned here only ends the call.
        Exchange::note(|exchange| exchange.fault = Some(fault));
        Error::Custom(String::new())
    })
}

/// Sends a request, again if need be. What comes back is complete, bounded, and can be decoded if it is an error.
pub async fn exec(client: &impl ClientInfo<Inner>, request: Request) -> reqwest::Result<Response> {
    send::send(client.client(), client.inner(), request).await
}
