use std::borrow::Cow;
use std::sync::Arc;

use super::{BearerToken, Claims};

/// What a token is needed for.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    resource: Arc<str>,
    permissions: Cow<'static, [&'static str]>,
    claims: Option<Claims>,
    refused: Option<BearerToken>,
}

impl TokenRequest {
    /// A token for the Graph at `resource`, such as `https://graph.microsoft.com`, to be used with `permissions`.
    #[must_use]
    pub fn new(resource: impl Into<Arc<str>>, permissions: impl Into<Cow<'static, [&'static str]>>) -> Self {
        Self { resource: resource.into(), permissions: permissions.into(), claims: None, refused: None }
    }

    /// The same request, after a claims challenge.
    #[must_use]
    pub fn with_claims(mut self, claims: Claims) -> Self {
        self.claims = Some(claims);
        self
    }

    /// The same request, after Graph refused `token`.
    #[must_use]
    pub fn with_refused(mut self, token: BearerToken) -> Self {
        self.refused = Some(token);
        self
    }

    /// The Graph that the token is for, such as `https://graph.microsoft.com`. It is the address that tokens are issued
    /// for, not the one that requests are sent to: those differ behind a gateway and for an emulator.
    #[must_use]
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// The least delegated permissions that the request needs, such as `RoleAssignmentSchedule.ReadWrite.Directory`.
    #[must_use]
    pub fn permissions(&self) -> &[&'static str] {
        &self.permissions
    }

    /// The scopes to ask for on behalf of a user: the resource and each of the permissions, as in
    /// `https://graph.microsoft.com/Group.Read.All`.
    pub fn scopes(&self) -> impl Iterator<Item = String> + '_ {
        self.permissions.iter().map(|permission| format!("{}/{permission}", self.resource))
    }

    /// The scope that stands for all permissions that an application was granted before:
    /// `https://graph.microsoft.com/.default`.
    #[must_use]
    pub fn default_scope(&self) -> String {
        format!("{}/.default", self.resource)
    }

    /// Whether a token for the one would do for the other.
    pub(super) fn asks_the_same_as(&self, other: &Self) -> bool {
        (&self.resource, &self.permissions, &self.claims) == (&other.resource, &other.permissions, &other.claims)
    }

    /// What Graph asked the token to have, when it refused the last one.
    #[must_use]
    pub fn claims(&self) -> Option<&Claims> {
        self.claims.as_ref()
    }

    /// The token that Graph refused, if that is why there are [`claims`](Self::claims): this one will not do.
    ///
    /// A provider that keeps a token which was got with the same claims, and is another, can give that one: then it was
    /// got meanwhile, for another request that was challenged, and nobody need be asked twice.
    #[must_use]
    pub fn refused(&self) -> Option<&BearerToken> {
        self.refused.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_of_the_resource() {
        let request =
            TokenRequest::new("https://graph.microsoft.us", &["Group.Read.All", "RoleManagement.Read.Directory"][..]);
        let scopes: Vec<_> = request.scopes().collect();
        assert_eq!(
            scopes,
            ["https://graph.microsoft.us/Group.Read.All", "https://graph.microsoft.us/RoleManagement.Read.Directory"]
        );
        assert_eq!(request.default_scope(), "https://graph.microsoft.us/.default");
    }
}
