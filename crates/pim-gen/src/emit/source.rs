//! A file of code on its way.

use crate::tree::HEADER;
use crate::{Error, Result};

/// A Rust file on its way: items that are formatted, and text that is formatted already.
#[derive(Default)]
pub struct Source {
    docs: String,
    code: String,
    items: Vec<syn::Item>,
    text: String,
}

impl Source {
    /// A file whose module is documented by `docs`. Only for files that are modules of others: the root of a tree is
    /// included, where inner documentation cannot stand.
    #[must_use]
    pub fn new(docs: &str) -> Self {
        Self { docs: format!("//! {docs}\n\n"), ..Self::default() }
    }

    /// Adds items as source, to be formatted.
    pub fn push_code(&mut self, code: &str) {
        self.code.push_str(code);
        self.code.push('\n');
    }

    /// Adds items that are parsed already; they come behind all source.
    pub fn push_items(&mut self, items: impl IntoIterator<Item = syn::Item>) {
        self.items.extend(items);
    }

    /// Adds text that is formatted already; it comes last.
    pub fn push_text(&mut self, text: &str) {
        self.text.push('\n');
        self.text.push_str(text);
    }

    /// The whole file.
    pub fn render(self, path: &str) -> Result<String> {
        let mut file = syn::parse_file(&self.code).map_err(|error| {
            Error::new(format!("{path}: what was written is not Rust: {error}; this is a fault of the generator"))
        })?;
        file.items.extend(self.items);
        Ok(format!("{HEADER}{}{}{}", self.docs, prettyplease::unparse(&file), self.text))
    }
}
