//! What the identity platform grants.

use std::fmt;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth2::basic::BasicTokenType;
use oauth2::{ExtraTokenFields, StandardTokenResponse, TokenResponse as _};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::scopes::Scopes;
use crate::Error;
use crate::auth::{AccessToken, BearerToken};

/// The identity platform's answer, as it is read.
pub(super) type Answer = StandardTokenResponse<Extra, BasicTokenType>;

/// What a sign-in adds to an answer of OAuth. `Serialize` is demanded of it, and writes nothing.
#[derive(Deserialize, Serialize)]
pub(super) struct Extra {
    #[serde(default, skip_serializing)]
    id_token: Option<String>,
}

impl ExtraTokenFields for Extra {}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Extra(…)")
    }
}

/// An access token and what came with it.
pub(super) struct Grant {
    pub(super) token: AccessToken,
    pub(super) scopes: Scopes,
    pub(super) refresh_token: Option<Zeroizing<String>>,
    pub(super) login_hint: Option<String>,
}

impl Grant {
    /// Reads an answer to a request for the scopes `asked` of `resource`.
    pub(super) fn read(answer: &Answer, resource: &str, asked: &Scopes) -> Result<Self, Error> {
        let token = BearerToken::new(answer.access_token().secret())
            .map_err(|error| Error::authentication(format!("the identity platform gave no access token: {error}")))?;
        let lifetime = answer.expires_in().unwrap_or(Duration::ZERO);
        let granted = answer.scopes().map(Vec::as_slice).unwrap_or_default();
        Ok(Self {
            // A token without an end would be used for ever; one that has ended is used once.
            token: AccessToken::expiring(
                token,
                SystemTime::now().checked_add(lifetime).unwrap_or(SystemTime::UNIX_EPOCH),
            ),
            // What was asked for counts as granted: asking for it once more would not change the answer. If it was not,
            // Graph says which permission is missing.
            scopes: asked.clone().with(&Scopes::of(resource, granted.iter().map(|scope| scope.as_str()))),
            refresh_token: answer.refresh_token().map(|token| Zeroizing::new(token.secret().clone())),
            login_hint: answer.extra_fields().id_token.as_deref().and_then(login_hint),
        })
    }
}

/// What an id token says of the user.
#[derive(Deserialize)]
struct Identity {
    login_hint: Option<String>,
    preferred_username: Option<String>,
}

/// The user's name in an id token. It came straight from the identity platform, and is only told to it again: there is
/// no need to check its signature.
fn login_hint(id_token: &str) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.decode(id_token.split('.').nth(1)?.trim_end_matches('=')).ok()?;
    let identity: Identity = serde_json::from_slice(&payload).ok()?;
    identity.login_hint.or(identity.preferred_username).filter(|hint| !hint.is_empty() && hint.len() <= 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_is_named_in_the_id_token() {
        let token = |json: &str| format!("eyJ0.{}.c2ln", URL_SAFE_NO_PAD.encode(json));
        for (id_token, expected) in [
            (token(r#"{"preferred_username":"adele@contoso.com"}"#), Some("adele@contoso.com")),
            (token(r#"{"login_hint":"O.C","preferred_username":"adele@contoso.com"}"#), Some("O.C")),
            (token("{}"), None),
            (token("5"), None),
            ("eyJ0".to_owned(), None),
            ("a.***.b".to_owned(), None),
        ] {
            assert_eq!(login_hint(&id_token).as_deref(), expected, "{id_token}");
        }
    }
}
