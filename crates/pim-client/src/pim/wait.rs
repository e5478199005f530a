//! Requests, followed until they are settled.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::time::{Instant, sleep};

use super::{Assignment, Pim, PimRequest, RequestStatus, held, ledger};
use crate::error::{Error, ErrorKind};

/// How much longer than at first the pause between two looks gets.
const LONGEST_PAUSE: u32 = 16;

/// How often a request may be missing: what was just made is not known everywhere at once.
const MOST_MISSING: u32 = 10;

/// How often what came of a request is looked for.
const MOST_LOOKS: u32 = 20;

/// Follows a request until it is settled: `.await` it. [`Pim::wait`] begins it.
///
/// A request that waits for an approver is waited for, too: an approval lapses after a day. Dropping the future ends
/// the waiting, and leaves the request as it is.
///
/// ```no_run
/// # async fn example(pim: pim_client::pim::Pim, request: pim_client::pim::PimRequest) -> pim_client::Result<()> {
/// use std::time::Duration;
///
/// let settled = pim
///     .wait(&request)
///     .at_most(Duration::from_secs(600))
///     .on_change(|request| println!("{request}"))
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is waited for until it is awaited"]
pub struct Wait {
    pim: Pim,
    request: PimRequest,
    every: Duration,
    at_most: Option<Duration>,
    on_change: Box<dyn FnMut(&PimRequest) + Send>,
}

/// A request that has taken effect, or will by itself.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Settled {
    /// The request, as it is now.
    pub request: PimRequest,
    /// What came of it. None after a removal, if it begins later, or if it does not show yet.
    pub assignment: Option<Assignment>,
}

impl Wait {
    pub(super) fn new(pim: Pim, request: PimRequest) -> Self {
        Self { pim, request, every: Duration::from_secs(1), at_most: None, on_change: Box::new(|_| ()) }
    }

    /// How long to pause before the second look, a second unless said otherwise. Further pauses get longer.
    pub fn every(mut self, pause: Duration) -> Self {
        self.every = pause;
        self
    }

    /// Gives up after this, with an error of the kind [`Pending`](ErrorKind::Pending).
    pub fn at_most(mut self, time: Duration) -> Self {
        self.at_most = Some(time);
        self
    }

    /// Calls `tell` with the request whenever its status is another.
    pub fn on_change(mut self, tell: impl FnMut(&PimRequest) + Send + 'static) -> Self {
        self.on_change = Box::new(tell);
        self
    }

    async fn settle(mut self) -> Result<Settled, Error> {
        let mut pauses = Pauses::new(self.every, self.at_most);
        self.decide(&mut pauses).await?;
        let request = &self.request;
        if request.is_removal() || request.status != RequestStatus::Provisioned {
            return Ok(Settled { assignment: None, request: self.request });
        }
        let mut pauses = Pauses::new(self.every, self.at_most);
        for _ in 0..MOST_LOOKS {
            if let Some(assignment) = held::result_of(&self.pim.graph, request).await? {
                return Ok(Settled { assignment: Some(assignment), request: self.request });
            }
            if !pauses.pause().await {
                break;
            }
        }
        Ok(Settled { assignment: None, request: self.request })
    }

    /// Looks at the request until it is decided.
    async fn decide(&mut self, pauses: &mut Pauses) -> Result<(), Error> {
        let mut missing = 0;
        while !self.request.status.is_success() {
            if self.request.status.is_failure() {
                return Err(failure(&self.pim, &self.request).await);
            }
            if !pauses.pause().await {
                return Err(self.undecided());
            }
            match ledger::get(&self.pim.graph, self.request.kind, &self.request.id).await {
                Ok(request) => {
                    missing = 0;
                    let changed = request.status != self.request.status;
                    self.request = request;
                    if changed {
                        (self.on_change)(&self.request);
                    }
                }
                Err(error) if error.status() == Some(404) && missing < MOST_MISSING => missing += 1,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn undecided(&self) -> Error {
        let who = if self.request.status.waits_for_decision() { "; somebody has to decide" } else { "" };
        Error::new(ErrorKind::Pending, format!("the request was not settled in the time given: {}{who}", self.request))
    }
}

/// Why the request came to nothing.
async fn failure(pim: &Pim, request: &PimRequest) -> Error {
    let reason = pim.decision_reason(request).await;
    let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    Error::new(ErrorKind::Denied, format!("the request ended without effect: {request}{reason}"))
}

impl IntoFuture for Wait {
    type Output = Result<Settled, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.settle().boxed()
    }
}

impl fmt::Debug for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait").field("request", &self.request).field("every", &self.every).finish_non_exhaustive()
    }
}

/// What came of the request, or the request.
impl fmt::Display for Settled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.assignment {
            Some(assignment) => assignment.fmt(f),
            None => self.request.fmt(f),
        }
    }
}

/// Pauses that get longer, within a time.
struct Pauses {
    lengths: Box<dyn Iterator<Item = Duration> + Send>,
    deadline: Option<Instant>,
}

impl Pauses {
    fn new(first: Duration, at_most: Option<Duration>) -> Self {
        let lengths = ExponentialBuilder::new()
            .with_min_delay(first)
            .with_max_delay(first * LONGEST_PAUSE)
            .without_max_times()
            .build();
        Self { lengths: Box::new(lengths), deadline: at_most.and_then(|time| Instant::now().checked_add(time)) }
    }

    /// Waits a while. False if the time is over.
    async fn pause(&mut self) -> bool {
        let Some(length) = self.lengths.next() else { return false };
        let Some(deadline) = self.deadline else {
            sleep(length).await;
            return true;
        };
        let left = deadline.saturating_duration_since(Instant::now());
        sleep(length.min(left)).await;
        !left.is_zero()
    }
}
