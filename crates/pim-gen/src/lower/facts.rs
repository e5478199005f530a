//! The overlay's facts, by what they are about.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::edm::{QualifiedName, StructuredType};
use crate::nearest::did_you_mean;
use crate::select::{Missing, Surface, Unused};
use crate::spec::{Correction, EnumFacts, Overlay, TypeFacts, covers};
use crate::{Error, Result};

/// What the overlay knows about one version of the API.
pub(super) struct Facts<'a> {
    surface: &'a Surface<'a>,
    types: BTreeMap<&'a str, &'a TypeFacts>,
    enums: BTreeMap<&'a str, &'a EnumFacts>,
}

impl<'a> Facts<'a> {
    /// The facts about the selection's version. One that is about nothing in the selection is an error, or unused if
    /// it does not say which versions it means.
    pub(super) fn of(overlay: &'a Overlay, surface: &'a Surface<'a>, missing: Missing) -> Result<(Self, Vec<Unused>)> {
        let mut facts = Self { surface, types: BTreeMap::new(), enums: BTreeMap::new() };
        let mut check = Check { text: &overlay.text, missing, unused: Vec::new() };
        for entry in overlay.types.iter().filter(|entry| covers(entry.versions.as_deref(), &surface.version)) {
            check.ty(surface, entry)?;
            if facts.types.insert(entry.name.get_ref(), entry).is_some() {
                return Err(check.twice(&entry.name));
            }
        }
        for entry in overlay.enums.iter().filter(|entry| covers(entry.versions.as_deref(), &surface.version)) {
            check.enumeration(surface, entry)?;
            if facts.enums.insert(entry.name.get_ref(), entry).is_some() {
                return Err(check.twice(&entry.name));
            }
        }
        for entry in overlay.corrections.iter().filter(|entry| covers(entry.versions.as_deref(), &surface.version)) {
            check.correction(surface, entry)?;
        }
        Ok((facts, check.unused))
    }

    pub(super) fn ty(&self, name: &QualifiedName) -> Option<&'a TypeFacts> {
        self.types.get(name.as_str()).copied()
    }

    pub(super) fn enumeration(&self, name: &QualifiedName) -> Option<&'a EnumFacts> {
        self.enums.get(name.as_str()).copied()
    }

    /// Whether a type, or one that it derives from, lists `member`.
    pub(super) fn lists(
        &self,
        name: &QualifiedName,
        member: &str,
        list: impl Fn(&'a TypeFacts) -> &'a Vec<Spanned<String>>,
    ) -> bool {
        self.chain(name).any(|facts| list(facts).iter().any(|listed| listed.get_ref() == member))
    }

    /// What a member means: said of the type, or of the nearest one that it derives from.
    pub(super) fn member_doc(&self, name: &QualifiedName, member: &str) -> Option<&'a str> {
        self.chain(name).find_map(|facts| facts.properties.get(member).map(String::as_str))
    }

    /// The type whose key a string member holds.
    pub(super) fn id_of(&self, name: &QualifiedName, member: &str) -> Option<&'a str> {
        self.chain(name).find_map(|facts| facts.ids.get(member).map(|entity| entity.get_ref().as_str()))
    }

    fn chain(&self, name: &QualifiedName) -> impl Iterator<Item = &'a TypeFacts> {
        self.surface.model.chain(name).filter_map(|ty: &StructuredType| self.types.get(ty.name.as_str()).copied())
    }
}

/// Holds entries against the selection.
struct Check<'a> {
    text: &'a str,
    missing: Missing,
    unused: Vec<Unused>,
}

impl Check<'_> {
    fn ty(&mut self, surface: &Surface<'_>, entry: &TypeFacts) -> Result<()> {
        let explicit = entry.versions.is_some();
        let name = QualifiedName::new(entry.name.get_ref());
        // Facts about a base type hold for all that derive from it.
        let about: Vec<_> = surface.types.iter().filter(|(have, _)| surface.model.is_a(have, &name)).collect();
        if about.is_empty() {
            let hint = did_you_mean(name.as_str(), surface.types.keys().map(QualifiedName::as_str));
            let message = format!("the overlay's entry for `{name}` applies to nothing: no kept type is one{hint}");
            self.nothing(&entry.name, None, explicit, message)?;
        }
        // Where there is no such type there are no such members either: a mistake in one is then seen in another version.
        let part_of = Some(entry.name.span().start);
        let properties =
            about.iter().flat_map(|(_, members)| &members.properties).map(|property| property.name.as_str());
        let relations =
            about.iter().flat_map(|(_, members)| &members.navigation).map(|relation| relation.name.as_str());
        let (properties, relations): (Vec<_>, Vec<_>) = (properties.collect(), relations.collect());
        let members = [properties.as_slice(), &relations].concat();
        let lists = [
            (&entry.read_only, "property", &properties),
            (&entry.create_only, "property", &properties),
            (&entry.required_on_create, "property", &properties),
            (&entry.secret, "property", &properties),
            (&entry.not_ids, "property", &properties),
            (&entry.bind, "relation", &relations),
            (&entry.deep_update, "relation", &relations),
        ];
        let listed =
            lists.into_iter().flat_map(|(list, what, have)| list.iter().map(move |member| (member, what, have)));
        let ids = entry.ids.keys().map(|member| (member, "property", &properties));
        let described = entry.properties.keys().map(|member| (member, "member", &members));
        for (member, what, have) in listed.chain(ids).chain(described) {
            let wanted = member.get_ref().as_str();
            if !have.contains(&wanted) {
                let hint = did_you_mean(wanted, have.iter().copied());
                let message = format!(
                    "the overlay's fact about `{name}/{wanted}` applies to nothing: no such {what} is kept{hint}"
                );
                self.nothing(member, part_of, explicit, message)?;
            }
        }
        for (member, entity) in &entry.ids {
            let member = format!("{name}/{}", member.get_ref());
            if let Some(message) = not_a_key(surface, &member, entity) {
                self.nothing(entity, part_of, explicit, message)?;
            }
        }
        Ok(())
    }

    /// From the selection alone, which has nothing else, a correction of what is not kept could not be made.
    fn correction(&mut self, surface: &Surface<'_>, entry: &Correction) -> Result<()> {
        let (ty, property) = (QualifiedName::new(entry.ty.get_ref()), entry.property.get_ref());
        let mut about = surface.types.iter().filter(|(name, _)| surface.model.is_a(name, &ty));
        let is_kept = about.any(|(_, members)| {
            members.properties.iter().any(|kept| kept.name == *property)
                || members.navigation.iter().any(|kept| kept.name == *property)
        });
        if is_kept {
            return Ok(());
        }
        let message = format!("the correction of `{ty}/{property}` applies to nothing: no such member is kept");
        self.nothing(&entry.ty, None, entry.versions.is_some(), message)
    }

    fn enumeration(&mut self, surface: &Surface<'_>, entry: &EnumFacts) -> Result<()> {
        let explicit = entry.versions.is_some();
        let name = QualifiedName::new(entry.name.get_ref());
        let kept = surface.model.enums.get(&name).filter(|_| surface.enums.contains(&name));
        if kept.is_none() {
            let hint = did_you_mean(name.as_str(), surface.enums.iter().map(QualifiedName::as_str));
            let message =
                format!("the overlay's entry for `{name}` applies to nothing: the enumeration is not kept{hint}");
            self.nothing(&entry.name, None, explicit, message)?;
        }
        let names = || kept.into_iter().flat_map(|ty| &ty.members).map(|(member, _)| member.as_str());
        for member in entry.members.keys().filter(|member| !names().any(|have| have == member.get_ref())) {
            let hint = did_you_mean(member.get_ref(), names());
            let message = format!("the overlay's fact about `{name}/{}` applies to nothing{hint}", member.get_ref());
            self.nothing(member, Some(entry.name.span().start), explicit, message)?;
        }
        Ok(())
    }

    fn nothing(&mut self, at: &Spanned<String>, part_of: Option<usize>, explicit: bool, message: String) -> Result<()> {
        let at = at.span().start;
        if explicit && self.missing == Missing::Error {
            return Err(Error::at(self.text.as_bytes(), at, message));
        }
        self.unused.push(Unused { at, part_of, explicit, message });
        Ok(())
    }

    fn twice(&self, name: &Spanned<String>) -> Error {
        let message = format!("`{}` has two entries; join them", name.get_ref());
        Error::at(self.text.as_bytes(), name.span().start, message)
    }
}

/// What is wrong with saying that `member` is the key of an `entity`: only those of entities that are kept have a type.
fn not_a_key(surface: &Surface<'_>, member: &str, entity: &Spanned<String>) -> Option<String> {
    let name = QualifiedName::new(entity.get_ref());
    if surface.types.contains_key(&name) {
        return None;
    }
    let hint = did_you_mean(name.as_str(), surface.types.keys().map(QualifiedName::as_str));
    Some(format!("the overlay says that `{member}` is the key of a `{name}`, which is not kept{hint}"))
}
