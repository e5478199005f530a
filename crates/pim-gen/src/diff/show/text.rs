//! A comparison for a terminal.

use std::fmt::Write as _;

use super::escape::plain;
use super::{Comparison, words};
use crate::diff::{Change, Effect, Nearby, Report};

/// The most items that a change lists, of those that are in no other; the other forms have all.
const MOST_ITEMS: usize = 6;

/// The width up to which columns are aligned. What is longer sticks out.
const WIDEST: usize = 84;

/// A comparison for a terminal: what breaks first, then what is new, then the verdict. Lines are not wrapped.
#[must_use]
pub fn text(comparison: &Comparison) -> String {
    let (old, new) = (plain(&comparison.old), plain(&comparison.new));
    if comparison.is_empty() {
        let mut text = format!("nothing changed between {old} and {new}\n");
        notes(&mut text, comparison);
        return text;
    }
    let mut text = format!("from {old}\n  to {new}\n");
    for report in &comparison.reports {
        self::report(&mut text, report);
    }
    for version in &comparison.gone {
        let _ = write!(text, "\n{}: gone as a whole\n", plain(version));
    }
    for version in &comparison.come {
        let _ = write!(text, "\n{}: new as a whole\n", plain(version));
    }
    text.push('\n');
    notes(&mut text, comparison);
    let _ = writeln!(text, "verdict: {}", comparison.verdict());
    text
}

fn notes(text: &mut String, comparison: &Comparison) {
    for note in &comparison.notes {
        let _ = writeln!(text, "note: {}", plain(note));
    }
}

fn report(text: &mut String, report: &Report) {
    let version = plain(&report.version);
    if report.is_empty() {
        let _ = write!(text, "\n{version}: nothing changed\n");
        return;
    }
    for effect in Effect::ALL {
        let changes: Vec<_> = report.changes.iter().filter(|change| change.effect() == effect).collect();
        if !changes.is_empty() {
            let _ = write!(text, "\n{version}: {} ({})\n", effect.name(), changes.len());
            self::changes(text, &changes);
        }
    }
    if !report.nearby.is_empty() {
        let _ = write!(text, "\n{version}: new beside the selection ({})\n", report.nearby.len());
        nearby(text, &report.nearby);
    }
}

fn changes(text: &mut String, changes: &[&Change]) {
    let subjects: Vec<_> = changes.iter().map(|change| plain(&change.subject.to_string())).collect();
    let kinds: Vec<_> = changes.iter().map(|change| words::kind(&change.kind, plain)).collect();
    let (subject_width, kind_width) = (width(&subjects), width(&kinds));
    for ((change, subject), kind) in changes.iter().zip(&subjects).zip(&kinds) {
        let sign = words::sign(&change.kind);
        let (callers, wire) = (words::callers(change.callers), words::wire(change.wire));
        let _ =
            writeln!(text, "  {sign} {subject:subject_width$}  {kind:kind_width$}  callers: {callers}, wire: {wire}");
        let _ = writeln!(text, "      {}", plain(&change.meaning));
        let items = words::outermost(&change.items);
        for item in items.iter().take(MOST_ITEMS) {
            let _ = writeln!(text, "      {}", plain(item));
        }
        if items.len() > MOST_ITEMS {
            let _ = writeln!(text, "      … and {} more", items.len() - MOST_ITEMS);
        }
    }
}

fn nearby(text: &mut String, nearby: &[Nearby]) {
    let (names, whats): (Vec<_>, Vec<_>) =
        nearby.iter().map(words::nearby).map(|(name, what)| (plain(&name), plain(&what))).unzip();
    let name_width = width(&names);
    for (name, what) in names.iter().zip(&whats) {
        let _ = writeln!(text, "  + {name:name_width$}  {what}");
    }
}

/// How wide a column is that holds `cells`.
fn width(cells: &[String]) -> usize {
    cells.iter().map(|cell| cell.chars().count()).filter(|width| *width <= WIDEST).max().unwrap_or_default()
}
