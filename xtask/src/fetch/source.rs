//! What `cargo xtask gen --metadata` takes: a file, one that was fetched, or an address.

use std::path::Path;

use pim_gen::{Error, Result};

use super::address::Address;
use super::cache::Record;
use super::download::{Download, Got};
use super::limits::Limits;
use super::progress::Progress;
use super::resume::Partial;
use crate::workspace::read;

/// A metadata document with the name that it is known by.
pub(crate) struct Fetched {
    /// The address, or the name of the file without its folder.
    pub(crate) name: String,
    /// What errors call it: the path as it was given.
    pub(crate) place: String,
    /// The day on which it was fetched, if that was not just now.
    pub(crate) date: Option<String>,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
}

/// Reads the metadata of `version` from a file, or from an address that begins with `https://` or `http://`.
pub(crate) fn fetch(version: &str, source: &str, progress: &dyn Fn(&str)) -> Result<Fetched> {
    if is_address(source) {
        let address = Address::given(source, version)?;
        let bytes = download(&address, version, &|what: &str| progress(&format!("{version}: {what}")))?;
        return Ok(Fetched { name: address.to_string(), place: address.to_string(), date: None, bytes });
    }
    let path = Path::new(source);
    let (place, bytes) = (source.to_owned(), read(path)?);
    if let Some(record) = Record::beside(path)? {
        record.check(path, &bytes)?;
        if record.version != version {
            return Err(Error::new(format!("{source} is of {}, not of {version}", record.version)));
        }
        return Ok(Fetched { name: record.address.clone(), place, date: Some(record.day().to_owned()), bytes });
    }
    let name = path.file_name().map_or_else(|| source.to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(Fetched { name, place, date: None, bytes })
}

/// Whether a source is an address, and no file.
pub(super) fn is_address(source: &str) -> bool {
    source.starts_with("https://") || source.starts_with("http://")
}

/// Downloads by way of a folder that is gone afterwards.
fn download(address: &Address, version: &str, progress: &dyn Progress) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir().map_err(|error| Error::new(format!("cannot make a temporary folder: {error}")))?;
    let mut partial = Partial::own(folder.path(), version)?;
    let download = Download { address, limits: Limits::default(), known: None, progress };
    match download.run(&mut partial)? {
        Got::Document(received) => Ok(received.bytes),
        Got::NotModified => Err(Error::new(format!("cannot fetch {address}: it answered as if it were known"))),
    }
}
