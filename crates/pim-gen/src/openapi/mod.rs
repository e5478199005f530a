//! Microsoft's own OpenAPI documents of Graph, as the other source of the model.
//!
//! OpenAPI of Graph is made from its CSDL, and most of the way back can be gone. It is gone in two steps, both pure: each
//! file is read into what is needed of it, and everything else is dropped while it is parsed (descriptions, examples,
//! lists of what can be selected); then all files together are made into metadata, which is resolved as CSDL is, so that
//! the same is checked. Whatever comes behind that cannot tell the two sources apart.
//!
//! Read are OpenAPI 3.0 and 3.1, in YAML 1.2 and JSON, UTF-8. Several files are one description: schemas of the same name
//! are one type, of which one file may say more than another, but nothing else.
//!
//! | in OpenAPI | in the model |
//! |---|---|
//! | a schema with a dot in its name | a type; without, and `odata.…`, `…CollectionResponse`: what helps to describe messages |
//! | `enum` | an enumeration; its numbers are not told; `x-ms-enum-flags`: values combine |
//! | `allOf` with a `$ref` | the base type |
//! | a type that derives from `microsoft.graph.entity`, is addressed by a key, stands at the root, or that a marked relation leads to | an entity type, as all that derive from it or that it derives from; the others are complex |
//! | `{group-id}`, `(a='{a}',b='{b}')` | the key, where the root type has no `id` |
//! | `x-ms-navigationProperty` | a navigation property; in files that mark none, what leads to entities |
//! | POST, PATCH, PUT or DELETE behind a relation, and no `$ref` | the relation contains its target |
//! | `type`, `format`, else Microsoft's `pattern` | the primitive type |
//! | `nullable`, `type: [string, 'null']`, `anyOf` or `oneOf` with nothing | may be null; in files that say it of no reference, any reference may |
//! | `anyOf` or `oneOf` of a number, text and `ReferenceNumeric` | the number |
//! | `anyOf` or `oneOf` of a type and some that derive from it | the type |
//! | `readOnly` | computed |
//! | properties with an `@` | nothing |
//! | the first segment of a path | an entity set if it answers several, else a singleton |
//! | `x-ms-docs-operation-type: action` or `function`; without it a qualified name at the end | a bound operation; its binding type is found by walking the path |
//! | the same call on a type and on one that it derives from | bound to the latter |
//! | `graph.user`, `microsoft.graph.user` | a cast |
//! | `f(on='{on}')`, `microsoft.graph.f(on={on})` | the parameters; one that lists its values has the enumeration of just these |
//! | `2XX`, `200`, `201`; `value` in what is answered | what is returned |
//! | `groups(uniqueName='{uniqueName}')` | one of the collection |
//! | `$ref`, `$count`, `$value`, and paths through what is not declared | no type |
//!
//! What CSDL says and OpenAPI does not: which types are abstract or open, the numbers of enumerations, what can be done
//! where, which relations contain their entities (what is done on paths hints at it), whether there may be null in a page,
//! and, in files that say it of no reference, which of these may be null. Those are [`Unsaid`]: in a comparison nothing
//! follows from them. Nor does it say what is immutable, and whether a collection of relations or a binding parameter may
//! be null. None of it changes the API that is generated, but for immutable properties, which then can be changed. Files of
//! 2022 say of hardly a property that it is computed, of no enumeration that its values combine, and write streams as they
//! do bytes: anybody writes such properties then, such an enumeration has one value at a time, such a stream is bytes.
//!
//! Aliases of YAML are not followed, and values do not lie deeper than a hundred in one another: a file cannot grow by
//! being read.

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

use std::collections::BTreeSet;

use components::Components;
use document::Description;
use files::Files;

use crate::edm::{Model, Unsaid};
use crate::{Error, File, Result};

/// Reads OpenAPI documents that together describe one version of Graph.
///
/// Fails, saying in which file and where, on what is no OpenAPI 3, on what is needed and cannot be understood, and where
/// files contradict each other.
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
    let mut told = walk::walk(&descriptions, &components, &types, &files)?;
    let calls = calls::bound(std::mem::take(&mut told.calls), &components, &types, &files)?;
    let mut model = files.resolve(&metadata::metadata(types, told, calls, &components))?;
    model.unsaid = unsaid(&descriptions);
    Ok(model)
}

/// What the documents do not say of anything.
fn unsaid(descriptions: &[Description<'_>]) -> BTreeSet<Unsaid> {
    let never = [
        Unsaid::Abstract,
        Unsaid::Open,
        Unsaid::Numbers,
        Unsaid::Capabilities,
        Unsaid::Contained,
        Unsaid::NullAmongReturned,
    ];
    let all_mark = descriptions.iter().all(|description| description.habits.marks_null_references);
    never.into_iter().chain((!all_mark).then_some(Unsaid::NullReferences)).collect()
}
