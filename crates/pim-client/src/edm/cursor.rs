//! The pieces that the lexical forms of dates and times are made of.

use std::fmt;

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};

/// The digits after the point that a value in nanoseconds can have.
const MOST_DIGITS: u8 = 9;

/// A text on its way from left to right. What cannot be read there is `None`.
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes() }
    }

    /// Nothing may follow.
    pub(super) fn end(&self) -> Option<()> {
        self.rest.is_empty().then_some(())
    }

    /// One of `bytes`.
    pub(super) fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        bytes.contains(first).then(|| {
            self.rest = rest;
            *first
        })
    }

    /// A number of exactly `N` digits.
    pub(super) fn number<const N: usize>(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        digits.iter().try_fold(0, |number, digit| Some(number * 10 + decimal(*digit)?))
    }

    /// `2021-08-17`
    pub(super) fn date(&mut self) -> Option<NaiveDate> {
        let year = self.year()?;
        self.one_of(b"-")?;
        let month = self.number::<2>()?;
        self.one_of(b"-")?;
        let day = self.number::<2>()?;
        NaiveDate::from_ymd_opt(year, month, day)
    }

    /// Four digits, or up to six without a leading zero; years before the year 0 are negative.
    fn year(&mut self) -> Option<i32> {
        let sign = if self.one_of(b"-").is_some() { -1 } else { 1 };
        let mut year = self.number::<4>()?;
        while (1000..100_000).contains(&year)
            && let Some(digit) = self.one_of(b"0123456789")
        {
            year = year * 10 + decimal(digit)?;
        }
        Some(sign * i32::try_from(year).ok()?)
    }

    /// `15:13:00.000`, and how many digits there are after the point.
    pub(super) fn time(&mut self) -> Option<(NaiveTime, u8)> {
        let hour = self.number::<2>()?;
        self.one_of(b":")?;
        let minute = self.number::<2>()?;
        self.one_of(b":")?;
        let second = self.number::<2>()?;
        let (nanosecond, digits) = if self.one_of(b".").is_some() { self.fraction()? } else { (0, 0) };
        Some((NaiveTime::from_hms_nano_opt(hour, minute, second, nanosecond)?, digits))
    }

    /// The digits after the point as nanoseconds, and how many there are.
    fn fraction(&mut self) -> Option<(u32, u8)> {
        let (mut nanosecond, mut digits) = (self.number::<1>()?, 1);
        while let Some(digit) = self.one_of(b"0123456789") {
            digits += 1;
            if digits > MOST_DIGITS {
                return None;
            }
            nanosecond = nanosecond * 10 + decimal(digit)?;
        }
        Some((nanosecond * 10_u32.pow(u32::from(MOST_DIGITS - digits)), digits))
    }
}

fn decimal(digit: u8) -> Option<u32> {
    digit.is_ascii_digit().then(|| u32::from(digit - b'0'))
}

/// Writes a date as [`Cursor::date`] reads it.
pub(super) fn write_date(f: &mut fmt::Formatter<'_>, date: NaiveDate) -> fmt::Result {
    let sign = if date.year() < 0 { "-" } else { "" };
    write!(f, "{sign}{:04}-{:02}-{:02}", date.year().unsigned_abs(), date.month(), date.day())
}

/// Writes a time as [`Cursor::time`] reads it, with as many `digits` after the point.
pub(super) fn write_time(f: &mut fmt::Formatter<'_>, time: NaiveTime, digits: u8) -> fmt::Result {
    write!(f, "{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
    if digits == 0 {
        return Ok(());
    }
    let fraction = time.nanosecond() / 10_u32.pow(u32::from(MOST_DIGITS - digits));
    write!(f, ".{fraction:0width$}", width = usize::from(digits))
}

/// As many digits, in groups of three, as it takes to write the nanoseconds of a time that was not read from a text.
pub(super) fn digits_for(nanosecond: u32) -> u8 {
    match nanosecond {
        0 => 0,
        _ if nanosecond.is_multiple_of(1_000_000) => 3,
        _ if nanosecond.is_multiple_of(1_000) => 6,
        _ => MOST_DIGITS,
    }
}
