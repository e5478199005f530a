//! One at a time, and once for all who wait for it.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use tokio::sync::Mutex;

use super::TokenRequest;
use crate::error::{Error, ErrorKind};

/// Lets one task get a token, while the others wait for what comes of it.
pub(super) struct SingleFlight {
    /// Held while a token is got. A task that is dropped meanwhile lets go of it, and the next one takes its place.
    last_failure: Mutex<Option<Failure>>,
    /// How many attempts came to an end.
    ended: AtomicU64,
}

/// How the last attempt failed. It is told to those who waited meanwhile: otherwise fifty requests would ask a user
/// fifty times who has said no.
struct Failure {
    request: TokenRequest,
    kind: ErrorKind,
    line: String,
}

impl SingleFlight {
    pub(super) const fn new() -> Self {
        Self { last_failure: Mutex::const_new(None), ended: AtomicU64::new(0) }
    }

    /// What `find` finds for a request that arrived at a time; or what `acquire` gets, if nothing is found.
    pub(super) async fn run<T>(
        &self,
        request: &TokenRequest,
        find: impl Fn(Instant) -> Option<T>,
        acquire: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let (arrived, ended) = (Instant::now(), self.ended.load(Ordering::SeqCst));
        if let Some(found) = find(arrived) {
            return Ok(found);
        }
        let mut last_failure = self.last_failure.lock().await;
        if let Some(found) = find(arrived) {
            return Ok(found);
        }
        if self.ended.load(Ordering::SeqCst) > ended
            && let Some(failure) = last_failure.as_ref().filter(|failure| failure.request.asks_the_same_as(request))
        {
            return Err(Error::new(failure.kind, failure.line.clone()));
        }
        let result = acquire.await;
        *last_failure = result.as_ref().err().map(|error| Failure {
            request: request.clone(),
            kind: error.kind(),
            line: error.to_string(),
        });
        self.ended.fetch_add(1, Ordering::SeqCst);
        result
    }

    /// Waits until nothing is under way, and lets nothing begin until the guard is dropped.
    #[cfg(feature = "sign-in")]
    pub(super) async fn pause(&self) -> Pause<'_> {
        Pause { _guard: self.last_failure.lock().await }
    }
}

/// While it is there, nobody gets a token.
#[cfg(feature = "sign-in")]
pub(super) struct Pause<'a> {
    _guard: tokio::sync::MutexGuard<'a, Option<Failure>>,
}
