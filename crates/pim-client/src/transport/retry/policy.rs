use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

/// How often and how long a request is repeated, when Graph is busy or cannot be reached.
///
/// A request is repeated if Graph says that it did not act on it (429, 503, 509) or if it never got there; one that may
/// be sent twice without harm (reading, `PUT`, `DELETE`) also if nobody knows (408, 502, 504, no answer, half of one).
/// Graph's `Retry-After` decides how long to wait; without one, the waits double from a base to a limit, with jitter.
///
/// ```
/// use std::time::Duration;
/// use pim_client::{BearerToken, Graph, RetryPolicy};
///
/// # fn client(token: BearerToken) -> Result<Graph, pim_client::Error> {
/// let patient = RetryPolicy::default().max_tries(10).max_elapsed(Duration::from_secs(600));
/// let graph = Graph::builder(token).retry(patient).build()?;
/// # Ok(graph)
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    pub(super) max_tries: u32,
    pub(super) max_elapsed: Duration,
    base_delay: Duration,
    max_delay: Duration,
}

/// Five tries within two minutes; without `Retry-After`, 0.5 to 1 s before the second, doubling to 30 s.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_tries: 5,
            max_elapsed: Duration::from_mins(2),
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(30),
        }
    }
}

impl RetryPolicy {
    /// Sends every request once.
    pub fn none() -> Self {
        Self::default().max_tries(1)
    }

    /// Sends a request at most so many times. Zero counts as one.
    pub fn max_tries(mut self, tries: u32) -> Self {
        self.max_tries = tries.max(1);
        self
    }

    /// Begins no try later than this after the first. If Graph asks to wait longer, the call fails at once, and
    /// [`Error::retry_after`](crate::Error::retry_after) tells how long.
    pub fn max_elapsed(mut self, elapsed: Duration) -> Self {
        self.max_elapsed = elapsed;
        self
    }

    /// Where Graph does not say how long, waits this long before the second try, and up to twice as long by chance.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Where Graph does not say how long, never waits longer than this.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The waits between tries, where Graph does not say how long. Chance spreads those who were turned away together.
    pub(super) fn delays(&self) -> impl Iterator<Item = Duration> + use<> {
        let limit = self.max_delay;
        let delays: ExponentialBackoff = ExponentialBuilder::new()
            .with_min_delay(self.base_delay)
            .with_max_delay(limit)
            .without_max_times()
            .with_jitter()
            .build();
        delays.map(move |delay| delay.min(limit))
    }
}
