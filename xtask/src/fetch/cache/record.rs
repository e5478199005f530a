//! What is known of a document in the cache.

use std::path::{Path, PathBuf};

use pim_gen::{Error, Result};
use serde::{Deserialize, Serialize};

use super::{ABOUT, ENDING, name};
use crate::fetch::resume::Validators;
use crate::lock::sha256;
use crate::workspace::read_text_if_there;

/// What `about/` beside a document says of it: not among the documents, so that their folder is a history of them.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Record {
    /// The version of Graph.
    pub(crate) version: String,
    /// Who was asked.
    pub(crate) address: String,
    /// Who answered, where redirects led.
    pub(crate) answered_by: String,
    /// When, in UTC.
    pub(crate) fetched: String,
    /// How many bytes it has.
    pub(crate) size: u64,
    /// The SHA-256 of its bytes.
    pub(crate) sha256: String,
    /// What the server said of its state.
    #[serde(flatten)]
    pub(crate) validators: Validators,
}

impl Record {
    /// Where the record of a document is.
    pub(crate) fn path(document: &Path) -> PathBuf {
        let name = name(document);
        document.with_file_name(ABOUT).join(format!("{}.toml", name.strip_suffix(ENDING).unwrap_or(name)))
    }

    /// Whose record that is.
    pub(super) fn document(record: &Path) -> PathBuf {
        let name = name(record);
        let folder = record.parent().and_then(Path::parent).unwrap_or(Path::new("."));
        folder.join(format!("{}{ENDING}", name.strip_suffix(".toml").unwrap_or(name)))
    }

    /// The record beside a document, if there is one.
    pub(crate) fn beside(document: &Path) -> Result<Option<Self>> {
        let path = Self::path(document);
        if !name(document).ends_with(ENDING) {
            return Ok(None);
        }
        let Some(text) = read_text_if_there(&path)? else { return Ok(None) };
        let record: Self = toml::from_str(&text).map_err(|error| {
            let (path, what) = (path.display(), error.message().replace('\n', " "));
            Error::new(format!(
                "{path}: {what}; it is written by cargo xtask fetch: remove it, and fetch the document again"
            ))
        })?;
        Ok(Some(record))
    }

    /// Fails unless the document is the one that was stored.
    pub(crate) fn check(&self, document: &Path, bytes: &[u8]) -> Result<()> {
        if self.size == bytes.len() as u64 && self.sha256 == sha256(bytes) {
            return Ok(());
        }
        let (path, record) = (document.display(), Self::path(document));
        Err(Error::new(format!(
            "{path} is not what was fetched: its SHA-256 or size is another than in {}; remove both, and fetch it again",
            record.display()
        )))
    }

    /// The day on which it came.
    pub(crate) fn day(&self) -> &str {
        self.fetched.get(..10).unwrap_or(&self.fetched)
    }

    /// The file's text.
    pub(super) fn text(&self) -> Result<String> {
        let text = toml::to_string(self).map_err(|error| Error::new(error.to_string()))?;
        Ok(format!("# Where the document beside this is from. Written by `cargo xtask fetch`.\n\n{text}"))
    }
}
