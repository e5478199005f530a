//! What is said, to people and to programs that read along.
//!
//! Names of others are in it: a line stays a line, and nothing in it steers the terminal. Who reads no further, as `head`,
//! has what it wanted: that a line finds no reader is no reason to stop halfway.

use std::fmt::Display;
use std::io::{self, Write as _};

use pim_gen::diff::show::steers;
use pim_gen::{Error, Result};

/// A line on the standard output.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(io::stdout(), "{}", one_line(&line.to_string()));
}

/// A line on the standard error.
pub(crate) fn note(line: impl Display) {
    let _ = writeln!(io::stderr(), "{}", one_line(&line.to_string()));
}

/// A text that is fit to be shown, or for programs, as it is.
pub(crate) fn print(text: &str) -> Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::new(format!("cannot write to the standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// A text in one line: what would end the line or steer the terminal is written out.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if steers(character) {
            line.extend(character.escape_unicode());
        } else {
            line.push(character);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_a_line_and_steers_nothing() {
        assert_eq!(one_line("a\nb\u{1b}[2Jc\u{202e}d → é"), "a\\u{a}b\\u{1b}[2Jc\\u{202e}d → é");
    }
}
