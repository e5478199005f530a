//! What changes are called.

use std::collections::BTreeSet;

use crate::diff::{Aspect, Callers, Kind, Nearby, Wire};

/// The mark that a change has in a list.
pub(super) fn sign(kind: &Kind) -> char {
    match kind {
        Kind::Added => '+',
        Kind::Removed => '-',
        Kind::Changed { .. } => '~',
    }
}

/// What became of the subject: `removed`, `type: Edm.String → Edm.Guid`; values are written as `value` writes them.
pub(super) fn kind(kind: &Kind, value: fn(&str) -> String) -> String {
    match kind {
        Kind::Added => "added".to_owned(),
        Kind::Removed => "removed".to_owned(),
        Kind::Changed { aspect: of, from, to } => {
            format!("{}: {} → {}", aspect(*of), value(or_nothing(from)), value(or_nothing(to)))
        }
    }
}

fn or_nothing(value: &str) -> &str {
    if value.is_empty() { "nothing" } else { value }
}

fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Type => "type",
        Aspect::Nullable => "nullable",
        Aspect::Kind => "kind",
        Aspect::BaseType => "base type",
        Aspect::Abstract => "abstract",
        Aspect::Open => "open",
        Aspect::Key => "key",
        Aspect::Writable => "who writes it",
        Aspect::Contained => "contained",
        Aspect::Flags => "flags",
        Aspect::Number => "number",
        Aspect::Response => "response",
        Aspect::Permissions => "permissions",
        Aspect::Capability => "capability",
        Aspect::Name => "name",
        Aspect::Declared => "declared by",
        Aspect::Rust => "in Rust",
    }
}

/// What callers see of a change.
pub(super) fn callers(callers: Callers) -> &'static str {
    match callers {
        Callers::Unaffected => "unaffected",
        Callers::Offered => "more to call",
        Callers::Broken => "do not compile",
    }
}

/// What a client that was generated before sees of a change.
pub(super) fn wire(wire: Wire) -> &'static str {
    match wire {
        Wire::Unaffected => "unaffected",
        Wire::Extended => "more than known",
        Wire::Missing => "less than before",
        Wire::Refused => "requests refused",
        Wire::Undecodable => "answers undecodable",
    }
}

/// What lies beside the selection: what it is called, and what it is.
pub(super) fn nearby(nearby: &Nearby) -> (String, String) {
    match nearby {
        Nearby::Path { path, ty, .. } => (path.clone(), ty.to_string()),
        Nearby::Relation { ty, name } => (format!("{ty}/{name}"), "relation".to_owned()),
        Nearby::Operation { method, path, .. } => (format!("{method} {path}"), "operation".to_owned()),
        Nearby::Property { ty, name } => (format!("{ty}/{name}"), "property".to_owned()),
        Nearby::Subtype { base, name } => (name.to_string(), format!("subtype of {base}")),
    }
}

/// The items that are in no other of them: a type, and not each of its members.
pub(super) fn outermost(items: &[String]) -> Vec<&str> {
    let all: BTreeSet<_> = items.iter().map(String::as_str).collect();
    let is_inside = |item: &str| {
        let mut around = item;
        std::iter::from_fn(|| {
            around = around.rsplit_once("::")?.0;
            Some(around)
        })
        .any(|around| all.contains(around))
    };
    items.iter().map(String::as_str).filter(|item| !is_inside(item)).collect()
}

/// `1 change`, `2 changes`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_type_and_its_members_the_type_is_outermost() {
        let items = ["a::B", "a::B::c", "a::B::c::d", "a::Bc", "e::f"].map(str::to_owned);
        assert_eq!(outermost(&items), ["a::B", "a::Bc", "e::f"]);
    }
}
