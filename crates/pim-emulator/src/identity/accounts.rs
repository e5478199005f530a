//! What the identity platform knows of the directory.

use uuid::Uuid;

use super::Secret;

/// The accounts of the tenant. The answers are those of the moment: who is disabled is refused from then on. Tokens that
/// were issued before are Graph's to refuse.
pub(crate) trait Accounts: Send + Sync {
    /// The tenant's domains, such as `contoso.onmicrosoft.com`.
    fn domains(&self) -> Vec<String>;

    /// The user with this object id or user principal name, in any letter case.
    fn user(&self, id_or_upn: &str) -> Option<UserAccount>;

    /// All users, as the sign-in page is to list them.
    fn users(&self) -> Vec<UserAccount>;

    /// The application with this client id. Others may sign in users all the same, as public clients: tools bring
    /// client ids of their own.
    fn application(&self, client_id: Uuid) -> Option<ApplicationAccount>;

    /// The application whose tokens the managed identity endpoint gives to who names none.
    fn managed_identity(&self) -> Option<ApplicationAccount>;
}

/// A user who may sign in.
#[derive(Clone, Debug)]
pub(crate) struct UserAccount {
    pub(crate) id: Uuid,
    pub(crate) upn: String,
    pub(crate) display_name: String,
    pub(crate) enabled: bool,
    /// Only the grant `password` asks for it. Without one, any password does: the sign-in page asks for none either.
    pub(crate) password: Option<Secret>,
}

/// An application that is registered, with its service principal.
#[derive(Clone, Debug)]
pub(crate) struct ApplicationAccount {
    pub(crate) app_id: Uuid,
    pub(crate) service_principal: Uuid,
    pub(crate) display_name: String,
    pub(crate) secrets: Vec<Secret>,
    /// Where codes may be sent to, beside the loopback addresses, which are always good.
    pub(crate) redirect_uris: Vec<String>,
    /// "Allow public client flows": users sign in without the application's secret, if it has one.
    pub(crate) is_public_client: bool,
    /// The application permissions that it was granted.
    pub(crate) permissions: Vec<String>,
    /// The delegated permissions that were consented to; `None` if everyone consents to anything.
    pub(crate) delegated: Option<Vec<String>>,
}

impl ApplicationAccount {
    /// Whether `secret` is one of the application's.
    pub(super) fn has_secret(&self, secret: &str) -> bool {
        self.secrets.iter().any(|known| known.matches(secret))
    }
}
