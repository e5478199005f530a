//! Types as Rust writes them, and what a file has to import for them.

use std::collections::BTreeSet;

use crate::ir::{Member, Type};

/// A type, with `models` before the names of types of the API: empty inside their own module.
pub(crate) fn type_text(ty: &Type, models: &str) -> String {
    match ty {
        Type::Boolean => "bool".to_owned(),
        Type::Int32 => "i32".to_owned(),
        Type::Int64 => "i64".to_owned(),
        Type::Double => "f64".to_owned(),
        Type::String | Type::Guid | Type::Binary => "String".to_owned(),
        Type::Secret => "Secret".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::TimeOfDay => "TimeOfDay".to_owned(),
        Type::DateTimeOffset => "DateTimeOffset".to_owned(),
        Type::Duration => "Duration".to_owned(),
        Type::Id(rust) => format!("Id<{models}{rust}>"),
        Type::Reference(rust) => format!("Reference<{models}{rust}>"),
        Type::Enum(rust) | Type::Union(rust) | Type::Object { rust, boxed: false } => format!("{models}{rust}"),
        Type::Object { rust, boxed: true } => format!("Box<{models}{rust}>"),
        Type::Collection(element) => format!("Vec<{}>", type_text(element, models)),
    }
}

/// What a property holds, as the fields of queries say it.
pub(crate) fn field_text(member: &Member) -> String {
    match (&member.ty, member.expanded) {
        (Type::Collection(entity), true) => format!("Relations<{}>", value_text(entity)),
        (entity, true) => format!("Relation<{}>", value_text(entity)),
        (ty, false) => value_text(ty),
    }
}

/// A type of values. Boxes are nothing to a query, and what is text in an object may be written otherwise in a query.
fn value_text(ty: &Type) -> String {
    match ty {
        Type::Guid => "Guid".to_owned(),
        Type::Binary => "Binary".to_owned(),
        Type::Object { rust, boxed: true } => rust.clone(),
        Type::Collection(element) => format!("Vec<{}>", value_text(element)),
        other => type_text(other, ""),
    }
}

/// What a file uses of the runtime and of the other types of the API.
#[derive(Default)]
pub(super) struct Imports {
    runtime: BTreeSet<&'static str>,
    models: BTreeSet<String>,
}

impl Imports {
    pub(super) fn runtime(&mut self, name: &'static str) {
        self.runtime.insert(name);
    }

    pub(super) fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Secret => self.runtime("Secret"),
            Type::Date => self.runtime("Date"),
            Type::TimeOfDay => self.runtime("TimeOfDay"),
            Type::DateTimeOffset => self.runtime("DateTimeOffset"),
            Type::Duration => self.runtime("Duration"),
            Type::Id(rust) => {
                self.runtime("Id");
                self.model(rust);
            }
            Type::Reference(rust) => {
                self.runtime("Reference");
                self.model(rust);
            }
            Type::Enum(rust) | Type::Union(rust) | Type::Object { rust, .. } => self.model(rust),
            Type::Collection(element) => self.ty(element),
            Type::Boolean | Type::Int32 | Type::Int64 | Type::Double | Type::String | Type::Guid | Type::Binary => {}
        }
    }

    pub(super) fn model(&mut self, rust: &str) {
        self.models.insert(rust.to_owned());
    }

    /// The `use` lines of a file that defines `own` itself.
    pub(super) fn text(mut self, own: &str) -> String {
        self.models.remove(own);
        let list = |names: Vec<&str>| match names.as_slice() {
            [name] => (*name).to_owned(),
            names => format!("{{{}}}", names.join(", ")),
        };
        let mut text = String::new();
        if !self.runtime.is_empty() {
            text.push_str(&format!("use pim_client::runtime::{};\n", list(self.runtime.into_iter().collect())));
        }
        if !self.models.is_empty() {
            text.push_str(&format!("use super::{};\n", list(self.models.iter().map(String::as_str).collect())));
        }
        text
    }
}
