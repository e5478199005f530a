//! The types of the API, one a file.

use heck::ToSnakeCase;

use super::docs::{Docs, plain, resource_page};
use super::{enums, objects, unions};
use crate::ir::{Api, Shape, ShapeKind};
use crate::tree::Source;

/// The files of the module `models`, without its name before them.
#[must_use]
pub fn models(api: &Api) -> Vec<(String, Source)> {
    let mut root = Source::new("The types of the API: what is read, and the bodies that create and change it.");
    let mut files = Vec::new();
    for shape in api.shapes.values() {
        let module = shape.rust.to_snake_case();
        root.push_code(&format!("mod {module};\n"));
        files.push((format!("{module}.rs"), file(api, shape)));
    }
    for shape in api.shapes.values() {
        root.push_code(&format!("pub use {}::*;\n", shape.rust.to_snake_case()));
    }
    files.push(("mod.rs".to_owned(), root));
    files
}

fn file(api: &Api, shape: &Shape) -> Source {
    let mut docs = Docs::new(&plain_or_link(&shape.doc));
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

/// Words from `spec/` are plain; those that lowering made link to a type.
fn plain_or_link(doc: &str) -> String {
    if doc.contains("[`") { doc.to_owned() } else { plain(doc) }
}
