//! From Graph's names to Rust's.

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::{Error, Result};

/// `unifiedRoleAssignment` → `UnifiedRoleAssignment`.
pub(super) fn type_name(graph: &str) -> String {
    escape(graph.to_upper_camel_case())
}

/// `displayName` → `display_name`; `type` → `r#type`; `owners@odata.bind` → `owners_bind`.
pub(super) fn member_name(graph: &str) -> String {
    escape(graph.replace("@odata.", "_").to_snake_case())
}

/// `roleManagement` → `role_management`; `microsoft.graph.user` → `graph_user`, as the official clients call casts.
pub(super) fn module_name(graph: &str) -> String {
    escape(graph.strip_prefix("microsoft.").unwrap_or(graph).to_snake_case())
}

/// A name as it can stand in code: keywords get `r#`, those few that even so are none an underscore behind them, and what
/// begins with a digit one before it.
fn escape(name: String) -> String {
    let forms = [name.clone(), format!("r#{name}"), format!("{name}_"), format!("_{name}")];
    forms.into_iter().find(|form| syn::parse_str::<syn::Ident>(form).is_ok()).unwrap_or(name)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_in_camel_case() {
        assert_eq!(type_name("unifiedRoleAssignment"), "UnifiedRoleAssignment");
        assert_eq!(type_name("onPremisesSID"), "OnPremisesSid");
    }

    #[test]
    fn members_are_in_snake_case() {
        assert_eq!(member_name("displayName"), "display_name");
        assert_eq!(member_name("isMfaEnabled"), "is_mfa_enabled");
    }

    #[test]
    fn what_is_bound_says_so() {
        assert_eq!(member_name("owners@odata.bind"), "owners_bind");
    }

    #[test]
    fn casts_are_called_as_in_the_official_clients() {
        assert_eq!(module_name("microsoft.graph.user"), "graph_user");
        assert_eq!(module_name("roleManagement"), "role_management");
    }

    #[test]
    fn keywords_are_raw_names() {
        assert_eq!(member_name("type"), "r#type");
        assert_eq!(module_name("match"), "r#match");
    }

    #[test]
    fn keywords_that_cannot_be_raw_get_an_underscore() {
        assert_eq!(member_name("self"), "self_");
        assert_eq!(type_name("self"), "Self_");
    }

    #[test]
    fn what_would_begin_with_a_digit_begins_with_an_underscore() {
        assert_eq!(member_name("_8ball"), "_8ball");
        assert_eq!(type_name("_8ball"), "_8ball");
    }

    #[test]
    fn a_name_is_not_taken_from_two_sources() {
        let mut scope = Scope::new("microsoft.graph.group");
        scope.take("display_name", "displayName").unwrap();
        assert_eq!(
            scope.take("display_name", "display_name").unwrap_err().to_string(),
            "microsoft.graph.group: `displayName` and `display_name` would both be `display_name` in Rust; leave one of them \
             out of pim.toml"
        );
    }

    #[test]
    fn nor_is_a_name_taken_twice() {
        let mut scope = Scope::new("microsoft.graph.group");
        scope.take("id", "id").unwrap();
        assert_eq!(scope.take("id", "id").unwrap_err().to_string(), "microsoft.graph.group: `id` is there twice");
    }
}
