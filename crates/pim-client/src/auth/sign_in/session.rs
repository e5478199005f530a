//! What is known of the user who signed in.

use zeroize::Zeroizing;

use super::grant::Grant;
use super::scopes::Scopes;
use crate::auth::Claims;

/// What outlasts an access token. It has no `Debug`: the refresh token is the most valuable secret there is here.
#[derive(Default)]
pub(super) struct Session {
    /// Whether the store was looked into.
    pub(super) is_loaded: bool,
    pub(super) refresh_token: Option<Zeroizing<String>>,
    pub(super) granted: Scopes,
    /// What Graph demanded last, and the user proved.
    pub(super) claims: Option<Claims>,
    /// The name that the identity platform knows the user by.
    pub(super) login_hint: Option<String>,
}

impl Session {
    /// Takes over what the identity platform granted. It may leave out what has not changed.
    pub(super) fn take(&mut self, grant: Grant) {
        self.granted = grant.scopes;
        self.refresh_token = grant.refresh_token.or(self.refresh_token.take());
        self.login_hint = grant.login_hint.or(self.login_hint.take());
    }
}
