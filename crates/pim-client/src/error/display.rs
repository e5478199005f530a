//! The line that an error is shown as.

use std::fmt;

use super::text::cut;
use super::{Error, ErrorCode, ErrorKind};

/// The longest message that is shown, in characters. [`Error::message`] has all of it.
const MESSAGE_LIMIT: usize = 500;

/// The longest code or id that is shown, in characters.
const WORD_LIMIT: usize = 100;

/// `OPERATION: STATUS CODE: MESSAGE (NOTES)`, as much of it as is known.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        if let Some(status) = self.status() {
            write!(f, "{status} ")?;
        }
        match self.kind() {
            ErrorKind::Service => write!(f, "{}", self.verdict())?,
            _ => f.write_str(&self.0.reason)?,
        }
        match self.notes().as_slice() {
            [] => Ok(()),
            notes => write!(f, " ({})", notes.join("; ")),
        }
    }
}

impl Error {
    /// What Graph says, or, if it says nothing, what its status means.
    fn verdict(&self) -> String {
        let meaning = || self.0.record.status.and_then(|status| status.canonical_reason());
        let code = self.code().map(ErrorCode::as_str).or_else(meaning).unwrap_or("error");
        match self.message().map(|message| self.in_words(message)) {
            None | Some("") => cut(code, WORD_LIMIT),
            Some(message) => format!("{}: {}", cut(code, WORD_LIMIT), cut(message, MESSAGE_LIMIT)),
        }
    }

    /// The message without the claims that PIM puts there, percent-encoded: the hint says what they are.
    fn in_words<'a>(&self, message: &'a str) -> &'a str {
        let words = message.split_once("claims=").filter(|_| self.challenge().is_some()).map(|(words, _)| words);
        words.map_or(message, |words| words.trim_end_matches(['&', '?', ' ']))
    }

    /// What to do next, and what to tell Microsoft's support.
    fn notes(&self) -> Vec<String> {
        let hint = self.hint().map(|hint| cut(&hint, MESSAGE_LIMIT));
        let tries = Some(self.tries()).filter(|&tries| tries > 1).map(|tries| format!("{tries} tries"));
        let wait = self.retry_after().map(|wait| format!("retry after {} s", wait.as_secs_f64().ceil()));
        let id = match (self.request_id(), self.client_request_id()) {
            (Some(id), _) => Some(("request-id", id)),
            (None, id) => id.filter(|_| self.tries() > 0).map(|id| ("client-request-id", id)),
        };
        let id = id.map(|(name, id)| format!("{name} {}", cut(id, WORD_LIMIT)));
        [hint, tries, wait, id].into_iter().flatten().collect()
    }
}
