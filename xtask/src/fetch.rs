//! Metadata from a file or from an address.

use std::path::Path;
use std::time::Duration;

use pim_gen::{Error, Result};

use crate::workspace::read;

/// No metadata document of Graph is near this size.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A metadata document with the name that it is known by.
pub(crate) struct Fetched {
    /// The address, or the name of the file without its folder.
    pub(crate) name: String,
    /// What errors call it: the path as it was given.
    pub(crate) place: String,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
}

/// Reads a file, or an address that begins with `https://` or `http://`.
pub(crate) fn fetch(source: &str) -> Result<Fetched> {
    if source.starts_with("https://") || source.starts_with("http://") {
        let bytes = download(source)?;
        return Ok(Fetched { name: source.to_owned(), place: source.to_owned(), bytes });
    }
    let path = Path::new(source);
    let name = path.file_name().map_or_else(|| source.to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(Fetched { name, place: source.to_owned(), bytes: read(path)? })
}

fn download(address: &str) -> Result<Vec<u8>> {
    // What is fetched decides what code is generated.
    let is_loopback =
        ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"].iter().any(|own| address.starts_with(own));
    if address.starts_with("http://") && !is_loopback {
        return Err(Error::new(format!("{address} is not encrypted; use https://, or download it and give the file")));
    }
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(Duration::from_secs(10)))
        .timeout_global(Some(Duration::from_mins(5)))
        .build()
        .into();
    let fetched = agent
        .get(address)
        .header("accept", "application/xml")
        .call()
        .and_then(|mut response| response.body_mut().with_config().limit(MOST_BYTES).read_to_vec());
    fetched.map_err(|error| Error::new(format!("cannot fetch {address}: {error}")))
}
