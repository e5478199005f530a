//! Signing in with the browser.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use bytes::Bytes;
use http::Method;

use super::page;
use super::params::Params;
use super::redirect::{Mode, RedirectUri};
use crate::identity::demand::Demand;
use crate::identity::fault::{Fault, quoted};
use crate::identity::platform::Code;
use crate::identity::scopes::Scopes;
use crate::identity::session::Session;
use crate::identity::{ApplicationAccount, Platform, Secret, UserAccount};

/// How long a code lasts, in seconds.
const CODE_LIFETIME: i64 = 600;

/// The longest values that are kept with a code.
const LONGEST: usize = 2048;

/// `/{tenant}/oauth2/v2.0/authorize`
///
/// Who signs in is said by the parameter `user`, which the page's buttons set, or by `login_hint`; scripts may set
/// either. With neither, or with `prompt=select_account`, the page is shown.
pub(super) async fn authorize(
    State(platform): State<Arc<Platform>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
    method: Method,
    body: Bytes,
) -> Response {
    // The page's form has all parameters in its body, and the query that it was shown for is in its address.
    let query = query.unwrap_or_default();
    let text = if method == Method::POST { &body[..] } else { query.as_bytes() };
    match Request::read(&platform, &tenant, text) {
        Ok(request) => request.answer(),
        // Whom to tell is not known, or is not to be trusted: the person is told.
        Err(fault) => page::refusal(&fault),
    }
}

/// A request whose client and redirect URI are known to be good.
struct Request<'a> {
    platform: &'a Platform,
    params: Params,
    client: uuid::Uuid,
    application: Option<ApplicationAccount>,
    redirect_uri: RedirectUri,
    mode: Mode,
}

/// What is to be done.
enum Step {
    Redirect(Secret),
    Ask { needs_mfa: bool },
}

impl<'a> Request<'a> {
    fn read(platform: &'a Platform, tenant: &str, text: &[u8]) -> Result<Self, Fault> {
        platform.check_tenant(tenant)?;
        let params = Params::parse(text)?;
        let (client, application) = platform.client(params.need("client_id")?)?;
        let redirect_uri = params.get("redirect_uri").filter(|uri| uri.len() <= LONGEST).ok_or_else(|| {
            Fault::invalid_request(
                900_971,
                "No reply address provided; send a 'redirect_uri' of at most 2048 characters.",
            )
        })?;
        let redirect_uri = RedirectUri::check(redirect_uri, application.as_ref())?;
        let mode = Mode::parse(params.get("response_mode"))?;
        Ok(Self { platform, params, client, application, redirect_uri, mode })
    }

    fn answer(self) -> Response {
        let state = self.params.get("state").unwrap_or_default().to_owned();
        let step = self.step();
        match step {
            Ok(Step::Ask { needs_mfa }) => {
                let name = self.application.as_ref().map_or_else(
                    || format!("The application {}", self.client),
                    |application| application.display_name.clone(),
                );
                page::sign_in(&name, &self.params, &self.platform.accounts.users(), needs_mfa)
            }
            Ok(Step::Redirect(code)) => self.redirect(&[("code", code.expose())], &state),
            Err(fault) => {
                let description = fault.description();
                self.redirect(&[("error", fault.error), ("error_description", &description)], &state)
            }
        }
    }

    fn redirect(self, params: &[(&str, &str)], state: &str) -> Response {
        let state = Some(("state", state)).filter(|(_, state)| !state.is_empty());
        let params: Vec<_> = params.iter().copied().chain(state).collect();
        self.redirect_uri.answer(self.mode, &params)
    }

    fn step(&self) -> Result<Step, Fault> {
        let params = &self.params;
        let response_type = params.need("response_type")?;
        if response_type != "code" {
            let message = format!("response_type '{}' is not enabled for the application.", quoted(response_type));
            return Err(Fault::new("unsupported_response_type", 700_054, message));
        }
        let challenge = check_challenge(params)?;
        let scopes = Scopes::parse(params.need("scope")?)?;
        let demand = Demand::parse(params.get("claims"))?;
        if params.get("nonce").is_some_and(|nonce| nonce.len() > LONGEST) {
            return Err(Fault::malformed("the parameter 'nonce' is longer than 2048 characters."));
        }
        // What is not consented to is said before somebody signs in in vain.
        scopes.grant(self.application.as_ref())?;
        if params.get("cancel").is_some() {
            return Err(Fault::new("access_denied", 65_004, "User declined to consent to access the app."));
        }
        let Some(user) = self.user()? else {
            if params.get("prompt") == Some("none") {
                let message = "A silent sign-in request was sent but no user is signed in.";
                return Err(Fault::new("login_required", 50_058, message));
            }
            return Ok(Step::Ask { needs_mfa: demand.needs_mfa });
        };
        let code = Secret::random();
        let value = Code {
            session: Session::interactive(user.id, self.client, params.is_weak(), &demand),
            scopes,
            redirect_uri: params.need("redirect_uri")?.to_owned(),
            challenge: challenge.to_owned(),
            nonce: params.get("nonce").map(str::to_owned),
            is_used: false,
        };
        let ends = self.platform.issuer.now().saturating_add(CODE_LIFETIME);
        self.platform.codes().put(code.expose(), ends, value);
        Ok(Step::Redirect(code))
    }

    /// Who signs in, if that is known. A hint that fits nobody is no fault: it is a hint.
    fn user(&self) -> Result<Option<UserAccount>, Fault> {
        if let Some(chosen) = self.params.get("user") {
            // RFC 6749 has no `invalid_grant` here.
            let user = self.platform.user(chosen).map_err(|fault| fault.with_error("access_denied"))?;
            return Ok(Some(user));
        }
        let is_choice = self.params.get("prompt").is_some_and(|prompt| prompt.contains("select_account"));
        let hint = self.params.get("login_hint").filter(|_| !is_choice);
        Ok(hint.and_then(|hint| self.platform.user(hint).ok()))
    }
}

/// The proof key's challenge, without which a code could be used by whoever gets hold of it.
fn check_challenge(params: &Params) -> Result<&str, Fault> {
    let Some(challenge) = params.get("code_challenge") else {
        let message = "Proof Key for Code Exchange is required for authorization code redemption; send a \
                       'code_challenge'.";
        return Err(Fault::invalid_request(9_002_325, message));
    };
    let is_base64 = challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    // Nothing said means `plain`, which keeps the verifier from nobody.
    if params.get("code_challenge_method") != Some("S256") || challenge.len() != 43 || !is_base64 {
        let message = "The code challenge parameter is not valid: 'code_challenge_method' has to be S256, and \
                       'code_challenge' a SHA-256 in Base64url.";
        return Err(Fault::invalid_request(50_147, message));
    }
    Ok(challenge)
}
