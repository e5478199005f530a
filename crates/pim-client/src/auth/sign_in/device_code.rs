//! Signing in on another device.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use oauth2::{
    DeviceAuthorizationResponse, DeviceCodeErrorResponse, DeviceCodeErrorResponseType, ExtraDeviceAuthorizationFields,
    RequestTokenError,
};
use serde::{Deserialize, Serialize};

use super::fault::fault;
use super::grant::Grant;
use super::platform::{Ask, Platform};
use crate::Error;
use crate::error::text::one_line;

/// The longest time that a code is waited for, whatever the identity platform says.
const LONGEST: Duration = Duration::from_hours(1);

type Prompt = dyn Fn(&DeviceCodePrompt) + Send + Sync;
type Pause = dyn Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync;

/// Signs in on another device: the program shows a code, which the user enters in a browser anywhere.
///
/// For machines without a browser. Where there is one, [`Browser`](super::Browser) is safer: a code can be talked out
/// of a user, and many tenants forbid it for that.
///
/// ```
/// use pim_client::auth::{DeviceCode, SignIn};
///
/// let device = DeviceCode::new(|prompt| eprintln!("{prompt}"));
/// let sign_in = SignIn::builder("6731de76-14a6-49ae-97bc-6eba6914391e", "organizations", device).build()?;
/// # Ok::<(), pim_client::Error>(())
/// ```
///
/// [How it works](https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code).
pub struct DeviceCode {
    prompt: Arc<Prompt>,
    pause: Arc<Pause>,
}

impl DeviceCode {
    /// Shows the user what `prompt` is called with. It is called once for each sign-in, and should return soon.
    pub fn new(prompt: impl Fn(&DeviceCodePrompt) + Send + Sync + 'static) -> Self {
        Self { prompt: Arc::new(prompt), pause: Arc::new(|time| tokio::time::sleep(time).boxed()) }
    }

    /// The same, which passes the time between two questions in another way.
    #[cfg(test)]
    pub(super) fn pausing(mut self, pause: impl Fn(Duration) + Send + Sync + 'static) -> Self {
        self.pause = Arc::new(move |time| {
            pause(time);
            tokio::task::yield_now().boxed()
        });
        self
    }

    pub(super) async fn sign_in(&self, platform: &Platform, ask: &Ask<'_>) -> Result<Grant, Error> {
        let mut request = platform.client.exchange_device_code().add_scopes(ask.all_scopes());
        if let Some(claims) = &ask.claims {
            request = request.add_extra_param("claims", claims.as_str());
        }
        let details: Details =
            request.request_async(&platform.http).await.map_err(|error| fault("the sign-in", error, &[]))?;
        let lifetime = details.expires_in().min(LONGEST);
        if details.interval() > lifetime {
            return Err(Error::authentication(
                "the identity platform's code would end before it may be asked for; check the authority, if one is set",
            ));
        }
        (self.prompt)(&DeviceCodePrompt::new(&details, lifetime));

        let mut request = platform.client.exchange_device_access_token(&details);
        if let Some(claims) = &ask.claims {
            request = request.add_extra_param("claims", claims.as_str());
        }
        let answer = request
            .request_async(&platform.http, |time| (self.pause)(time), Some(lifetime))
            .await
            .map_err(|error| not_signed_in(error, details.device_code().secret()))?;
        Grant::read(&answer, ask.resource, &ask.scopes)
    }
}

/// Without the callback, which cannot be shown.
impl fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceCode").finish_non_exhaustive()
    }
}

fn not_signed_in(error: RequestTokenError<Error, DeviceCodeErrorResponse>, device_code: &str) -> Error {
    if let RequestTokenError::ServerResponse(answer) = &error {
        // The identity platform has words of its own beside those of RFC 8628.
        let code = answer.error().to_string();
        if *answer.error() == DeviceCodeErrorResponseType::ExpiredToken || code == "code_expired" {
            return Error::authentication(
                "nobody signed in before the code expired; try again, and enter the new code",
            );
        }
        if *answer.error() == DeviceCodeErrorResponseType::AccessDenied || code == "authorization_declined" {
            return Error::authentication(
                "the sign-in was declined; try again, and accept it where the code is entered",
            );
        }
    }
    fault("the sign-in", error, &[device_code])
}

type Details = DeviceAuthorizationResponse<Extra>;

/// What the identity platform adds to RFC 8628.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Extra {
    #[serde(default)]
    message: Option<String>,
}

impl ExtraDeviceAuthorizationFields for Extra {}

/// What to tell the user who signs in with a [`DeviceCode`]. `Display` is a sentence that tells all of it.
///
/// All texts are on one line, and without characters that could disturb a terminal.
#[derive(Clone)]
pub struct DeviceCodePrompt {
    verification_uri: String,
    user_code: String,
    message: Option<String>,
    expires_at: SystemTime,
}

impl DeviceCodePrompt {
    fn new(details: &Details, lifetime: Duration) -> Self {
        Self {
            verification_uri: one_line(details.verification_uri()),
            user_code: one_line(details.user_code().secret()),
            message: details.extra_fields().message.as_deref().map(one_line).filter(|message| !message.is_empty()),
            expires_at: SystemTime::now() + lifetime,
        }
    }

    /// The address of the page where the code is entered.
    #[must_use]
    pub fn verification_uri(&self) -> &str {
        &self.verification_uri
    }

    /// The code to enter there. It is for the user's eyes, and not for a log.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// The sentence that the identity platform suggests, if it does. It holds address and code.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// When the code expires.
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }
}

impl fmt::Display for DeviceCodePrompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { verification_uri, user_code, .. } = self;
        match &self.message {
            Some(message) => f.write_str(message),
            None => write!(f, "To sign in, open {verification_uri} in a browser and enter the code {user_code}."),
        }
    }
}

/// Without the code.
impl fmt::Debug for DeviceCodePrompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceCodePrompt")
            .field("verification_uri", &self.verification_uri)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
