//! Values of a document whose members keep their order, and both forms that they are written in.

#![allow(dead_code, reason = "each of the tests needs another part of it")]

use std::fmt::Write as _;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Map(Vec<(String, Value)>),
    List(Vec<Value>),
    Text(String),
    Flag(bool),
    Null,
}

/// An object.
pub(crate) fn map<K: Into<String>>(members: impl IntoIterator<Item = (K, Value)>) -> Value {
    Value::Map(members.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

/// A text.
pub(crate) fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

impl Value {
    /// With more members.
    pub(crate) fn with(mut self, key: &str, value: Self) -> Self {
        let Self::Map(members) = &mut self else { panic!("no object: {self:?}") };
        members.push((key.to_owned(), value));
        self
    }

    pub(crate) fn to_json(&self) -> String {
        let mut out = String::new();
        self.json(&mut out, 0);
        out.push('\n');
        out
    }

    pub(crate) fn to_yaml(&self) -> String {
        let mut out = String::new();
        self.yaml(&mut out, 0, true);
        out
    }

    fn json(&self, out: &mut String, depth: usize) {
        let line = |out: &mut String, depth| {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        };
        match self {
            Self::Map(members) if !members.is_empty() => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    line(out, depth + 1);
                    let _ = write!(out, "{}: ", quoted(key));
                    value.json(out, depth + 1);
                }
                line(out, depth);
                out.push('}');
            }
            Self::List(values) if !values.is_empty() => {
                out.push('[');
                for (index, value) in values.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    line(out, depth + 1);
                    value.json(out, depth + 1);
                }
                line(out, depth);
                out.push(']');
            }
            other => out.push_str(&other.small()),
        }
    }

    /// Behind `key:` or `-`, or at the beginning. In lists the first member stands on the line of its dash.
    fn yaml(&self, out: &mut String, depth: usize, begins: bool) {
        match self {
            Self::Map(members) if !members.is_empty() => {
                for (index, (key, value)) in members.iter().enumerate() {
                    if index > 0 || !begins {
                        out.push('\n');
                        out.extend(std::iter::repeat_n("  ", depth));
                    }
                    let _ = write!(out, "{}:", scalar(key));
                    value.yaml(out, depth + 1, false);
                }
            }
            Self::List(values) if !values.is_empty() => {
                for (index, value) in values.iter().enumerate() {
                    if index > 0 || !begins {
                        out.push('\n');
                        out.extend(std::iter::repeat_n("  ", depth));
                    }
                    out.push('-');
                    if matches!(value, Self::Map(members) if !members.is_empty()) {
                        out.push(' ');
                    }
                    value.yaml(out, depth + 1, true);
                }
            }
            Self::Text(text) => {
                let _ = write!(out, " {}", scalar(text));
            }
            other => {
                let _ = write!(out, " {}", other.small());
            }
        }
    }

    fn small(&self) -> String {
        match self {
            Self::Map(_) => "{ }".to_owned(),
            Self::List(_) => "[ ]".to_owned(),
            Self::Text(text) => quoted(text),
            Self::Flag(flag) => flag.to_string(),
            Self::Null => "null".to_owned(),
        }
    }
}

fn quoted(text: &str) -> String {
    // What is written here has no control characters.
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Text in YAML: without quotes where Microsoft has none.
fn scalar(text: &str) -> String {
    let is_plain = !text.is_empty()
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c))
        && !text.starts_with(['-', '.'])
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && !matches!(text, "true" | "false" | "null");
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}
