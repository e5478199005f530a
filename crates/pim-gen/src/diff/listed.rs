//! What lies beside the selection, as a file that is kept with it.
//!
//! A selection has nothing of what was cut away. The list tells it, so that what is new beside a selection can be seen
//! when it is held against a whole document.

use std::collections::BTreeSet;

use super::Nearby;
use crate::{Error, File, Result};

/// The file's text: JSON, an entry a line.
#[must_use]
pub fn write(nearby: &BTreeSet<Nearby>) -> String {
    // Names and paths: there is nothing in an entry that JSON could not have.
    let entries: Vec<_> = nearby.iter().filter_map(|entry| serde_json::to_string(entry).ok()).collect();
    if entries.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", entries.join(",\n")) }
}

/// Reads it; what does not fit is an error with its place.
pub fn read(file: &File<'_>) -> Result<BTreeSet<Nearby>> {
    serde_json::from_slice(file.bytes).map_err(|error| {
        let lines = file.bytes.split_inclusive(|&byte| byte == b'\n');
        let before: usize = lines.take(error.line().saturating_sub(1)).map(<[u8]>::len).sum();
        let at = before + error.column().saturating_sub(1);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        let message = format!("{message}; the file is written by cargo xtask gen --metadata, from a whole document");
        Error::at(file.bytes, at, message).in_source(file.name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edm::QualifiedName;

    fn name(name: &str) -> QualifiedName {
        QualifiedName::new(&format!("microsoft.graph.{name}"))
    }

    /// One of each kind.
    fn nearby() -> BTreeSet<Nearby> {
        BTreeSet::from([
            Nearby::Path {
                path: "/groups/{group-id}/drive".to_owned(),
                ty: name("drive"),
                by: (name("group"), "drive".to_owned()),
            },
            Nearby::Relation { ty: name("group"), name: "team".to_owned() },
            Nearby::Operation {
                method: "POST".to_owned(),
                path: "/groups/{group-id}/renew".to_owned(),
                name: name("renew"),
                on: "microsoft.graph.group".to_owned(),
            },
            Nearby::Property { ty: name("group"), name: "mail".to_owned() },
            Nearby::Subtype { base: name("directoryObject"), name: name("contract") },
        ])
    }

    fn read(text: &str) -> Result<BTreeSet<Nearby>> {
        super::read(&File { name: "nearby.json", bytes: text.as_bytes() })
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(read(&write(&nearby())).unwrap(), nearby());
        assert_eq!(read(&write(&BTreeSet::new())).unwrap(), BTreeSet::new());
    }

    #[test]
    fn each_entry_has_a_line() {
        assert_eq!(write(&nearby()).lines().count(), nearby().len() + 2);
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_place() {
        // An entry is seen to be wrong when it has ended.
        let error = read("[\n{\"kind\":\"property\",\"type\":\"microsoft.graph.group\"}\n]\n").unwrap_err().to_string();
        assert!(error.starts_with("nearby.json:3:1: missing field `name`; the file is written by "), "{error}");
        let error = read("").unwrap_err().to_string();
        assert!(error.starts_with("nearby.json:1:1: EOF"), "{error}");
    }
}
