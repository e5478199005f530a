//! The folder that documents are kept in.
//!
//! `global/v1.0-2026-11-23-1a2b3c4d5e6f.csdl.xml` is a document, `global/about/v1.0-2026-11-23-1a2b3c4d5e6f.toml` says
//! where it is from, and `global/partial` has what is not whole. A document is there as a whole or not at all, and never
//! without its record.

mod record;

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, SecondsFormat, Utc};
use pim_gen::{Error, Result, sink};

use super::address::Address;
use super::download::Received;
use crate::lock::sha256;
use crate::workspace::read;

pub(crate) use record::Record;

/// Where the cache is, unless it is said on the command line.
const VARIABLE: &str = "PIM_METADATA_CACHE";

/// What documents end with.
const ENDING: &str = ".csdl.xml";

/// The folder beside documents for what is known of them.
const ABOUT: &str = "about";

/// The folder beside documents for what is not whole yet.
const PARTIAL: &str = "partial";

/// What a run that was ended leaves lies this long, in case that it goes on.
const LEFT_OVER: Duration = Duration::from_hours(24);

/// The folder.
#[derive(Clone, Debug)]
pub(crate) struct Cache(PathBuf);

/// A document in it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Where it is from.
    pub(crate) record: Record,
}

/// What storing a document did.
pub(crate) enum Stored {
    /// It is new.
    New(Entry),
    /// It is the one that was there last.
    Same(Entry),
}

impl Cache {
    /// The folder that was given, the one that the environment names, or that of the user's caches.
    pub(crate) fn at(given: Option<&Path>) -> Result<Self> {
        let told = || std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
        let usual = || dirs::cache_dir().map(|folder| folder.join("pim").join("metadata"));
        let folder = given.map(Path::to_owned).or_else(told).or_else(usual);
        folder.map(Self).ok_or_else(|| {
            Error::new(format!("there is no folder for caches on this machine; name one with --cache or {VARIABLE}"))
        })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The folder for what comes from `address`, which is made.
    pub(crate) fn folder(&self, address: &Address) -> Result<PathBuf> {
        let folder = self.0.join(address.folder());
        let made = fs::create_dir_all(partial(&folder));
        made.map_err(|error| Error::new(format!("cannot make {}: {error}", folder.display())))?;
        Ok(folder)
    }

    /// The folders that there are.
    pub(crate) fn folders(&self) -> Result<Vec<PathBuf>> {
        let mut folders = listed(&self.0)?;
        folders.retain(|path| path.is_dir());
        Ok(folders)
    }
}

/// Where in a folder downloads are that are not whole yet.
pub(crate) fn partial(folder: &Path) -> PathBuf {
    folder.join(PARTIAL)
}

/// The documents in a folder, the oldest first; of each that is not as it was stored, why.
pub(crate) fn entries(folder: &Path) -> Result<Vec<Result<Entry>>> {
    let mut entries = Vec::new();
    for path in listed(folder)? {
        if path.is_file() && name(&path).ends_with(ENDING) {
            entries.push(entry(path).transpose());
        }
    }
    let mut entries: Vec<_> = entries.into_iter().flatten().collect();
    entries.sort_by_key(|entry| entry.as_ref().ok().map(|entry| entry.record.fetched.clone()));
    Ok(entries)
}

/// The last document of `version` that came, if it is as it was stored.
pub(crate) fn newest(folder: &Path, version: &str) -> Result<Option<Entry>> {
    let mut entries = entries(folder)?.into_iter().filter_map(Result::ok);
    Ok(entries.rfind(|entry| entry.record.version == version))
}

/// A document with what is beside it. Nothing if nothing is: it is not of the cache's making.
fn entry(path: PathBuf) -> Result<Option<Entry>> {
    let Some(record) = Record::beside(&path)? else { return Ok(None) };
    record.check(&path, &read(&path)?)?;
    Ok(Some(Entry { path, record }))
}

/// Stores what came from `address`. A document that is the last one already keeps its place and its date.
pub(crate) fn store(
    folder: &Path,
    version: &str,
    address: &Address,
    received: &Received,
    now: DateTime<Utc>,
) -> Result<Stored> {
    let sha256 = sha256(&received.bytes);
    let newest = newest(folder, version)?;
    let same = newest.filter(|newest| newest.record.sha256 == sha256);
    let fetched = now.to_rfc3339_opts(SecondsFormat::Millis, true);
    let record = Record {
        version: version.to_owned(),
        address: address.as_str().to_owned(),
        answered_by: received.from.clone(),
        fetched: same.as_ref().map_or(fetched, |same| same.record.fetched.clone()),
        size: received.bytes.len() as u64,
        sha256,
        validators: received.validators.clone(),
    };
    if let Some(Entry { path, .. }) = same {
        sink::replace(&Record::path(&path), &record.text()?)?;
        return Ok(Stored::Same(Entry { path, record }));
    }
    let short: String = record.sha256.chars().take(12).collect();
    let path = folder.join(format!("{version}-{}-{short}{ENDING}", record.day()));
    // Last the document, so that it is never there alone.
    sink::replace(&Record::path(&path), &record.text()?)?;
    if let Err(error) = write(folder, &path, &received.bytes) {
        remove(&Record::path(&path))?;
        return Err(Error::new(format!("cannot write {}: {error}", path.display())));
    }
    Ok(Stored::New(Entry { path, record }))
}

/// Writes a file as a whole, and to the disk.
fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(partial(folder))?;
    file.write_all(bytes)?;
    readable(file.as_file())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    // That a folder cannot be synced, as on Windows, does not take the document away.
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Temporary files are private; metadata is public.
#[cfg(unix)]
fn readable(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// Removes all but the newest documents of each version, and what runs that were ended left. What was removed.
pub(crate) fn prune(folder: &Path, keep: usize, now: SystemTime) -> Result<Vec<PathBuf>> {
    let entries: Vec<_> = entries(folder)?.into_iter().filter_map(Result::ok).collect();
    let mut removed = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let newer = entries[at + 1..].iter().filter(|newer| newer.record.version == entry.record.version).count();
        if newer >= keep {
            // First the document: what is left if this is ended here is not taken for one.
            remove(&entry.path)?;
            remove(&Record::path(&entry.path))?;
            removed.push(entry.path.clone());
        }
    }
    for path in [listed(&partial(folder))?, listed(&folder.join(ABOUT))?].concat() {
        if is_left_over(&path, now) {
            remove(&path)?;
            removed.push(path);
        }
    }
    Ok(removed)
}

/// Whether a run that was ended left it, and nobody went on with it.
fn is_left_over(path: &Path, now: SystemTime) -> bool {
    // A lock that is removed while it is held would be two.
    let is_lock = path.extension() == Some(OsStr::new("lock"));
    let modified = path.metadata().and_then(|about| about.modified()).ok();
    let age = modified.and_then(|modified| now.duration_since(modified).ok()).unwrap_or_default();
    !is_lock && !Record::document(path).exists() && age > LEFT_OVER
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::new(format!("cannot remove {}: {error}", path.display())))
        }
        _ => Ok(()),
    }
}

/// What is in a folder, by name. Nothing if there is no such folder.
fn listed(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |error| Error::new(format!("cannot read {}: {error}", folder.display()));
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>().map_err(failed)?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(OsStr::to_str).unwrap_or_default()
}
