//! The parameters of a request.

use std::collections::BTreeMap;

use crate::identity::fault::{Fault, quoted};

/// Parameters, each of which is there once. An empty one is as good as none, as OAuth 2.0 has it.
#[derive(Clone, Default)]
pub(super) struct Params(BTreeMap<String, String>);

impl Params {
    /// Reads the query, or the body of a form.
    pub(super) fn parse(text: &[u8]) -> Result<Self, Fault> {
        let mut params = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(text) {
            if params.insert(name.to_string(), value.into_owned()).is_some() {
                let name = quoted(&name);
                let message = format!("The request is not properly formatted. The parameter '{name}' is duplicated.");
                return Err(Fault::invalid_request(9_000_411, message));
            }
        }
        params.retain(|_, value| !value.is_empty());
        Ok(Self(params))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The parameter, without which it cannot be done.
    pub(super) fn need(&self, name: &str) -> Result<&str, Fault> {
        self.get(name).ok_or_else(|| Fault::missing(name))
    }

    /// Whether it is said that no second factor was shown.
    pub(super) fn is_weak(&self) -> bool {
        self.get("mfa").is_some_and(|mfa| mfa.eq_ignore_ascii_case("false"))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
