//! The one error type of the generator: a line that says what is wrong, where, and what to do.

use std::fmt;

/// A place in an input file. Lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
}

impl Position {
    /// The position of byte `offset` in `text`. An offset behind the end is the end.
    #[must_use]
    pub fn of(text: &[u8], offset: usize) -> Self {
        let before = &text[..offset.min(text.len())];
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let line = before.split(|&byte| byte == b'\n').count();
        let column = 1 + String::from_utf8_lossy(&before[start..]).trim_start_matches('\u{feff}').chars().count();
        Self { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// What is wrong with an input, in one line: `FILE:LINE:COLUMN: what; what to do`.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", Place(.source_name, *.position))]
pub struct Error {
    source_name: Option<String>,
    position: Option<Position>,
    message: String,
}

/// The generator's results.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error that belongs to no place in a file.
    pub fn new(message: impl Into<String>) -> Self {
        Self { source_name: None, position: None, message: message.into() }
    }

    /// An error at byte `offset` of `text`.
    pub fn at(text: &[u8], offset: usize, message: impl Into<String>) -> Self {
        Self { source_name: None, position: Some(Position::of(text, offset)), message: message.into() }
    }

    /// The same error, said of the file or address `name`, unless it already names one.
    #[must_use]
    pub fn in_source(mut self, name: &str) -> Self {
        self.source_name.get_or_insert_with(|| name.to_owned());
        self
    }

    /// The same error at byte `offset` of `text`, unless it already has a position.
    #[must_use]
    pub fn or_at(mut self, text: &[u8], offset: usize) -> Self {
        self.position.get_or_insert_with(|| Position::of(text, offset));
        self
    }

    /// Where in the file, if that is known.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.position
    }

    /// What is wrong, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// The line, so that a `build.rs` whose `main` returns the error ends with something readable.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

struct Place<'a>(&'a Option<String>, Option<Position>);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (Some(name), Some(position)) => write!(f, "{name}:{position}: "),
            (Some(name), None) => write!(f, "{name}: "),
            (None, Some(position)) => write!(f, "{position}: "),
            (None, None) => Ok(()),
        }
    }
}
