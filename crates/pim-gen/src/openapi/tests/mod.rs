//! What reading OpenAPI promises.

mod hostile;
mod operations;
mod refuse;
mod schemas;
mod several;

use super::read;
use crate::edm::{Model, QualifiedName, StructuredType, TypeRef};
use crate::{File, Result};

/// Reads documents, which errors call `1.yml` and so on.
fn understand(documents: &[&[u8]]) -> Result<Model> {
    let names: Vec<_> = (1..=documents.len()).map(|number| format!("{number}.yml")).collect();
    let files: Vec<_> = names.iter().zip(documents).map(|(name, bytes)| File { name, bytes }).collect();
    read(&files)
}

/// A document in YAML, of the 3.0 that Microsoft writes, from its paths and schemas.
fn document(paths: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.0.4\npaths:\n{paths}\ncomponents:\n  schemas:\n    microsoft.graph.entity:\n      type: object\n      properties:\n        id: {{type: string}}\n{schemas}\n"
    )
}

/// The model of paths and schemas.
fn model(paths: &str, schemas: &str) -> Model {
    understand(&[document(paths, schemas).as_bytes()]).unwrap_or_else(|error| panic!("{error}"))
}

/// Why documents are refused.
fn refusal(documents: &[&str]) -> String {
    let documents: Vec<_> = documents.iter().map(|text| text.as_bytes()).collect();
    let error = understand(&documents).expect_err("it reads").to_string();
    assert!(!error.contains('\n'), "{error}");
    error
}

fn ty<'m>(model: &'m Model, name: &str) -> &'m StructuredType {
    &model.structured[&QualifiedName::new(&format!("microsoft.graph.{name}"))]
}

/// A type as CSDL writes it, with `?` where it may be null.
fn written(ty: &TypeRef) -> String {
    let name = match &ty.target {
        crate::edm::TypeName::Primitive(name) => format!("Edm.{name}"),
        crate::edm::TypeName::Defined(name) => name.name().to_owned(),
    };
    let name = if ty.collection { format!("Collection({name})") } else { name };
    if ty.nullable { name + "?" } else { name }
}

/// The properties of a type, each with its type.
fn properties(model: &Model, name: &str) -> Vec<String> {
    let properties = ty(model, name).properties.iter();
    properties.map(|property| format!("{}: {}", property.name, written(&property.ty))).collect()
}

/// The relations of a type, each with its type.
fn relations(model: &Model, name: &str) -> Vec<String> {
    let relations = ty(model, name).navigation.iter();
    let shown = relations.map(|relation| {
        let contained = if relation.contained { ", contained" } else { "" };
        format!("{}: {}{contained}", relation.name, written(&relation.ty))
    });
    shown.collect()
}
