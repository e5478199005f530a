//! Corrections: properties whose type the metadata gets wrong.

use crate::edm::{Model, QualifiedName, StructuredType, TypeName, TypeRef};
use crate::nearest::did_you_mean;
use crate::select::{Missing, Unused};
use crate::spec::{Correction, Overlay, covers};
use crate::{Error, Result};

/// A correction that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// The type that declares the property.
    pub ty: QualifiedName,
    /// The property.
    pub property: String,
    /// The type that it had.
    pub was: TypeRef,
}

impl Corrected {
    /// Gives the property of `ty` the type back that it had.
    pub(crate) fn take_back(&self, ty: &mut StructuredType) {
        if let Some(property) = property_type(ty, &self.property) {
            *property = self.was.clone();
        }
    }
}

/// Makes the overlay's corrections for `version`. One that finds nothing to correct is an error, or unused if it does
/// not say which versions it means.
pub fn correct(
    model: &mut Model,
    overlay: &Overlay,
    version: &str,
    missing: Missing,
) -> Result<(Vec<Corrected>, Vec<Unused>)> {
    let mut corrected = Vec::new();
    let mut unused = Vec::new();
    for correction in overlay.corrections.iter().filter(|entry| covers(entry.versions.as_deref(), version)) {
        match apply(model, correction) {
            Ok(done) => corrected.push(done),
            Err(message) => {
                let at = correction.ty.span().start;
                if correction.versions.is_some() && missing == Missing::Error {
                    return Err(Error::at(overlay.text.as_bytes(), at, message));
                }
                unused.push(Unused { at, part_of: None, explicit: correction.versions.is_some(), message });
            }
        }
    }
    Ok((corrected, unused))
}

fn apply(model: &mut Model, correction: &Correction) -> Result<Corrected, String> {
    let (ty, property) = (correction.ty.get_ref().as_str(), correction.property.get_ref().as_str());
    let target = QualifiedName::new(correction.set_type.get_ref());
    if !model.structured.contains_key(&target) && !model.enums.contains_key(&target) {
        let names = model.structured.keys().chain(model.enums.keys()).map(QualifiedName::as_str);
        let hint = did_you_mean(target.as_str(), names);
        return Err(format!(
            "the correction of `{ty}/{property}` sets the type `{target}`, which does not exist{hint}"
        ));
    }
    let name = QualifiedName::new(ty);
    let Some(structured) = model.structured.get_mut(&name) else {
        let hint = did_you_mean(ty, model.structured.keys().map(QualifiedName::as_str));
        return Err(format!("the correction of `{ty}/{property}` applies to nothing: there is no such type{hint}"));
    };
    let Some(found) = property_type(structured, property) else {
        return Err(format!(
            "the correction of `{ty}/{property}` applies to nothing: the type declares no such property"
        ));
    };
    if found.target == TypeName::Defined(target.clone()) {
        return Err(format!(
            "the correction of `{ty}/{property}` applies to nothing: the metadata has the type `{target}` by now; remove it"
        ));
    }
    let was = found.clone();
    found.target = TypeName::Defined(target);
    Ok(Corrected { ty: name, property: property.to_owned(), was })
}

fn property_type<'t>(ty: &'t mut StructuredType, name: &str) -> Option<&'t mut TypeRef> {
    let properties = ty.properties.iter_mut().map(|property| (&property.name, &mut property.ty));
    let navigation = ty.navigation.iter_mut().map(|navigation| (&navigation.name, &mut navigation.ty));
    properties.chain(navigation).find(|(have, _)| *have == name).map(|(_, ty)| ty)
}
