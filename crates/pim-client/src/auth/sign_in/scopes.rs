//! Sets of scopes: what is needed, asked for and granted.

use std::collections::BTreeMap;

use crate::auth::TokenRequest;

/// What a user signs in with apart from permissions: they are asked for each time, and never counted.
const SIGN_IN: [&str; 4] = ["openid", "profile", "email", "offline_access"];

const DEFAULT: &str = "/.default";

/// A set of scopes with their resource, compared without regard to letter case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scopes(BTreeMap<String, String>);

impl Scopes {
    /// The scopes in `names`, of which those without a resource are of `resource`.
    pub(super) fn of<'a>(resource: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        let is_permission = |name: &&str| !name.is_empty() && !SIGN_IN.iter().any(|s| s.eq_ignore_ascii_case(name));
        let full = |name: &str| if name.contains("://") { name.to_owned() } else { format!("{resource}/{name}") };
        let full = names.into_iter().filter(is_permission).map(full);
        Self(full.map(|scope| (scope.to_ascii_lowercase(), scope)).collect())
    }

    /// These and `others`.
    pub(super) fn with(mut self, others: &Self) -> Self {
        for (key, scope) in &others.0 {
            self.0.entry(key.clone()).or_insert_with(|| scope.clone());
        }
        self
    }

    pub(super) fn covers(&self, needed: &Self) -> bool {
        needed.0.keys().all(|scope| self.0.contains_key(scope))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// What can be asked for: `.default` alone if there is nothing else, and never beside others, which the identity
    /// platform refuses.
    fn or_default(mut self, request: &TokenRequest) -> Self {
        self.0.retain(|scope, _| !scope.ends_with(DEFAULT));
        if self.0.is_empty() { Self::of("", [request.default_scope().as_str()]) } else { self }
    }
}

/// Which permissions are asked for.
#[derive(Clone, Debug)]
pub(super) enum Choice {
    /// What requests need, as they come.
    AsNeeded,
    /// What the program says, and nothing else.
    Fixed(Vec<String>),
}

impl Choice {
    /// What to ask for, to send `request`.
    pub(super) fn ask(&self, request: &TokenRequest, granted: &Scopes) -> Scopes {
        match self {
            Self::AsNeeded => {
                let needed = Scopes::of(request.resource(), request.permissions().iter().copied());
                needed.with(granted).or_default(request)
            }
            Self::Fixed(scopes) => Scopes::of(request.resource(), scopes.iter().map(String::as_str)),
        }
    }

    /// Whether a token with what was `granted` will do for `request`, as far as we are to care.
    pub(super) fn is_covered(&self, request: &TokenRequest, granted: &Scopes) -> bool {
        match self {
            Self::AsNeeded => granted.covers(&Scopes::of(request.resource(), request.permissions().iter().copied())),
            Self::Fixed(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAPH: &str = "https://graph.microsoft.com";

    #[test]
    fn letter_case_and_resource_make_no_difference() {
        let granted =
            Scopes::of(GRAPH, ["https://graph.microsoft.com/user.read", "Group.Read.All", "openid", "OFFLINE_access"]);
        assert!(granted.covers(&Scopes::of(GRAPH, ["User.Read", "https://GRAPH.microsoft.com/group.read.all"])));
        assert!(!granted.covers(&Scopes::of(GRAPH, ["User.ReadWrite"])));
        assert!(!granted.covers(&Scopes::of("https://graph.microsoft.us", ["User.Read"])));
        assert!(granted.covers(&Scopes::default()));
        assert_eq!(granted.iter().count(), 2);
    }

    #[test]
    fn what_is_needed_is_joined_with_what_was_granted() {
        let request = TokenRequest::new(GRAPH, &["Group.Read.All"][..]);
        let nothing = TokenRequest::new(GRAPH, &[][..]);
        let ask = |choice: &Choice, request, granted: &Scopes| -> Vec<String> {
            choice.ask(request, granted).iter().map(str::to_owned).collect()
        };
        let granted = Scopes::of(GRAPH, ["User.Read"]);
        let both = ["https://graph.microsoft.com/Group.Read.All", "https://graph.microsoft.com/User.Read"];
        assert_eq!(ask(&Choice::AsNeeded, &request, &granted), both);
        assert_eq!(ask(&Choice::AsNeeded, &request, &Scopes::of(GRAPH, [".default"])), both[..1]);
        assert_eq!(ask(&Choice::AsNeeded, &nothing, &granted), both[1..]);
        assert_eq!(ask(&Choice::AsNeeded, &nothing, &Scopes::default()), ["https://graph.microsoft.com/.default"]);
        assert_eq!(ask(&Choice::Fixed(vec!["User.Read".into()]), &request, &Scopes::default()), both[1..]);
    }
}
