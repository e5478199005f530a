//! The actions that roles allow, and the namespaces that they are in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::roles;

/// Something that a role may allow.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ResourceAction {
    /// `microsoft.directory-users-create-post`: the name without slashes, and the verb.
    pub(crate) id: String,
    /// `microsoft.directory/users/create`
    pub(crate) name: &'static str,
    /// The method of HTTP that it comes down to, if it is one only.
    pub(crate) verb: Option<&'static str>,
}

/// What a service calls its own: `microsoft.directory`. Its id is its name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Namespace {
    pub(crate) name: &'static str,
    /// In the order of their names.
    pub(crate) actions: Vec<ResourceAction>,
}

/// All namespaces, in the order of their names: those of the actions that built-in roles allow.
pub(crate) fn namespaces() -> &'static [Namespace] {
    &NAMESPACES
}

/// The namespace of that name, in any letter case.
pub(crate) fn namespace(name: &str) -> Option<&'static Namespace> {
    NAMESPACES.iter().find(|namespace| namespace.name.eq_ignore_ascii_case(name))
}

impl Namespace {
    /// The action of that id, in any letter case.
    pub(crate) fn action(&self, id: &str) -> Option<&ResourceAction> {
        self.actions.iter().find(|action| action.id.eq_ignore_ascii_case(id))
    }
}

/// Made when somebody asks for the first time: few do.
static NAMESPACES: LazyLock<Vec<Namespace>> = LazyLock::new(|| {
    let mut actions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for name in roles().flat_map(|role| role.actions) {
        let namespace = name.split_once('/').map_or(*name, |(namespace, _)| namespace);
        actions.entry(namespace).or_default().insert(name);
    }
    let namespace = |(name, actions): (_, BTreeSet<_>)| Namespace {
        name,
        actions: actions.into_iter().map(ResourceAction::named).collect(),
    };
    actions.into_iter().map(namespace).collect()
});

impl ResourceAction {
    fn named(name: &'static str) -> Self {
        let verb = verb(name);
        let mut id = name.replace('/', "-");
        if let Some(verb) = verb {
            id.push('-');
            id.push_str(&verb.to_ascii_lowercase());
        }
        Self { id, name, verb }
    }
}

/// The method that the last part of an action's name stands for. New passwords are posted, not patched.
fn verb(name: &str) -> Option<&'static str> {
    match name.rsplit_once('/')?.1 {
        _ if name.ends_with("/password/update") => Some("POST"),
        "create" | "createAsOwner" | "restore" | "inviteGuest" => Some("POST"),
        "delete" => Some("DELETE"),
        "read" => Some("GET"),
        "update" => Some("PATCH"),
        _ => None,
    }
}
