//! A history, as one table.

use std::fmt::Write as _;

use serde::Serialize;

use super::escape::{code, plain, words as prose};
use super::json::{Classified, FORMAT, pretty};
use super::words;
use crate::Result;
use crate::diff::{Bump, Change, History};

/// The columns, in text and in Markdown.
const COLUMNS: [&str; 4] = ["step", "change", "effect", "items"];

/// The module of the version, which all items have before them.
const IN_MODULE: usize = 2;

/// What a step says in which nothing changed.
const NOTHING: &str = "nothing changed";

/// A history for a terminal: a line for each change, in aligned columns.
#[must_use]
pub fn text(history: &History) -> String {
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    each(history, |step, change| {
        let [what, effect, items] = match change {
            None => [NOTHING.to_owned(), String::new(), String::new()],
            Some(change) => {
                let items: Vec<_> = items(change).into_iter().map(plain).collect();
                [what(change), effect(change), items.join(", ")]
            }
        };
        rows.push([plain(step), what, effect, items]);
    });
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths = [width(0), width(1), width(2)];
    let mut text = match module(history) {
        Some(module) => format!("{}, items of {}\n", plain(&history.version), plain(module)),
        None => format!("{}\n", plain(&history.version)),
    };
    for [step, what, effect, items] in &rows {
        let [first, second, third] = widths;
        let line = format!("{step:first$}  {what:second$}  {effect:third$}  {items}");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// A history as a table in Markdown.
#[must_use]
pub fn markdown(history: &History) -> String {
    let mut text = format!("## What changed in {}\n\n", prose(&history.version));
    if let Some(module) = module(history) {
        let _ = writeln!(
            text,
            "Items are those of {}; of a type and its members, the type stands for all.\n",
            code(module)
        );
    }
    let _ = writeln!(text, "| {} |\n|---|---|---|---|", COLUMNS.join(" | "));
    each(history, |step, change| {
        let [what, effect, items] = match change {
            None => [NOTHING.to_owned(), String::new(), String::new()],
            Some(change) => {
                let items: Vec<_> = items(change).into_iter().map(code).collect();
                let subject = code(&change.subject.to_string());
                let what = format!("{subject} {}", words::kind(&change.kind, code));
                [what, effect(change), items.join("<br>")]
            }
        };
        let _ = writeln!(text, "| {} | {what} | {effect} | {items} |", prose(step));
    });
    text
}

/// A history as JSON:
///
/// ```json
/// {
///   "format": 1,
///   "version": "v1.0",
///   "bump": "major",
///   "steps": [{"from": "2026-02-10", "to": "2026-06-22", "bump": "major", "changes": []}]
/// }
/// ```
///
/// A change has the members that it has in [`json`](super::json()).
pub fn json(history: &History) -> Result<String> {
    let steps = history.steps.iter().map(|step| Step {
        from: &step.from,
        to: &step.to,
        bump: step.report.bump(),
        changes: step.report.changes.iter().map(Classified::new).collect(),
    });
    pretty(&Document { format: FORMAT, version: &history.version, bump: history.bump(), steps: steps.collect() })
}

/// Calls `row` with each change and its step, and without one for each step that has none.
fn each(history: &History, mut row: impl FnMut(&str, Option<&Change>)) {
    for step in &history.steps {
        let dates = format!("{} → {}", step.from, step.to);
        if step.report.changes.is_empty() {
            row(&dates, None);
        }
        for change in &step.report.changes {
            row(&dates, Some(change));
        }
    }
}

/// The items that are in no other, without the module of the version.
fn items(change: &Change) -> Vec<&str> {
    let below = |item| inside(item).map_or(item, |(_, below)| below);
    words::outermost(&change.items).into_iter().map(below).collect()
}

/// The module of the version, `pim_client::v1_0`, if there is any item.
fn module(history: &History) -> Option<&str> {
    let mut items = history.steps.iter().flat_map(|step| &step.report.changes).flat_map(|change| &change.items);
    items.find_map(|item| inside(item)).map(|(module, _)| module)
}

/// An item's module of the version, and its path in there.
fn inside(item: &str) -> Option<(&str, &str)> {
    let (at, separator) = item.match_indices("::").nth(IN_MODULE - 1)?;
    Some((&item[..at], &item[at + separator.len()..]))
}

fn what(change: &Change) -> String {
    let subject = plain(&change.subject.to_string());
    format!("{} {subject} {}", words::sign(&change.kind), words::kind(&change.kind, plain))
}

fn effect(change: &Change) -> String {
    format!("{} (wire: {})", change.effect().name(), words::wire(change.wire))
}

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    version: &'a str,
    bump: Bump,
    steps: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    from: &'a str,
    to: &'a str,
    bump: Bump,
    changes: Vec<Classified<'a>>,
}
