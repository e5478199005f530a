//! A file that only its owner can read, and that is there as a whole or not at all.

use std::fs::{self, DirBuilder, File, Metadata};
use std::io::{self, Read, Write};
use std::path::Path;

use zeroize::Zeroizing;

use crate::Error;

/// The longest file that is read, in bytes.
const LIMIT: usize = 1 << 20;

/// What is in the file at `path`, if there is one. One that others can read is refused.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    let failed = |error| failed("read", path, error);
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file.map_err(failed)?,
    };
    // Of the file that is open: the one at the path may be another by now.
    check(path, &file.metadata().map_err(failed)?, "600")?;
    if let Some(folder) = path.parent() {
        check(folder, &fs::metadata(folder).map_err(failed)?, "700")?;
    }
    let length = file.metadata().map_err(failed)?.len();
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(length).unwrap_or(LIMIT).min(LIMIT) + 1));
    file.take(LIMIT as u64).read_to_end(&mut bytes).map_err(failed)?;
    Ok(Some(bytes))
}

/// Replaces the file at `path`, or leaves it as it is.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |error| failed("write", path, error);
    let folder = path.parent().unwrap_or(Path::new("."));
    make(folder).map_err(failed)?;
    check(folder, &fs::metadata(folder).map_err(failed)?, "700")?;
    // Such a file is made with mode 0600.
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Deletes the file at `path`, if there is one.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed("delete", path, error)),
        _ => Ok(()),
    }
}

fn make(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Refuses what others than its owner can get at.
#[cfg(unix)]
fn check(path: &Path, metadata: &Metadata, mode: &str) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt as _;

    let of_others = metadata.permissions().mode() & 0o077;
    if of_others == 0 {
        return Ok(());
    }
    let path = path.display();
    Err(Error::authentication(format!(
        "the token store {path} is open to others than you; run `chmod {mode} '{path}'`, and if somebody may have read \
         it, delete it and sign in anew"
    )))
}

/// The user's profile is closed to others, unless somebody opens it.
#[cfg(not(unix))]
fn check(_path: &Path, _metadata: &Metadata, _mode: &str) -> Result<(), Error> {
    Ok(())
}

fn failed(doing: &str, path: &Path, error: io::Error) -> Error {
    let path = path.display();
    Error::authentication(format!(
        "cannot {doing} the token store {path} ({}); see to it, or do without a store",
        error.kind()
    ))
    .with_source(error)
}
