//! From bytes to text.

use crate::{Error, Result};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The document as text, without byte order marks. Fails if it is in another encoding than UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<&str> {
    let mut body = bytes;
    while let Some(rest) = body.strip_prefix(BYTE_ORDER_MARK) {
        body = rest;
    }
    if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..] = body {
        return Err(Error::at(bytes, 0, "the document is in UTF-16 or UTF-32, and only UTF-8 is read; convert it"));
    }
    std::str::from_utf8(body).map_err(|error| {
        let at = bytes.len() - body.len() + error.valid_up_to();
        Error::at(bytes, at, format!("the byte 0x{:02X} is not UTF-8 here; fetch the document again", bytes[at]))
    })
}
