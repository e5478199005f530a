//! What the repository has at a revision, asked of the program `git`.

use std::path::Path;
use std::process::{Command, Output};

use pim_gen::{Error, Result};

/// The repository around a folder.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Git<'a>(pub(crate) &'a Path);

impl Git<'_> {
    /// The commit that a revision names. None, if it names nothing.
    pub(crate) fn commit(self, revision: &str) -> Result<Option<String>> {
        // What begins with a dash would be an option.
        if revision.starts_with('-') {
            return Ok(None);
        }
        let commit = format!("{revision}^{{commit}}");
        let output = self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        Ok(output.status.success().then(|| text(&output.stdout).trim().to_owned()))
    }

    /// The bytes of the file `path` at `commit`. None, if there is none.
    pub(crate) fn file(self, commit: &str, path: &str) -> Result<Option<Vec<u8>>> {
        let output = self.run(&["cat-file", "blob", &format!("{commit}:{path}")])?;
        Ok(output.status.success().then_some(output.stdout))
    }

    /// The paths of the files below `folder` at `commit`, from the repository's root.
    pub(crate) fn files(self, commit: &str, folder: &str) -> Result<Vec<String>> {
        let listed = self.answer(&["ls-tree", "-r", "-z", "--full-tree", "--name-only", commit, "--", folder])?;
        Ok(listed.split_terminator('\0').map(str::to_owned).collect())
    }

    /// The tags that `commit` has behind it, itself included.
    pub(crate) fn tags(self, commit: &str) -> Result<Vec<String>> {
        Ok(self.answer(&["tag", "--merged", commit])?.lines().map(str::to_owned).collect())
    }

    /// Whether the repository lacks its older commits, and with them their tags.
    pub(crate) fn is_shallow(self) -> Result<bool> {
        Ok(self.answer(&["rev-parse", "--is-shallow-repository"])?.trim() == "true")
    }

    fn answer(self, arguments: &[&str]) -> Result<String> {
        let output = self.run(arguments)?;
        if output.status.success() {
            return Ok(text(&output.stdout));
        }
        let said = text(&output.stderr);
        let said = said.lines().next().unwrap_or("it said nothing");
        Err(Error::new(format!("git {} in {}: {said}", arguments[0], self.0.display())))
    }

    fn run(self, arguments: &[&str]) -> Result<Output> {
        let git = Command::new("git").current_dir(self.0).args(arguments).output();
        git.map_err(|error| Error::new(format!("cannot run git: {error}; revisions are read with it")))
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
