//! How long and how often a server is asked.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBuilder};

/// No metadata document of Graph is near this size.
pub(crate) const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// More redirects than these are a mistake.
pub(super) const MOST_REDIRECTS: usize = 5;

/// Who has to wait longer than this does it without a program that waits.
pub(super) const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// How long connecting may take.
pub(super) const CONNECT: Duration = Duration::from_secs(10);

/// What can be said about it on the command line.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How often to ask again after a failure that may be over soon
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(super) retries: usize,
    /// For how long nothing may come before the connection is given up
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(super) stall: Duration,
    /// How long a document may take as a whole
    #[arg(long, value_name = "SECONDS", default_value = "600", value_parser = seconds)]
    pub(super) timeout: Duration,
    /// How long to wait before asking again for the first time; each further wait is twice as long
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds, hide = true)]
    pub(super) backoff: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let (stall, timeout) = (Duration::from_secs(30), Duration::from_mins(10));
        Self { retries: 5, stall, timeout, backoff: Duration::from_secs(1) }
    }
}

impl Limits {
    /// The waits before each further attempt.
    pub(super) fn waits(self) -> impl Iterator<Item = Duration> {
        let waits = ExponentialBuilder::new().with_min_delay(self.backoff).with_max_delay(LONGEST_WAIT);
        waits.with_factor(2.0).with_max_times(self.retries).build()
    }
}

/// No more than this can be meant, and much more cannot be added to a time.
const LONGEST: Duration = Duration::from_hours(24);

fn seconds(text: &str) -> Result<Duration, String> {
    let duration = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let fits = |duration: &Duration| !duration.is_zero() && *duration <= LONGEST;
    duration.filter(fits).ok_or_else(|| "write seconds, such as 30 or 0.5, and at most a day of them".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_twice_as_long_up_to_the_longest() {
        let waits: Vec<_> = Limits { retries: 8, ..Limits::default() }.waits().map(|wait| wait.as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn no_retries_are_no_waits() {
        assert_eq!(Limits { retries: 0, ..Limits::default() }.waits().count(), 0);
    }

    #[test]
    fn seconds_are_above_nothing_and_at_most_a_day() {
        assert_eq!(seconds("86400"), Ok(LONGEST));
        for refused in ["0", "-1", "NaN", "inf", "soon", "", "86401", "1e19"] {
            assert!(seconds(refused).is_err(), "{refused}");
        }
    }
}
