//! The overlay's facts, by what they are about.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::edm::{QualifiedName, StructuredType};
use crate::nearest::did_you_mean;
use crate::select::{Missing, Surface, Unused};
use crate::spec::{EnumFacts, Overlay, TypeFacts, covers};
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
            return self.nothing(&entry.name, explicit, message);
        }
        let members: Vec<&str> = about
            .iter()
            .flat_map(|(_, members)| {
                let properties = members.properties.iter().map(|property| property.name.as_str());
                properties.chain(members.navigation.iter().map(|navigation| navigation.name.as_str()))
            })
            .collect();
        let lists = [
            &entry.read_only,
            &entry.create_only,
            &entry.required_on_create,
            &entry.secret,
            &entry.not_ids,
            &entry.bind,
            &entry.deep_update,
        ];
        let named = lists.into_iter().flatten().chain(entry.ids.keys()).chain(entry.properties.keys());
        for member in named.filter(|member| !members.contains(&member.get_ref().as_str())) {
            let hint = did_you_mean(member.get_ref(), members.iter().copied());
            let message = format!(
                "the overlay's fact about `{name}/{}` applies to nothing: no such member is kept{hint}",
                member.get_ref()
            );
            self.nothing(member, explicit, message)?;
        }
        Ok(())
    }

    fn enumeration(&mut self, surface: &Surface<'_>, entry: &EnumFacts) -> Result<()> {
        let explicit = entry.versions.is_some();
        let name = QualifiedName::new(entry.name.get_ref());
        let Some(ty) = surface.model.enums.get(&name).filter(|_| surface.enums.contains(&name)) else {
            let hint = did_you_mean(name.as_str(), surface.enums.iter().map(QualifiedName::as_str));
            let message =
                format!("the overlay's entry for `{name}` applies to nothing: the enumeration is not kept{hint}");
            return self.nothing(&entry.name, explicit, message);
        };
        let names = || ty.members.iter().map(|(member, _)| member.as_str());
        for member in entry.members.keys().filter(|member| !names().any(|have| have == member.get_ref())) {
            let hint = did_you_mean(member.get_ref(), names());
            let message = format!("the overlay's fact about `{name}/{}` applies to nothing{hint}", member.get_ref());
            self.nothing(member, explicit, message)?;
        }
        Ok(())
    }

    fn nothing(&mut self, at: &Spanned<String>, explicit: bool, message: String) -> Result<()> {
        let at = at.span().start;
        if explicit && self.missing == Missing::Error {
            return Err(Error::at(self.text.as_bytes(), at, message));
        }
        self.unused.push(Unused { at, message });
        Ok(())
    }

    fn twice(&self, name: &Spanned<String>) -> Error {
        let message = format!("`{}` has two entries; join them", name.get_ref());
        Error::at(self.text.as_bytes(), name.span().start, message)
    }
}
