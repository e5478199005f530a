//! The ways in which a user can sign in.

use super::grant::Grant;
use super::platform::{Ask, Platform};
use super::{Browser, DeviceCode};
use crate::Error;

/// How the user signs in: with a [`Browser`] or a [`DeviceCode`], both of which can be given where it is asked for.
#[derive(Debug)]
pub struct SignInMethod(Method);

#[derive(Debug)]
enum Method {
    Browser(Browser),
    DeviceCode(DeviceCode),
}

impl SignInMethod {
    /// Asks the user.
    pub(super) async fn sign_in(&self, platform: &Platform, ask: &Ask<'_>) -> Result<Grant, Error> {
        match &self.0 {
            Method::Browser(browser) => browser.sign_in(platform, ask).await,
            Method::DeviceCode(device) => device.sign_in(platform, ask).await,
        }
    }
}

impl From<Browser> for SignInMethod {
    fn from(browser: Browser) -> Self {
        Self(Method::Browser(browser))
    }
}

impl From<DeviceCode> for SignInMethod {
    fn from(device: DeviceCode) -> Self {
        Self(Method::DeviceCode(device))
    }
}
