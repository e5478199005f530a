//! Requests, followed until they are settled.

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::time::{Instant, sleep};

use super::hint::hinted;
use super::{Assignment, Pim, PimRequest, RequestStatus, held, ledger};
use crate::edm::DateTimeOffset;
use crate::error::text::one_line;
use crate::error::{Error, ErrorKind};
use crate::graph::Graph;

/// The shortest pause between two looks, whatever is asked for.
const SHORTEST_PAUSE: Duration = Duration::from_millis(1);

/// How much longer than at first the pause between two looks gets.
const LONGEST_PAUSE: u32 = 16;

/// How often in a row a request may be unreadable: what was just made is not known everywhere at once, and the network
/// comes back.
const MOST_MISSING: u32 = 10;

/// How often PIM's own work is looked at: a request on which nobody has to decide, and what came of one.
const MOST_LOOKS: u32 = 20;

/// Follows a request until it is settled: `.await` it. [`Pim::wait`] begins it.
///
/// A request that waits for somebody's decision is waited for until there is one, or for as long as
/// [`at_most`](Self::at_most) says. What PIM does by itself gets about five minutes unless `at_most` says otherwise.
/// Dropping the future ends the waiting, and leaves the request as it is.
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
    /// What came of it. None after a removal, if it begins later, if it does not show yet, or if the caller may not read
    /// it.
    pub assignment: Option<Assignment>,
}

impl Wait {
    pub(super) fn new(pim: Pim, request: PimRequest) -> Self {
        Self { pim, request, every: Duration::from_secs(1), at_most: None, on_change: Box::new(|_| ()) }
    }

    /// How long to pause before the second look, a second unless said otherwise. Each further pause is twice as long, up
    /// to sixteen times the first.
    pub fn every(mut self, pause: Duration) -> Self {
        self.every = pause;
        self
    }

    /// Gives up after this, with an error of the kind [`Pending`](ErrorKind::Pending) if nothing is decided by then.
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
        let deadline = self.at_most.and_then(|time| Instant::now().checked_add(time));
        self.decide(Pauses::new(self.every, deadline)).await?;
        let assignment = result(&self.pim.graph, &self.request, Pauses::new(self.every, deadline)).await;
        Ok(Settled { assignment, request: self.request })
    }

    /// Looks at the request until it is decided, and has taken effect if its time has come.
    async fn decide(&mut self, mut pauses: Pauses) -> Result<(), Error> {
        let (mut looks, mut missing) = (0, 0);
        loop {
            if self.request.is_failure() {
                return Err(failure(&self.pim, &self.request).await);
            }
            if self.is_over() {
                return Ok(());
            }
            let is_enough = looks == MOST_LOOKS && self.at_most.is_none() && !self.request.status.waits_for_decision();
            if is_enough || !pauses.pause().await {
                // What is granted counts, even if it shows late.
                return if self.request.is_success() { Ok(()) } else { Err(self.undecided()) };
            }
            looks += 1;
            match ledger::get(&self.pim.graph, self.request.kind, &self.request.id).await {
                Ok(request) => {
                    missing = 0;
                    let changed = request.status != self.request.status;
                    self.request = request;
                    if changed {
                        looks = 0;
                        (self.on_change)(&self.request);
                    }
                }
                Err(error) if is_passing(&error) && missing < MOST_MISSING => missing += 1,
                Err(error) => return Err(self.lost_sight(error)),
            }
        }
    }

    /// Whether nothing more happens to the request by itself, or not before its time comes.
    fn is_over(&self) -> bool {
        self.request.is_scheduled(DateTimeOffset::now())
            || matches!(self.request.status, RequestStatus::Provisioned | RequestStatus::Revoked)
    }

    fn undecided(&self) -> Error {
        let (id, request) = (one_line(&self.request.id), one_line(&self.request.to_string()));
        let who = if self.request.status.waits_for_decision() { "; somebody has to decide" } else { "" };
        Error::new(ErrorKind::Pending, format!("the request {id} was not settled in the time given: {request}{who}"))
    }

    /// The same error, with the request that it leaves behind.
    fn lost_sight(&self, error: Error) -> Error {
        hinted(error, &format!("the request {} was made, and was {}", self.request.id, self.request.status))
    }
}

/// Looks for what came of `request`. That it cannot be read does not undo it.
async fn result(graph: &Graph, request: &PimRequest, mut pauses: Pauses) -> Option<Assignment> {
    if request.is_removal() || request.is_scheduled(DateTimeOffset::now()) {
        return None;
    }
    for _ in 0..MOST_LOOKS {
        let found = match held::result_of(graph, request).await {
            Err(error) if is_passing(&error) => None,
            Err(_) => return None,
            Ok(found) => found,
        };
        let is_expected = request.status == RequestStatus::Provisioned;
        if found.is_some() || !is_expected || !pauses.pause().await {
            return found;
        }
    }
    None
}

/// Whether the next look may succeed.
fn is_passing(error: &Error) -> bool {
    error.status() == Some(404) || error.is_retryable()
}

/// Why the request came to nothing.
pub(super) async fn failure(pim: &Pim, request: &PimRequest) -> Error {
    let reason = pim.decision_reason(request).await;
    let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    let request = one_line(&request.to_string());
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
    next: Duration,
    longest: Duration,
    deadline: Option<Instant>,
}

impl Pauses {
    fn new(first: Duration, deadline: Option<Instant>) -> Self {
        let next = first.max(SHORTEST_PAUSE);
        Self { next, longest: next.saturating_mul(LONGEST_PAUSE), deadline }
    }

    /// Waits a while. False if the time is over.
    async fn pause(&mut self) -> bool {
        let length = self.next;
        self.next = length.saturating_mul(2).min(self.longest);
        let Some(deadline) = self.deadline else {
            sleep(length).await;
            return true;
        };
        let left = deadline.saturating_duration_since(Instant::now());
        sleep(length.min(left)).await;
        !left.is_zero()
    }
}
