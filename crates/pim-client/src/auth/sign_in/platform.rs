//! The identity platform: its addresses, and the requests that both ways of signing in share.

use std::borrow::Cow;
use std::fmt;

use oauth2::basic::BasicTokenIntrospectionResponse;
use oauth2::basic::{BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse};
use oauth2::{
    AuthUrl, AuthorizationCode, Client, ClientId, DeviceAuthorizationUrl, EndpointNotSet, EndpointSet,
    PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope, StandardRevocableToken, TokenUrl,
};
use zeroize::Zeroizing;

use super::fault::fault;
use super::grant::{Answer, Grant};
use super::http::Http;
use super::scopes::Scopes;
use crate::Error;
use crate::auth::Claims;
use crate::auth::tenant::Tenant;
use crate::connection::Endpoint;

/// A client of the identity platform that knows its three addresses.
pub(super) type OauthClient = Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// The identity platform, as an application in a tenant sees it.
pub(super) struct Platform {
    pub(super) client: OauthClient,
    pub(super) http: Http,
    endpoint: Endpoint,
}

/// What is asked for.
#[derive(Clone)]
pub(super) struct Ask<'a> {
    pub(super) resource: &'a str,
    pub(super) scopes: Scopes,
    pub(super) wants_refresh_token: bool,
    pub(super) claims: Option<Claims>,
    pub(super) login_hint: Option<String>,
}

/// Why a refresh token gave no access token.
pub(super) enum Refused {
    /// The user has to sign in, to consent, or to prove something.
    UserNeeded,
    Fault(Error),
}

impl Platform {
    pub(super) fn new(authority: Endpoint, tenant: &Tenant, client_id: &str) -> Result<Self, Error> {
        let address = |name| format!("{}/{name}", authority.version_url(&format!("{tenant}/oauth2/v2.0")));
        let unusable = |_| Error::invalid_input("the authority cannot be used as an address");
        let client = Client::new(ClientId::new(client_id.to_owned()))
            .set_auth_uri(AuthUrl::new(address("authorize")).map_err(unusable)?)
            .set_device_authorization_url(DeviceAuthorizationUrl::new(address("devicecode")).map_err(unusable)?)
            .set_token_uri(TokenUrl::new(address("token")).map_err(unusable)?);
        Ok(Self { client, http: Http::new(&authority)?, endpoint: authority })
    }

    /// Gets an access token for a refresh token.
    pub(super) async fn refresh(&self, refresh_token: &Zeroizing<String>, ask: &Ask<'_>) -> Result<Grant, Refused> {
        let token = RefreshToken::new(refresh_token.to_string());
        let mut request = self.client.exchange_refresh_token(&token).add_scopes(ask.all_scopes());
        if let Some(claims) = &ask.claims {
            request = request.add_extra_param("claims", claims.as_str());
        }
        let answer = request.request_async(&self.http).await.map_err(|error| {
            let code = match &error {
                RequestTokenError::ServerResponse(answer) => Some(answer.error()),
                _ => None,
            };
            match code {
                Some(BasicErrorResponseType::InvalidGrant) => Refused::UserNeeded,
                Some(BasicErrorResponseType::Extension(code))
                    if matches!(&**code, "interaction_required" | "consent_required" | "login_required") =>
                {
                    Refused::UserNeeded
                }
                _ => Refused::Fault(fault("to refresh the token", error, &[refresh_token])),
            }
        })?;
        Grant::read(&answer, ask.resource, &ask.scopes).map_err(Refused::Fault)
    }

    /// Gets an access token for the code that the browser brought.
    pub(super) async fn redeem(
        &self,
        code: &Zeroizing<String>,
        verifier: PkceCodeVerifier,
        redirect: &RedirectUrl,
        ask: &Ask<'_>,
    ) -> Result<Grant, Error> {
        let secret = Zeroizing::new(verifier.secret().clone());
        let mut request = self
            .client
            .exchange_code(AuthorizationCode::new(code.to_string()))
            .set_pkce_verifier(verifier)
            .set_redirect_uri(Cow::Borrowed(redirect));
        if let Some(claims) = &ask.claims {
            request = request.add_extra_param("claims", claims.as_str());
        }
        let answer =
            request.request_async(&self.http).await.map_err(|error| fault("the sign-in", error, &[code, &secret]))?;
        Grant::read(&answer, ask.resource, &ask.scopes)
    }
}

impl Ask<'_> {
    /// The permissions, and what a sign-in takes beside them.
    pub(super) fn all_scopes(&self) -> impl Iterator<Item = Scope> {
        let offline = self.wants_refresh_token.then_some("offline_access");
        ["openid", "profile"]
            .into_iter()
            .chain(offline)
            .chain(self.scopes.iter())
            .map(|name| Scope::new(name.to_owned()))
    }
}

impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Platform")
            .field("authority", &self.endpoint.as_str())
            .field("token", &self.client.token_uri().as_str())
            .finish_non_exhaustive()
    }
}
