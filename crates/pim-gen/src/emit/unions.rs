//! Unions: one of several objects, and one that stands for all others.

use std::fmt::Write as _;

use super::code::{Imports, type_text};
use super::docs::{Docs, plain};
use crate::emit::Source;
use crate::ir::{Member, Shape, Type, Union};

pub(super) fn file(shape: &Shape, union: &Union, docs: Docs) -> Source {
    let rust = &shape.rust;
    let mut imports = Imports::default();
    let mut code = String::new();
    if union.entity {
        imports.runtime("Id");
        let _ = write!(code, "/// The key of a [`{rust}`].\npub type {rust}Id = Id<{rust}>;\n");
    }
    let _ =
        write!(code, "{}#[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\npub enum {rust} {{\n", docs.into_text());
    for variant in &union.variants {
        imports.model(&variant.object);
        let _ = write!(code, "/// `{}`\n{}(Box<{}>),\n", variant.graph, variant.rust, variant.object);
    }
    imports.model(&union.unknown);
    let _ = write!(code, "/// Any other, with all its members.\nUnknown(Box<{}>),\n}}\n", union.unknown);
    if !union.common.is_empty() {
        let _ = write!(code, "impl {rust} {{\n");
        for member in &union.common {
            code.push_str(&accessor(member, union, &mut imports));
        }
        code.push_str("}\n");
    }
    let mut source = Source::default();
    source.push_code(&imports.text(rust));
    source.push_code(&code);
    source.push_text(&variants_macro(shape, union));
    source
}

/// A member that all have: read whatever the object is.
fn accessor(member: &Member, union: &Union, imports: &mut Imports) -> String {
    let Member { rust: name, wire, ty, .. } = member;
    // The key of each variant is of a type of its own; what they share is its text.
    let (ty, read) = match ty {
        Type::Id(_) => ("str".to_owned(), "as_ref().map(AsRef::as_ref)"),
        other => {
            imports.ty(other);
            (type_text(other, ""), "as_ref()")
        }
    };
    let arms: String = union
        .variants
        .iter()
        .map(|variant| variant.rust.as_str())
        .chain(["Unknown"])
        .map(|variant| format!("Self::{variant}(object) => object.{name}.{read},\n"))
        .collect();
    let doc = member.doc.as_deref().map_or_else(String::new, |doc| format!(": {}", plain(doc)));
    format!("/// `{wire}`{doc}\n#[must_use]\npub fn {name}(&self) -> Option<&{ty}> {{ match self {{ {arms} }} }}\n")
}

fn variants_macro(shape: &Shape, union: &Union) -> String {
    let mut text = format!(
        "pim_client::runtime::union! {{\n    {} = \"{}\", unknown {} {{\n",
        shape.rust, shape.graph, union.unknown
    );
    for variant in &union.variants {
        let _ = writeln!(text, "        \"{}\" => {}({}),", variant.graph, variant.rust, variant.object);
    }
    text.push_str("    }\n}\n");
    text
}
