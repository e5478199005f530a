use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};

use super::{AccessToken, BearerToken, TokenRequest};
use crate::Error;

/// Gives access tokens for Graph to a client.
///
/// It is asked before every request, and should therefore keep a token until it is no longer
/// [fresh](AccessToken::is_fresh). Many requests may ask at once.
///
/// ```
/// use pim_client::auth::{AccessToken, BearerToken, BoxFuture, TokenProvider, TokenRequest};
/// use pim_client::{Error, Graph};
///
/// /// Tokens from the company's own vault.
/// struct Vault;
///
/// impl TokenProvider for Vault {
///     fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
///         Box::pin(async move {
///             if request.claims().is_some() {
///                 return Err(Error::authentication("the vault has no other token; sign in to it again"));
///             }
///             // The vault would be asked for a token with `request.default_scope()`.
///             Ok(AccessToken::from(BearerToken::new("eyJ0eXAi")?))
///         })
///     }
/// }
///
/// let graph = Graph::builder(Vault).build()?;
/// # Ok::<(), Error>(())
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// A token that `request` can be sent with.
    ///
    /// If the request has [`claims`](TokenRequest::claims), Graph refused the last token: only one that was got with
    /// these claims will do, and it should be given to later requests, too. Of several requests that were
    /// [refused](TokenRequest::refused) with the same token, one need get another for all. A provider that cannot get one
    /// says so with [`Error::authentication`], in a line that tells what to do instead.
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>>;
}

impl<P: TokenProvider + ?Sized> TokenProvider for Arc<P> {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        (**self).token(request)
    }
}

impl<P: TokenProvider + ?Sized> TokenProvider for Box<P> {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        (**self).token(request)
    }
}

/// The same token for every request, until it ends or Graph refuses it.
impl TokenProvider for BearerToken {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        let token = match request.claims() {
            None => Ok(self.clone().into()),
            Some(_) => Err(Error::authentication(
                "a fixed token cannot be stepped up; get one with the claims, and build a client with it",
            )),
        };
        ready(token).boxed()
    }
}
