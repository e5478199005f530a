//! The types of the API, one a file.

use heck::ToSnakeCase;

use super::docs::{Docs, plain, resource_page};
use super::{enums, objects, unions};
use crate::emit::Source;
use crate::ir::{Api, Role, Shape, ShapeKind};

/// The files of the module `models`, without its name before them.
#[must_use]
pub fn models(api: &Api) -> Vec<(String, Source)> {
    let mut root = Source::new("The types of the API: what is read, and the bodies that create and change it.");
    let mut files = Vec::new();
    for shape in api.shapes.values() {
        let module = module(&shape.rust);
        // What has fields is reached into for them.
        let reach = if fields_of(shape).is_some() { "pub(super) " } else { "" };
        root.push_code(&format!("{reach}mod {module};\n"));
        files.push((format!("{module}.rs"), file(api, shape)));
    }
    for shape in api.shapes.values() {
        root.push_code(&format!("pub use {}::*;\n", module(&shape.rust)));
    }
    // Most modules have `fields` of their own, which would meet here; what is named goes before what is in a `*`.
    root.push_code("#[allow(unused_imports, hidden_glob_reexports)]\nuse super::fields;\n");
    files.push(("mod.rs".to_owned(), root));
    files
}

/// The file of the module `fields`: under each type's name, the functions that name its properties in queries.
#[must_use]
pub fn fields(api: &Api) -> Source {
    let mut source = Source::new("The properties of each type, as [queries](pim_client::query) name them.");
    for shape in api.shapes.values() {
        if let Some(of) = fields_of(shape) {
            source.push_code(&format!("pub use super::models::{}::fields as {};\n", module(&shape.rust), module(of)));
        }
    }
    source
}

/// The type whose fields are beside a shape: its own, but for what stands for the unknown types of a union.
fn fields_of(shape: &Shape) -> Option<&str> {
    match &shape.kind {
        ShapeKind::Object(object) => object.fields_of(),
        ShapeKind::Enum(_) | ShapeKind::Union(_) => None,
    }
}

/// The name of a type's module. One that would not do as a name, or is that of another module there, gets an underscore.
pub(crate) fn module(rust: &str) -> String {
    let name = rust.to_snake_case();
    if name == "mod" || name == "fields" || syn::parse_str::<syn::Ident>(&name).is_err() {
        format!("{name}_")
    } else {
        name
    }
}

fn file(api: &Api, shape: &Shape) -> Source {
    let mut docs = Docs::new(&what_it_is(shape));
    docs.paragraph(&match &shape.page {
        Some(page) => format!("[`{}`]({})", shape.graph, resource_page(page, &api.version)),
        None => format!("`{}`", shape.graph),
    });
    match &shape.kind {
        ShapeKind::Enum(variants) => enums::file(shape, variants, docs),
        ShapeKind::Object(object) => objects::file(shape, object, docs),
        ShapeKind::Union(union) => unions::file(shape, union, docs),
    }
}

/// What a type is: in the words of `spec/`, or, of a form of another type, what it is for.
fn what_it_is(shape: &Shape) -> String {
    let ShapeKind::Object(object) = &shape.kind else { return plain(&shape.doc) };
    let of = format!("[`{of}`](super::{of})", of = object.of);
    match object.role {
        Role::Read | Role::Complex => plain(&shape.doc),
        Role::Create => format!("The body that creates a {of}: the members that a caller can set."),
        Role::Update => {
            format!("What changes of a {of}. A member that is absent stays as it is, one that is null is cleared.")
        }
        Role::Parameters => format!("The parameters of an action on a {of}."),
        Role::Unknown => format!("A {of} of a type that this version does not tell apart, with all its members."),
    }
}
