//! The types that the kept operations need.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::{Members, Problems, Resource, Unused, Verb};
use crate::edm::{Model, QualifiedName, TypeName, TypeRef};
use crate::nearest::did_you_mean;
use crate::spec::{Manifest, TypeEntry, UnionEntry, covers};
use crate::{Error, Result};

#[derive(Default)]
pub(super) struct Closed<'m> {
    pub(super) types: BTreeMap<QualifiedName, Members<'m>>,
    pub(super) enums: BTreeSet<QualifiedName>,
    pub(super) unions: BTreeMap<QualifiedName, Vec<QualifiedName>>,
    pub(super) navigation_cut: usize,
    pub(super) unused: Vec<Unused>,
}

pub(super) fn close<'m>(
    model: &'m Model,
    manifest: &Manifest,
    version: &str,
    resources: &[Resource<'m>],
    problems: &mut Problems<'_>,
) -> Result<Closed<'m>> {
    let entries = Entries::of(manifest, version)?;
    let mut closed = Closed::default();
    let mut waiting = Vec::new();
    for resource in resources {
        waiting.push(resource.entity.clone());
        for operation in &resource.operations {
            if let Verb::Bound(bound) = operation.verb {
                let types = bound.parameters.iter().map(|parameter| &parameter.ty).chain(&bound.returns);
                waiting.extend(types.filter_map(defined));
            }
        }
    }
    while let Some(name) = waiting.pop() {
        if model.enums.contains_key(&name) {
            closed.enums.insert(name);
            continue;
        }
        if closed.types.contains_key(&name) {
            continue;
        }
        let members = members(model, &name, &entries, problems, &mut closed.unused)?;
        closed.navigation_cut +=
            model.chain(&name).map(|ty| ty.navigation.len()).sum::<usize>() - members.navigation.len();
        waiting.extend(members.properties.iter().filter_map(|property| defined(&property.ty)));
        waiting.extend(members.navigation.iter().filter_map(|navigation| defined(&navigation.ty)));
        if let Some(entry) = entries.unions.get(name.as_str()) {
            let subtypes = subtypes(model, &name, entry, problems, &mut closed.unused)?;
            waiting.extend(subtypes.iter().cloned());
            closed.unions.insert(name.clone(), subtypes);
        }
        closed.types.insert(name, members);
    }
    entries.unreached(&mut closed, problems)?;
    Ok(closed)
}

fn defined(ty: &TypeRef) -> Option<QualifiedName> {
    match &ty.target {
        TypeName::Defined(name) => Some(name.clone()),
        TypeName::Primitive(_) => None,
    }
}

/// The entries of `pim.toml` that speak of a version, by the type that they are about.
struct Entries<'t> {
    types: BTreeMap<&'t str, &'t TypeEntry>,
    unions: BTreeMap<&'t str, &'t UnionEntry>,
}

impl<'t> Entries<'t> {
    fn of(manifest: &'t Manifest, version: &str) -> Result<Self> {
        let mut entries = Self { types: BTreeMap::new(), unions: BTreeMap::new() };
        for entry in manifest.types.iter().filter(|entry| covers(entry.versions.as_deref(), version)) {
            if entries.types.insert(entry.name.get_ref(), entry).is_some() {
                return Err(twice(manifest, &entry.name, version));
            }
        }
        for entry in manifest.unions.iter().filter(|entry| covers(entry.versions.as_deref(), version)) {
            if entries.unions.insert(entry.base.get_ref(), entry).is_some() {
                return Err(twice(manifest, &entry.base, version));
            }
        }
        Ok(entries)
    }

    /// An entry about a type that no kept operation needs keeps nothing: it is a mistake, or a leftover. Its members are
    /// lacking with it, so that a mistake in one of them is seen in another version.
    fn unreached(&self, closed: &mut Closed<'_>, problems: &mut Problems<'_>) -> Result<()> {
        let types = self.types.values().map(|entry| {
            let members = entry.properties.iter().flatten().chain(&entry.navigation);
            (&entry.name, members.collect::<Vec<_>>(), entry.versions.is_some())
        });
        let unions = self
            .unions
            .values()
            .map(|entry| (&entry.base, entry.subtypes.iter().collect::<Vec<_>>(), entry.versions.is_some()));
        let unreached: Vec<_> = types
            .chain(unions)
            .filter(|(name, ..)| !closed.types.contains_key(&QualifiedName::new(name.get_ref())))
            .collect();
        for (name, parts, explicit) in unreached {
            let hint = did_you_mean(name.get_ref(), closed.types.keys().map(QualifiedName::as_str));
            let message = format!("no kept operation needs the type `{}`{hint}", name.get_ref());
            missing(name, None, explicit, message, problems, &mut closed.unused)?;
            for part in parts.into_iter().filter(|_| !explicit) {
                let message = format!("{} has no `{}`", name.get_ref(), part.get_ref());
                missing(part, Some(name), explicit, message, problems, &mut closed.unused)?;
            }
        }
        Ok(())
    }
}

fn twice(manifest: &Manifest, name: &Spanned<String>, version: &str) -> Error {
    let message = format!("`{}` has two entries for {version}; join them", name.get_ref());
    Error::at(manifest.text.as_bytes(), name.span().start, message)
}

fn members<'m>(
    model: &'m Model,
    name: &QualifiedName,
    entries: &Entries<'_>,
    problems: &mut Problems<'_>,
    unused: &mut Vec<Unused>,
) -> Result<Members<'m>> {
    let mut chain: Vec<_> = model.chain(name).collect();
    chain.reverse();
    let mut members = Members {
        properties: chain.iter().flat_map(|ty| &ty.properties).collect(),
        navigation: chain.iter().flat_map(|ty| &ty.navigation).collect(),
    };
    if let Some(entry) = entries.types.get(name.as_str()) {
        let explicit = entry.versions.is_some();
        let properties = members.properties.iter().map(|property| property.name.as_str());
        let navigation = members.navigation.iter().map(|navigation| navigation.name.as_str());
        let lacking = lacking(name, "property", entry.properties.iter().flatten(), properties).chain(self::lacking(
            name,
            "navigation property",
            &entry.navigation,
            navigation,
        ));
        for (wanted, message) in lacking.collect::<Vec<_>>() {
            missing(wanted, Some(&entry.name), explicit, message, problems, unused)?;
        }
        if let Some(kept) = &entry.properties {
            // A key is always kept: without it what was read cannot be addressed.
            let keys: Vec<_> = chain.iter().flat_map(|ty| &ty.key).collect();
            let is_kept = |have: &String| keys.contains(&have) || kept.iter().any(|wanted| wanted.get_ref() == have);
            members.properties.retain(|property| is_kept(&property.name));
        }
    }
    // What is kept of a base type is kept of its subtypes too.
    let kept: BTreeSet<&str> = chain
        .iter()
        .filter_map(|ty| entries.types.get(ty.name.as_str()))
        .flat_map(|entry| entry.navigation.iter().map(|wanted| wanted.get_ref().as_str()))
        .collect();
    members.navigation.retain(|navigation| kept.contains(navigation.name.as_str()));
    Ok(members)
}

/// The names of `wanted` that are not among `have`, each with what is wrong with it.
fn lacking<'t, 'n>(
    ty: &QualifiedName,
    what: &str,
    wanted: impl IntoIterator<Item = &'t Spanned<String>>,
    have: impl Iterator<Item = &'n str> + Clone,
) -> impl Iterator<Item = (&'t Spanned<String>, String)> {
    wanted.into_iter().filter_map(move |wanted| {
        let name = wanted.get_ref().as_str();
        let is_there = have.clone().any(|have| have == name);
        (!is_there).then(|| (wanted, format!("{ty} has no {what} `{name}`{}", did_you_mean(name, have.clone()))))
    })
}

fn subtypes(
    model: &Model,
    base: &QualifiedName,
    entry: &UnionEntry,
    problems: &mut Problems<'_>,
    unused: &mut Vec<Unused>,
) -> Result<Vec<QualifiedName>> {
    let mut subtypes = Vec::new();
    for wanted in &entry.subtypes {
        let name = QualifiedName::new(wanted.get_ref());
        if model.is_a(&name, base) {
            subtypes.push(name);
            continue;
        }
        let hint = did_you_mean(wanted.get_ref(), model.derived(base).map(|ty| ty.name.as_str()));
        let message = format!("`{}` is no subtype of {base}{hint}", wanted.get_ref());
        missing(wanted, Some(&entry.base), entry.versions.is_some(), message, problems, unused)?;
    }
    Ok(subtypes)
}

/// A name that this version lacks. An entry that names its versions must hold in each of them; one that does not must
/// hold in at least one, which is seen when all versions have been selected.
fn missing(
    name: &Spanned<String>,
    part_of: Option<&Spanned<String>>,
    explicit: bool,
    message: String,
    problems: &mut Problems<'_>,
    unused: &mut Vec<Unused>,
) -> Result<()> {
    let at = name.span().start;
    if explicit {
        problems.pass_over::<()>(at, Err(Error::new(message)))?;
    } else {
        unused.push(Unused { at, part_of: part_of.map(|entry| entry.span().start), explicit, message });
    }
    Ok(())
}
