//! Refresh tokens in files.

mod content;
mod file;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::session::Session;
use crate::Error;
use crate::auth::tenant::Tenant;

/// The folder within the user's own that is used where the caller names none.
const FOLDER: [&str; 2] = ["pim-client", "tokens"];

/// A folder in which refresh tokens are kept, so that a user need not sign in each time a program runs.
///
/// There is a file for each application, tenant and authority. On Unix it is readable by its owner only (mode 0600, in
/// a folder of mode 0700), and one that others could read is not used but reported. On Windows nothing is checked: the
/// default folder is in the user's profile, which others cannot read unless somebody lets them. The file is **not
/// encrypted**: whoever can read it, such as a backup, can act as the user.
///
/// [`SignIn::forget`](super::SignIn::forget) deletes the file.
///
/// ```
/// use pim_client::auth::TokenStore;
///
/// let store = TokenStore::at("/home/adele/.contoso-pim");
/// assert_eq!(store.folder(), std::path::Path::new("/home/adele/.contoso-pim"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenStore {
    folder: PathBuf,
}

impl TokenStore {
    /// The folder at a path. It is made when it is first needed, and is best used for nothing else.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder `pim-client/tokens` where the user's programs keep what outlasts them: on Linux in
    /// `~/.local/state`, on macOS in `~/Library/Application Support`, on Windows in `%LOCALAPPDATA%`.
    pub fn in_user_folder() -> Result<Self, Error> {
        let base = dirs::state_dir().or_else(dirs::data_local_dir).ok_or_else(|| {
            Error::authentication("the user has no folder for the token store; name one with `TokenStore::at`")
        })?;
        Ok(Self::at(FOLDER.iter().fold(base, |path, name| path.join(name))))
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Whose tokens are in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    authority: String,
    tenant: String,
    client_id: String,
}

/// The one file of a store that belongs to a sign-in.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    path: PathBuf,
    key: Key,
    turns: Arc<Turns>,
}

/// The order in which a file is changed. A change goes on when nobody waits for it any more, and could come after a
/// later one: a token could be back in the file after it was deleted.
#[derive(Debug, Default)]
struct Turns {
    given: AtomicU64,
    last: Mutex<u64>,
}

impl Turns {
    fn next(&self) -> u64 {
        self.given.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Makes a change, unless a later one was made before it.
    fn take(&self, turn: u64, change: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if *last > turn {
            return Ok(());
        }
        *last = turn;
        change()
    }
}

impl Slot {
    pub(super) fn new(store: &TokenStore, authority: &str, tenant: &Tenant, client_id: &str) -> Self {
        let key = Key {
            authority: authority.trim_end_matches('/').to_owned(),
            tenant: tenant.as_str().to_ascii_lowercase(),
            client_id: client_id.to_owned(),
        };
        let host: String = key.authority.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        Self {
            path: store.folder.join(format!("{}.{}.{host}.json", key.client_id, key.tenant)),
            key,
            turns: Arc::default(),
        }
    }

    /// What is in the file. None if there is none, or if it cannot be understood.
    pub(super) async fn load(&self) -> Result<Option<Session>, Error> {
        let path = self.path.clone();
        let Some(bytes) = blocking(move || file::read(&path)).await? else { return Ok(None) };
        let session = content::read(&bytes, &self.key);
        if session.is_none() {
            tracing::warn!(path = %self.path.display(), "the token store is damaged or another's; it is ignored");
        }
        Ok(session)
    }

    /// Replaces the file. If that cannot be, the user is signed in all the same, and has to do so again next time.
    pub(super) async fn save(&self, session: &Session) {
        let Some(bytes) = content::write(session, &self.key) else { return };
        if let Err(error) = self.change(move |path| file::write(path, &bytes)).await {
            tracing::warn!(%error, "the token was not stored");
        }
    }

    /// Deletes the file.
    pub(super) async fn remove(&self) -> Result<(), Error> {
        self.change(file::remove).await
    }

    async fn change(&self, change: impl FnOnce(&Path) -> Result<(), Error> + Send + 'static) -> Result<(), Error> {
        let (path, turns, turn) = (self.path.clone(), Arc::clone(&self.turns), self.turns.next());
        blocking(move || turns.take(turn, || change(&path))).await
    }
}

/// Files are small, but may be on a disk that is not.
async fn blocking<T: Send + 'static>(task: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    let failed = |_| Err(Error::authentication("the token store was not waited for; the program is ending"));
    tokio::task::spawn_blocking(task).await.unwrap_or_else(failed)
}
