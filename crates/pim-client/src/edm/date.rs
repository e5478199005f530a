use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::cursor::{self, Cursor};
use super::{InvalidLiteral, text};

/// `Edm.Date`: a day in the Gregorian calendar, such as `2021-08-17`, without a time zone.
///
/// ```
/// use pim_client::edm::Date;
///
/// let date: Date = "2021-08-17".parse()?;
/// assert!(date < "2021-08-18".parse()?);
/// assert_eq!(date.to_string(), "2021-08-17");
/// # Ok::<(), pim_client::edm::InvalidLiteral>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl FromStr for Date {
    type Err = InvalidLiteral;

    fn from_str(text: &str) -> Result<Self, InvalidLiteral> {
        parse(text).ok_or_else(|| InvalidLiteral::new(text, "an Edm.Date such as 2021-08-17"))
    }
}

fn parse(text: &str) -> Option<Date> {
    let mut cursor = Cursor::new(text);
    let date = cursor.date()?;
    cursor.end()?;
    Some(Date(date))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        cursor::write_date(f, self.0)
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
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
        for text in ["2021-08-17", "0000-01-01", "0001-01-01", "9999-12-31", "2024-02-29", "12345-01-01", "-0001-12-31"]
        {
            survives::<Date>(text);
        }
    }

    #[test]
    fn is_nothing_else() {
        refused::<Date>(&["2021-02-29", "2021-13-01", "2021-01-00", "2021-00-01", "1234567-01-01", "01234-01-01"]);
        refused::<Date>(&["", "2021-8-17", "21-01-01", "20210817", "2021/08/17", "+2021-01-01", "２０２１-08-17"]);
        refused::<Date>(&["2021-08-17Z", " 2021-08-17", "2021-08-17 "]);
    }
}
