//! The answer to who signed in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::Request;
use crate::identity::fault::Fault;
use crate::identity::platform::Refresh;
use crate::identity::scopes::Scopes;
use crate::identity::session::Session;
use crate::identity::token::Subject;
use crate::identity::{ApplicationAccount, Secret, UserAccount};

/// How long refresh tokens last, in seconds: 90 days.
const REFRESH_LIFETIME: i64 = 90 * 24 * 3600;

/// What is to be issued, and for what.
pub(super) struct Tokens<'a> {
    pub(super) request: &'a Request<'a>,
    pub(super) session: &'a Session,
    pub(super) scopes: &'a Scopes,
    pub(super) application: Option<&'a ApplicationAccount>,
    pub(super) nonce: Option<&'a str>,
}

impl Tokens<'_> {
    pub(super) fn issue(self) -> Result<Value, Fault> {
        let Self { request, session, scopes, application, .. } = self;
        let platform = request.platform;
        let user = platform.user(&session.user.to_string())?;
        let granted = scopes.grant(application)?;
        let subject = Subject::User {
            user: &user,
            app_id: session.client,
            app_name: application.map_or("Unregistered application", |application| &application.display_name),
            permissions: &granted.permissions,
            has_mfa: session.has_mfa,
            contexts: &session.contexts,
        };
        let issued = platform.issuer.issue(subject).map_err(|_| Fault::internal())?;
        let mut answer = json!({
            "token_type": "Bearer",
            "scope": granted.scope,
            "expires_in": issued.expires_in,
            "ext_expires_in": issued.expires_in,
            "access_token": issued.token.expose(),
        });
        if scopes.is_offline {
            let token = Secret::random();
            let refresh = Refresh { session: session.clone(), scopes: scopes.clone() };
            let ends = platform.issuer.now().saturating_add(REFRESH_LIFETIME);
            platform.refresh_tokens().put(token.expose(), ends, refresh);
            answer["refresh_token"] = json!(token.expose());
        }
        if scopes.is_openid {
            answer["id_token"] = json!(self.id_token(&user)?.expose());
        }
        if request.params.get("client_info") == Some("1") {
            let info = json!({ "uid": user.id.to_string(), "utid": platform.issuer.tenant().to_string() });
            answer["client_info"] = json!(URL_SAFE_NO_PAD.encode(info.to_string()));
        }
        Ok(answer)
    }

    /// Who signed in. Clients that got it from here have no need to check the signature, and no key to do it with.
    fn id_token(&self, user: &UserAccount) -> Result<Secret, Fault> {
        let platform = self.request.platform;
        let now = platform.issuer.now();
        let tenant = platform.issuer.tenant();
        let mut claims = json!({
            "aud": self.session.client.to_string(),
            "iss": format!("{}/{tenant}/v2.0", platform.origin_for(self.request.headers)),
            "iat": now,
            "nbf": now,
            "exp": now.saturating_add(platform.issuer.lifetime()),
            "name": user.display_name,
            "oid": user.id.to_string(),
            "preferred_username": user.upn,
            "sub": user.id.to_string(),
            "tid": tenant.to_string(),
            "ver": "2.0",
        });
        if let Some(nonce) = self.nonce {
            claims["nonce"] = json!(nonce);
        }
        platform.issuer.sign(&claims).map_err(|_| Fault::internal())
    }
}
