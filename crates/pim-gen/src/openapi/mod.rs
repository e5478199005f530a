//! Microsoft's own OpenAPI documents of Graph, as the other source of the model.

mod calls;
mod components;
mod cursor;
mod document;
mod events;
mod files;
mod metadata;
mod read;
mod schema;
#[cfg(test)]
mod tests;
mod text;
mod types;
mod walk;

use components::Components;
use files::Files;

use crate::edm::Model;
use crate::{Error, File, Result};

/// Reads OpenAPI documents that together describe one version of Graph.
pub fn read(files: &[File<'_>]) -> Result<Model> {
    let files = Files::new(files);
    let mut descriptions = Vec::new();
    for (base, file) in files.iter() {
        descriptions.push(read::read(file.bytes, base).map_err(|error| error.in_source(file.name))?);
    }
    let components = Components::of(&descriptions, &files);
    let types = types::declare(&descriptions, &components, &files)?;
    if types.is_empty() {
        return Err(Error::new("the OpenAPI documents declare no type: there is nothing in them; fetch them again"));
    }
    let told = walk::walk(&descriptions, &components, &types, &files)?;
    let mut told = told;
    let calls = calls::bound(std::mem::take(&mut told.calls), &components, &types, &files)?;
    files.resolve(&metadata::metadata(types, told, calls, &components))
}
