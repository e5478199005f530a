//! What is to be where, and how that differs from what is there.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pim_gen::sink::{self, Difference};
use pim_gen::{Error, Output, Result, Tree};

use crate::lock::Lock;
use crate::out::say;
use crate::workspace::{Root, read_text_if_there};

/// How much of a diff is shown.
const MOST_DIFF_LINES: usize = 200;

/// What is to be where.
pub(super) struct Plan<'a> {
    root: Root,
    /// Folders that hold the trees and nothing else.
    folders: Vec<(PathBuf, Tree)>,
    /// Files in folders that hold others too.
    files: Vec<(PathBuf, String)>,
    code: &'a Tree,
}

impl<'a> Plan<'a> {
    pub(super) fn new(root: Root, output: &'a Output, lock: &Lock) -> Result<Self> {
        let mut folders = vec![(root.code(), output.code.clone())];
        for report in &output.reports {
            let mut tree = Tree::default();
            for (path, text) in output.spec.iter() {
                if let Some(path) = path.strip_prefix(&format!("{}/", report.version)) {
                    tree.insert(path, text.to_owned())?;
                }
            }
            folders.push((root.spec().join(&report.version), tree));
        }
        let files = vec![(root.lock(), lock.text())];
        Ok(Self { root, folders, files, code: &output.code })
    }

    pub(super) fn write(&self) -> Result<Vec<Difference>> {
        // Whatever stands in the way is found before anything is written.
        self.differences()?;
        let mut changed = Vec::new();
        for (folder, tree) in &self.folders {
            changed.extend(sink::write(tree, folder)?);
        }
        for (path, text) in &self.files {
            if let Some(difference) = self.file_difference(path, text)? {
                sink::replace(path, text)?;
                changed.push(difference);
            }
        }
        say(format_args!("code: {} files, {} lines", self.code.len(), self.code.lines()));
        Ok(changed)
    }

    /// Also puts a file into `spec/` that was written by hand: not over one that says something else.
    pub(super) fn add_spec(&mut self, name: &str, text: String) -> Result<()> {
        let path = self.root.spec().join(name);
        if read_text_if_there(&path)?.is_some_and(|there| there != text.replace("\r\n", "\n")) {
            return Err(Error::new(format!(
                "{} is another than the workspace's; move it, or generate into another folder",
                path.display()
            )));
        }
        self.files.push((path, text));
        Ok(())
    }

    fn file_difference(&self, path: &Path, text: &str) -> Result<Option<Difference>> {
        let now = read_text_if_there(path)?;
        let path = self.name(path);
        Ok((now.as_deref() != Some(text)).then(|| Difference { path, now, wanted: Some(text.to_owned()) }))
    }

    fn differences(&self) -> Result<Vec<Difference>> {
        let mut differences = Vec::new();
        for (folder, tree) in &self.folders {
            for difference in sink::compare(tree, folder)? {
                let path = format!("{}/{}", self.name(folder), difference.path);
                differences.push(Difference { path, ..difference });
            }
        }
        for (path, text) in &self.files {
            differences.extend(self.file_difference(path, text)?);
        }
        Ok(differences)
    }

    /// What a path is called in a diff.
    fn name(&self, path: &Path) -> String {
        path.strip_prefix(self.root.path()).unwrap_or(path).display().to_string()
    }

    /// Says what is not as it should be, and that `command` mends it.
    pub(super) fn check(&self, command: &str) -> Result<ExitCode> {
        let differences = self.differences()?;
        if differences.is_empty() {
            say(format_args!("up to date: {} files, {} lines of code", self.code.len(), self.code.lines()));
            return Ok(ExitCode::SUCCESS);
        }
        let diff: String = differences.iter().map(Difference::unified).collect();
        let lines: Vec<_> = diff.lines().collect();
        for line in lines.iter().take(MOST_DIFF_LINES) {
            say(line);
        }
        if lines.len() > MOST_DIFF_LINES {
            say(format_args!("… and {} more lines", lines.len() - MOST_DIFF_LINES));
        }
        say(format_args!("{}; mend it with: {command}", changes(&differences).replace("changed", "stale")));
        Ok(ExitCode::FAILURE)
    }
}

/// How many files differ, and how.
pub(super) fn changes(differences: &[Difference]) -> String {
    let added = differences.iter().filter(|difference| difference.now.is_none()).count();
    let removed = differences.iter().filter(|difference| difference.wanted.is_none()).count();
    let changed = differences.len() - added - removed;
    format!("{} files changed ({added} new, {changed} different, {removed} removed)", differences.len())
}
