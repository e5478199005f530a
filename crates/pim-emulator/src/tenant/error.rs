use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fmt, io};

use super::place::{Place, Position};

/// Why a description describes no tenant: where (file, line and column, member) and what to do about it, in one line.
#[derive(Debug)]
pub struct TenantError {
    file: Option<PathBuf>,
    position: Option<Position>,
    place: Place,
    problem: String,
    source: Option<io::Error>,
}

impl TenantError {
    pub(super) fn at(place: Place, problem: impl Into<String>) -> Self {
        Self { file: None, position: None, place, problem: problem.into(), source: None }
    }

    pub(super) fn of_toml(error: &toml::de::Error, text: &str) -> Self {
        let place = error.span().map(|span| Place::holding(text, &span)).unwrap_or_default();
        let position = error.span().map(|span| Position::of(text, span.start));
        // Some messages have several lines.
        let problem = error.message().lines().map(str::trim).collect::<Vec<_>>().join("; ");
        Self { position, ..Self::at(place, problem) }
    }

    pub(super) fn unreadable(path: &Path, error: io::Error) -> Self {
        let problem = format!("it cannot be read ({error}): give the path of a tenant's description in TOML");
        Self { file: Some(path.to_owned()), source: Some(error), ..Self::at(Place::default(), problem) }
    }

    /// With the position in the text that the description was read from.
    pub(super) fn found_in(self, text: &str) -> Self {
        Self { position: self.place.position(text), ..self }
    }

    pub(super) fn in_file(self, path: &Path) -> Self {
        Self { file: Some(path.to_owned()), ..self }
    }

    /// The line, from 1, if it was read from a text.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.position.map(|position| position.line)
    }

    /// The column, from 1, if it was read from a text.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.position.map(|position| position.column)
    }

    /// The member: `groups[1].members[2]`. Empty, if it is about the whole.
    #[must_use]
    pub fn member(&self) -> String {
        self.place.to_string()
    }
}

impl fmt::Display for TenantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, &self.position) {
            (Some(file), Some(position)) => write!(f, "{}:{position}: ", file.display())?,
            (Some(file), None) => write!(f, "{}: ", file.display())?,
            (None, Some(position)) => write!(f, "{position}: ")?,
            (None, None) => {}
        }
        if !self.place.is_whole() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.problem)
    }
}

impl Error for TenantError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|error| error as _)
    }
}
