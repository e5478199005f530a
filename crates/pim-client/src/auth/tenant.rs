//! The names that a tenant can have.

use std::fmt;

use crate::Error;

/// A tenant: its id, one of its domains, or a word such as `organizations`. It can stand in a path and on a command
/// line as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tenant(Box<str>);

impl Tenant {
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let is_name = |label: &str| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
        };
        if text.len() > 253 || !text.split('.').all(is_name) {
            return Err(Error::invalid_input(
                "the tenant is neither an id nor a domain; write it like contoso.onmicrosoft.com",
            ));
        }
        Ok(Self(text.into()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_domains_and_words_are_tenants() {
        for tenant in ["72f988bf-86f1-41af-91ab-2d7cd011db47", "contoso.onmicrosoft.com", "common", "organizations"] {
            assert_eq!(Tenant::parse(tenant).unwrap().as_str(), tenant);
        }
        for wrong in ["", ".", "..", "a/b", "a b", "--help", "a.-b", "a&b", "%41", "a..b", "contoso.com/", "ä.com"] {
            assert!(Tenant::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Tenant::parse(&"a".repeat(254)).is_err());
    }
}
