use std::cmp::Ordering;
use std::error::Error;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::{InvalidLiteral, text};

const SECOND: i128 = 1_000_000_000;
const MINUTE: i128 = 60 * SECOND;
const HOUR: i128 = 60 * MINUTE;
const DAY: i128 = 24 * HOUR;

/// The longest length that a duration has in the standard library.
const LONGEST: u128 = time::Duration::MAX.as_nanos();

/// `Edm.Duration`: a length of time, such as `PT8H` or `P1DT12H30M`.
///
/// It is made of days, hours, minutes and seconds. Weeks, months and years, which ISO 8601 knows as well, are no part
/// of it. It is written as it was read, and compared by its length:
///
/// ```
/// use pim_client::edm::Duration;
///
/// let day: Duration = "PT24H".parse()?;
/// assert_eq!(day, Duration::days(1));
/// assert_eq!(day.to_string(), "PT24H");
/// assert!("P1M".parse::<Duration>().is_err());
/// # Ok::<(), pim_client::edm::InvalidLiteral>(())
/// ```
#[derive(Clone)]
pub struct Duration {
    text: Box<str>,
    nanoseconds: i128,
}

impl Duration {
    /// A length of so many days, written like `P365D`.
    #[must_use]
    pub fn days(days: u32) -> Self {
        Self { text: format!("P{days}D").into(), nanoseconds: i128::from(days) * DAY }
    }

    /// A length of so many hours, written like `PT8H`.
    #[must_use]
    pub fn hours(hours: u32) -> Self {
        Self { text: format!("PT{hours}H").into(), nanoseconds: i128::from(hours) * HOUR }
    }

    /// A length of so many minutes, written like `PT30M`.
    #[must_use]
    pub fn minutes(minutes: u32) -> Self {
        Self { text: format!("PT{minutes}M").into(), nanoseconds: i128::from(minutes) * MINUTE }
    }

    /// The duration as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Duration {
    type Err = InvalidLiteral;

    fn from_str(text: &str) -> Result<Self, InvalidLiteral> {
        let nanoseconds = parse(text).ok_or_else(|| InvalidLiteral::new(text, "an Edm.Duration such as P1DT12H30M"))?;
        Ok(Self { text: text.into(), nanoseconds })
    }
}

fn parse(text: &str) -> Option<i128> {
    let (sign, length) = match text.strip_prefix('-') {
        Some(length) => (-1, length),
        None => (1, text),
    };
    let length = parse_length(length.strip_prefix('P')?)?;
    (length.unsigned_abs() <= LONGEST).then_some(sign * length)
}

/// `1DT12H30M`: days, hours, minutes and seconds in this order, any but not all of them left out.
fn parse_length(text: &str) -> Option<i128> {
    let (mut date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    if time == Some("") || (date.is_empty() && time.is_none()) {
        return None;
    }
    let mut time = time.unwrap_or_default();

    let days = take_until('D', &mut date).map_or(Some(0), whole)?;
    let hours = take_until('H', &mut time).map_or(Some(0), whole)?;
    let minutes = take_until('M', &mut time).map_or(Some(0), whole)?;
    let seconds = take_until('S', &mut time).map_or(Some(0), decimal)?;
    let everything_read = date.is_empty() && time.is_empty();
    everything_read.then_some(days * DAY + hours * HOUR + minutes * MINUTE + seconds)
}

/// Takes what is written before `designator`, and the designator itself, off the front of `text`.
fn take_until<'t>(designator: char, text: &mut &'t str) -> Option<&'t str> {
    let (number, rest) = text.split_once(designator)?;
    *text = rest;
    Some(number)
}

/// The nanoseconds in a number of seconds with or without a fraction.
fn decimal(seconds: &str) -> Option<i128> {
    let Some((seconds, fraction)) = seconds.split_once('.') else {
        return Some(whole(seconds)? * SECOND);
    };
    let missing_digits = 9_u32.checked_sub(fraction.len().try_into().ok()?)?;
    Some(whole(seconds)? * SECOND + whole(fraction)? * 10_i128.pow(missing_digits))
}

/// A number that consists of digits alone.
fn whole(digits: &str) -> Option<i128> {
    let only_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    // Sixty-four bits hold more than any length there is, and leave room to multiply.
    if only_digits { digits.parse::<u64>().ok().map(i128::from) } else { None }
}

impl From<time::Duration> for Duration {
    fn from(length: time::Duration) -> Self {
        Self { text: canonical(length).into(), nanoseconds: length.as_nanos().cast_signed() }
    }
}

/// A length in the largest units it fills: `P1DT2H3M4.5S`.
fn canonical(length: time::Duration) -> String {
    let seconds = length.as_secs();
    let (days, hours, minutes, seconds) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    let date = component(days, "D");
    let time = component(hours, "H") + &component(minutes, "M") + &seconds_component(seconds, length.subsec_nanos());
    match (date.as_str(), time.as_str()) {
        ("", "") => String::from("PT0S"),
        (_, "") => format!("P{date}"),
        _ => format!("P{date}T{time}"),
    }
}

fn component(number: u64, designator: &str) -> String {
    if number == 0 { String::new() } else { format!("{number}{designator}") }
}

fn seconds_component(seconds: u64, nanoseconds: u32) -> String {
    if nanoseconds == 0 {
        return component(seconds, "S");
    }
    let fraction = format!("{nanoseconds:09}");
    format!("{seconds}.{}S", fraction.trim_end_matches('0'))
}

impl TryFrom<&Duration> for time::Duration {
    type Error = NegativeDuration;

    fn try_from(duration: &Duration) -> Result<Self, NegativeDuration> {
        match u128::try_from(duration.nanoseconds) {
            Ok(nanoseconds) => Ok(Self::from_nanos_u128(nanoseconds)),
            Err(_) => Err(NegativeDuration),
        }
    }
}

/// A negative duration has no counterpart in the standard library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NegativeDuration;

impl fmt::Display for NegativeDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the duration is negative")
    }
}

impl Error for NegativeDuration {}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Duration {
    fn eq(&self, other: &Self) -> bool {
        self.nanoseconds == other.nanoseconds
    }
}

impl Eq for Duration {}

impl PartialOrd for Duration {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Duration {
    fn cmp(&self, other: &Self) -> Ordering {
        self.nanoseconds.cmp(&other.nanoseconds)
    }
}

impl Hash for Duration {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.nanoseconds.hash(state);
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edm::lexical_tests::{refused, survives};

    fn duration(text: &str) -> Duration {
        text.parse().unwrap()
    }

    #[test]
    fn is_written_as_it_was_read() {
        for text in
            ["PT5H", "P365D", "PT1H45M", "P1DT2H3M4.5S", "-PT5M", "PT0S", "PT08H", "P00DT0.000000001S", "PT1.500S"]
        {
            survives::<Duration>(text);
        }
    }

    #[test]
    fn is_nothing_else() {
        refused::<Duration>(&[
            "", "P", "PT", "-", "-P", "P1DT", "1H", "T1H", "PT1", "P1", "pt5h", "+PT5H", "P-1D", "PT+1H",
        ]);
        refused::<Duration>(&[
            "P1Y",
            "P1M",
            "P1W",
            "P1Y2M3DT4H",
            "PT1D",
            "P1H",
            "PT1M1H",
            "PT1H1H",
            "P1D1D",
            "PT1HT1M",
        ]);
        refused::<Duration>(&["PT1.5H", "PT.5S", "PT1.S", "PT1.0000000001S", "PT 1H", "PT1H ", "PT１H"]);
        refused::<Duration>(&["P18446744073709551616D", "P18446744073709551615D", "PT18446744073709551616S"]);
    }

    #[test]
    fn compares_by_length() {
        assert_eq!(duration("PT24H"), duration("P1D"));
        assert_eq!(duration("PT90M"), duration("PT1H1800.0S"));
        assert_eq!(duration("-PT0S"), duration("PT0S"));
        assert!(duration("-P1D") < duration("-PT1S"));
        assert!(duration("PT59.999999999S") < duration("PT1M"));
    }

    #[test]
    fn is_made_of_a_number_of_units() {
        assert_eq!(Duration::days(365).to_string(), "P365D");
        assert_eq!(Duration::hours(8).to_string(), "PT8H");
        assert_eq!(Duration::minutes(30).as_str(), "PT30M");
        assert_eq!(Duration::hours(24), Duration::days(1));
        assert_eq!(Duration::minutes(60), Duration::hours(1));
    }

    #[test]
    fn converts_to_and_from_the_standard_library() {
        let length = |text| time::Duration::try_from(&duration(text));
        assert_eq!(length("PT1.5S"), Ok(time::Duration::from_millis(1500)));
        assert_eq!(length("-PT1.5S"), Err(NegativeDuration));
        assert_eq!(length("-PT0S"), Ok(time::Duration::ZERO));

        let text = |length: time::Duration| Duration::from(length).to_string();
        assert_eq!(text(time::Duration::ZERO), "PT0S");
        assert_eq!(text(time::Duration::from_hours(24)), "P1D");
        assert_eq!(text(time::Duration::from_hours(8)), "PT8H");
        assert_eq!(text(time::Duration::from_millis(93_784_500)), "P1DT2H3M4.5S");
        assert_eq!(text(time::Duration::from_nanos(1)), "PT0.000000001S");
    }

    proptest! {
        #[test]
        fn any_is_written_as_it_was_read(
            text in "-?P([0-9]{1,5}D)?T[0-9]{1,3}H([0-9]{1,4}M)?([0-9]{1,4}(\\.[0-9]{1,9})?S)?",
        ) {
            survives::<Duration>(&text);
        }

        #[test]
        fn any_length_is_written_and_read(length in any::<time::Duration>()) {
            let text = Duration::from(length).to_string();
            prop_assert_eq!(time::Duration::try_from(&duration(&text)), Ok(length));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "-?P?[0-9TDHMS.]{0,12}|\\PC{0,40}") {
            if let Ok(duration) = text.parse::<Duration>() {
                prop_assert_eq!(duration.as_str(), &text);
            }
        }
    }
}
