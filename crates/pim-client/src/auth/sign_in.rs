//! Signing in a user through an application of one's own.

mod browser;
mod builder;
mod device_code;
mod fault;
mod grant;
mod http;
mod loopback;
mod method;
mod platform;
mod scopes;
mod session;
mod store;
#[cfg(test)]
mod tests;

use std::fmt;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::Mutex;

pub use browser::Browser;
pub use builder::SignInBuilder;
pub use device_code::{DeviceCode, DeviceCodePrompt};
pub use method::SignInMethod;
pub use store::TokenStore;

use self::grant::Grant;
use self::platform::{Ask, Platform, Refused};
use self::scopes::{Choice, Scopes};
use self::session::Session;
use self::store::Slot;
use super::cache::TokenCache;
use super::{AccessToken, TokenProvider, TokenRequest};
use crate::Error;

/// Signs in a user, and gives tokens that act on the user's behalf.
///
/// It needs an application that is [registered](https://learn.microsoft.com/entra/identity-platform/quickstart-register-app)
/// in a tenant, with the platform "Mobile and desktop applications" and, for [`Browser`], the redirect URI
/// `http://localhost`; for [`DeviceCode`] "Allow public client flows" has to be on.
///
/// ```no_run
/// use pim_client::Graph;
/// use pim_client::auth::{Browser, SignIn, TokenStore};
///
/// # fn main() -> Result<(), pim_client::Error> {
/// let sign_in = SignIn::builder("6731de76-14a6-49ae-97bc-6eba6914391e", "contoso.onmicrosoft.com", Browser::new())
///     .store(TokenStore::in_user_folder()?)
///     .build()?;
/// let graph = Graph::builder(sign_in).build()?;
/// # Ok(())
/// # }
/// ```
///
/// Permissions are asked for when they are needed: what a request needs the least, joined with what was granted before.
/// [`scopes`](SignInBuilder::scopes) and [`for_operations`](SignInBuilder::for_operations) fix them instead, so that the
/// user is asked once.
///
/// A token is used while it lasts, then the refresh token, and only if that does not do, the user is asked. Many
/// requests ask the user once. After a
/// [claims challenge](https://learn.microsoft.com/entra/identity-platform/claims-challenge) the user signs in anew and
/// proves what Graph demands; that token is used from then on.
pub struct SignIn {
    platform: Platform,
    method: SignInMethod,
    choice: Choice,
    wants_refresh_token: bool,
    slot: Option<Slot>,
    /// The tokens, with the scopes that were granted.
    cache: TokenCache<Scopes>,
    /// Locked by who gets a token, of whom there is one.
    session: Mutex<Session>,
}

impl SignIn {
    /// Begins a sign-in to the application `client_id`, of users of `tenant`: its id, one of its domains,
    /// `organizations` or `common`.
    pub fn builder(
        client_id: impl Into<String>,
        tenant: impl Into<String>,
        method: impl Into<SignInMethod>,
    ) -> SignInBuilder {
        SignInBuilder::new(client_id.into(), tenant.into(), method.into())
    }

    /// Forgets the user: the tokens in memory, and those in the [store](SignInBuilder::store). The next request begins
    /// with a sign-in. It waits for a sign-in that is under way.
    ///
    /// Access tokens that were given out before remain valid until they end.
    pub async fn forget(&self) -> Result<(), Error> {
        let _nobody_signs_in = self.cache.clear().await;
        let mut session = self.session.lock().await;
        *session = Session::default();
        match &self.slot {
            Some(slot) => slot.remove().await,
            None => Ok(()),
        }
    }

    async fn acquire(&self, request: &TokenRequest) -> Result<(AccessToken, Scopes), Error> {
        let mut session = self.session.lock().await;
        if let Some(slot) = self.slot.as_ref().filter(|_| !session.is_loaded) {
            *session = slot.load().await?.unwrap_or_default();
        }
        session.is_loaded = true;
        let ask = Ask {
            resource: request.resource(),
            scopes: self.choice.ask(request, &session.granted),
            wants_refresh_token: self.wants_refresh_token,
            claims: request.claims().cloned(),
            login_hint: session.login_hint.clone(),
        };
        let grant = if let Some(grant) = self.refresh(&mut session, &ask).await? {
            grant
        } else {
            tracing::debug!(stepping_up = ask.claims.is_some(), "the user has to sign in");
            let grant = self.method.sign_in(&self.platform, &ask).await?;
            session.claims.clone_from(&ask.claims);
            grant
        };
        let Grant { token, scopes, .. } = &grant;
        let answer = (token.clone(), scopes.clone());
        session.take(grant);
        if let Some(slot) = self.slot.as_ref().filter(|_| session.refresh_token.is_some()) {
            slot.save(&session).await;
        }
        Ok(answer)
    }

    /// A token without the user, if that can be. A challenge is for the user to meet.
    async fn refresh(&self, session: &mut Session, ask: &Ask<'_>) -> Result<Option<Grant>, Error> {
        let Some(refresh_token) = session.refresh_token.clone().filter(|_| ask.claims.is_none()) else {
            return Ok(None);
        };
        // What was demanded before is kept up. Where that takes the user, a plain token may still do. The session is
        // changed when that is known, and not before: nobody may be waiting any more by then.
        let claims = session.claims.clone();
        let attempts = if claims.is_some() { vec![claims, None] } else { vec![None] };
        for claims in attempts {
            tracing::debug!(stepped_up = claims.is_some(), "a refresh token is used");
            let ask = Ask { claims: claims.clone(), ..ask.clone() };
            match self.platform.refresh(&refresh_token, &ask).await {
                Ok(grant) => {
                    session.claims = claims;
                    return Ok(Some(grant));
                }
                Err(Refused::UserNeeded) => {}
                Err(Refused::Fault(error)) => return Err(error),
            }
        }
        Ok(None)
    }
}

impl TokenProvider for SignIn {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        async move {
            let covers = |granted: &Scopes| self.choice.is_covered(request, granted);
            self.cache.get(request, covers, self.acquire(request)).await
        }
        .boxed()
    }
}

/// What is set, and no token.
impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn")
            .field("platform", &self.platform)
            .field("method", &self.method)
            .field("scopes", &self.choice)
            .field("store", &self.slot)
            .finish_non_exhaustive()
    }
}
