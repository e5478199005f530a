//! Signing in, without a sign-in page.

use std::collections::BTreeSet;

use pim_client::auth::BearerToken;
use uuid::Uuid;

use super::{Emulator, Shared};
use crate::identity::Secret;

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// Nobody is called so.
    #[error("there is no user or application {0:?} in the tenant; give a user principal name or an id")]
    Unknown(String),
    /// The account is disabled.
    #[error("the account {0:?} is disabled")]
    Disabled(String),
    /// The token could not be made, or the client.
    #[error("{0}")]
    Failed(String),
}

/// How a user signs in: with the password alone and with every permission that the client's operations can need, unless
/// something else is said.
#[must_use]
pub struct SignIn<'e> {
    emulator: &'e Emulator,
    user: String,
    permissions: Option<Vec<String>>,
    has_mfa: bool,
    contexts: Vec<String>,
}

impl<'e> SignIn<'e> {
    pub(super) fn new(emulator: &'e Emulator, user: String) -> Self {
        Self { emulator, user, permissions: None, has_mfa: false, contexts: Vec::new() }
    }

    /// With these delegated permissions alone, such as `RoleAssignmentSchedule.ReadWrite.Directory`.
    pub fn permissions<S: Into<String>>(mut self, permissions: impl IntoIterator<Item = S>) -> Self {
        self.permissions = Some(permissions.into_iter().map(Into::into).collect());
        self
    }

    /// Whether with a second factor.
    pub fn mfa(mut self, has_mfa: bool) -> Self {
        self.has_mfa = has_mfa;
        self
    }

    /// With an authentication context satisfied, such as `c1`.
    pub fn authentication_context(mut self, context: impl Into<String>) -> Self {
        self.contexts.push(context.into());
        self
    }

    /// The access token, which is a secret; it is good for an hour of the machine's clock, however far PIM's is turned.
    ///
    /// It fails if there is no such user, or if the account is disabled.
    pub fn token(&self) -> Result<String, TokenError> {
        let shared = &self.emulator.shared;
        let token = shared.token_for_user(&self.user, self.permissions.as_deref(), self.has_mfa, &self.contexts)?;
        Ok(token.expose().to_owned())
    }

    /// A client that has the token. It fails as [`token`](Self::token) does.
    pub fn client(&self) -> Result<pim_client::Graph, TokenError> {
        let failed = |error: pim_client::Error| TokenError::Failed(error.to_string());
        let graph = pim_client::Graph::builder(BearerToken::new(self.token()?).map_err(failed)?);
        graph.endpoint(&self.emulator.url()).map_err(failed)?.build().map_err(failed)
    }
}

impl Shared {
    pub(crate) fn token_for_user(
        &self,
        user: &str,
        permissions: Option<&[String]>,
        has_mfa: bool,
        contexts: &[String],
    ) -> Result<Secret, TokenError> {
        let account = self.platform.accounts().user(user).ok_or_else(|| TokenError::Unknown(user.to_owned()))?;
        if !account.enabled {
            return Err(TokenError::Disabled(user.to_owned()));
        }
        let permissions = permissions.map_or_else(everything, <[_]>::to_vec);
        let token = self.platform.token_for_user(&account, &permissions, has_mfa, contexts);
        token.map_err(|error| TokenError::Failed(error.to_string()))
    }

    pub(crate) fn token_for_application(&self, client_id: Uuid) -> Result<Secret, TokenError> {
        let found = self.platform.accounts().application(client_id);
        let application = found.ok_or_else(|| TokenError::Unknown(client_id.to_string()))?;
        let token = self.platform.token_for_application(&application);
        token.map_err(|error| TokenError::Failed(error.to_string()))
    }
}

/// Every delegated permission that the client's operations name, and those that they need besides for some objects.
fn everything() -> Vec<String> {
    let operations = pim_client::v1_0::operations::ALL.iter().chain(pim_client::beta::operations::ALL);
    let named: BTreeSet<_> = operations.flat_map(|operation| operation.delegated).copied().collect();
    let others = ["Directory.AccessAsUser.All", "RoleManagementPolicy.ReadWrite.AzureADGroup"];
    named.into_iter().chain(others).map(str::to_owned).collect()
}
