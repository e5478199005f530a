//! Enumerations: open, in any letter case.

use std::fmt::Write as _;

use super::docs::{Docs, plain};
use crate::emit::Source;
use crate::ir::{Shape, Variant};

pub(super) fn file(shape: &Shape, variants: &[Variant], docs: Docs) -> Source {
    let mut source = Source::default();
    let mut members = String::new();
    let mut wire = String::new();
    for Variant { rust, wire: value, doc } in variants {
        let doc = doc.as_deref().map_or_else(String::new, |doc| format!(": {}", plain(doc)));
        let _ = write!(members, "/// `{value}`{doc}\n{rust},\n");
        let _ = writeln!(wire, "    {rust} => {value:?},");
    }
    source.push_code(&format!(
        "{docs}#[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum {rust} {{
            {members}
            /// A value that this version does not know, as it came.
            Unrecognized(Box<str>),
        }}",
        docs = docs.into_text(),
        rust = shape.rust,
    ));
    source.push_text(&format!(
        "pim_client::runtime::open_enum! {{\n{} = \"{}\" {{\n{wire}}}\n}}\n",
        shape.rust, shape.graph
    ));
    source
}
