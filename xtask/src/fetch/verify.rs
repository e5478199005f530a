//! Whether what came is a metadata document, whole.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;
use pim_gen::{Result, csdl, edm};

use super::limits::MOST_BYTES;

/// The bytes that were encoded as `Content-Encoding` says. Fails, saying why, if that cannot be undone.
pub(super) fn decode(encoding: Option<&str>, bytes: &[u8]) -> Result<Vec<u8>, String> {
    match encoding.map(str::to_ascii_lowercase).as_deref() {
        None | Some("" | "identity") => Ok(bytes.to_owned()),
        Some("gzip" | "x-gzip") => {
            let mut decoded = Vec::new();
            let read = MultiGzDecoder::new(bytes).take(MOST_BYTES + 1).read_to_end(&mut decoded);
            read.map_err(|error| format!("what it sent is no whole gzip: {error}"))?;
            Ok(decoded)
        }
        Some(other) => Err(format!("it answered with Content-Encoding {other:?}, where at most gzip was asked for")),
    }
}

/// Fails, saying where and why in the words of `cargo xtask gen`, unless `bytes` are a document that can be generated
/// from: it ends as it should, and nothing in it refers to nothing.
pub(super) fn verify(bytes: &[u8]) -> Result<()> {
    csdl::read(bytes).and_then(|document| edm::resolve(&document, bytes)).map(|_| ())
}
