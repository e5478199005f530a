//! The report: what changed, what was done about it, and what is left for a person.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use pim_gen::diff::Bump;
use pim_gen::diff::show::{self, Comparison};
use pim_gen::{Error, Result, sink};

/// The most characters that what a step said takes in the report.
const MOST_SAID: usize = 2_000;

/// What is to be told.
pub(super) struct Report<'a> {
    comparison: &'a Comparison,
    done: Vec<String>,
    left: Vec<String>,
}

impl<'a> Report<'a> {
    /// What changed, with nothing done about it.
    pub(super) fn new(comparison: &'a Comparison) -> Self {
        Self { comparison, done: Vec::new(), left: Vec::new() }
    }

    /// Something was done.
    pub(super) fn done(&mut self, what: impl Into<String>) {
        self.done.push(what.into());
    }

    /// Something is left to do: `what`, since a step `said` so.
    pub(super) fn left(&mut self, what: &str, said: &str) {
        let said = harmless(said.trim());
        let cut: String = said.chars().take(MOST_SAID).collect();
        let more = if cut.len() < said.len() { "\n…" } else { "" };
        self.left.push(format!("{what}\n\n```text\n{cut}{more}\n```\n"));
    }

    /// Whether a person has to do something before this can land.
    pub(super) fn is_something_left(&self) -> bool {
        !self.left.is_empty()
    }

    /// In a few words.
    pub(super) fn verdict(&self) -> String {
        let left = match self.left.len() {
            0 => String::new(),
            1 => ", and one thing is left to do".to_owned(),
            many => format!(", and {many} things are left to do"),
        };
        match self.comparison.bump() {
            Bump::None => format!("there is something new beside the selection{left}"),
            bump => format!("the selection changed: {}{left}", bump.name()),
        }
    }

    /// Writes it.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        sink::replace(path, &self.text())
    }

    fn text(&self) -> String {
        let mut text = show::markdown(self.comparison);
        if !self.done.is_empty() {
            text.push_str("\n### What was done\n\n");
            self.done.iter().for_each(|done| {
                let _ = writeln!(text, "- {done}");
            });
        }
        if !self.left.is_empty() {
            text.push_str("\n### What is left to do\n\n");
            text.push_str(&self.left.join("\n"));
        }
        text
    }
}

/// Lines as they are. What would steer a terminal or turn the direction of writing is written out, and nothing can end the
/// block that it stands in. A longer fence would do the latter, and be longer than there is room.
fn harmless(said: &str) -> String {
    let said = said.replace("\r\n", "\n").replace("```", "'''");
    let shown = |character: char| match character {
        '\n' | '\t' => character.to_string(),
        _ if show::steers(character) => character.escape_unicode().to_string(),
        _ => character.to_string(),
    };
    said.chars().map(shown).collect()
}

/// Removes the report of an earlier run at `path`, and fails if none can be written there: not when all is done.
pub(super) fn make_room(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Err(Error::new(format!("cannot write {}: it is a folder; give a file", path.display())));
    }
    sink::replace(path, "")?;
    fs::remove_file(path).map_err(|error| Error::new(format!("cannot remove {}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use pim_gen::diff::{Nearby, Report as Changes};

    use super::*;

    /// The most characters that GitHub takes as the text of a pull request or an issue.
    const MOST_TAKEN: usize = 65_536;

    fn comparison(many: usize) -> Comparison {
        let path = |number| format!("/groups/{{group-id}}/{number}");
        let nearby = |number| Nearby::Operation {
            method: "GET".to_owned(),
            path: path(number),
            name: pim_gen::edm::QualifiedName::new("microsoft.graph.renew"),
            on: "microsoft.graph.group".to_owned(),
        };
        let nearby = (0..many).map(nearby).collect();
        let changes = Changes { version: "v1.0".to_owned(), changes: Vec::new(), nearby };
        Comparison::new("old", "new", show::Version::new(0, 1, 0), changes)
    }

    #[test]
    fn github_takes_the_report_however_much_changed_and_was_said() {
        let comparison = comparison(10_000);
        let mut report = Report::new(&comparison);
        report.done("Something.");
        report.left("The first:", &"`".repeat(MOST_TAKEN));
        report.left("The second:", &"\u{1b}".repeat(MOST_TAKEN));
        let text = report.text();
        assert!((60_000..MOST_TAKEN).contains(&text.chars().count()), "{}", text.chars().count());
        assert!(text.contains("The first:") && text.contains("The second:"));
    }

    #[test]
    fn what_a_step_said_stays_in_its_block_and_steers_nothing() {
        let comparison = comparison(1);
        let mut report = Report::new(&comparison);
        report.left("What:", "a\r\n```\n@everyone\u{1b}[31m\u{202e}\tb");
        assert!(report.text().ends_with("What:\n\n```text\na\n'''\n@everyone\\u{1b}[31m\\u{202e}\tb\n```\n"));
    }

    #[test]
    fn what_is_new_beside_the_selection_alone_is_no_change_of_it() {
        let comparison = comparison(1);
        assert_eq!(Report::new(&comparison).verdict(), "there is something new beside the selection");
    }
}
