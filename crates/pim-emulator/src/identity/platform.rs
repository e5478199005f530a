//! What the endpoints share.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::{HeaderMap, header};
use uuid::Uuid;

use super::demand::Demand;
use super::fault::{Fault, quoted};
use super::scopes::Scopes;
use super::session::Session;
use super::token::Subject;
use super::vault::Vault;
use super::{Accounts, ApplicationAccount, Issuer, Origin, Secret, UserAccount};

/// How many seconds a device waits between two questions.
const DEVICE_INTERVAL: i64 = 5;

/// The application through which tokens are had that nobody signed in for.
const APPLICATION: Uuid = uuid::uuid!("14d82eec-204b-4c2f-b7e8-296a70dab67e");

/// The identity platform of one tenant.
///
/// Codes and refresh tokens are kept in memory. After a restart, clients sign in anew; access tokens remain valid if
/// the [`Issuer`] has the same key.
pub(crate) struct Platform {
    pub(super) issuer: Issuer,
    pub(super) accounts: Arc<dyn Accounts>,
    /// What `X-IDENTITY-HEADER` has to be.
    pub(super) identity_header: Secret,
    /// Where clients reach the endpoints, if that is not what their requests say.
    pub(super) origin: Option<Origin>,
    pub(super) device_interval: i64,
    codes: Mutex<Vault<Code>>,
    devices: Mutex<Vault<Device>>,
    /// From the codes that users type to those that devices have.
    user_codes: Mutex<Vault<Secret>>,
    refresh_tokens: Mutex<Vault<Refresh>>,
}

/// What an authorization code stands for.
pub(super) struct Code {
    pub(super) session: Session,
    pub(super) scopes: Scopes,
    pub(super) redirect_uri: String,
    /// The SHA-256 of the verifier, as it came.
    pub(super) challenge: String,
    pub(super) nonce: Option<String>,
    pub(super) is_used: bool,
}

/// What a device code stands for.
pub(super) struct Device {
    pub(super) client: Uuid,
    pub(super) scopes: Scopes,
    pub(super) demand: Demand,
    pub(super) progress: Progress,
    /// When it was asked about last.
    pub(super) asked_at: Option<i64>,
}

pub(super) enum Progress {
    Pending,
    Approved(Session),
    Declined,
    Used,
}

/// What a refresh token stands for.
#[derive(Clone)]
pub(super) struct Refresh {
    pub(super) session: Session,
    pub(super) scopes: Scopes,
}

impl Platform {
    /// A platform that issues with `issuer` to those in `accounts`. Its identity header is random.
    pub(crate) fn new(issuer: Issuer, accounts: Arc<dyn Accounts>) -> Self {
        Self {
            issuer,
            accounts,
            identity_header: Secret::random(),
            origin: None,
            device_interval: DEVICE_INTERVAL,
            codes: Mutex::new(Vault::new()),
            devices: Mutex::new(Vault::new()),
            user_codes: Mutex::new(Vault::new()),
            refresh_tokens: Mutex::new(Vault::new()),
        }
    }

    /// Names the origin that clients reach the endpoints at. Otherwise it is http and the header `Host` of each request.
    #[must_use]
    pub(crate) fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Sets the `IDENTITY_HEADER` of the managed identity endpoint, instead of a random one.
    #[cfg(test)]
    #[must_use]
    pub(crate) fn with_identity_header(mut self, secret: Secret) -> Self {
        self.identity_header = secret;
        self
    }

    /// Sets how many seconds a device waits between two questions: five, unless said otherwise.
    #[cfg(test)]
    #[must_use]
    pub(crate) fn with_device_interval(mut self, seconds: u32) -> Self {
        self.device_interval = seconds.into();
        self
    }

    /// An access token for a user, without any sign-in.
    pub(crate) fn token_for_user(
        &self,
        user: &UserAccount,
        permissions: &[String],
        has_mfa: bool,
        contexts: &[String],
    ) -> Result<Secret, jsonwebtoken::errors::Error> {
        let (app_id, app_name) = (APPLICATION, "pim-emulator");
        let issued = self.issuer.issue(Subject::User { user, app_id, app_name, permissions, has_mfa, contexts })?;
        Ok(issued.token)
    }

    /// An access token for an application, without any sign-in.
    pub(crate) fn token_for_application(
        &self,
        application: &ApplicationAccount,
    ) -> Result<Secret, jsonwebtoken::errors::Error> {
        Ok(self.issuer.issue(Subject::Application(application))?.token)
    }

    /// Who may sign in.
    pub(crate) fn accounts(&self) -> &dyn Accounts {
        &*self.accounts
    }

    #[cfg(test)]
    pub(crate) fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// What `IDENTITY_HEADER` is to be for who uses the managed identity endpoint.
    pub(crate) fn identity_header(&self) -> &Secret {
        &self.identity_header
    }

    /// Where clients reach the endpoints, if it was said.
    pub(crate) fn origin(&self) -> Option<&str> {
        self.origin.as_ref().map(Origin::as_str)
    }

    /// Where who sends a request with these headers reaches us, such as `http://localhost:8080`.
    pub(crate) fn origin_for(&self, headers: &HeaderMap) -> String {
        if let Some(origin) = self.origin() {
            return origin.to_owned();
        }
        // It is repeated in addresses: only what can be a host and a port may stand there.
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = host.filter(|host| !host.is_empty() && host.bytes().all(is_host)).unwrap_or("localhost");
        // A proxy in front of it may speak TLS with the clients, and says so.
        let is_secure = headers.get("x-forwarded-proto").is_some_and(|scheme| scheme.as_bytes() == b"https");
        format!("{}://{host}", if is_secure { "https" } else { "http" })
    }

    pub(super) fn codes(&self) -> MutexGuard<'_, Vault<Code>> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn devices(&self) -> MutexGuard<'_, Vault<Device>> {
        self.devices.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn user_codes(&self) -> MutexGuard<'_, Vault<Secret>> {
        self.user_codes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn refresh_tokens(&self) -> MutexGuard<'_, Vault<Refresh>> {
        self.refresh_tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fails unless `name` is a name of the tenant, or a word that stands for any.
    pub(super) fn check_tenant(&self, name: &str) -> Result<(), Fault> {
        let is_word = ["common", "organizations"].iter().any(|word| word.eq_ignore_ascii_case(name));
        if is_word
            || name.parse() == Ok(self.issuer.tenant())
            || self.accounts.domains().iter().any(|domain| domain.eq_ignore_ascii_case(name))
        {
            return Ok(());
        }
        let tenant = self.issuer.tenant();
        let message = format!("Tenant '{}' not found. The emulator has one tenant: {tenant}", quoted(name));
        Err(Fault::invalid_request(90_002, message))
    }

    /// The client that `client_id` names: its id, and what is registered of it.
    pub(super) fn client(&self, client_id: &str) -> Result<(Uuid, Option<ApplicationAccount>), Fault> {
        let id = client_id.parse().map_err(|_| unknown_application(client_id))?;
        Ok((id, self.accounts.application(id)))
    }

    /// The user, if it may sign in.
    pub(super) fn user(&self, id_or_upn: &str) -> Result<UserAccount, Fault> {
        let user = self.accounts.user(id_or_upn).ok_or_else(|| {
            let tenant = self.issuer.tenant();
            let message = format!(
                "The user account {} does not exist in the {tenant} directory. To sign into this application, the \
                 account must be added to the directory.",
                quoted(id_or_upn)
            );
            Fault::invalid_grant(50_034, message)
        })?;
        if !user.enabled {
            return Err(Fault::invalid_grant(50_057, "The user account is disabled."));
        }
        Ok(user)
    }
}

pub(super) fn unknown_application(client_id: &str) -> Fault {
    let message = format!(
        "Application with identifier '{}' was not found in the directory; check the client id, and that the application \
         is in this tenant.",
        quoted(client_id)
    );
    Fault::new("unauthorized_client", 700_016, message)
}

/// Without what it keeps.
impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Platform").field("issuer", &self.issuer).field("origin", &self.origin).finish_non_exhaustive()
    }
}
