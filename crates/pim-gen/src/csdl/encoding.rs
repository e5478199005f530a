//! From bytes to text: a document is UTF-8, and says so if it is not.

use crate::{Error, Result};
use quick_xml::Reader;
use quick_xml::events::Event;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The document as text, without a byte order mark. Fails if it is in another encoding than UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<&str> {
    let body = without_marks(bytes);
    if let Some(encoding) = wide_encoding(body).or_else(|| declared_encoding(body))
        && !encoding.eq_ignore_ascii_case("utf-8")
    {
        return Err(Error::at(
            bytes,
            0,
            format!(
                "the document is in {}, and only UTF-8 is read; convert it, or fetch it again",
                encoding.escape_debug()
            ),
        ));
    }
    std::str::from_utf8(body).map_err(|error| {
        let at = bytes.len() - body.len() + error.valid_up_to();
        Error::at(bytes, at, format!("the byte 0x{:02X} is not UTF-8 here; fetch the document again", bytes[at]))
    })
}

/// Text that was saved by one program after another may have begun with more than one byte order mark.
fn without_marks(mut bytes: &[u8]) -> &[u8] {
    while let Some(rest) = bytes.strip_prefix(BYTE_ORDER_MARK) {
        bytes = rest;
    }
    bytes
}

/// UTF-16 and UTF-32 show in the first bytes: a byte order mark, or the zero beside a `<`.
fn wide_encoding(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0, 0, ..] | [_, 0, 0, 0, ..] | [0xFF, 0xFE, 0, 0, ..] => Some("UTF-32".to_owned()),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'<', 0, ..] | [0, b'<', ..] => Some("UTF-16".to_owned()),
        _ => None,
    }
}

/// What the XML declaration says. A malformed one says nothing: whoever reads the document finds that out.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    match Reader::from_reader(bytes).read_event() {
        Ok(Event::Decl(declaration)) => Some(declaration.encoding()?.ok()?.into_owned()),
        _ => None,
    }
}
