//! The text of an option, and places in it.

use std::ops::Range;

use super::Fault;

/// A part of the text of an option. What is wrong in it is placed in the whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    /// The option, such as `$filter`.
    option: &'static str,
    whole: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Source<'a> {
    pub(super) fn new(option: &'static str, whole: &'a str) -> Self {
        Self { option, whole, start: 0, end: whole.len() }
    }

    pub(super) fn text(self) -> &'a str {
        &self.whole[self.start..self.end]
    }

    /// Where it begins in the whole.
    pub(super) fn start(self) -> usize {
        self.start
    }

    /// A part of this part, counted in bytes from where this part begins.
    pub(super) fn part(self, range: Range<usize>) -> Self {
        Self { start: self.start + range.start, end: self.start + range.end, ..self }
    }

    /// Without what is blank around it.
    pub(super) fn trimmed(self) -> Self {
        let text = self.text();
        let start = text.len() - text.trim_start().len();
        self.part(start..start + text.trim().len())
    }

    /// The parts between the separators, those within parentheses and quotes not counted.
    pub(super) fn split(self, separator: char) -> Vec<Self> {
        let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
        for (at, character) in self.text().char_indices() {
            match character {
                _ if quote == Some(character) => quote = None,
                _ if quote.is_some() => {}
                '\'' | '"' => quote = Some(character),
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ if character == separator && depth == 0 => {
                    parts.push(self.part(start..at));
                    start = at + separator.len_utf8();
                }
                _ => {}
            }
        }
        parts.push(self.part(start..self.text().len()));
        parts
    }

    /// What is wrong at a place of the whole, counted in bytes.
    pub(super) fn fault(self, at: usize, message: impl AsRef<str>) -> Fault {
        let before = self.whole.get(..at).unwrap_or(self.whole);
        let place = before.chars().count() + 1;
        Fault::bad_request(format!("{}, character {place}: {}", self.option, message.as_ref()))
    }

    /// What is wrong where this part begins.
    pub(super) fn fault_here(self, message: impl AsRef<str>) -> Fault {
        self.fault(self.start, message)
    }
}
