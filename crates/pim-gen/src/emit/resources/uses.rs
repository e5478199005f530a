//! What a file of the façade has to import.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proc_macro2::{TokenStream, TokenTree};

/// What a file of the façade may use of the runtime.
const RUNTIME: [&str; 20] = [
    "ByteStream",
    "Call",
    "Connection",
    "Count",
    "Date",
    "DateTimeOffset",
    "Duration",
    "Error",
    "Get",
    "Id",
    "List",
    "OperationInfo",
    "Page",
    "Reference",
    "ResponseValue",
    "Secret",
    "TimeOfDay",
    "encode_path",
    "progenitor_client",
    "reqwest",
];

/// What it may use of the generated code. No path has a module of such a name.
const OWN: [&str; 2] = ["http", "models"];

/// The `use` lines of a file `depth` modules below the version's: of what there is, what `code` names.
pub(super) fn uses(depth: usize, code: &TokenStream) -> String {
    let mut named = BTreeSet::new();
    names(code.clone(), &mut named);
    let used = |all: &[&'static str]| all.iter().copied().filter(|name| named.contains(*name)).collect::<Vec<_>>();
    let mut runtime = used(&RUNTIME);
    if named.contains("exec") {
        // The trait whose methods the back end calls on its client.
        runtime.insert(0, "ClientHooks");
    }
    if named.contains("runtime") {
        runtime.push("self");
    }
    let mut text = String::new();
    if !runtime.is_empty() {
        let _ = writeln!(text, "use pim_client::runtime::{{{}}};", runtime.join(", "));
    }
    let _ = write!(text, "use std::sync::Arc;\nuse {}{{{}}};\n", "super::".repeat(depth), used(&OWN).join(", "));
    text
}

/// The names in `code` that something has to bring in: not those that come behind `::`.
fn names(code: TokenStream, named: &mut BTreeSet<String>) {
    let mut colons = 0;
    for token in code {
        match &token {
            TokenTree::Ident(name) if colons < 2 => {
                named.insert(name.to_string());
            }
            TokenTree::Group(group) => names(group.stream(), named),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        colons = if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':') { colons + 1 } else { 0 };
    }
}
