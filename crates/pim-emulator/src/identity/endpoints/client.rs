//! Which application asks, and whether it is that one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, header};
use percent_encoding::percent_decode_str;
use uuid::Uuid;

use super::params::Params;
use crate::identity::fault::Fault;
use crate::identity::platform::unknown_application;
use crate::identity::{ApplicationAccount, Platform, Secret};

/// What a client says of itself: in the body, or in the header `Authorization`.
pub(super) struct Credentials {
    client_id: String,
    secret: Option<Secret>,
}

impl Credentials {
    pub(super) fn of(params: &Params, headers: &HeaderMap) -> Result<Self, Fault> {
        if let Some(basic) = headers.get(header::AUTHORIZATION) {
            let (client_id, secret) = basic.to_str().ok().and_then(read_basic).ok_or_else(|| {
                Fault::malformed("the header 'Authorization' has no client id and secret in Base64 after 'Basic'.")
            })?;
            if params.get("client_id").is_some_and(|other| other != client_id) || params.get("client_secret").is_some()
            {
                return Err(Fault::malformed("there are two sets of client credentials; send one."));
            }
            return Ok(Self { client_id, secret: Some(secret) });
        }
        if params.get("client_assertion").is_some() {
            let message = "Client assertions are not emulated; send a 'client_secret'.";
            return Err(Fault::new("invalid_client", 7_000_218, message));
        }
        let secret = params.get("client_secret").map(Secret::new);
        Ok(Self { client_id: params.need("client_id")?.to_owned(), secret })
    }

    /// The application by itself.
    pub(super) fn application(&self, platform: &Platform) -> Result<ApplicationAccount, Fault> {
        let (_, application) = platform.client(&self.client_id)?;
        let application = application.ok_or_else(|| unknown_application(&self.client_id))?;
        let Some(secret) = &self.secret else {
            let message = "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' \
                           grant type.";
            return Err(Fault::new("invalid_client", 7_000_216, message));
        };
        check(&application, secret)?;
        Ok(application)
    }

    /// The application that a user signs in to. An application that has a secret shows it, unless it is public as well;
    /// one that is not registered is public.
    pub(super) fn for_user(&self, platform: &Platform) -> Result<(Uuid, Option<ApplicationAccount>), Fault> {
        let (id, application) = platform.client(&self.client_id)?;
        let confidential = application.as_ref().filter(|application| !application.secrets.is_empty());
        match (&self.secret, confidential) {
            (Some(secret), Some(application)) => check(application, secret)?,
            (Some(_), None) => {
                let message = "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.";
                return Err(Fault::new("invalid_client", 700_025, message));
            }
            (None, Some(application)) if !application.is_public_client => {
                let message = "The request body must contain the following parameter: 'client_assertion' or \
                               'client_secret'.";
                return Err(Fault::new("invalid_client", 7_000_218, message));
            }
            (None, _) => {}
        }
        Ok((id, application))
    }
}

fn check(application: &ApplicationAccount, secret: &Secret) -> Result<(), Fault> {
    if application.has_secret(secret.expose()) {
        return Ok(());
    }
    let message = format!(
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not \
         the client secret ID, for a secret added to app '{}'.",
        application.app_id
    );
    Err(Fault::new("invalid_client", 7_000_215, message))
}

fn read_basic(header: &str) -> Option<(String, Secret)> {
    let (scheme, encoded) = header.trim().split_once(' ')?;
    let decoded = Secret::new(String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?);
    let (id, secret) = decoded.expose().split_once(':').filter(|_| scheme.eq_ignore_ascii_case("Basic"))?;
    let plain = |text| percent_decode_str(text).decode_utf8().ok();
    Some((plain(id)?.into_owned(), Secret::new(plain(secret)?)))
}
