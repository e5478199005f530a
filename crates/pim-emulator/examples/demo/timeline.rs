//! When what was so: a line for each, on one scale.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use pim_client::edm::DateTimeOffset;

use crate::page::{DONE, Page, QUIET};

/// Something that was so for a time.
pub(crate) struct Span<'s> {
    pub(crate) label: &'s str,
    pub(crate) text: &'s str,
    pub(crate) from: DateTimeOffset,
    pub(crate) until: DateTimeOffset,
}

/// As much as a label takes; what it and two times, with a blank beside each, leave for the bars.
const LABEL: usize = 13;
const COLUMNS: i64 = 54;

/// Draws the spans below each other.
pub(crate) fn draw<W: Write>(page: &mut Page<W>, spans: &[Span<'_>]) -> io::Result<()> {
    let first = spans.iter().map(|span| minutes(span.from)).min().unwrap_or(0);
    let last = spans.iter().map(|span| minutes(span.until)).max().unwrap_or(first);
    let column = |time| usize::try_from((minutes(time) - first) * COLUMNS / (last - first).max(1)).unwrap_or(0);
    for span in spans {
        let (from, until) = (column(span.from), column(span.until));
        let bar = page.styled(DONE, &bar(span.text, until - from));
        let before = page.styled(QUIET, &clock(span.from));
        let behind = page.styled(QUIET, &clock(span.until));
        page.line(&format!("{:LABEL$}{}{before} {bar} {behind}", span.label, " ".repeat(from)))?;
    }
    Ok(())
}

/// A bar with a text in its middle, if there is room for it.
fn bar(text: &str, length: usize) -> String {
    let room = length.saturating_sub(1);
    let text = format!(" {text} ");
    if text.chars().count() < room {
        format!("├{text:─^room$}┤")
    } else {
        format!("├{}┤", "─".repeat(room))
    }
}

fn minutes(time: DateTimeOffset) -> i64 {
    DateTime::<Utc>::from(time).timestamp() / 60
}

/// The time of day.
pub(crate) fn clock(time: DateTimeOffset) -> String {
    DateTime::<Utc>::from(time).format("%H:%M").to_string()
}
