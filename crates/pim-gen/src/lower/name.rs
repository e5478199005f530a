//! From Graph's names to Rust's.

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::{Error, Result};

/// `unifiedRoleAssignment` → `UnifiedRoleAssignment`.
pub(super) fn type_name(graph: &str) -> String {
    graph.to_upper_camel_case()
}

/// `displayName` → `display_name`; `type` → `r#type`; `owners@odata.bind` → `owners_bind`.
pub(super) fn member_name(graph: &str) -> String {
    escape(graph.replace("@odata.", "_").to_snake_case())
}

/// `roleManagement` → `role_management`; `microsoft.graph.user` → `graph_user`, as the official clients call casts.
pub(super) fn module_name(graph: &str) -> String {
    escape(graph.strip_prefix("microsoft.").unwrap_or(graph).to_snake_case())
}

/// A name as it can stand in code: keywords get `r#`, what does not begin like a name an underscore.
fn escape(name: String) -> String {
    if syn::parse_str::<syn::Ident>(&name).is_ok() {
        return name;
    }
    let raw = format!("r#{name}");
    if syn::parse_str::<syn::Ident>(&raw).is_ok() { raw } else { format!("{name}_") }
}

/// Names of one scope, each with what it was made from: the same Rust name from two sources is an error.
#[derive(Debug)]
pub(super) struct Scope {
    what: String,
    taken: BTreeMap<String, String>,
}

impl Scope {
    /// A scope of names, described in errors as `what`.
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), taken: BTreeMap::new() }
    }

    /// Takes the name `rust` for `graph`.
    pub(super) fn take(&mut self, rust: &str, graph: &str) -> Result<()> {
        match self.taken.insert(rust.to_owned(), graph.to_owned()) {
            Some(earlier) if earlier == graph => Err(Error::new(format!("{}: `{graph}` is there twice", self.what))),
            Some(earlier) => Err(Error::new(format!(
                "{}: `{earlier}` and `{graph}` would both be `{rust}` in Rust; leave one of them out of pim.toml",
                self.what
            ))),
            None => Ok(()),
        }
    }
}
