//! `spec/lock.toml`: where the metadata came from.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pim_gen::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::workspace::{Root, read_text};

/// The source of each version's metadata.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Lock(pub(crate) BTreeMap<String, Source>);

/// A metadata document that was selected from.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    /// Its address, or the name of the file.
    pub(crate) address: String,
    /// The day on which it was fetched, or else first selected from, in UTC.
    pub(crate) date: String,
    /// The SHA-256 of its bytes.
    pub(crate) sha256: String,
}

impl Lock {
    /// The lock of a tree. Empty, if there is none yet.
    pub(crate) fn read(root: &Root) -> Result<Self> {
        if !root.lock().exists() {
            return Ok(Self::default());
        }
        let text = read_text(&root.lock())?;
        toml::from_str(&text).map_err(|error| {
            Error::new(format!("{}: {}; it is written by cargo xtask gen", root.lock().display(), error.message()))
        })
    }

    /// The file's text.
    pub(crate) fn text(&self) -> String {
        let mut text =
            "# Where the metadata in this folder was selected from. Written by `cargo xtask gen --metadata`.\n"
                .to_owned();
        for (version, Source { address, date, sha256 }) in &self.0 {
            let [version, address, date, sha256] =
                [version, address, date, sha256].map(|value| toml::Value::from(value.as_str()));
            let _ = write!(text, "\n[{version}]\naddress = {address}\ndate = {date}\nsha256 = {sha256}\n");
        }
        text
    }
}

/// The SHA-256 of `bytes`, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(&Sha256::digest(bytes))
}
