use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::SystemTime;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset as _, SubsecRound as _, TimeDelta, Timelike as _, Utc};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::cursor::{self, Cursor};
use super::{InvalidLiteral, text};

/// `Edm.DateTimeOffset`: a point in time, such as `2021-08-17T15:13:00Z`.
///
/// It is written with the UTC offset and with as many digits after the point as it was read with. Neither matters when
/// two are compared: they are as equal, and as ordered, as the points in time.
///
/// ```
/// use pim_client::edm::DateTimeOffset;
///
/// let start: DateTimeOffset = "2021-08-17T08:13:00.000-07:00".parse()?;
/// assert_eq!(start, "2021-08-17T15:13:00Z".parse()?);
/// assert_eq!(start.to_string(), "2021-08-17T08:13:00.000-07:00");
///
/// let utc: chrono::DateTime<chrono::Utc> = start.into();
/// assert_eq!(DateTimeOffset::from(utc).to_string(), "2021-08-17T15:13:00Z");
/// # Ok::<(), pim_client::edm::InvalidLiteral>(())
/// ```
#[derive(Clone, Copy)]
pub struct DateTimeOffset {
    /// The point in time, in UTC.
    utc: NaiveDateTime,
    /// How far the time is written ahead of UTC.
    offset: FixedOffset,
    /// How many digits of the second's fraction are written.
    digits: u8,
}

impl DateTimeOffset {
    /// This moment in UTC, to the tenth of a microsecond that Graph itself counts in.
    #[must_use]
    pub fn now() -> Self {
        const DIGITS: u8 = 7;
        let now = DateTime::<Utc>::from(SystemTime::now()).trunc_subsecs(DIGITS.into());
        Self { digits: DIGITS, ..now.into() }
    }

    /// The offset from UTC that the time is written with.
    #[must_use]
    pub fn offset(&self) -> FixedOffset {
        self.offset
    }
}

impl FromStr for DateTimeOffset {
    type Err = InvalidLiteral;

    fn from_str(text: &str) -> Result<Self, InvalidLiteral> {
        parse(text).ok_or_else(|| InvalidLiteral::new(text, "an Edm.DateTimeOffset such as 2021-08-17T15:13:00Z"))
    }
}

fn parse(text: &str) -> Option<DateTimeOffset> {
    let mut cursor = Cursor::new(text);
    let date = cursor.date()?;
    cursor.one_of(b"Tt")?;
    let (time, digits) = cursor.time()?;
    let offset = parse_offset(&mut cursor)?;
    cursor.end()?;
    let utc = NaiveDateTime::new(date, time).checked_sub_offset(offset)?;
    Some(DateTimeOffset { utc, offset, digits })
}

/// `Z` or `-07:00`
fn parse_offset(cursor: &mut Cursor<'_>) -> Option<FixedOffset> {
    let sign = match cursor.one_of(b"Zz+-")? {
        b'+' => 1,
        b'-' => -1,
        _ => return Some(Utc.fix()),
    };
    let hours = cursor.number::<2>()?;
    cursor.one_of(b":")?;
    let minutes = cursor.number::<2>().filter(|minutes| *minutes < 60)?;
    let seconds = i32::try_from(hours * 60 + minutes).ok()? * 60;
    FixedOffset::east_opt(sign * seconds)
}

impl fmt::Display for DateTimeOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.utc.checked_add_offset(self.offset).ok_or(fmt::Error)?;
        cursor::write_date(f, local.date())?;
        f.write_str("T")?;
        cursor::write_time(f, local.time(), self.digits)?;
        if self.offset == Utc.fix() { f.write_str("Z") } else { write!(f, "{}", self.offset) }
    }
}

impl fmt::Debug for DateTimeOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<DateTime<Utc>> for DateTimeOffset {
    /// A leap second becomes the first second after it: OData has none.
    fn from(time: DateTime<Utc>) -> Self {
        // Chrono counts on from the second before a leap second; adding its nanoseconds instead carries them over.
        let second = time.with_nanosecond(0).unwrap_or(time);
        let nanoseconds = TimeDelta::nanoseconds(time.nanosecond().into());
        let utc = second.checked_add_signed(nanoseconds).unwrap_or(time).naive_utc();
        Self { utc, offset: Utc.fix(), digits: cursor::digits_for(utc.nanosecond()) }
    }
}

impl From<DateTimeOffset> for DateTime<Utc> {
    fn from(time: DateTimeOffset) -> Self {
        time.utc.and_utc()
    }
}

impl From<SystemTime> for DateTimeOffset {
    fn from(time: SystemTime) -> Self {
        DateTime::<Utc>::from(time).into()
    }
}

impl From<DateTimeOffset> for SystemTime {
    fn from(time: DateTimeOffset) -> Self {
        time.utc.and_utc().into()
    }
}

impl PartialEq for DateTimeOffset {
    fn eq(&self, other: &Self) -> bool {
        self.utc == other.utc
    }
}

impl Eq for DateTimeOffset {}

impl PartialOrd for DateTimeOffset {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTimeOffset {
    fn cmp(&self, other: &Self) -> Ordering {
        self.utc.cmp(&other.utc)
    }
}

impl Hash for DateTimeOffset {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.utc.hash(state);
    }
}

impl Serialize for DateTimeOffset {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateTimeOffset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::edm::lexical_tests::{refused, survives};

    fn time(text: &str) -> DateTimeOffset {
        text.parse().unwrap()
    }

    #[test]
    fn is_written_as_it_was_read() {
        for text in [
            "2021-08-17T15:13:00Z",
            "2021-08-17T15:13:00.000Z",
            "2021-08-17T15:13:00.1234567Z",
            "2021-08-17T15:13:00.123456789Z",
            "2021-08-17T08:13:00-07:00",
            "2021-08-17T08:13:00.50+05:45",
            "0001-01-01T08:00:00Z",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59.9999999Z",
            "9999-12-31T23:59:59-23:59",
        ] {
            survives::<DateTimeOffset>(text);
        }
    }

    #[test]
    fn utc_is_always_written_as_a_capital_z() {
        for text in ["2021-08-17t15:13:00z", "2021-08-17T15:13:00+00:00", "2021-08-17T15:13:00-00:00"] {
            assert_eq!(time(text).to_string(), "2021-08-17T15:13:00Z");
        }
    }

    #[test]
    fn is_nothing_else() {
        refused::<DateTimeOffset>(&[
            "",
            "2021-08-17",
            "2021-08-17T15:13Z",
            "2021-08-17T15:13:00",
            "2021-08-17 15:13:00Z",
        ]);
        refused::<DateTimeOffset>(&["2021-02-29T15:13:00Z", "2021-08-17T24:00:00Z", "2021-08-17T15:13:60Z"]);
        refused::<DateTimeOffset>(&[
            "2021-08-17T15:13:00.Z",
            "2021-08-17T15:13:00.1234567890Z",
            "2021-08-17T15:13:00,5Z",
        ]);
        refused::<DateTimeOffset>(&["2021-08-17T15:13:00+0700", "2021-08-17T15:13:00+07", "2021-08-17T15:13:00+24:00"]);
        refused::<DateTimeOffset>(&["2021-08-17T15:13:00+07:60", "2021-08-17T15:13:00ZZ", "2021-08-17T15:13:00Z "]);
    }

    #[test]
    fn compares_by_the_point_in_time() {
        assert_eq!(time("2021-08-17T15:13:00.000Z"), time("2021-08-17T08:13:00-07:00"));
        assert!(time("2021-08-17T15:13:00-01:00") > time("2021-08-17T15:13:00Z"));
    }

    #[test]
    fn converts_to_and_from_the_types_of_others() {
        let text = "1970-01-01T00:00:01.500Z";
        let system_time = SystemTime::UNIX_EPOCH + Duration::from_millis(1500);
        assert_eq!(DateTimeOffset::from(system_time).to_string(), text);
        assert_eq!(SystemTime::from(time(text)), system_time);
        let utc = DateTime::<Utc>::from_timestamp(1, 500_000_000).unwrap();
        assert_eq!(DateTimeOffset::from(utc).to_string(), text);
        assert_eq!(DateTime::<Utc>::from(time(text)), utc);
    }

    #[test]
    fn has_no_leap_second() {
        let leap = DateTime::<Utc>::from_timestamp(1_483_228_799, 1_500_000_000).unwrap();
        assert_eq!(DateTimeOffset::from(leap).to_string(), "2017-01-01T00:00:00.500Z");
    }

    #[test]
    fn knows_its_offset() {
        assert_eq!(time("2021-08-17T08:13:00-07:00").offset().local_minus_utc(), -7 * 3600);
    }

    #[test]
    fn now_has_seven_digits() {
        let now = DateTimeOffset::now();
        assert_eq!(now.to_string().len(), "2021-08-17T15:13:00.1234567Z".len());
        survives::<DateTimeOffset>(&now.to_string());
    }

    proptest! {
        #[test]
        fn any_is_written_as_it_was_read(
            date in "[0-9]{4}-(0[1-9]|1[0-2])-([01][1-9]|2[0-8])",
            time in "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?",
            offset in "Z|[+-]2[0-3]:[0-5][0-9]",
        ) {
            let text = format!("{date}T{time}{offset}");
            survives::<DateTimeOffset>(&text);
        }

        #[test]
        fn any_of_chrono_is_written_and_read(seconds in any::<i64>(), nanosecond in 0_u32..2_000_000_000) {
            if let Some(utc) = DateTime::<Utc>::from_timestamp(seconds % 10_000_000_000_000, nanosecond) {
                let original = DateTimeOffset::from(utc);
                prop_assert_eq!(time(&original.to_string()), original);
            }
        }

        #[test]
        fn reads_what_chrono_reads(
            date in "[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]",
            time in "[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?",
            offset in "Z|[+-][0-2][0-9]:[0-5][0-9]",
        ) {
            let text = format!("{date}T{time}{offset}");
            let expected = DateTime::parse_from_rfc3339(&text).ok().map(|time| time.to_utc());
            prop_assert_eq!(text.parse::<DateTimeOffset>().ok().map(DateTime::<Utc>::from), expected);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[0-9TZ:.+-]{0,35}|\\PC{0,40}") {
            if let Ok(time) = text.parse::<DateTimeOffset>() {
                prop_assert_eq!(time, self::time(&time.to_string()));
            }
        }
    }
}
