//! Several files as one: every place is an offset in all of them, one behind the other.

use crate::edm::{self, Model};
use crate::{Error, File, Position, Result, csdl};

/// The files that are read.
pub(super) struct Files<'f> {
    files: &'f [File<'f>],
}

impl<'f> Files<'f> {
    pub(super) fn new(files: &'f [File<'f>]) -> Self {
        Self { files }
    }

    /// Each file with the place at which it begins.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &'f File<'f>)> {
        let mut next = 0;
        self.files.iter().map(move |file| {
            let base = next;
            // One byte between them, as in `joined`.
            next += file.bytes.len() + 1;
            (base, file)
        })
    }

    /// An error about a place.
    pub(super) fn error(&self, at: usize, message: impl Into<String>) -> Error {
        match self.iter().filter(|(base, _)| *base <= at).last() {
            Some((base, file)) => Error::at(file.bytes, at - base, message).in_source(file.name),
            None => Error::new(message),
        }
    }

    /// A place, for people: `FILE:LINE:COLUMN`.
    pub(super) fn place(&self, at: usize) -> String {
        let found = self.iter().filter(|(base, _)| *base <= at).last();
        found.map_or_else(String::new, |(base, file)| format!("{}:{}", file.name, Position::of(file.bytes, at - base)))
    }

    /// Resolves a document that was made from the files.
    pub(super) fn resolve(&self, document: &csdl::Document<'_>) -> Result<Model> {
        // Only an error needs the text, to say where it is: the files are not put together before there is one.
        edm::resolve(document, &[]).or_else(|_| {
            let joined = self.joined();
            edm::resolve(document, &joined).map_err(|error| {
                let at = error.position().map_or(0, |position| offset(&joined, position));
                self.error(at, error.message())
            })
        })
    }

    fn joined(&self) -> Vec<u8> {
        self.files.iter().map(|file| file.bytes).collect::<Vec<_>>().join(&b'\n')
    }
}

/// The byte at a position.
fn offset(text: &[u8], position: Position) -> usize {
    let (line, column) = (position.line as usize - 1, position.column as usize - 1);
    let begins: usize = text.split(|&byte| byte == b'\n').take(line).map(|line| line.len() + 1).sum();
    let line = text[begins..].split(|&byte| byte == b'\n').next().unwrap_or_default();
    let before = String::from_utf8_lossy(line).chars().take(column).map(char::len_utf8).sum::<usize>();
    begins + before
}
