//! From what an emulator is to be like to one that runs.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use tokio::net::TcpListener;

use super::{Emulator, Shared, StartError, load};
use crate::accounts::StoredAccounts;
use crate::clock::Clock;
use crate::domain::Instant;
use crate::faults::Faults;
use crate::graph::{MOST_REACHED, Service, Settings};
use crate::http::{self, Records};
use crate::identity::{Issuer, Origin, Platform, SigningKey};
use crate::seeding;
use crate::store::{Session, Store};
use crate::tenant::{Seed, Tenant};

/// What an emulator is to be like.
///
/// Unless something else is said, it has the sample tenant [`Tenant::contoso`], in memory, a clock that runs with the
/// machine's, and a free port of the loopback interface; beta is not served.
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder {
    tenant: Tenant,
    clock: Clock,
    data: Option<PathBuf>,
    address: SocketAddr,
    beta: bool,
    origin: Option<String>,
    loaded: u32,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            tenant: Tenant::contoso(),
            clock: Clock::running(),
            data: None,
            address: (Ipv4Addr::LOCALHOST, 0).into(),
            beta: false,
            origin: None,
            loaded: 0,
        }
    }
}

impl Builder {
    /// With this tenant, if the data are new: what is kept in a file goes on as it is.
    pub fn tenant(mut self, tenant: Tenant) -> Self {
        self.tenant = tenant;
        self
    }

    /// With this clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// With its data in a file, which is made if there is none, and which nobody else may have open.
    ///
    /// A file that is there already has to be of the same tenant, by its id. Its data go on: so does the clock, if it
    /// would begin before the latest that the data have seen; and tokens that were issued before are good until they end.
    pub fn data(mut self, file: impl Into<PathBuf>) -> Self {
        self.data = Some(file.into());
        self
    }

    /// At this address. Whoever reaches it can sign in as anybody: keep it on the loopback interface.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Known to its clients by this origin, such as `https://pim.example:8443`: that of a proxy in front of it, which ends
    /// TLS or has another name. Next links, the issuer and the addresses of the sign-in endpoints begin with it, whatever a
    /// request says, and requests may have its host as their `Host`.
    ///
    /// Without it, they begin with the `Host` of each request; and who serves this machine alone answers to the names of
    /// this machine alone. [`Emulator::url`] remains where it listens, and clients of [`Emulator::client_as`] go there; the
    /// pages behind the first they find at this origin, as all clients do.
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = Some(origin.into());
        self
    }

    /// With so many more schedules than the tenant has, for benchmarks.
    #[doc(hidden)]
    pub fn loaded(mut self, schedules: u32) -> Self {
        self.loaded = schedules;
        self
    }

    /// Whether Graph's beta is served as well.
    pub fn beta(mut self, beta: bool) -> Self {
        self.beta = beta;
        self
    }

    /// Starts it, in the background of the current tokio runtime.
    ///
    /// It fails if the tenant is not described well, if the file cannot be used (somebody else has it, it is something
    /// else, or another tenant's), if the origin is none, or if the address cannot be listened at.
    pub async fn start(self) -> Result<Emulator, StartError> {
        let address = self.address;
        let listener = TcpListener::bind(address).await.map_err(|error| StartError::Address(address, error))?;
        let address = listener.local_addr().map_err(|error| StartError::Address(address, error))?;
        let shared = Arc::new(self.assemble()?);
        let router = http::router(&shared);
        let server = tokio::spawn(http::serve(listener, router));
        Ok(Emulator { shared, address, server })
    }

    /// Everything but the socket.
    pub(crate) fn assemble(self) -> Result<Shared, StartError> {
        let origin = self.origin.as_deref().map(str::parse::<Origin>).transpose()?;
        let store = match &self.data {
            Some(file) => Store::in_file(file)?,
            None => Store::in_memory()?,
        };
        let seed = self.tenant.seed()?;
        let clock = self.clock;
        let key = found(&store, &clock, &seed)?;
        if self.loaded > 0 {
            store.write(clock.instant(), |session| load::schedules(session, self.loaded))?;
        }
        let settings = Settings {
            beta: self.beta,
            is_licensed: self.tenant.license().includes_pim(),
            parked_for: None,
            replication_lag: TimeDelta::zero(),
            groups_can_activate: false,
            most_reached: MOST_REACHED,
        };
        let issuer = || Issuer::new(seed.id, &key);
        let service = Arc::new(Service::new(store, clock, issuer(), seed.id, settings.clone()));
        let accounts = StoredAccounts::new(Arc::clone(&service), self.tenant.domain().to_owned());
        let platform = Platform::new(issuer(), Arc::new(accounts));
        let platform = Arc::new(match origin {
            Some(origin) => platform.with_origin(origin),
            None => platform,
        });
        drop(seed);
        Ok(Shared {
            service,
            platform,
            faults: Faults::default(),
            records: Records::default(),
            is_loopback: self.address.ip().is_loopback(),
            tenant: self.tenant,
            settings,
        })
    }
}

/// What the settings of a store are called.
const TENANT: &str = "tenant";
const KEY: &str = "signingKey";

/// Founds the tenant in a store that has none. A store that has one must have the same, and the clock goes on from where
/// it was: it does not go back. The key with which tokens are signed is the same again, too.
fn found(store: &Store, clock: &Clock, seed: &Seed<'_>) -> Result<SigningKey, StartError> {
    let now = clock.instant();
    let kept = store.read(now, |session| known(session, seed))?;
    if let Some((key, seen)) = kept {
        // Whatever the clock shows, the data have seen a later time.
        let _ = clock.set(seen.max(now).into());
        return Ok(key);
    }
    let key = SigningKey::random();
    store.write(now, |session| -> Result<(), StartError> {
        session.set(TENANT, seed.id)?;
        session.set(KEY, &key.as_bytes()[..])?;
        seeding::plant(session, seed)?;
        session.note_time()?;
        Ok(())
    })?;
    Ok(key)
}

/// The key and the latest time of a store that has a tenant.
fn known(session: &Session<'_>, seed: &Seed<'_>) -> Result<Option<(SigningKey, Instant)>, StartError> {
    let Some(tenant) = session.setting::<uuid::Uuid>(TENANT)? else { return Ok(None) };
    if tenant != seed.id {
        return Err(StartError::Data(format!(
            "the file holds another tenant, {tenant}, than the one described, {}; name another file or another tenant",
            seed.id
        )));
    }
    let Some(key) = session.setting::<[u8; 32]>(KEY)? else {
        return Err(StartError::Data("the file lacks the key of its tokens; name another file".to_owned()));
    };
    Ok(Some((SigningKey::from_bytes(key), session.latest_moment()?)))
}
