use std::ffi::OsString;
use std::io;
use std::process::{Output, Stdio};
use std::time::{Duration, SystemTime};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde::Deserialize;
use serde_json::Value;
use tokio::process::Command;
use zeroize::Zeroizing;

use super::cache::TokenCache;
use super::line::harmless_line;
use super::tenant::Tenant;
use super::{AccessToken, BearerToken, Claims, TokenProvider, TokenRequest};
use crate::Error;

/// The CLI's name. Windows finds no script without its ending.
const PROGRAM: &str = if cfg!(windows) { "az.cmd" } else { "az" };

/// It is a Python program, and slow to start.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Tokens of the user, or the application, who is signed in to the Azure CLI.
///
/// It runs `az account get-access-token`, and keeps what it gets until five minutes before its end. For trying things
/// out: the permissions in such a token are those that the tenant has granted to the Azure CLI, and delegated
/// permissions for PIM, such as `RoleAssignmentSchedule.ReadWrite.Directory`, are in many tenants not among them. Graph
/// then answers 403. For use in earnest register an application, and sign in with it: see
#[cfg_attr(feature = "sign-in", doc = "[`SignIn`](super::SignIn).")]
#[cfg_attr(not(feature = "sign-in"), doc = "`SignIn`, with the cargo feature `sign-in`.")]
///
/// The CLI's token cannot be stepped up from here. After a claims challenge the error names the `az login` to run, and
/// the next request asks the CLI anew.
///
/// ```
/// use pim_client::Graph;
/// use pim_client::auth::AzureCli;
///
/// let graph = Graph::builder(AzureCli::new().tenant("contoso.onmicrosoft.com")?).build()?;
/// # Ok::<(), pim_client::Error>(())
/// ```
#[derive(Debug)]
pub struct AzureCli {
    program: OsString,
    tenant: Option<Tenant>,
    timeout: Duration,
    cache: TokenCache,
}

impl AzureCli {
    /// Tokens of the tenant that is chosen in the CLI.
    #[must_use]
    pub fn new() -> Self {
        Self { program: PROGRAM.into(), tenant: None, timeout: TIMEOUT, cache: TokenCache::new() }
    }

    /// Tokens of another tenant: its id, or one of its domains.
    pub fn tenant(mut self, tenant: &str) -> Result<Self, Error> {
        self.tenant = Some(Tenant::parse(tenant)?);
        Ok(self)
    }

    /// Runs the CLI at this path, instead of the `az` that is found in `PATH`.
    #[must_use]
    pub fn program(mut self, program: impl Into<OsString>) -> Self {
        self.program = program.into();
        self
    }

    /// How long the CLI may take: a minute unless said otherwise.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn ask(&self, resource: &str) -> Result<AccessToken, Error> {
        check_resource(resource)?;
        let mut command = Command::new(&self.program);
        command.args(["account", "get-access-token", "--output", "json", "--resource", resource]);
        if let Some(tenant) = &self.tenant {
            command.args(["--tenant", tenant.as_str()]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let output = tokio::time::timeout(self.timeout, command.output())
            .await
            .map_err(|_| {
                Error::authentication(format!(
                    "the Azure CLI gave no token within {} s; see whether `az account get-access-token` does",
                    self.timeout.as_secs_f64()
                ))
            })?
            .map_err(not_run)?;
        let Output { status, stdout, stderr } = output;
        let stdout = Zeroizing::new(stdout);
        if status.success() { read(&stdout) } else { Err(self.refused(&String::from_utf8_lossy(&stderr))) }
    }

    /// What the CLI says of its failure, and what to do about it. It says so on `stderr`; the token would be on `stdout`.
    fn refused(&self, stderr: &str) -> Error {
        let lines = || stderr.lines().map(str::trim).filter(|line| !line.is_empty());
        let line = lines().find_map(|line| line.strip_prefix("ERROR:")).or_else(|| lines().next());
        let line = harmless_line(line.unwrap_or("it does not say why"));
        let login = self.login();
        if stderr.contains("az login") || stderr.contains("AADSTS") {
            return Error::authentication(format!("the Azure CLI needs a new sign-in; run `{login}`: {line}"));
        }
        Error::authentication(format!("the Azure CLI gave no token: {line}"))
    }

    fn step_up(&self, request: &TokenRequest, claims: &Claims) -> Error {
        self.cache.forget(request.resource());
        Error::authentication(format!(
            "the Azure CLI's token cannot be stepped up from here; run `{} --scope {} --claims-challenge {}` and try again",
            self.login(),
            request.default_scope(),
            claims.to_base64()
        ))
    }

    /// The command that signs in.
    fn login(&self) -> String {
        self.tenant.as_ref().map_or_else(|| "az login".to_owned(), |tenant| format!("az login --tenant {tenant}"))
    }
}

impl Default for AzureCli {
    fn default() -> Self {
        Self::new()
    }
}

impl TokenProvider for AzureCli {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        async move {
            if let Some(claims) = request.claims() {
                return Err(self.step_up(request, claims));
            }
            let acquire = async { Ok((self.ask(request.resource()).await?, ())) };
            self.cache.get(request, |()| true, acquire).await
        }
        .boxed()
    }
}

/// The resource is an argument of a command, and on Windows one of a script.
fn check_resource(resource: &str) -> Result<(), Error> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b":/.-_".contains(&byte);
    if resource.starts_with('-') || !resource.bytes().all(is_plain) {
        return Err(Error::invalid_input("the resource is no address that the Azure CLI could be given"));
    }
    Ok(())
}

fn not_run(error: io::Error) -> Error {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => {
            "the Azure CLI (`az`) was not found; install it from https://aka.ms/azure-cli, or sign in in another way"
        }
        _ => "the Azure CLI (`az`) could not be run; see whether `az version` works",
    };
    Error::authentication(reason).with_source(error)
}

/// What the CLI prints, as far as it is needed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    access_token: &'a str,
    /// Seconds since 1970. Old versions have only `expiresOn`, in a local time that cannot be told from another.
    #[serde(rename = "expires_on", default)]
    expires_on: Value,
}

/// The fault is not passed on: it could repeat what it could not read.
fn read(stdout: &[u8]) -> Result<AccessToken, Error> {
    let answer: Answer<'_> = serde_json::from_slice(stdout).map_err(|_| {
        Error::authentication("the Azure CLI's answer holds no token; see whether `az account get-access-token` works")
    })?;
    let token = BearerToken::new(answer.access_token)
        .map_err(|error| Error::authentication(format!("the Azure CLI's answer holds no token: {error}")))?;
    let seconds = answer.expires_on.as_u64().or_else(|| answer.expires_on.as_str()?.parse().ok());
    let expires_at = seconds.and_then(|seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
    Ok(AccessToken { token, expires_at })
}

#[cfg(test)]
mod tests;
