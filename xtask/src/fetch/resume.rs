//! A download that is not whole yet, and what is needed to go on with it.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use http_content_range::ContentRange;
use pim_gen::{Error, Result, sink};
use serde::{Deserialize, Serialize};

use super::address::Address;
use super::exchange::Answer;

/// How a server tells one state of a document from another.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Validators {
    /// `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) etag: Option<String>,
    /// `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_modified: Option<String>,
}

impl Validators {
    /// Those of an answer.
    pub(super) fn of(answer: &Answer) -> Self {
        let header = |name| answer.header(name).map(str::to_owned);
        Self { etag: header("etag"), last_modified: header("last-modified") }
    }
}

/// What is known of the bytes that are there.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Beginning {
    /// Who was asked.
    pub(super) address: String,
    /// Who answered.
    pub(super) from: String,
    /// What `If-Range` says, if the server can be asked for the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) if_range: Option<String>,
    /// How the bytes are encoded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) encoding: Option<String>,
    /// How many there will be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) total: Option<u64>,
    /// Which state of the document it is.
    pub(super) validators: Validators,
}

impl Beginning {
    /// What an answer says that begins with the first byte.
    pub(super) fn of(asked: &Address, answer: &Answer) -> Self {
        Self {
            address: asked.as_str().to_owned(),
            from: answer.from.shown(),
            if_range: if_range(answer),
            encoding: answer.header("content-encoding").map(str::to_owned),
            total: answer.response.body().content_length(),
            validators: Validators::of(answer),
        }
    }

    /// Fails, saying why, unless an answer with status 206 goes on at byte `at` of this very document. How many bytes
    /// the whole has, otherwise.
    pub(super) fn continued(&self, answer: &Answer, at: u64) -> Result<u64, String> {
        let range = answer.header("content-range").ok_or("its 206 lacks a Content-Range")?;
        let Some(ContentRange::Bytes(bytes)) = ContentRange::parse(range) else {
            return Err(format!("its 206 has the Content-Range {range:?}, which says too little"));
        };
        let length = bytes.last_byte.saturating_sub(bytes.first_byte).saturating_add(1);
        if bytes.first_byte != at || self.total.is_some_and(|total| total != bytes.complete_length) {
            return Err(format!("its 206 has the Content-Range {range:?}, but byte {at} was asked for"));
        }
        if answer.response.body().content_length().is_some_and(|told| told != length) {
            return Err(format!("its 206 has the Content-Range {range:?} and another Content-Length"));
        }
        let is_same = self.from == answer.from.shown()
            && self.encoding.as_deref() == answer.header("content-encoding")
            && answer.header("etag").is_none_or(|etag| self.validators.etag.as_deref() == Some(etag));
        if !is_same {
            return Err("its 206 is of another document".to_owned());
        }
        Ok(bytes.complete_length)
    }
}

/// What tells byte for byte the same document (RFC 9110, 13.1.5): a strong `ETag`, or where there is none a
/// `Last-Modified` that is older than the answer.
fn if_range(answer: &Answer) -> Option<String> {
    if answer.header("accept-ranges").is_some_and(|unit| unit.eq_ignore_ascii_case("none")) {
        return None;
    }
    if let Some(etag) = answer.header("etag") {
        return (!etag.starts_with("W/")).then(|| etag.to_owned());
    }
    let date = |name| answer.header(name).and_then(|date| httpdate::parse_http_date(date).ok());
    let age = date("date")?.duration_since(date("last-modified")?).ok()?;
    if age < Duration::from_secs(1) {
        return None;
    }
    answer.header("last-modified").map(str::to_owned)
}

/// A file with the bytes so far, and one with their [`Beginning`] beside it.
#[derive(Debug)]
pub(crate) struct Partial {
    path: PathBuf,
    file: File,
    length: u64,
    /// Held for as long as the file is written to. Nothing if the file is this run's own.
    lock: Option<File>,
}

impl Partial {
    /// What an earlier run left of `version` in `folder`. If another run is at it just now, one that nobody else has.
    pub(super) fn open(folder: &Path, version: &str) -> Result<Self> {
        let (shared, lock) = (folder.join(format!("{version}.partial")), folder.join(format!("{version}.lock")));
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&lock).and_then(|lock| {
            let held = lock.try_lock().is_ok();
            held.then(|| Self::at(shared, Some(lock))).transpose()
        });
        let opened = opened.map_err(|error| Error::new(format!("cannot write in {}: {error}", folder.display())))?;
        opened.map_or_else(|| Self::own(folder, version), Ok)
    }

    /// One that nobody else has, and nobody goes on with.
    pub(super) fn own(folder: &Path, version: &str) -> Result<Self> {
        let named = tempfile::Builder::new().prefix(&format!("{version}-")).suffix(".partial").tempfile_in(folder);
        let opened = named.and_then(|file| Self::at(file.into_temp_path().keep()?, None));
        opened.map_err(|error| Error::new(format!("cannot write in {}: {error}", folder.display())))
    }

    fn at(path: PathBuf, lock: Option<File>) -> std::io::Result<Self> {
        let mut file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path)?;
        let length = file.seek(SeekFrom::End(0))?;
        Ok(Self { path, file, length, lock })
    }

    /// How many bytes are there.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// What is known of them, if there are some that came from `address` and can be gone on with.
    pub(super) fn beginning(&self, address: &Address) -> Option<Beginning> {
        self.resumable().filter(|beginning| beginning.address == address.as_str())
    }

    fn resumable(&self) -> Option<Beginning> {
        let text = fs::read_to_string(self.about()).ok().filter(|_| self.length > 0)?;
        let beginning: Beginning = toml::from_str(&text).ok()?;
        let is_more = beginning.total.is_none_or(|total| self.length < total);
        (is_more && beginning.if_range.is_some()).then_some(beginning)
    }

    /// Throws away what is there and begins anew.
    pub(super) fn begin(&mut self, beginning: &Beginning) -> Result<()> {
        let emptied = self.file.set_len(0).and_then(|()| self.file.rewind());
        emptied.map_err(|error| self.failed(&error))?;
        self.length = 0;
        let text = toml::to_string(beginning).map_err(|error| Error::new(error.to_string()))?;
        sink::replace(&self.about(), &text)
    }

    /// Adds what came.
    pub(super) fn append(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|error| self.failed(&error))?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Whether it stays, for somebody to go on with.
    pub(super) fn is_kept(&self) -> bool {
        self.lock.is_some()
    }

    /// All that is there.
    pub(super) fn bytes(&self) -> Result<Vec<u8>> {
        crate::workspace::read(&self.path)
    }

    /// Throws away what is there.
    pub(super) fn discard(&mut self) {
        // What has no beginning is not gone on with, whatever is left of it.
        let _ = fs::remove_file(self.about());
        let _ = self.file.set_len(0).and_then(|()| self.file.rewind());
        self.length = 0;
    }

    fn about(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".toml");
        name.into()
    }

    fn failed(&self, error: &std::io::Error) -> Error {
        Error::new(format!("cannot write {}: {error}", self.path.display()))
    }
}

impl Drop for Partial {
    /// Leaves nothing that nobody could go on with.
    fn drop(&mut self) {
        if self.lock.is_none() || self.resumable().is_none() {
            let _ = fs::remove_file(self.about());
            let _ = fs::remove_file(&self.path);
        }
    }
}
