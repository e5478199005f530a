//! How a sign-in is set up.

use tokio::sync::Mutex;
use uuid::Uuid;

use super::platform::Platform;
use super::scopes::Choice;
use super::session::Session;
use super::store::Slot;
use super::{SignIn, SignInMethod, TokenStore};
use crate::auth::cache::TokenCache;
use crate::auth::tenant::Tenant;
use crate::connection::Endpoint;
use crate::{Cloud, Error, Operation};

/// Sets up a [`SignIn`]. [`SignIn::builder`] begins one.
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct SignInBuilder {
    client_id: String,
    tenant: String,
    method: SignInMethod,
    cloud: Cloud,
    authority: Option<String>,
    choice: Choice,
    wants_refresh_token: bool,
    store: Option<TokenStore>,
}

impl SignInBuilder {
    pub(super) fn new(client_id: String, tenant: String, method: SignInMethod) -> Self {
        Self {
            client_id,
            tenant,
            method,
            cloud: Cloud::Global,
            authority: None,
            choice: Choice::AsNeeded,
            wants_refresh_token: true,
            store: None,
        }
    }

    /// Signs in to `cloud`. The [`Graph`](crate::Graph) has to be of the same.
    pub fn cloud(mut self, cloud: Cloud) -> Self {
        self.cloud = cloud;
        self
    }

    /// Signs in at `url` instead of the cloud's own identity platform: an emulator. It is https, unless it is on this
    /// machine.
    pub fn authority(mut self, url: impl Into<String>) -> Self {
        self.authority = Some(url.into());
        self
    }

    /// Asks for these permissions once, such as `RoleManagement.Read.Directory`, and never for others. What they do not
    /// cover, Graph refuses.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.choice = Choice::Fixed(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Asks once for the least permissions that all these operations need, and never for others.
    ///
    /// ```
    /// use pim_client::auth::{DeviceCode, SignIn};
    /// use pim_client::v1_0::operations;
    ///
    /// let device = DeviceCode::new(|prompt| eprintln!("{prompt}"));
    /// let sign_in = SignIn::builder("6731de76-14a6-49ae-97bc-6eba6914391e", "contoso.onmicrosoft.com", device)
    ///     .for_operations([&operations::GROUPS_LIST])
    ///     .build()?;
    /// # Ok::<(), pim_client::Error>(())
    /// ```
    pub fn for_operations<'a>(self, operations: impl IntoIterator<Item = &'a Operation>) -> Self {
        self.scopes(operations.into_iter().flat_map(|operation| operation.delegated.iter().copied()))
    }

    /// Asks for no refresh token: the user signs in anew when the access token ends, after an hour or so.
    pub fn without_refresh_token(mut self) -> Self {
        self.wants_refresh_token = false;
        self
    }

    /// Keeps the refresh token in `store`, so that the user need not sign in each time the program runs.
    pub fn store(mut self, store: TokenStore) -> Self {
        self.store = Some(store);
        self
    }

    /// Makes the provider, or refuses what it cannot be made from.
    pub fn build(self) -> Result<SignIn, Error> {
        let client_id = Uuid::try_parse(&self.client_id).map_err(|_| {
            Error::invalid_input("the client id is no GUID; take the \"Application (client) ID\" of your registration")
        })?;
        let client_id = client_id.hyphenated().to_string();
        let tenant = Tenant::parse(&self.tenant)?;
        let authority = authority(self.authority.as_deref().unwrap_or(self.cloud.authority()))?;
        if let Choice::Fixed(scopes) = &self.choice {
            check_scopes(scopes)?;
        }
        Ok(SignIn {
            slot: self.store.map(|store| Slot::new(&store, authority.as_str(), &tenant, &client_id)),
            platform: Platform::new(authority, &tenant, &client_id)?,
            method: self.method,
            choice: self.choice,
            wants_refresh_token: self.wants_refresh_token,
            cache: TokenCache::new(),
            session: Mutex::new(Session::default()),
        })
    }
}

/// The address of an identity platform, to which codes and tokens are sent: nobody on the way may read them.
fn authority(text: &str) -> Result<Endpoint, Error> {
    let wrong = || {
        let example = Cloud::Global.authority();
        Error::invalid_input(format!("the authority is no https address on its own; write it like {example}"))
    };
    let endpoint = Endpoint::parse(text).map_err(|_| wrong())?;
    if endpoint.is_plain_http() && !endpoint.is_loopback() { Err(wrong()) } else { Ok(endpoint) }
}

fn check_scopes(scopes: &[String]) -> Result<(), Error> {
    if scopes.is_empty() {
        return Err(Error::invalid_input(
            "there is no scope to ask for; name one, or leave the choice to the requests",
        ));
    }
    if scopes.iter().any(|scope| scope.is_empty() || !scope.bytes().all(|byte| byte.is_ascii_graphic())) {
        return Err(Error::invalid_input("a scope is empty or has a space in it; give each on its own"));
    }
    Ok(())
}
