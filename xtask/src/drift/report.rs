//! The report: what changed, what was done about it, and what is left for a person.

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

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
        let said = said.trim();
        let cut: String = said.chars().take(MOST_SAID).collect();
        let more = if cut.len() < said.len() { "\n…" } else { "" };
        // Nothing that was said can end the block that it stands in.
        let fence = "`".repeat(longest_run_of_backticks(&cut).max(2) + 1);
        self.left.push(format!("{what}\n\n{fence}text\n{cut}{more}\n{fence}\n"));
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
        format!("the selection changed: {}{left}", self.comparison.bump().name())
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

fn longest_run_of_backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Removes the report at `path`, if there is one.
pub(super) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Error::new(format!("cannot remove {}: {error}", path.display())))
        }
        _ => Ok(()),
    }
}
