//! Where two JSON values differ.

use std::fmt;

use serde_json::{Map, Value};

use super::normalisations;
use super::text::{cut, one_line};

/// A member that is not written as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where the member is: a JSON pointer, empty for the whole value.
    pub pointer: String,
    /// What became of it.
    pub change: Change,
}

/// What became of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was read and is not written.
    Lost,
    /// It is written and was not read.
    Added,
    /// It has another value. Both are as they are shown to people: short, and hidden if they may be secrets.
    Changed {
        /// What was read.
        from: String,
        /// What is written.
        to: String,
    },
    /// It says the same in other words, which is no loss.
    Normalised,
}

/// How what is written differs from what was read.
#[must_use]
pub fn differences(read: &Value, written: &Value) -> Vec<Difference> {
    let mut comparison = Comparison::default();
    comparison.compare(read, written);
    comparison.differences
}

/// A walk through two values at once.
#[derive(Default)]
struct Comparison {
    pointer: String,
    differences: Vec<Difference>,
}

impl Comparison {
    fn compare(&mut self, read: &Value, written: &Value) {
        match (read, written) {
            _ if read == written => {}
            (Value::Object(read), Value::Object(written)) => self.compare_objects(read, written),
            (Value::Array(read), Value::Array(written)) => self.compare_arrays(read, written),
            _ if normalisations::is_same(read, written) => self.note(Change::Normalised),
            _ => self.note(Change::Changed { from: self.show(read), to: self.show(written) }),
        }
    }

    fn compare_objects(&mut self, read: &Map<String, Value>, written: &Map<String, Value>) {
        for (name, value) in read {
            self.within(name, |inner| inner.compare_members(Some(value), written.get(name)));
        }
        for (name, value) in written.iter().filter(|(name, _)| !read.contains_key(*name)) {
            self.within(name, |inner| inner.compare_members(None, Some(value)));
        }
    }

    fn compare_arrays(&mut self, read: &[Value], written: &[Value]) {
        for index in 0..read.len().max(written.len()) {
            self.within(&index.to_string(), |inner| inner.compare_members(read.get(index), written.get(index)));
        }
    }

    fn compare_members(&mut self, read: Option<&Value>, written: Option<&Value>) {
        match (read, written) {
            (Some(read), Some(written)) => self.compare(read, written),
            (Some(_), None) => self.note(Change::Lost),
            (None, Some(_)) => self.note(Change::Added),
            (None, None) => {}
        }
    }

    /// Compares what is below `name`.
    fn within(&mut self, name: &str, compare: impl FnOnce(&mut Self)) {
        let outside = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        compare(self);
        self.pointer.truncate(outside);
    }

    fn note(&mut self, change: Change) {
        self.differences.push(Difference { pointer: self.pointer.clone(), change });
    }

    fn show(&self, value: &Value) -> String {
        if may_be_secret(&self.pointer) { "a secret".to_owned() } else { show(value) }
    }
}

/// Whether a member of this name, or one around it, is likely to hold what nobody else should read.
fn may_be_secret(pointer: &str) -> bool {
    let pointer = pointer.to_ascii_lowercase();
    ["password", "secret", "token", "credential"].iter().any(|word| pointer.contains(word))
}

/// The longest value that is shown, in characters.
const LONGEST: usize = 40;

/// A value in a few characters. What is inside of another value, where a secret would go unnoticed, is not shown.
fn show(value: &Value) -> String {
    match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        value => cut(&one_line(&value.to_string()), LONGEST),
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let member = if self.pointer.is_empty() { "the whole body" } else { &one_line(&self.pointer) };
        match &self.change {
            Change::Lost => write!(f, "{member} lost"),
            Change::Added => write!(f, "{member} added"),
            Change::Changed { from, to } => write!(f, "{member} changed from {from} to {to}"),
            Change::Normalised => f.write_str(member),
        }
    }
}

#[cfg(test)]
mod tests;
