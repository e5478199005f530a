//! Signing in with the browser of this machine.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use oauth2::{CsrfToken, PkceCodeChallenge, RedirectUrl};

use super::fault::refused;
use super::grant::Grant;
use super::loopback::{Loopback, Outcome};
use super::platform::{Ask, Platform};
use crate::Error;

const TIME_LIMIT: Duration = Duration::from_mins(5);

type Open = dyn Fn(&str) + Send + Sync;

/// Signs in with the browser of this machine, which brings back a code to a port of it that is opened for that moment.
///
/// The application's registration needs the redirect URI `http://localhost`; the port makes no difference.
///
/// ```
/// use pim_client::auth::{Browser, SignIn};
///
/// let browser = Browser::new().open_with(|url| eprintln!("Open this address to sign in: {url}"));
/// let sign_in = SignIn::builder("6731de76-14a6-49ae-97bc-6eba6914391e", "organizations", browser).build()?;
/// # Ok::<(), pim_client::Error>(())
/// ```
///
/// [How it works](https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow): with a proof key
/// (PKCE) and a state, so that a code is worth nothing to whoever else may get hold of it.
pub struct Browser {
    open: Option<Arc<Open>>,
    time_limit: Duration,
}

impl Browser {
    /// Opens the browser that the user prefers.
    #[must_use]
    pub fn new() -> Self {
        Self { open: None, time_limit: TIME_LIMIT }
    }

    /// Calls `open` with the address of the sign-in, instead of opening a browser. The browser has to run on this
    /// machine, or to reach its port through a tunnel.
    #[must_use]
    pub fn open_with(mut self, open: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.open = Some(Arc::new(open));
        self
    }

    /// How long the user may take: five minutes unless said otherwise.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    pub(super) async fn sign_in(&self, platform: &Platform, ask: &Ask<'_>) -> Result<Grant, Error> {
        let loopback = Loopback::bind().await?;
        let redirect = RedirectUrl::new(loopback.address())
            .map_err(|_| Error::authentication("the address that the browser returns to cannot be written"))?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = platform
            .client
            .authorize_url(CsrfToken::new_random)
            .add_scopes(ask.all_scopes())
            .set_pkce_challenge(challenge)
            .set_redirect_uri(Cow::Borrowed(&redirect))
            .add_extra_param("response_mode", "query");
        request = match &ask.login_hint {
            Some(hint) => request.add_extra_param("login_hint", hint),
            // Nobody has said who signs in: the browser's own idea may be another account.
            None => request.add_extra_param("prompt", "select_account"),
        };
        if let Some(claims) = &ask.claims {
            request = request.add_extra_param("claims", claims.as_str());
        }
        let (url, state) = request.url();
        self.open(url.as_str()).await?;
        match loopback.outcome(state.secret(), self.time_limit).await? {
            Outcome::Code(code) => platform.redeem(&code, verifier, &redirect, ask).await,
            Outcome::Refused { code, description } => Err(refused("the sign-in", &code, &description, &[])),
        }
    }

    async fn open(&self, url: &str) -> Result<(), Error> {
        if let Some(open) = &self.open {
            open(url);
            return Ok(());
        }
        let not_opened = "no browser could be opened; sign in with a device code, or show the address yourself";
        let url = url.to_owned();
        tokio::task::spawn_blocking(move || open::that_detached(url))
            .await
            .map_err(|_| Error::authentication(not_opened))?
            // The fault repeats the command, and with it the address.
            .map_err(|error| Error::authentication(format!("{not_opened} ({})", error.kind())))
    }
}

impl Default for Browser {
    fn default() -> Self {
        Self::new()
    }
}

/// Without the callback, which cannot be shown.
impl fmt::Debug for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Browser").field("time_limit", &self.time_limit).finish_non_exhaustive()
    }
}
