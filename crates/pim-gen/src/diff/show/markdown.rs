//! A comparison for a pull request.

use std::fmt::Write as _;

use super::escape::{code, fence, plain, words as prose};
use super::{Comparison, words};
use crate::diff::{Bump, Change, Effect, Report};

/// The most characters that a comparison takes in Markdown. GitHub takes 65,536 as the text of a pull request; what is
/// left is for whoever writes something around it.
pub const MOST_CHARACTERS: usize = 60_000;

/// What the sentence takes that says what was cut.
const RESERVED: usize = 400;

/// A comparison as Markdown, for a pull request: the verdict, how many changes there are of each class, a table of each
/// class with the generated items folded below it. It has at most [`MOST_CHARACTERS`]; items go first, then the least
/// of the changes, and what was cut is said.
#[must_use]
pub fn markdown(comparison: &Comparison) -> String {
    let (old, new) = (code(&comparison.old), code(&comparison.new));
    if comparison.is_empty() {
        return format!("Nothing changed between {old} and {new}.\n{}", notes(comparison));
    }
    let mut sections: Vec<_> = comparison.reports.iter().flat_map(sections).collect();
    let head = head(comparison);
    let around: usize = sections.iter().map(Section::around).sum();
    let room = MOST_CHARACTERS.saturating_sub(RESERVED + characters(&head) + around);
    let cut = fit(&mut sections, room);
    let mut text = head;
    for section in &sections {
        section.write(&mut text);
    }
    cut.write(&mut text);
    text
}

fn head(comparison: &Comparison) -> String {
    let step = match comparison.bump() {
        Bump::None => "nothing changed in what is selected",
        Bump::Patch => "a patch",
        Bump::Minor => "a minor version",
        Bump::Major => "a major version",
    };
    let mut head = format!("## Graph's description changed: {step}\n\n");
    let (old, new) = (code(&comparison.old), code(&comparison.new));
    let (current, next) = (&comparison.current, comparison.next());
    let becomes = match comparison.bump() {
        Bump::None => format!("The client stays `{current}`."),
        _ => format!("The client's `{current}` becomes **`{next}`**."),
    };
    let _ = writeln!(head, "From {old} to {new}. {becomes}\n");
    let named = |names: &[String], what: &str, head: &mut String| {
        for name in names {
            let _ = writeln!(head, "{} is {what} as a whole.\n", code(name));
        }
    };
    named(&comparison.gone, "gone", &mut head);
    named(&comparison.come, "new", &mut head);
    head.push_str(&notes(comparison));
    head.push_str("| |");
    for effect in Effect::ALL {
        let _ = write!(head, " {} |", effect.name());
    }
    head.push_str(" new beside the selection |\n|---|---:|---:|---:|---:|---:|\n");
    for report in &comparison.reports {
        let _ = write!(head, "| {} |", prose(&report.version));
        for effect in Effect::ALL {
            let _ = write!(head, " {} |", report.changes.iter().filter(|change| change.effect() == effect).count());
        }
        let _ = writeln!(head, " {} |", report.nearby.len());
    }
    head
}

fn notes(comparison: &Comparison) -> String {
    comparison.notes.iter().fold(String::new(), |mut text, note| {
        let _ = writeln!(text, "> {}\n", prose(note));
        text
    })
}

/// A heading, a table, and the items below it.
struct Section {
    /// How much it matters: the first of 0.
    rank: usize,
    heading: String,
    columns: &'static str,
    rows: Vec<String>,
    items: Vec<String>,
}

const OF_CHANGES: &str = "| what | change | callers | wire | what it means |\n|---|---|---|---|---|\n";
const OF_NEARBY: &str = "| what | is |\n|---|---|\n";
const ITEMS: &str = "\n<details><summary>Generated items</summary>\n\n";
const ITEMS_END: &str = "\n</details>\n";

/// What a report says, a section for each class of changes.
fn sections(report: &Report) -> Vec<Section> {
    let version = prose(&report.version);
    let mut sections = Vec::new();
    for (rank, effect) in Effect::ALL.into_iter().enumerate() {
        let changes: Vec<_> = report.changes.iter().filter(|change| change.effect() == effect).collect();
        if changes.is_empty() {
            continue;
        }
        let heading = format!("\n### {version}: {}\n\n", effect.name());
        let rows = changes.iter().map(|change| row(change)).collect();
        let items = changes.iter().flat_map(|change| items(change)).collect();
        sections.push(Section { rank, heading, columns: OF_CHANGES, rows, items });
    }
    if !report.nearby.is_empty() {
        let heading = format!("\n### {version}: new beside the selection\n\n");
        let row = |(name, what): (String, String)| format!("| {} | {} |\n", code(&name), prose(&what));
        let rows = report.nearby.iter().map(|nearby| row(words::nearby(nearby))).collect();
        sections.push(Section { rank: Effect::ALL.len(), heading, columns: OF_NEARBY, rows, items: Vec::new() });
    }
    sections
}

fn row(change: &Change) -> String {
    format!(
        "| {} | {} | {} | {} | {} |\n",
        code(&change.subject.to_string()),
        words::kind(&change.kind, code),
        words::callers(change.callers),
        words::wire(change.wire),
        prose(&change.meaning)
    )
}

/// The items with the mark of the change, as GitHub colours it.
fn items(change: &Change) -> impl Iterator<Item = String> {
    let sign = match words::sign(&change.kind) {
        '~' => '!',
        sign => sign,
    };
    change.items.iter().map(move |item| format!("{sign} {}", plain(item)))
}

impl Section {
    /// How many characters it takes without rows and items.
    fn around(&self) -> usize {
        let fences = 2 * characters(&fence(&self.items)) + "diff\n\n".len();
        let items = if self.items.is_empty() { 0 } else { ITEMS.len() + fences + ITEMS_END.len() };
        characters(&self.heading) + self.columns.len() + items
    }

    fn write(&self, text: &mut String) {
        if self.rows.is_empty() {
            return;
        }
        text.push_str(&self.heading);
        text.push_str(self.columns);
        text.extend(self.rows.iter().map(String::as_str));
        if !self.items.is_empty() {
            let fence = fence(&self.items);
            let _ = write!(text, "{ITEMS}{fence}diff\n{}\n{fence}\n{ITEMS_END}", self.items.join("\n"));
        }
    }
}

/// What had no room.
struct Cut {
    rows: usize,
    items: usize,
}

impl Cut {
    fn write(&self, text: &mut String) {
        if self.rows + self.items == 0 {
            return;
        }
        let rows = words::count(self.rows, "line", "lines");
        let items = words::count(self.items, "generated item", "generated items");
        let _ = writeln!(
            text,
            "\nNot shown, since a pull request has no room for it: {rows} of these tables and {items}. All of it is in \
             what `--format json` writes."
        );
    }
}

/// Leaves as much in `sections` as there is room for: rows in the order of what matters, then items.
fn fit(sections: &mut [Section], mut room: usize) -> Cut {
    let mut cut = Cut { rows: 0, items: 0 };
    let mut by_rank: Vec<_> = sections.iter_mut().collect();
    by_rank.sort_by_key(|section| section.rank);
    for section in &mut by_rank {
        cut.rows += shorten(&mut section.rows, &mut room, 0);
    }
    for section in &mut by_rank {
        cut.items += shorten(&mut section.items, &mut room, "\n".len());
    }
    cut
}

/// Leaves as many of `lines` as there is room for, and says how many went. From the first that has none, all go.
fn shorten(lines: &mut Vec<String>, room: &mut usize, between: usize) -> usize {
    let mut kept = 0;
    for line in &*lines {
        let takes = characters(line) + between;
        if takes > *room {
            // What follows is not to be shown in its place.
            *room = 0;
            break;
        }
        *room -= takes;
        kept += 1;
    }
    let gone = lines.len() - kept;
    lines.truncate(kept);
    gone
}

fn characters(text: &str) -> usize {
    text.chars().count()
}
