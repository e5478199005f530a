//! From the metadata's types to Rust's.

use super::facts::Facts;
use super::name::type_name;
use crate::edm::{QualifiedName, TypeName, TypeRef};
use crate::ir::Type;
use crate::select::Surface;
use crate::{Error, Result};

/// Turns type references into types of the API.
pub(super) struct Types<'a> {
    pub(super) surface: &'a Surface<'a>,
    pub(super) facts: &'a Facts<'a>,
}

impl Types<'_> {
    /// The type that `ty` refers to. `place` says in errors where that is.
    pub(super) fn of(&self, ty: &TypeRef, place: &str) -> Result<Type> {
        let element = match &ty.target {
            TypeName::Primitive(name) => primitive(name).ok_or_else(|| {
                Error::new(format!(
                    "{place}: a member of type Edm.{name} cannot be expressed; leave it out of pim.toml by listing the \
                     properties that are kept"
                ))
            })?,
            TypeName::Defined(name) => self.defined(name, place)?,
        };
        Ok(if ty.collection { Type::Collection(Box::new(element)) } else { element })
    }

    fn defined(&self, name: &QualifiedName, place: &str) -> Result<Type> {
        if let Some(ty) = self.surface.model.enums.get(name) {
            if ty.flags {
                return Err(Error::new(format!(
                    "{place}: the enumeration {name} combines its values (IsFlags), which cannot be expressed; leave the \
                     member out of pim.toml"
                )));
            }
            return Ok(Type::Enum(type_name(name.name())));
        }
        let rust = type_name(name.name());
        Ok(if self.surface.unions.contains_key(name) { Type::Union(rust) } else { Type::Object { rust, boxed: false } })
    }

    /// The type of a structural property of `owner`: strings that hold keys are ids, and secrets are kept secret.
    pub(super) fn property(&self, owner: &QualifiedName, name: &str, ty: &TypeRef) -> Result<Type> {
        let place = format!("{owner}/{name}");
        let plain = self.of(ty, &place)?;
        if plain != Type::String {
            return Ok(plain);
        }
        if self.facts.lists(owner, name, |facts| &facts.secret) {
            return Ok(Type::Secret);
        }
        Ok(self.key_of(owner, name).map_or(Type::String, |entity| Type::Id(type_name(entity.name()))))
    }

    /// The entity whose key the string property `name` holds: its owner's if it is the key; what the overlay says; else,
    /// as is Graph's habit, `principalId` beside a relation `principal` is that entity's.
    fn key_of(&self, owner: &QualifiedName, name: &str) -> Option<QualifiedName> {
        let surface = self.surface;
        if surface.model.chain(owner).any(|ty| ty.key.iter().any(|key| key == name)) {
            return Some(owner.clone());
        }
        if let Some(entity) = self.facts.id_of(owner, name) {
            // The facts were held against the selection: one that is not kept is one that may be missing.
            return Some(QualifiedName::new(entity)).filter(|entity| surface.types.contains_key(entity));
        }
        if self.facts.lists(owner, name, |facts| &facts.not_ids) {
            return None;
        }
        let relation = name.strip_suffix("Id")?;
        // A relation that is kept of a base type counts for its subtypes too: all call the member the same.
        let mut kept = surface.model.chain(owner).filter_map(|ty| surface.types.get(&ty.name));
        let navigation = kept.find_map(|members| {
            members.navigation.iter().find(|navigation| navigation.name == relation && !navigation.ty.collection)
        });
        navigation.and_then(|navigation| match &navigation.ty.target {
            TypeName::Defined(entity) => Some(entity.clone()),
            TypeName::Primitive(_) => None,
        })
    }
}

fn primitive(name: &str) -> Option<Type> {
    Some(match name {
        "Boolean" => Type::Boolean,
        "Byte" | "SByte" | "Int16" | "Int32" => Type::Int32,
        "Int64" => Type::Int64,
        "Single" | "Double" | "Decimal" => Type::Double,
        "String" => Type::String,
        "Guid" => Type::Guid,
        "Binary" => Type::Binary,
        "Date" => Type::Date,
        "TimeOfDay" => Type::TimeOfDay,
        "DateTimeOffset" => Type::DateTimeOffset,
        "Duration" => Type::Duration,
        _ => return None,
    })
}

/// A type as CSDL writes it.
pub(super) fn edm(ty: &TypeRef) -> String {
    let name = match &ty.target {
        TypeName::Primitive(name) => format!("Edm.{name}"),
        TypeName::Defined(name) => name.to_string(),
    };
    if ty.collection { format!("Collection({name})") } else { name }
}
