//! What tokens are given for.

mod issue;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use serde_json::{Value, json};
use uuid::Uuid;

use self::issue::Tokens;
use super::client::Credentials;
use super::params::Params;
use crate::identity::Platform;
use crate::identity::demand::Demand;
use crate::identity::fault::Fault;
use crate::identity::platform::Progress;
use crate::identity::scopes::Scopes;
use crate::identity::secret::digest;
use crate::identity::session::Session;
use crate::identity::token::Subject;

/// A request to the token endpoint.
pub(super) struct Request<'a> {
    pub(super) platform: &'a Platform,
    pub(super) headers: &'a HeaderMap,
    pub(super) params: &'a Params,
}

impl Request<'_> {
    /// For the code that the browser brought. One attempt uses it up, so that nobody can try verifiers.
    pub(super) fn authorization_code(&self) -> Result<Value, Fault> {
        let (client, application) = self.credentials()?.for_user(self.platform)?;
        let text = self.params.need("code")?;
        let redirect_uri = self.params.need("redirect_uri")?;
        let demand = self.demand()?;
        let (session, scopes, nonce) = {
            let mut codes = self.platform.codes();
            let code = codes.get(text).ok_or_else(|| unknown("code"))?;
            if std::mem::replace(&mut code.value.is_used, true) {
                let message = "OAuth2 Authorization code was already redeemed, please retry with a new valid code or \
                               use an existing refresh token.";
                return Err(Fault::invalid_grant(54_005, message));
            }
            if code.expires_at <= self.platform.issuer.now() {
                return Err(expired());
            }
            let code = &code.value;
            check_client(code.session.client, client)?;
            if code.redirect_uri != redirect_uri {
                let message = "The reply address does not match the reply address provided when requesting \
                               Authorization code.";
                return Err(Fault::invalid_grant(500_112, message));
            }
            let verifier = self.params.get("code_verifier").unwrap_or_default();
            if !is_verifier(verifier) || URL_SAFE_NO_PAD.encode(digest(verifier)) != code.challenge {
                let message =
                    "The Code_Verifier does not match the code_challenge supplied in the authorization request.";
                return Err(Fault::invalid_grant(501_481, message));
            }
            (code.session.clone(), code.scopes.clone(), code.nonce.clone())
        };
        session.check(&demand)?;
        let scopes = match self.params.get("scope") {
            Some(scope) => Scopes::parse(scope)?.with_offline(scopes.is_offline),
            None => scopes,
        };
        self.tokens(&session, &scopes, application.as_ref(), nonce.as_deref())
    }

    /// For a refresh token. As with Entra, a new one comes with the answer, and the old one remains valid: processes that
    /// share a store of tokens do not sign each other out.
    pub(super) fn refresh_token(&self) -> Result<Value, Fault> {
        let (client, application) = self.credentials()?.for_user(self.platform)?;
        let text = self.params.need("refresh_token")?;
        let demand = self.demand()?;
        let refresh = {
            let mut tokens = self.platform.refresh_tokens();
            let entry = tokens.get(text).ok_or_else(|| unknown("refresh_token"))?;
            if entry.expires_at <= self.platform.issuer.now() {
                return Err(expired());
            }
            entry.value.clone()
        };
        check_client(refresh.session.client, client)?;
        refresh.session.check(&demand)?;
        let scopes = match self.params.get("scope") {
            Some(scope) => Scopes::parse(scope)?.with_offline(true),
            None => refresh.scopes,
        };
        self.tokens(&refresh.session, &scopes, application.as_ref(), None)
    }

    /// For an application by itself.
    pub(super) fn client_credentials(&self) -> Result<Value, Fault> {
        let application = self.credentials()?.application(self.platform)?;
        Scopes::check_application(self.params.need("scope")?)?;
        let issued = self.platform.issuer.issue(Subject::Application(&application)).map_err(|_| Fault::internal())?;
        Ok(json!({
            "token_type": "Bearer",
            "expires_in": issued.expires_in,
            "ext_expires_in": issued.expires_in,
            "access_token": issued.token.expose(),
        }))
    }

    /// For a user's password, in scripts. A second factor counts as shown unless `mfa=false` says otherwise, which is
    /// this emulator's own parameter; authentication contexts take a sign-in that a user can see.
    pub(super) fn password(&self) -> Result<Value, Fault> {
        let (client, application) = self.credentials()?.for_user(self.platform)?;
        let scopes = Scopes::parse(self.params.need("scope")?)?;
        let demand = self.demand()?;
        let user = self.platform.user(self.params.need("username")?)?;
        let given = self.params.need("password")?;
        if user.password.is_some_and(|password| !password.matches(given)) {
            let message = "Error validating credentials due to invalid username or password.";
            return Err(Fault::invalid_grant(50_126, message));
        }
        let session = Session { user: user.id, client, has_mfa: !self.params.is_weak(), contexts: Vec::new() };
        session.check(&demand)?;
        self.tokens(&session, &scopes, application.as_ref(), None)
    }

    /// For a device code, once a user has entered its other half.
    pub(super) fn device_code(&self) -> Result<Value, Fault> {
        let (client, application) = self.credentials()?.for_user(self.platform)?;
        // Version 1 of the protocol called it `code`, and libraries still do.
        let text = self.params.get("device_code").or(self.params.get("code"));
        let text = text.ok_or_else(|| Fault::missing("device_code"))?;
        let demand = self.demand()?;
        let now = self.platform.issuer.now();
        let (session, scopes) = {
            let mut devices = self.platform.devices();
            let entry = devices.get(text).filter(|entry| entry.value.client == client).ok_or_else(|| {
                let message = "Bad verification code received: the device_code was not recognized.";
                Fault::new("bad_verification_code", 70_018, message)
            })?;
            let has_expired = entry.expires_at <= now;
            let device = &mut entry.value;
            let session = match &device.progress {
                Progress::Used => {
                    let message = "OAuth2 device code was already redeemed, please retry with a new one.";
                    return Err(Fault::invalid_grant(54_005, message));
                }
                Progress::Declined => {
                    let message = "The end user denied the authorization request.";
                    return Err(Fault::new("authorization_declined", 65_004, message));
                }
                _ if has_expired => {
                    let message = "Verification code expired; begin anew.";
                    return Err(Fault::new("expired_token", 70_019, message));
                }
                Progress::Pending => {
                    let last = device.asked_at.replace(now);
                    // Whole seconds are counted: who waits as long as it was told to may seem one too early.
                    let is_hasty = last.is_some_and(|last| now - last < self.platform.device_interval - 1);
                    return Err(if is_hasty {
                        Fault::new("slow_down", 70_016, "OAuth 2.0 device flow error. You are polling too fast.")
                    } else {
                        let message = "OAuth 2.0 device flow error. Authorization is pending. Continue polling.";
                        Fault::new("authorization_pending", 70_016, message)
                    });
                }
                Progress::Approved(session) => session.clone(),
            };
            session.check(&demand)?;
            device.progress = Progress::Used;
            (session, device.scopes.clone())
        };
        self.tokens(&session, &scopes, application.as_ref(), None)
    }

    fn credentials(&self) -> Result<Credentials, Fault> {
        Credentials::of(self.params, self.headers)
    }

    fn demand(&self) -> Result<Demand, Fault> {
        Demand::parse(self.params.get("claims"))
    }

    fn tokens(
        &self,
        session: &Session,
        scopes: &Scopes,
        application: Option<&crate::identity::ApplicationAccount>,
        nonce: Option<&str>,
    ) -> Result<Value, Fault> {
        Tokens { request: self, session, scopes, application, nonce }.issue()
    }
}

/// RFC 7636: 43 to 128 characters.
fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'))
}

fn check_client(expected: Uuid, client: Uuid) -> Result<(), Fault> {
    if expected == client {
        return Ok(());
    }
    Err(Fault::invalid_grant(70_000, "The provided grant is invalid: it was issued to another application."))
}

/// One that we never gave out, or in another life.
fn unknown(parameter: &str) -> Fault {
    let message = format!(
        "Invalid request. Request is malformed or invalid: the value of '{parameter}' is not known; it was not issued \
         here, or before the last restart. Sign in again."
    );
    Fault::invalid_grant(9_002_313, message)
}

fn expired() -> Fault {
    let message = "The provided authorization code or refresh token has expired due to inactivity. Send a new \
                   interactive authorization request for this user and resource.";
    Fault::invalid_grant(70_008, message)
}
