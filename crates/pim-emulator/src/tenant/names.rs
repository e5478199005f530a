//! What the objects of a tenant are called, and which one is meant.

use std::collections::HashMap;

use uuid::Uuid;

use super::Tenant;
use super::place::Place;
use crate::catalog;

/// What kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    User,
    Group,
    ServicePrincipal,
    AdministrativeUnit,
}

/// Which kinds a reference may be to, and how to call them all.
pub(super) struct Wanted(&'static [Kind], &'static str);

pub(super) const USER: Wanted = Wanted(&[Kind::User], "user");
pub(super) const GROUP: Wanted = Wanted(&[Kind::Group], "group");
pub(super) const USER_OR_GROUP: Wanted = Wanted(&[Kind::User, Kind::Group], "user or group");
pub(super) const OWNER: Wanted = Wanted(&[Kind::User, Kind::ServicePrincipal], "user or application");
pub(super) const PRINCIPAL: Wanted =
    Wanted(&[Kind::User, Kind::Group, Kind::ServicePrincipal], "user, group or application");
pub(super) const SCOPE: Wanted =
    Wanted(&[Kind::AdministrativeUnit, Kind::ServicePrincipal], "administrative unit or application");
const ANY: Wanted = Wanted(
    &[Kind::User, Kind::Group, Kind::ServicePrincipal, Kind::AdministrativeUnit],
    "user, group, application or administrative unit",
);

/// The objects and roles by what they are called.
#[derive(Debug, Default)]
pub(crate) struct Names<'t> {
    /// In small letters.
    by_name: HashMap<String, Vec<Uuid>>,
    by_id: HashMap<Uuid, Object<'t>>,
    /// The roles of the tenant's own.
    roles: Vec<(&'t str, Uuid)>,
}

#[derive(Debug)]
struct Object<'t> {
    kind: Kind,
    /// What to call it where it could be meant.
    name: &'t str,
}

/// An id or a name that is taken: the member, and what is wrong.
pub(super) type Taken = (&'static str, String);

impl<'t> Names<'t> {
    /// One more object, called by each of those names.
    pub(super) fn add(&mut self, kind: Kind, id: Uuid, name: &'t str, others: &[&str]) -> Result<(), Taken> {
        if self.by_id.insert(id, Object { kind, name }).is_some() {
            return Err(("id", format!("{id} is the id of something else already: give another")));
        }
        for name in [name].iter().chain(others) {
            let ids = self.by_name.entry(name.to_lowercase()).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(())
    }

    /// One more role of the tenant's own.
    pub(super) fn add_role(&mut self, id: Uuid, name: &'t str) -> Result<(), Taken> {
        if catalog::role(id).is_some() || self.roles.iter().any(|(_, other)| *other == id) {
            return Err(("id", format!("{id} is the id of another role already: give another")));
        }
        if self.role(name).is_ok() {
            return Err(("displayName", format!("there is a role {name:?} already: give another name")));
        }
        self.roles.push((name, id));
        Ok(())
    }

    /// The object of whatever kind that is called so, if that is clear.
    pub(super) fn object(&self, reference: &str) -> Option<Uuid> {
        self.find(reference, &ANY).ok().map(|(id, _)| id)
    }

    /// The object of one of those kinds that is called so, or why that is not clear.
    pub(super) fn find(&self, reference: &str, wanted: &Wanted) -> Result<(Uuid, Kind), String> {
        let Wanted(kinds, what) = wanted;
        let fits = |id: &Uuid| {
            let kind = self.by_id.get(id)?.kind;
            kinds.contains(&kind).then_some((*id, kind))
        };
        let by_id = reference.parse().ok().as_ref().and_then(fits);
        let by_name = self.by_name.get(&reference.to_lowercase()).into_iter().flatten().filter_map(fits);
        let found: Vec<_> = by_id.into_iter().chain(by_name).collect();
        match *found.as_slice() {
            [found] => Ok(found),
            [] => {
                let names = self.by_name.iter().filter(|(_, ids)| ids.iter().any(|id| fits(id).is_some()));
                Err(unknown(what, reference, names.map(|(name, _)| name.as_str())))
            }
            _ => Err(format!("{reference:?} is {} of what there is: refer to it by its id", found.len())),
        }
    }

    /// The role that is called so, or why there is none.
    pub(super) fn role(&self, reference: &str) -> Result<Uuid, String> {
        let id: Option<Uuid> = reference.parse().ok();
        let own = self.roles.iter().find(|(name, own)| Some(*own) == id || is_same(name, reference));
        let built_in = || id.map_or_else(|| catalog::role_named(reference), catalog::role).map(|role| role.id);
        own.map(|(_, id)| *id).or_else(built_in).ok_or_else(|| {
            let names = catalog::roles().map(|role| role.display_name).chain(self.roles.iter().map(|(name, _)| *name));
            unknown("role", reference, names)
        })
    }

    /// How the object is called.
    pub(super) fn name(&self, id: Uuid) -> &'t str {
        self.by_id.get(&id).map_or("", |object| object.name)
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn unknown<'n>(what: &str, reference: &str, names: impl Iterator<Item = &'n str>) -> String {
    match nearest(reference, names) {
        Some(name) => format!("there is no {what} {reference:?}: did you mean {name:?}?"),
        None => format!("there is no {what} {reference:?}: describe it, or refer to another"),
    }
}

/// The name that takes the fewest letters to be changed; nothing, if that is more than half of them.
fn nearest<'n>(reference: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let reference = reference.to_lowercase();
    let most = reference.chars().count().div_ceil(2);
    let distances = names.map(|name| (distance(&reference, &name.to_lowercase()), name));
    distances.filter(|(distance, _)| *distance <= most).min().map(|(_, name)| name)
}

/// How many letters are to be put in, left out or replaced (Levenshtein's distance).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], index + 1);
        for (column, other) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// The id that follows from the tenant and what makes the object the only one of its kind.
pub(super) fn derived(tenant: &Tenant, collection: &str, name: &str) -> Uuid {
    Uuid::new_v5(&tenant.id(), format!("{collection}/{}", name.to_lowercase()).as_bytes())
}

/// The place of an object in its collection.
pub(super) fn place(collection: &str, index: usize) -> Place {
    Place::top(collection).item(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_letters() {
        for (one, other, expected) in
            [("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("alined", "aline", 1), ("ab", "ba", 2)]
        {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn nothing_is_near_what_is_altogether_different() {
        assert_eq!(
            nearest("User Admnistrator", ["User Administrator", "Global Reader"].into_iter()),
            Some("User Administrator")
        );
        assert_eq!(nearest("xyz", ["User Administrator"].into_iter()), None);
        assert_eq!(nearest("", ["a"].into_iter()), None);
    }
}
