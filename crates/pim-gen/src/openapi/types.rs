//! The types that all files declare: schemas of the same name are one type.

use std::collections::BTreeMap;

use super::components::{Components, Used};
use super::document::{Description, Habits, Property, Schema, Types as Says};
use super::files::Files;
use crate::Result;
use crate::csdl::{Text, is_identifier};

/// The declared types by name.
pub(super) type Types<'a> = BTreeMap<Text<'a>, Declared<'a>>;

/// A type.
#[derive(Debug)]
pub(super) struct Declared<'a> {
    pub(super) at: usize,
    pub(super) kind: Kind<'a>,
}

impl Declared<'_> {
    /// Whether it is an entity type or a complex one.
    pub(super) fn is_structured(&self) -> bool {
        matches!(self.kind, Kind::Object { .. })
    }
}

#[derive(Debug)]
pub(super) enum Kind<'a> {
    Enum {
        values: Vec<(Text<'a>, usize)>,
        flags: bool,
    },
    /// Another name of a built-in type.
    Primitive(Used<'a>),
    Object {
        base: Option<Text<'a>>,
        members: Vec<Member<'a>>,
    },
}

/// A property of either sort.
#[derive(Debug)]
pub(super) struct Member<'a> {
    pub(super) name: Text<'a>,
    pub(super) at: usize,
    pub(super) ty: Used<'a>,
    /// Whether it is a navigation property, if the file tells.
    pub(super) relation: Option<bool>,
    pub(super) computed: bool,
}

/// Declares the types of all files.
pub(super) fn declare<'a>(
    descriptions: &[Description<'a>],
    components: &Components<'_, 'a>,
    files: &Files<'_>,
) -> Result<Types<'a>> {
    let mut types = Types::new();
    for description in descriptions {
        for (name, schema) in description.schemas.iter().filter(|(name, _)| components.is_type(name)) {
            let declared = Declaring { components, files, habits: description.habits }.declared(schema)?;
            match types.get_mut(name) {
                Some(earlier) => merge(name, earlier, declared, files)?,
                None => drop(types.insert(name.clone(), declared)),
            }
        }
    }
    Ok(types)
}

struct Declaring<'d, 'c, 'a> {
    components: &'d Components<'c, 'a>,
    files: &'d Files<'d>,
    habits: Habits,
}

impl<'a> Declaring<'_, '_, 'a> {
    fn declared(&self, schema: &Schema<'a>) -> Result<Declared<'a>> {
        let at = schema.at;
        if !schema.values().is_empty() {
            let flags = schema.more.as_ref().is_some_and(|more| more.flags);
            for (value, at) in schema.values() {
                self.name("a value", value, *at)?;
            }
            return Ok(Declared { at, kind: Kind::Enum { values: schema.values().to_vec(), flags } });
        }
        let is_object = schema.reference.is_some() || !schema.all_of().is_empty() || !schema.properties().is_empty();
        let mut nothing_else = Says::OBJECT;
        nothing_else.add(Says::NULL);
        if !is_object && !schema.types.at_most(nothing_else) {
            return Ok(Declared { at, kind: Kind::Primitive(self.components.used(schema, self.habits)?) });
        }
        let parts = || std::iter::once(schema).chain(schema.all_of());
        let mut base = None;
        for part in parts() {
            let Some(name) = &part.reference else { continue };
            if let Some(first) = &base {
                let message =
                    format!("a type that derives from `{first}` and `{name}`, and a type derives from one at most");
                return Err(self.files.error(part.at, message));
            }
            if !self.components.is_type(name) {
                return Err(self.components.missing(name, part.at));
            }
            base = Some(name.clone());
        }
        let members = parts().flat_map(Schema::properties).map(|property| self.member(property));
        Ok(Declared { at, kind: Kind::Object { base, members: members.collect::<Result<_>>()? } })
    }

    fn member(&self, property: &Property<'a>) -> Result<Member<'a>> {
        self.name("a property", &property.name, property.at)?;
        Ok(Member {
            name: property.name.clone(),
            at: property.at,
            ty: self.components.used(&property.schema, self.habits)?,
            relation: self.habits.marks_relations.then_some(property.schema.relation),
            computed: property.schema.read_only,
        })
    }

    fn name(&self, what: &str, name: &str, at: usize) -> Result<()> {
        if is_identifier(name) {
            return Ok(());
        }
        let message =
            format!("{what} is called {name:?}, which is no name: ASCII letters, digits and `_`, no digit first");
        Err(self.files.error(at, message))
    }
}

/// Adds what another file says of the same type. It may say more, but nothing else.
fn merge<'a>(name: &str, to: &mut Declared<'a>, from: Declared<'a>, files: &Files<'_>) -> Result<()> {
    let contradiction = |what: &str, at: usize, earlier: usize| {
        files.error(at, format!("`{name}` {what} at {}; give files of one revision", files.place(earlier)))
    };
    match (&mut to.kind, from.kind) {
        (Kind::Enum { values, flags }, Kind::Enum { values: more, flags: also }) => {
            *flags |= also;
            for value in more {
                if !values.iter().any(|(have, _)| *have == value.0) {
                    values.push(value);
                }
            }
        }
        (Kind::Primitive(ty), Kind::Primitive(other)) if ty.written() == other.written() => {}
        (Kind::Object { base, members }, Kind::Object { base: other, members: more }) => {
            if *base != other {
                return Err(contradiction("derives from another type than", from.at, to.at));
            }
            for member in more {
                let Some(have) = members.iter_mut().find(|have| have.name == member.name) else {
                    members.push(member);
                    continue;
                };
                if have.ty.written() != member.ty.written() {
                    let what = format!(
                        "has the property `{}` as {}, and as {}",
                        member.name,
                        member.ty.written(),
                        have.ty.written()
                    );
                    return Err(contradiction(&what, member.at, have.at));
                }
                have.ty.nullable |= member.ty.nullable;
                have.computed |= member.computed;
                have.relation = have.relation.or(member.relation);
            }
        }
        _ => return Err(contradiction("is something else than", from.at, to.at)),
    }
    Ok(())
}
