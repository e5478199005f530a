use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use super::RetryPolicy;
use crate::transport::attempt::Try;

/// The tries of one request.
pub(crate) struct Tries {
    policy: RetryPolicy,
    /// Whether the request may be sent twice without harm.
    is_idempotent: bool,
    begun: Instant,
    made: u32,
    delays: Box<dyn Iterator<Item = Duration> + Send>,
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It was decided, for good or bad.
    Final,
    /// Graph did not act on the request.
    NotActed,
    /// Nobody knows whether Graph acted on the request.
    Unknown,
}

impl Tries {
    /// Begins with the first try.
    pub(crate) fn begin(policy: &RetryPolicy, is_idempotent: bool) -> Self {
        let delays = Box::new(policy.delays());
        Self { policy: policy.clone(), is_idempotent, begun: Instant::now(), made: 1, delays }
    }

    /// How long to wait before the next try, if there is to be one after a try with this verdict.
    pub(crate) fn next(&mut self, verdict: Verdict, retry_after: Option<Duration>) -> Option<Duration> {
        let may_repeat = match verdict {
            Verdict::Final => false,
            Verdict::NotActed => true,
            Verdict::Unknown => self.is_idempotent,
        };
        if !may_repeat || self.made >= self.policy.max_tries {
            return None;
        }
        let wait = retry_after.or_else(|| self.delays.next())?;
        if self.begun.elapsed().checked_add(wait)? > self.policy.max_elapsed {
            return None;
        }
        self.made += 1;
        Some(wait)
    }
}

impl Verdict {
    pub(in crate::transport) fn of(tried: &Try) -> Self {
        match tried {
            Try::Answered(answer) => Self::of_status(answer.status),
            Try::TooLong(_) => Self::Final,
            Try::Failed(error, _) if error.is_builder() => Self::Final,
            Try::Failed(error, _) if error.is_connect() => Self::NotActed,
            Try::Failed(..) => Self::Unknown,
        }
    }

    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            429 | 503 | 509 => Self::NotActed,
            408 | 502 | 504 => Self::Unknown,
            _ => Self::Final,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn only_what_is_harmless_is_repeated() {
        let mut reading = Tries::begin(&RetryPolicy::default(), true);
        let mut creating = Tries::begin(&RetryPolicy::default(), false);
        assert_eq!(reading.next(Verdict::Final, Some(SECOND)), None);
        assert_eq!(reading.next(Verdict::Unknown, Some(SECOND)), Some(SECOND));
        assert_eq!(creating.next(Verdict::Unknown, Some(SECOND)), None);
        assert_eq!(creating.next(Verdict::NotActed, Some(SECOND)), Some(SECOND));
    }

    #[test]
    fn a_wait_beyond_the_limit_is_not_begun() {
        let policy = RetryPolicy::default().max_elapsed(10 * SECOND);
        let mut tries = Tries::begin(&policy, true);
        assert_eq!(tries.next(Verdict::NotActed, Some(11 * SECOND)), None);
        assert_eq!(tries.next(Verdict::NotActed, Some(Duration::MAX)), None);
        assert_eq!(tries.next(Verdict::NotActed, Some(9 * SECOND)), Some(9 * SECOND));
    }

    #[test]
    fn one_try_is_one_try() {
        for policy in [RetryPolicy::none(), RetryPolicy::default().max_tries(0)] {
            assert_eq!(Tries::begin(&policy, true).next(Verdict::NotActed, Some(Duration::ZERO)), None);
        }
    }

    proptest! {
        /// Whatever the policy is and whatever Graph asks for: the tries are bounded in number and in time, waits that
        /// Graph asks for are kept to the letter, and others lie between the base and the limit.
        #[test]
        fn a_schedule_keeps_its_bounds(
            max_tries in 1u32..20,
            max_elapsed in 0u64..100_000,
            base in 1u64..10_000,
            max_delay in 1u64..60_000,
            asked in prop::collection::vec(prop::option::of(0u64..100_000), 30),
        ) {
            let millis = Duration::from_millis;
            let policy = RetryPolicy::default()
                .max_tries(max_tries)
                .max_elapsed(millis(max_elapsed))
                .base_delay(millis(base))
                .max_delay(millis(max_delay));
            let mut tries = Tries::begin(&policy, true);
            let begun = tries.begun;
            let mut made = 1;
            for asked in asked {
                let asked = asked.map(millis);
                let Some(wait) = tries.next(Verdict::NotActed, asked) else { break };
                made += 1;
                match asked {
                    Some(asked) => prop_assert_eq!(wait, asked),
                    None => prop_assert!(wait >= millis(base.min(max_delay)) && wait <= millis(max_delay), "{:?}", wait),
                }
                // Time is not waited for here, but taken as if it had passed.
                tries.begun = tries.begun.checked_sub(wait).unwrap();
                prop_assert!(begun.duration_since(tries.begun) <= millis(max_elapsed) + SECOND);
            }
            prop_assert!(made <= max_tries);
        }
    }
}
