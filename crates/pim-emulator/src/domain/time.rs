//! Points in time, as fine as the service counts them.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use pim_client::edm::{DateTimeOffset, Duration};

/// How many ticks a second has: the service counts in tenths of a microsecond.
const TICKS: i64 = 10_000_000;
const NANOSECONDS: u32 = 100;

/// A point in time in UTC, to the tenth of a microsecond.
///
/// It is the number of ticks since 1970, so that a database orders it as time does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Instant(i64);

impl Instant {
    /// The first and the last moment that can be written with four digits for the year, as all clients read it.
    pub(crate) const EARLIEST: Self = Self(-62_135_596_800 * TICKS);
    pub(crate) const LATEST: Self = Self(253_402_300_800 * TICKS - 1);

    pub(crate) fn from_ticks(ticks: i64) -> Self {
        Self(ticks)
    }

    pub(crate) fn ticks(self) -> i64 {
        self.0
    }

    /// The machine's time.
    pub(crate) fn of_machine() -> Self {
        Utc::now().into()
    }

    /// This much later; the end of time, if that is beyond it.
    pub(crate) fn plus(self, length: TimeDelta) -> Self {
        let ticks = length.num_seconds().saturating_mul(TICKS);
        let ticks = ticks.saturating_add(i64::from(length.subsec_nanos()) / i64::from(NANOSECONDS));
        Self(self.0.saturating_add(ticks)).clamp(Self::EARLIEST, Self::LATEST)
    }

    /// How much later it is than `earlier`.
    pub(crate) fn since(self, earlier: Self) -> TimeDelta {
        let ticks = self.0.saturating_sub(earlier.0);
        let nanoseconds = ticks.rem_euclid(TICKS) * i64::from(NANOSECONDS);
        TimeDelta::new(ticks.div_euclid(TICKS), u32::try_from(nanoseconds).unwrap_or(0)).unwrap_or(TimeDelta::MAX)
    }
}

/// The length of a duration; nothing, if it is negative or longer than time is.
pub(crate) fn length(duration: &Duration) -> Option<TimeDelta> {
    TimeDelta::from_std(std::time::Duration::try_from(duration).ok()?).ok()
}

impl From<DateTime<Utc>> for Instant {
    fn from(time: DateTime<Utc>) -> Self {
        let ticks = i64::from(time.timestamp_subsec_nanos() / NANOSECONDS);
        Self(time.timestamp().saturating_mul(TICKS).saturating_add(ticks)).clamp(Self::EARLIEST, Self::LATEST)
    }
}

impl From<Instant> for DateTime<Utc> {
    fn from(instant: Instant) -> Self {
        let nanoseconds = u32::try_from(instant.0.rem_euclid(TICKS)).unwrap_or(0) * NANOSECONDS;
        Self::from_timestamp(instant.0.div_euclid(TICKS), nanoseconds).unwrap_or(Self::MAX_UTC)
    }
}

impl From<DateTimeOffset> for Instant {
    fn from(time: DateTimeOffset) -> Self {
        DateTime::<Utc>::from(time).into()
    }
}

impl From<Instant> for DateTimeOffset {
    fn from(instant: Instant) -> Self {
        // Read from text, it is written with the same digits again.
        instant.to_string().parse().unwrap_or_else(|_| DateTime::<Utc>::from(instant).into())
    }
}

/// `2025-03-21T11:07:24.8573295Z`: with as many of seven digits after the point as it takes.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = DateTime::<Utc>::from(*self).format("%Y-%m-%dT%H:%M:%S");
        match self.0.rem_euclid(TICKS) {
            0 => write!(f, "{seconds}Z"),
            ticks => write!(f, "{seconds}.{}Z", format!("{ticks:07}").trim_end_matches('0')),
        }
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Instant {
        text.parse::<DateTimeOffset>().expect("a time").into()
    }

    #[test]
    fn times_are_written_as_the_service_writes_them() {
        for text in [
            "2025-03-21T11:07:24.8573295Z",
            "2025-03-21T12:03:14.551954Z",
            "2021-09-04T15:13:00Z",
            "1969-12-31T23:59:59.5Z",
        ] {
            assert_eq!(time(text).to_string(), text);
            assert_eq!(DateTimeOffset::from(time(text)).to_string(), text);
        }
        assert_eq!(time("2025-03-21T13:07:24.50+02:00").to_string(), "2025-03-21T11:07:24.5Z");
    }

    #[test]
    fn lengths_are_added_and_measured() {
        let start = time("2025-03-21T11:00:00.0000001Z");
        let end = start.plus(TimeDelta::hours(5));
        assert_eq!(end.to_string(), "2025-03-21T16:00:00.0000001Z");
        assert_eq!((end.since(start), start.since(end)), (TimeDelta::hours(5), TimeDelta::hours(-5)));
    }

    #[test]
    fn time_ends_where_years_have_more_than_four_digits() {
        let start = time("2025-03-21T11:00:00Z");
        for late in [start.plus(TimeDelta::MAX).plus(TimeDelta::MAX), time("10000-01-01T00:00:00Z")] {
            assert_eq!(late, Instant::LATEST);
            assert_eq!(late.to_string(), "9999-12-31T23:59:59.9999999Z");
        }
        let early = start.plus(TimeDelta::MIN);
        assert_eq!((early, early.to_string().as_str()), (Instant::EARLIEST, "0001-01-01T00:00:00Z"));
        assert_eq!(DateTimeOffset::from(early).to_string(), early.to_string());
    }
}
