//! Hints from tasks, which know more of what was asked for than an answer tells.

use crate::error::Error;
use crate::error::text::one_line;

/// The same error, with `hint` before the one that it has.
pub(super) fn hinted(error: Error, hint: &str) -> Error {
    let known = error.hint().map(|known| format!("; {known}")).unwrap_or_default();
    error.with_hint(format!("{}{known}", one_line(hint)))
}
