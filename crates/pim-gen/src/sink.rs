//! The sink: a tree put into a folder, or held against one.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::tree::is_generated;
use crate::{Error, Result, Tree};

/// A file that is not as generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The file, below the folder.
    pub path: String,
    /// What is there now. Nothing, if the file is missing.
    pub now: Option<String>,
    /// What belongs there. Nothing, if the file is stale.
    pub wanted: Option<String>,
}

impl Difference {
    /// The difference as a unified diff.
    #[must_use]
    pub fn unified(&self) -> String {
        let now = self.now.as_deref().unwrap_or_default();
        let wanted = self.wanted.as_deref().unwrap_or_default();
        let name =
            |present: bool, side: &str| if present { format!("{side}/{}", self.path) } else { "/dev/null".to_owned() };
        let diff = TextDiff::from_lines(now, wanted);
        let (old, new) = (name(self.now.is_some(), "a"), name(self.wanted.is_some(), "b"));
        diff.unified_diff().context_radius(2).header(&old, &new).to_string()
    }
}

/// How the files below `folder` differ from `tree`. Every file of the folder belongs to the tree: others that were
/// generated are stale, and one that was not is an error, since nobody meant it to be removed.
pub fn compare(tree: &Tree, folder: &Path) -> Result<Vec<Difference>> {
    let mut there = BTreeSet::new();
    files_below(folder, folder, &mut there)?;
    let mut differences = Vec::new();
    for (path, wanted) in tree.iter() {
        let now = there.take(path).map(|_| read(&folder.join(path))).transpose()?;
        if now.as_deref() != Some(wanted) {
            differences.push(Difference { path: path.to_owned(), now, wanted: Some(wanted.to_owned()) });
        }
    }
    for path in there {
        let now = read(&folder.join(&path))?;
        if !is_generated(&now) {
            let path = folder.join(&path);
            return Err(Error::new(format!(
                "{} is not generated, and its folder belongs to what is; move it, or generate into another folder",
                path.display()
            )));
        }
        differences.push(Difference { path, now: Some(now), wanted: None });
    }
    Ok(differences)
}

/// Makes the files below `folder` those of `tree`, and says which were changed. A file is replaced as a whole or not at
/// all; what does not differ is not touched.
pub fn write(tree: &Tree, folder: &Path) -> Result<Vec<Difference>> {
    let differences = compare(tree, folder)?;
    // What is stale goes first: it may stand where a folder belongs.
    for stale in differences.iter().filter(|difference| difference.wanted.is_none()) {
        remove(&folder.join(&stale.path), folder)?;
    }
    for difference in &differences {
        if let Some(text) = &difference.wanted {
            replace(&folder.join(&difference.path), text)?;
        }
    }
    Ok(differences)
}

/// Replaces the file at `path` as a whole.
pub fn replace(path: &Path, text: &str) -> Result<()> {
    let written = || -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        set_permissions(file.as_file())?;
        file.persist(path)?;
        Ok(())
    };
    written().map_err(|error| Error::new(format!("cannot write {}: {error}", path.display())))
}

/// Temporary files are private; generated ones are as readable as any other source.
#[cfg(unix)]
fn set_permissions(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_permissions(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// Removes a stale file, and the folders that it leaves empty.
fn remove(path: &Path, folder: &Path) -> Result<()> {
    fs::remove_file(path).map_err(|error| Error::new(format!("cannot remove {}: {error}", path.display())))?;
    let mut parent = path.parent();
    while let Some(empty) = parent.filter(|parent| *parent != folder && fs::remove_dir(parent).is_ok()) {
        parent = empty.parent();
    }
    Ok(())
}

/// The text of a file, with line ends as we write them; of a link, where it leads to.
fn read(path: &Path) -> Result<String> {
    let text = if path.is_symlink() {
        fs::read_link(path).map(|to| to.display().to_string())
    } else {
        fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
    };
    text.map_err(|error| Error::new(format!("cannot read {}: {error}", path.display())))
}

/// The files below `folder`, by their paths from `root`. Links are not followed: what they lead to is not ours.
fn files_below(root: &Path, folder: &Path, files: &mut BTreeSet<String>) -> Result<()> {
    let cannot = |error: io::Error| Error::new(format!("cannot read {}: {error}", folder.display()));
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot(error)),
    };
    for entry in entries {
        let entry = entry.map_err(cannot)?;
        let path: PathBuf = entry.path();
        if entry.file_type().map_err(cannot)?.is_dir() {
            files_below(root, &path, files)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            let names: Vec<_> = relative.iter().map(|name| name.to_string_lossy()).collect();
            files.insert(names.join("/"));
        }
    }
    Ok(())
}
