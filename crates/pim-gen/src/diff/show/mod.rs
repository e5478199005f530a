//! Comparisons as they are read: in a terminal, in a pull request, by a program.
//!
//! | what | text | Markdown | JSON |
//! |---|---|---|---|
//! | [`Comparison`] | [`text`] | [`markdown`] | [`json`] |
//! | [`History`](super::History) | [`history::text`] | [`history::markdown`] | [`history::json`] |
//! | [`Matrix`](super::Matrix) | [`matrix::text`] | [`matrix::markdown`] | [`matrix::json`] |
//!
//! All of it is pure: the same comparison gives the same bytes. Names come from descriptions that others wrote, so none
//! of them can steer a terminal or leave its cell of a table.

mod escape;
pub mod history;
mod json;
mod markdown;
pub mod matrix;
mod text;
mod words;

pub use escape::steers;
pub use json::{FORMAT, json};
pub use markdown::{MOST_CHARACTERS, markdown};
pub use semver::Version;
pub use text::text;

use super::{Bump, Report};

/// Two descriptions of Graph, or two sets of them, held against one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What the old side is called: a file, a revision.
    pub old: String,
    /// What the new side is called.
    pub new: String,
    /// The client's version as it is now.
    pub current: Version,
    /// What changed in each version of Graph that both sides have.
    pub reports: Vec<Report>,
    /// The versions of Graph that only the old side has: all of their code is gone.
    pub gone: Vec<String>,
    /// The versions of Graph that only the new side has.
    pub come: Vec<String>,
    /// What the reader has to know besides, each a sentence.
    pub notes: Vec<String>,
}

impl Comparison {
    /// What changed in one version of Graph from `old` to `new`, for a client that has the version `current`.
    #[must_use]
    pub fn new(old: &str, new: &str, current: Version, report: Report) -> Self {
        Self {
            old: old.to_owned(),
            new: new.to_owned(),
            current,
            reports: vec![report],
            gone: Vec::new(),
            come: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The least step of the client's version that allows all of it.
    #[must_use]
    pub fn bump(&self) -> Bump {
        let gone = self.gone.first().map(|_| Bump::Major);
        let come = self.come.first().map(|_| Bump::Minor);
        let reports = self.reports.iter().map(Report::bump);
        reports.chain(gone).chain(come).max().unwrap_or(Bump::None)
    }

    /// The client's version that follows.
    #[must_use]
    pub fn next(&self) -> Version {
        self.bump().next(&self.current)
    }

    /// Whether nothing changed, and nothing is new beside the selection.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.come.is_empty() && self.reports.iter().all(Report::is_empty)
    }

    /// The verdict: `major; 0.1.0 becomes 0.2.0`.
    fn verdict(&self) -> String {
        match self.bump() {
            Bump::None => format!("none; the client stays {}", self.current),
            bump => format!("{}; the client's {} becomes {}", bump.name(), self.current, self.next()),
        }
    }
}
