//! Access tokens: issued and verified with one key, as they are for nobody but this emulator.

mod claims;
mod fault;
mod key;
#[cfg(test)]
mod tests;
mod verified;

use std::fmt;
use std::sync::Arc;

use chrono::Utc;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::Serialize;
use uuid::Uuid;

pub(crate) use claims::Claims;
pub(super) use claims::Subject;
pub(crate) use fault::TokenFault;
pub(crate) use key::SigningKey;
pub(crate) use verified::Verified;

use self::verified::Cache;
use super::{GRAPH, Secret};

/// Tells the time: seconds since 1970.
pub(super) type Time = Arc<dyn Fn() -> i64 + Send + Sync>;

const LIFETIME: i64 = 3600;

/// How long before it is issued a token begins, in seconds: Entra allows for clocks that are behind, too.
const HEAD_START: i64 = 300;

/// Issues access tokens for Graph, and verifies them.
///
/// It goes by the machine's clock. The clock that PIM goes by does not matter to tokens: who turns it stays signed in.
///
/// Tokens are signed with HMAC-SHA-256: the emulator is the only one that they are for, and needs no public key.
pub(crate) struct Issuer {
    tenant: Uuid,
    /// What the tokens have as `iss`.
    name: String,
    header: Header,
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    lifetime: i64,
    time: Time,
    cache: Cache,
}

/// An access token that was just issued.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) token: Secret,
    /// In seconds.
    pub(super) expires_in: i64,
    /// In seconds since 1970.
    pub(super) expires_on: i64,
}

impl Issuer {
    /// An issuer for `tenant`. With the key of another issuer, it takes that one's tokens.
    pub(crate) fn new(tenant: Uuid, key: &SigningKey) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        // What the token says is checked here, to tell the faults apart; this leaves the signature.
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.validate_aud = false;
        Self {
            tenant,
            name: format!("https://sts.windows.net/{tenant}/"),
            header: Header::new(Algorithm::HS256),
            encoding: EncodingKey::from_secret(key.as_bytes()),
            decoding: DecodingKey::from_secret(key.as_bytes()),
            validation,
            lifetime: LIFETIME,
            time: Arc::new(|| Utc::now().timestamp()),
            cache: Cache::new(),
        }
    }

    /// How many seconds tokens last: an hour, unless said otherwise.
    #[cfg(test)]
    #[must_use]
    pub(crate) fn with_lifetime(mut self, seconds: u32) -> Self {
        self.lifetime = seconds.into();
        self
    }

    /// The same, by another clock.
    #[cfg(test)]
    pub(super) fn with_time(mut self, time: Time) -> Self {
        self.time = time;
        self
    }

    /// The seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        (self.time)()
    }

    pub(super) fn lifetime(&self) -> i64 {
        self.lifetime
    }

    pub(super) fn tenant(&self) -> Uuid {
        self.tenant
    }

    /// An access token for Graph.
    pub(super) fn issue(&self, subject: Subject<'_>) -> Result<Issued, jsonwebtoken::errors::Error> {
        let now = self.now();
        let expires_on = now.saturating_add(self.lifetime);
        let began = now.saturating_sub(HEAD_START);
        let claims = Claims::new(self.tenant, &self.name, began, expires_on, subject);
        Ok(Issued { token: self.sign(&claims)?, expires_in: self.lifetime, expires_on })
    }

    /// Signs anything: an id token.
    pub(super) fn sign(&self, claims: &impl Serialize) -> Result<Secret, jsonwebtoken::errors::Error> {
        jsonwebtoken::encode(&self.header, claims, &self.encoding).map(Secret::new)
    }

    /// Who calls with this header `Authorization`.
    pub(crate) fn verify(&self, authorization: Option<&str>) -> Result<Arc<Verified>, TokenFault> {
        let token = bearer(authorization.unwrap_or_default()).ok_or(TokenFault::Missing)?;
        let verified = if let Some(verified) = self.cache.get(token) {
            verified
        } else {
            let verified = Arc::new(self.read(token)?);
            self.cache.put(token, &verified);
            verified
        };
        let now = self.now();
        if verified.claims.exp <= now {
            return Err(TokenFault::Expired);
        }
        if verified.claims.nbf > now {
            return Err(TokenFault::NotYetValid);
        }
        Ok(verified)
    }

    /// What the token says, apart from its time.
    fn read(&self, token: &str) -> Result<Verified, TokenFault> {
        let data =
            jsonwebtoken::decode::<serde_json::Value>(token, &self.decoding, &self.validation).map_err(|error| {
                match error.kind() {
                    ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm => TokenFault::BadSignature,
                    _ => TokenFault::Malformed,
                }
            })?;
        // Id tokens are signed with the same key: what they are for comes before what else they say.
        if data.claims["aud"] != GRAPH {
            return Err(TokenFault::WrongAudience);
        }
        if data.claims["iss"] != self.name.as_str() || data.claims["tid"] != self.tenant.to_string().as_str() {
            return Err(TokenFault::WrongTenant);
        }
        let claims: Claims = serde_json::from_value(data.claims).map_err(|_| TokenFault::Malformed)?;
        Ok(Verified { caller: claims.caller().ok_or(TokenFault::Malformed)?, claims })
    }
}

/// The token in a header `Authorization`, if it is one with a token.
fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.trim().split_once(' ')?;
    Some(token.trim()).filter(|token| scheme.eq_ignore_ascii_case("Bearer") && !token.is_empty())
}

/// Without the key.
impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer").field("tenant", &self.tenant).field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}
