//! What must hold in a document beyond that its names refer to something.

use crate::edm::{Model, QualifiedName, StructuredType};
use crate::nearest::did_you_mean;
use crate::{Error, Result};
use std::collections::{HashMap, HashSet};

/// No two of `names` are the same. Each comes with its place in `text`.
pub(super) fn distinct<'a>(text: &[u8], what: &str, names: impl Iterator<Item = (&'a str, usize)>) -> Result<()> {
    let mut seen = HashSet::with_capacity(names.size_hint().0);
    for (name, at) in names {
        if !seen.insert(name) {
            return Err(Error::at(text, at, format!("a second {what} called `{name}`")));
        }
    }
    Ok(())
}

/// No type derives from itself.
pub(super) fn bases(model: &Model, text: &[u8]) -> Result<()> {
    // Which type the walk that came past a type had begun at. So every type is passed once.
    let mut passed: HashMap<&QualifiedName, &QualifiedName> = HashMap::new();
    for start in model.structured.values() {
        let mut next = Some(start);
        while let Some(ty) = next {
            match passed.insert(&ty.name, &start.name) {
                None => next = ty.base.as_ref().and_then(|base| model.structured.get(base)),
                Some(walk) if *walk == start.name => return Err(own_ancestor(ty, text)),
                // From here an earlier walk has found a root.
                Some(_) => break,
            }
        }
    }
    Ok(())
}

fn own_ancestor(ty: &StructuredType, text: &[u8]) -> Error {
    let through = ty.base.as_ref().filter(|base| **base != ty.name);
    let through = through.map(|base| format!(", through `{base}`")).unwrap_or_default();
    Error::at(text, ty.at, format!("`{}` derives from itself{through}", ty.name))
}

/// No type declares a property that it inherits.
pub(super) fn redeclarations(model: &Model, text: &[u8]) -> Result<()> {
    for ty in model.structured.values() {
        let Some(base) = &ty.base else { continue };
        let properties = ty.properties.iter().map(|property| (&property.name, property.at));
        let navigation = ty.navigation.iter().map(|navigation| (&navigation.name, navigation.at));
        for (name, at) in properties.chain(navigation) {
            if let Some(ancestor) = model.chain(base).find(|ancestor| declares(ancestor, name)) {
                let message = format!("`{}` declares `{name}`, which it has from `{}`", ty.name, ancestor.name);
                return Err(Error::at(text, at, message));
            }
        }
    }
    Ok(())
}

fn declares(ty: &StructuredType, name: &str) -> bool {
    ty.properties.iter().any(|property| property.name == name)
        || ty.navigation.iter().any(|navigation| navigation.name == name)
}

/// A type has a property of either sort, its own or an inherited one.
pub(super) fn has_member(model: &Model, ty: &QualifiedName, name: &str) -> Result<()> {
    if model.chain(ty).any(|ty| declares(ty, name)) {
        return Ok(());
    }
    let structural = model.chain(ty).flat_map(|ty| ty.properties.iter().map(|property| property.name.as_str()));
    let navigation = model.chain(ty).flat_map(|ty| ty.navigation.iter().map(|navigation| navigation.name.as_str()));
    let hint = did_you_mean(name, structural.chain(navigation));
    Err(Error::new(format!("`{ty}` has no property `{}`{hint}", name.escape_debug())))
}
