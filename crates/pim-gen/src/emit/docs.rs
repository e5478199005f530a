//! Documentation comments.

use std::fmt::Write as _;

/// Where Graph's reference describes operations.
const OPERATIONS: &str = "https://learn.microsoft.com/graph/api/";
/// Where Graph's reference describes types.
const RESOURCES: &str = "https://learn.microsoft.com/graph/api/resources/";

/// The address of a type's reference page.
pub(super) fn resource_page(page: &str, version: &str) -> String {
    format!("{RESOURCES}{page}?view={}", view(version))
}

/// The address of an operation's reference page.
pub(super) fn operation_page(page: &str, version: &str) -> String {
    format!("{OPERATIONS}{page}?view={}", view(version))
}

fn view(version: &str) -> String {
    format!("graph-rest-{}", version.trim_start_matches('v'))
}

/// Lines of documentation, as comments.
#[derive(Default)]
pub(super) struct Docs(String);

impl Docs {
    pub(super) fn new(first: &str) -> Self {
        let mut docs = Self::default();
        docs.line(first);
        docs
    }

    /// A line as it is: it may hold Markdown.
    pub(super) fn line(&mut self, text: &str) {
        let space = if text.is_empty() { "" } else { " " };
        let _ = writeln!(self.0, "///{space}{text}");
    }

    /// A paragraph of its own.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.line("");
        self.line(text);
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// Words from `spec/` as Markdown: on one line, and what would be a link or an element is plain text.
pub(super) fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' => escaped.push(' '),
            '<' | '[' | ']' | '>' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}
