use std::env;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};

use super::{AccessToken, BearerToken, TokenProvider, TokenRequest};
use crate::Error;

/// A token from an environment variable, read anew for every request.
///
/// For scripts and pipelines whose surroundings get the token. The variable is `GRAPH_ACCESS_TOKEN` unless another is
/// named.
///
/// ```
/// use pim_client::Graph;
/// use pim_client::auth::EnvironmentToken;
///
/// let graph = Graph::builder(EnvironmentToken::default()).build()?;
/// # Ok::<(), pim_client::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentToken {
    variable: Box<str>,
}

impl EnvironmentToken {
    /// The variable that is read where no other is named.
    pub const VARIABLE: &'static str = "GRAPH_ACCESS_TOKEN";

    /// The token in `variable`.
    pub fn named(variable: impl Into<String>) -> Self {
        Self { variable: variable.into().into() }
    }

    fn read(&self) -> Result<AccessToken, Error> {
        let Self { variable } = self;
        // `var_os` panics over a name that no variable can have.
        let is_name = !variable.is_empty() && !variable.contains(['=', '\0']);
        let text = Some(variable).filter(|_| is_name).and_then(|name| env::var_os(&**name)).ok_or_else(|| {
            Error::authentication(format!("the environment variable {variable} is not set; put an access token in it"))
        })?;
        let token = text.to_str().map(str::trim).unwrap_or_default();
        BearerToken::new(token).map(AccessToken::from).map_err(|error| {
            Error::authentication(format!("the environment variable {variable} holds no access token: {error}"))
        })
    }
}

impl Default for EnvironmentToken {
    fn default() -> Self {
        Self::named(Self::VARIABLE)
    }
}

impl TokenProvider for EnvironmentToken {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        let token = match request.claims() {
            None => self.read(),
            Some(_) => Err(Error::authentication(format!(
                "the token in {} cannot be stepped up; put one there that was got with the claims",
                self.variable
            ))),
        };
        ready(token).boxed()
    }
}
