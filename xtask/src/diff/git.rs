//! Files as they were in a revision. Git is asked for them; nothing of the revision is run.

use std::process::{Command, Output};

use pim_gen::{Error, Result};

use crate::workspace::Root;

/// A commit of the repository that `root` is in.
pub(crate) struct Revision<'a> {
    root: &'a Root,
    hash: String,
}

impl<'a> Revision<'a> {
    /// The commit that `name` names; none, if it names none. `name` is taken for a name, whatever is in it.
    pub(crate) fn find(root: &'a Root, name: &str) -> Result<Option<Self>> {
        let commit = format!("{name}^{{commit}}");
        let output = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        if !output.status.success() {
            return Ok(None);
        }
        // The option is printed, too, by a git that does not know it here.
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let is_hash = |line: &&str| line.len() >= 40 && line.bytes().all(|byte| byte.is_ascii_hexdigit());
        Ok(printed.lines().find(is_hash).map(|hash| Self { root, hash: hash.to_owned() }))
    }

    /// Its hash, short, for people.
    pub(crate) fn short(&self) -> &str {
        &self.hash[..12]
    }

    /// Whether `name` is its hash already.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.hash.starts_with(name)
    }

    /// The bytes of a file, by its path below the root; nothing, if it had none.
    pub(crate) fn file(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let object = format!("{}:./{path}", self.hash);
        let output = git(self.root, &["show", "--no-textconv", "--end-of-options", &object])?;
        if output.status.success() {
            return Ok(Some(output.stdout));
        }
        let said = String::from_utf8_lossy(&output.stderr);
        if said.contains("does not exist in") || said.contains("but not in") {
            return Ok(None);
        }
        let first = said.lines().next().unwrap_or("it did not say why");
        Err(Error::new(format!("git cannot show {path} of {}: {first}", self.short())))
    }

    /// The same, as text.
    pub(crate) fn text(&self, path: &str) -> Result<Option<String>> {
        let Some(bytes) = self.file(path)? else { return Ok(None) };
        let text = String::from_utf8(bytes)
            .map_err(|_| Error::new(format!("{path} of {} is not UTF-8", self.short())))?;
        Ok(Some(text.replace("\r\n", "\n")))
    }
}

/// Runs git where `root` is, in English.
fn git(root: &Root, arguments: &[&str]) -> Result<Output> {
    Command::new("git")
        .arg("--no-pager")
        .args(arguments)
        .current_dir(root.path())
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .output()
        .map_err(|error| Error::new(format!("cannot run git in {}: {error}", root.path().display())))
}
