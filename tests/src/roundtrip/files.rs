//! The files that paths of the command line stand for.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The file itself, or all JSON files in the folder and the folders below it, sorted.
pub(super) fn at(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    collect(path, &mut files)?;
    files.sort_unstable();
    if files.is_empty() { Err(io::Error::other("no JSON files in this folder")) } else { Ok(files) }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // The type is that of the entry itself, so that a link to a folder further up is not followed.
        if entry.file_type()?.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            files.push(path);
        }
    }
    Ok(())
}
