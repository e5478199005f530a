use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use azure_core::credentials::TokenCredential;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::cache::TokenCache;
use super::line::harmless_line;
use super::{AccessToken, BearerToken, TokenProvider, TokenRequest};
use crate::Error;

/// Tokens of a credential of the Azure SDK: for applications, which act without a user.
///
/// It takes whatever implements [`TokenCredential`], and asks it for `https://graph.microsoft.com/.default`: all the
/// application permissions that an administrator has granted. Its tokens are kept until five minutes before their end.
///
/// An application with a client secret:
///
/// ```no_run
/// use pim_client::Graph;
/// use pim_client::auth::{AzureIdentity, azure_core, azure_identity};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (tenant, application) = ("contoso.onmicrosoft.com", "6731de76-14a6-49ae-97bc-6eba6914391e".to_owned());
/// let secret = azure_core::credentials::Secret::new(std::env::var("CLIENT_SECRET")?);
/// let credential = azure_identity::ClientSecretCredential::new(tenant, application, secret, None)?;
/// let graph = Graph::builder(AzureIdentity::new(credential)).build()?;
/// # Ok(())
/// # }
/// ```
///
/// With a certificate, which is better than a secret. It takes the cargo feature `azure-identity-certificate`, whose
/// OpenSSL has to be there when the program is built:
///
#[cfg_attr(feature = "azure-identity-certificate", doc = "```no_run")]
#[cfg_attr(not(feature = "azure-identity-certificate"), doc = "```ignore")]
/// use pim_client::auth::{AzureIdentity, azure_core, azure_identity};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (tenant, application) = ("contoso.onmicrosoft.com".to_owned(), "6731de76-14a6-49ae-97bc-6eba6914391e".to_owned());
/// let pkcs12 = azure_core::credentials::SecretBytes::new(std::fs::read("contoso.pfx")?);
/// let credential = azure_identity::ClientCertificateCredential::new(tenant, application, pkcs12, None)?;
/// let provider = AzureIdentity::new(credential);
/// # Ok(())
/// # }
/// ```
///
/// A managed identity, on a machine in Azure; nothing has to be kept secret:
///
/// ```no_run
/// use pim_client::auth::{AzureIdentity, azure_identity};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let provider = AzureIdentity::new(azure_identity::ManagedIdentityCredential::new(None)?);
/// # Ok(())
/// # }
/// ```
///
/// A workload identity, as in a Kubernetes pod, from the variables that are set there:
///
/// ```no_run
/// use pim_client::auth::{AzureIdentity, azure_identity};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let provider = AzureIdentity::new(azure_identity::WorkloadIdentityCredential::new(None)?);
/// # Ok(())
/// # }
/// ```
///
/// The credentials of the SDK cannot be told claims, so that a claims challenge ends in an error.
pub struct AzureIdentity {
    credential: Arc<dyn TokenCredential>,
    cache: TokenCache,
}

impl AzureIdentity {
    /// Tokens of `credential`.
    #[must_use]
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self { credential, cache: TokenCache::new() }
    }

    async fn ask(&self, scope: &str) -> Result<AccessToken, Error> {
        let answer = self.credential.get_token(&[scope], None).await.map_err(|error| {
            Error::authentication(format!("the credential gave no token: {}", harmless_line(&error.to_string())))
                .with_source(error)
        })?;
        let token = BearerToken::new(answer.token.secret())
            .map_err(|error| Error::authentication(format!("the credential gave no token: {error}")))?;
        Ok(AccessToken::expiring(token, SystemTime::from(answer.expires_on)))
    }
}

impl TokenProvider for AzureIdentity {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        async move {
            if request.claims().is_some() {
                self.cache.forget(request.resource());
                return Err(Error::authentication(
                    "a credential of the Azure SDK cannot be told claims; sign in a user instead, or take the application out of the policy that demands it",
                ));
            }
            let acquire = async { Ok((self.ask(&request.default_scope()).await?, ())) };
            self.cache.get(request, |()| true, acquire).await
        }
        .boxed()
    }
}

/// Without the credential: nobody knows what its `Debug` shows.
impl fmt::Debug for AzureIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AzureIdentity").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
