use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use chrono::{NaiveTime, Timelike as _};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::cursor::{self, Cursor};
use super::{InvalidLiteral, text};

/// `Edm.TimeOfDay`: the time on a clock, such as `15:13:00.000`, without a day or a time zone.
///
/// ```
/// use pim_client::edm::TimeOfDay;
///
/// let time: TimeOfDay = "15:13:00.000".parse()?;
/// assert_eq!(time, "15:13:00".parse()?);
/// assert_eq!(time.to_string(), "15:13:00.000");
/// # Ok::<(), pim_client::edm::InvalidLiteral>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TimeOfDay {
    time: NaiveTime,
    /// How many digits of the second's fraction are written.
    digits: u8,
}

impl FromStr for TimeOfDay {
    type Err = InvalidLiteral;

    fn from_str(text: &str) -> Result<Self, InvalidLiteral> {
        parse(text).ok_or_else(|| InvalidLiteral::new(text, "an Edm.TimeOfDay such as 15:13:00"))
    }
}

fn parse(text: &str) -> Option<TimeOfDay> {
    let mut cursor = Cursor::new(text);
    let (time, digits) = cursor.time()?;
    cursor.end()?;
    Some(TimeOfDay { time, digits })
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        cursor::write_time(f, self.time, self.digits)
    }
}

impl From<NaiveTime> for TimeOfDay {
    /// A leap second becomes the last nanosecond before it: OData has none.
    fn from(time: NaiveTime) -> Self {
        let time = time.with_nanosecond(time.nanosecond().min(999_999_999)).unwrap_or(time);
        Self { time, digits: cursor::digits_for(time.nanosecond()) }
    }
}

impl From<TimeOfDay> for NaiveTime {
    fn from(time_of_day: TimeOfDay) -> Self {
        time_of_day.time
    }
}

impl PartialEq for TimeOfDay {
    fn eq(&self, other: &Self) -> bool {
        self.time == other.time
    }
}

impl Eq for TimeOfDay {}

impl PartialOrd for TimeOfDay {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TimeOfDay {
    fn cmp(&self, other: &Self) -> Ordering {
        self.time.cmp(&other.time)
    }
}

impl Hash for TimeOfDay {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.time.hash(state);
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edm::lexical_tests::{refused, survives};

    #[test]
    fn is_written_as_it_was_read() {
        for text in ["00:00:00", "23:59:59.9999999", "15:13:00.000", "15:13:00.123456789"] {
            survives::<TimeOfDay>(text);
        }
    }

    #[test]
    fn is_nothing_else() {
        refused::<TimeOfDay>(&["", "15:13", "24:00:00", "15:60:00", "15:13:60", "15:13:00.", "15:13:00Z", "1:2:3"]);
        refused::<TimeOfDay>(&["15:13:00.1234567891"]);
    }

    #[test]
    fn has_no_leap_second() {
        let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_500_000_000).unwrap();
        assert_eq!(TimeOfDay::from(leap).to_string(), "23:59:59.999999999");
    }
}
