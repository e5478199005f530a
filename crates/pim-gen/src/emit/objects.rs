//! Objects: entities as they are read, complex types, and the bodies that create and change.

use std::fmt::Write as _;

use super::code::{Imports, field_text, type_text};
use super::docs::{Docs, plain};
use crate::emit::Source;
use crate::ir::{Member, Object, Shape, Type};

pub(super) fn file(shape: &Shape, object: &Object, docs: Docs) -> Source {
    let rust = &shape.rust;
    let mut imports = Imports::default();
    imports.runtime("AdditionalData");
    if let Some(of) = object.fields_of() {
        imports.model(of);
    }
    let mut source = Source::default();
    let mut code = String::new();
    if object.entity {
        imports.runtime("Id");
        let _ = write!(code, "/// The key of a [`{rust}`].\npub type {rust}Id = Id<{rust}>;\n");
    }
    code.push_str(&docs.into_text());
    let is_made = object.is_made();
    // On the type rather than on each of its setters: all of them return it. A type that is read is not only built.
    let must_use = if is_made && !object.sent_whole { "#[must_use]\n" } else { "" };
    let _ = write!(
        code,
        "{must_use}#[derive(Clone, Debug, Default, PartialEq)]\n#[non_exhaustive]\npub struct {rust} {{\n"
    );
    for member in &object.members {
        imports.ty(&member.ty);
        let ty = type_text(&member.ty, "");
        let holder = if object.role.is_body() { "Property" } else { "Option" };
        let _ = write!(code, "{}pub {}: {holder}<{ty}>,\n", member_docs(member), member.rust);
    }
    code.push_str("/// Members that have no field, and which of those that have one were null.\n");
    code.push_str("pub additional_data: AdditionalData,\n}\n");
    if is_made {
        if !object.members.is_empty() {
            imports.runtime("Property");
        }
        if !object.role.is_body() && !object.members.is_empty() {
            imports.runtime("assign");
        }
        code.push_str(&constructors(rust, object));
    }
    source.push_code(&imports.text(rust));
    source.push_code(&code);
    source.push_text(&members_macro(shape, object));
    source
}

fn member_docs(member: &Member) -> String {
    let expanded = if member.expanded { " (with `$expand`)" } else { "" };
    match &member.doc {
        Some(doc) => format!("/// `{}`{expanded}: {}\n", member.wire, plain(doc)),
        None => format!("/// `{}`{expanded}, of type `{}`.\n", member.wire, member.edm),
    }
}

/// `new`, with what the service insists on, and a method for every other member.
fn constructors(rust: &str, object: &Object) -> String {
    let required: Vec<_> = object.members.iter().filter(|member| member.required).collect();
    let mut code = format!("impl {rust} {{\n");
    let doc = if required.is_empty() { "With nothing said." } else { "With the members that are always needed." };
    let arguments: Vec<_> =
        required.iter().map(|member| format!("{}: {}", member.rust, argument(&member.ty))).collect();
    let fields: String = required
        .iter()
        .map(|member| match member.ty {
            Type::Enum(_) => format!("{0}: Property::Value({0}),", member.rust),
            _ => format!("{0}: Property::Value({0}.into()),", member.rust),
        })
        .collect();
    let body = if required.is_empty() {
        "Self::default()".to_owned()
    } else {
        format!("Self {{ {fields} ..Self::default() }}")
    };
    let _ = write!(code, "/// {doc}\npub fn new({}) -> Self {{ {body} }}\n", arguments.join(", "));
    for member in object.members.iter().filter(|member| !member.required) {
        let Member { rust: name, wire, ty, doc, .. } = member;
        let set = if object.role.is_body() {
            "value.into()".to_owned()
        } else {
            format!("assign(&mut self, {wire:?}, value)")
        };
        let _ = write!(
            code,
            "/// Sets `{wire}`{doc}\npub fn {name}(mut self, value: impl Into<Property<{ty}>>) -> Self {{
                self.{name} = {set};
                self
            }}\n",
            ty = type_text(ty, ""),
            doc = doc.as_deref().map_or_else(|| ".".to_owned(), |doc| format!(": {}", plain(doc))),
        );
    }
    code.push_str("}\n");
    code
}

/// The type of an argument that is always needed. Enumerations are taken as they are: text that is meant to be one of
/// their values is not to become an unknown one without anybody noticing.
pub(crate) fn argument(ty: &Type) -> String {
    let text = type_text(ty, "");
    if matches!(ty, Type::Enum(_)) { text } else { format!("impl Into<{text}>") }
}

fn members_macro(shape: &Shape, object: &Object) -> String {
    let of = object.fields_of().map_or_else(String::new, |of| format!(", fields of {of}"));
    let mut text = format!("pim_client::runtime::object! {{\n    {} = \"{}\"{of} {{\n", shape.rust, shape.graph);
    for member in &object.members {
        let Member { wire, rust, .. } = member;
        let field = if of.is_empty() { String::new() } else { format!(": {}", field_text(member)) };
        let _ = writeln!(text, "        {wire:?} => {rust}{field},");
    }
    text.push_str("    }\n}\n");
    text
}
