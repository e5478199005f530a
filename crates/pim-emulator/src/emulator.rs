//! The emulator as a whole: started, asked, turned, stopped.

mod builder;
mod error;
mod load;
mod tokens;

use std::net::SocketAddr;
use std::sync::Arc;

use chrono::TimeDelta;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::clock::Clock;
use crate::domain::{Identity, orders};
use crate::faults::Faults;
use crate::graph::{GraphError, Service, Settings};
use crate::http::{Recorded, Records};
use crate::identity::Platform;
use crate::seeding;
use crate::tenant::Tenant;

pub use builder::Builder;
pub use error::StartError;
pub use tokens::{SignIn, TokenError};

/// What the parts of a running emulator share.
pub(crate) struct Shared {
    pub(crate) service: Arc<Service>,
    pub(crate) platform: Arc<Platform>,
    pub(crate) faults: Faults,
    pub(crate) records: Records,
    /// Whether only this machine is served.
    pub(crate) is_loopback: bool,
    tenant: Tenant,
    /// How the service behaves if nobody changed it.
    settings: Settings,
}

/// A running emulator. It ends when it is dropped.
///
/// ```
/// use std::time::Duration;
///
/// use pim_emulator::{Clock, Emulator, Tenant};
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let emulator = Emulator::builder().tenant(Tenant::contoso()).clock(Clock::frozen()).start().await?;
/// let (admin, adele) = (emulator.client_as("admin@contoso.com")?, emulator.client_as("adelev@contoso.com")?);
///
/// admin.pim().assign_eligible("adelev@contoso.com", "User Administrator").days(30).send().await?;
/// adele.pim().activate("User Administrator").hours(5).justification("Reset Diego's MFA").send().await?;
/// assert_eq!(adele.pim().active_roles().await?.len(), 1);
///
/// emulator.clock().advance(Duration::from_hours(5));
/// assert!(adele.pim().active_roles().await?.is_empty());
/// # Ok(())
/// # }
/// ```
pub struct Emulator {
    shared: Arc<Shared>,
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl Emulator {
    /// What it is to be like; by default the sample tenant, in memory, on a free port of the loopback interface, with a
    /// clock that runs.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it is served: `http://127.0.0.1:49152`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The time that PIM goes by.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.shared.service.clock
    }

    /// What is to go wrong.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// What there was in the tenant at first: ids of users, groups and roles by their names.
    #[must_use]
    pub fn tenant(&self) -> &Tenant {
        &self.shared.tenant
    }

    /// The requests that Graph was asked, the latest thousand of them.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.records.all()
    }

    /// Signs in a user by principal name or id, to get a token or a client.
    pub fn sign_in(&self, user: impl Into<String>) -> SignIn<'_> {
        SignIn::new(self, user.into())
    }

    /// A client that a user is signed in with: with MFA, and with every permission that the client can need.
    pub fn client_as(&self, user: impl Into<String>) -> Result<pim_client::Graph, TokenError> {
        self.sign_in(user).mfa(true).client()
    }

    /// Has requests be `PendingProvisioning` for so long, by PIM's clock, before they take effect; or not any more.
    pub fn park_requests(&self, length: Option<std::time::Duration>) {
        self.shared.service.configure(|settings| settings.parked_for = length.and_then(self::length));
    }

    /// Has objects of the directory be found only so long, by PIM's clock, after they were made.
    pub fn delay_replication(&self, lag: std::time::Duration) {
        let lag = length(lag).unwrap_or(TimeDelta::MAX);
        self.shared.service.configure(|settings| settings.replication_lag = lag);
    }

    /// Begins anew: the tenant as it was at first, the clock as it began, no faults, no requests.
    pub fn reset(&self) -> Result<(), StartError> {
        self.shared.reset()
    }

    /// What a client of a managed identity is to have in its environment as `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`.
    #[must_use]
    pub fn managed_identity(&self) -> (String, String) {
        (format!("{}/msi/token", self.url()), self.shared.platform.identity_header().expose().to_owned())
    }

    /// Serves until the process is told to end.
    pub async fn wait(mut self) {
        // It only ends if it is aborted, and that is done when this is dropped.
        let _ = (&mut self.server).await;
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl std::fmt::Debug for Emulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Emulator").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl Shared {
    /// What there was at first.
    #[cfg(test)]
    pub(crate) fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Begins anew.
    pub(crate) fn reset(&self) -> Result<(), StartError> {
        let seed = self.tenant.seed()?;
        self.service.clock.rewind();
        self.service.write(|session| {
            session.clear()?;
            seeding::plant(session, &seed)
        })?;
        self.records.clear();
        self.end_faults();
        Ok(())
    }

    /// Has nothing go wrong any more.
    pub(crate) fn end_faults(&self) {
        self.faults.clear();
        let settings = self.settings.clone();
        self.service.configure(|current| *current = settings);
    }

    /// Answers a request to extend or to renew in the name of the administrator who could.
    pub(crate) fn answer_request(&self, id: Uuid, approves: bool) -> Result<Option<&'static str>, GraphError> {
        self.service.write(|session| {
            let request = orders::answer(session, Identity::User(self.service.tenant), id, approves)?;
            Ok(request.map(|request| request.status.name()))
        })
    }
}

/// A length as the service counts it; nothing, if it is longer than time is.
pub(crate) fn length(length: std::time::Duration) -> Option<TimeDelta> {
    TimeDelta::from_std(length).ok()
}
