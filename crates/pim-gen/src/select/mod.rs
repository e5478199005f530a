//! Selection: from all of Graph to what `pim.toml` names.
//!
//! An allow-list: a path, operation, type or property that the metadata does not have is an error, with the nearest
//! names. What the selection reaches is closed over structural properties (their types are always needed to read a
//! payload), but not over navigation properties or subtypes, which have to be named: closed over those, Graph is one
//! piece. What was cut is told in the [`Report`].

mod closure;
mod metadata;
mod path;

use std::collections::{BTreeMap, BTreeSet};

use crate::edm::{self, Model, NavigationProperty, Property, QualifiedName};
use crate::spec::{Manifest, OperationEntry};
use crate::{Error, Result};

pub use path::Segment;

/// What is kept of one version of Graph.
#[derive(Debug)]
pub struct Surface<'m> {
    /// The version, `v1.0`.
    pub version: String,
    /// The whole model.
    pub model: &'m Model,
    /// The structured types that payloads are made of, with the members that are kept.
    pub types: BTreeMap<QualifiedName, Members<'m>>,
    /// The enumerations that they use.
    pub enums: BTreeSet<QualifiedName>,
    /// The polymorphic types among them, with the subtypes that are told apart.
    pub unions: BTreeMap<QualifiedName, Vec<QualifiedName>>,
    /// The paths and their operations, in the order of `pim.toml`.
    pub resources: Vec<Resource<'m>>,
    /// What was kept of how much, and what was passed over.
    pub report: Report,
    /// What `pim.toml` names and this version lacks, in entries that do not say which versions they mean.
    pub unused: Vec<Unused>,
    /// Types that are kept only because a path leads through them, with the navigation properties it takes.
    containers: BTreeMap<QualifiedName, BTreeSet<String>>,
}

/// The kept members of a structured type, its own and inherited ones, the root's first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members<'m> {
    /// Structural properties.
    pub properties: Vec<&'m Property>,
    /// Navigation properties.
    pub navigation: Vec<&'m NavigationProperty>,
}

/// A path with its operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource<'m> {
    /// The path, `/groups/{group-id}/members`.
    pub path: String,
    /// The same in segments.
    pub segments: Vec<Segment>,
    /// The type of the entity, or of each entity, that lives there.
    pub entity: QualifiedName,
    /// Whether there are several, each with a key.
    pub collection: bool,
    /// Its operations, those on the collection first.
    pub operations: Vec<SelectedOperation<'m>>,
}

impl Resource<'_> {
    /// How many operations OData has on such a path: list, count, create, get, update and delete of a collection; get,
    /// update and delete of a single entity.
    fn generic_operations(&self) -> usize {
        if self.collection { 6 } else { 3 }
    }
}

/// What an operation acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The path itself.
    Collection,
    /// One entity of it, or the singleton.
    Item,
}

/// An operation of a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct SelectedOperation<'m> {
    /// What it acts on.
    pub target: Target,
    /// What it does.
    pub verb: Verb<'m>,
    /// What `pim.toml` says about it.
    pub entry: OperationEntry,
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verb<'m> {
    /// `GET` of the collection.
    List,
    /// `POST` to the collection.
    Create,
    /// `GET …/$count`.
    Count,
    /// `GET` of one entity.
    Get,
    /// `PATCH` of one entity.
    Update,
    /// `DELETE` of one entity.
    Delete,
    /// `POST …/$ref`: relates an entity that exists.
    AddRef,
    /// `DELETE …/{id}/$ref`: ends the relation.
    RemoveRef,
    /// A bound action or function.
    Bound(&'m edm::Operation),
}

/// What was kept of how much, and what was passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Types kept.
    pub types: usize,
    /// Types in the metadata.
    pub types_of: usize,
    /// Operations kept.
    pub operations: usize,
    /// Operations that the metadata offers: those that are bound to its types, and the generic ones on the paths kept.
    pub operations_of: usize,
    /// Navigation properties of kept types that were cut.
    pub navigation_cut: usize,
    /// What `pim.toml` names and the metadata lacks, where that was allowed; else empty.
    pub missing: Vec<String>,
}

/// Something that `pim.toml` or the overlay names and one version of Graph lacks. It is a mistake only if all lack it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// Where it is named, as a byte offset in its file.
    pub at: usize,
    /// Where the entry is that it is part of, if it is part of one.
    pub part_of: Option<usize>,
    /// Whether the entry says that this version has it.
    pub explicit: bool,
    /// What is wrong with it.
    pub message: String,
}

/// How strictly the metadata must have what `pim.toml` names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// A name that is not there is an error.
    #[default]
    Error,
    /// A name that is not there is passed over and reported: for older revisions and national clouds.
    Report,
}

/// Selects from `model` what `manifest` names for `version`.
pub fn select<'m>(model: &'m Model, manifest: &Manifest, version: &str, missing: Missing) -> Result<Surface<'m>> {
    let mut problems = Problems { text: &manifest.text, missing, passed_over: Vec::new() };
    let paths = path::resources(model, manifest, version, &mut problems)?;
    if paths.resources.is_empty() {
        return Err(Error::new(format!(
            "nothing of the selection is in the metadata for {version}: none of its paths exists there"
        )));
    }
    let closed = closure::close(model, manifest, version, &paths.resources, &mut problems)?;

    let generic: usize = paths.resources.iter().map(Resource::generic_operations).sum();
    let operations = paths.resources.iter().map(|resource| resource.operations.len()).sum();
    let report = Report {
        types: closed.types.len() + closed.enums.len(),
        types_of: model.type_count(),
        operations,
        operations_of: model.operations.len() + generic,
        navigation_cut: closed.navigation_cut,
        missing: problems.passed_over,
    };
    Ok(Surface {
        version: version.to_owned(),
        model,
        types: closed.types,
        enums: closed.enums,
        unions: closed.unions,
        resources: paths.resources,
        report,
        unused: closed.unused,
        containers: paths.containers,
    })
}

/// Where a name of `pim.toml` that the metadata lacks ends: as the error, or in the report.
struct Problems<'t> {
    text: &'t str,
    missing: Missing,
    passed_over: Vec<String>,
}

impl Problems<'_> {
    /// The value, or nothing if it is missing and that is allowed.
    fn pass_over<T>(&mut self, at: usize, found: Result<T>) -> Result<Option<T>> {
        match found {
            Ok(value) => Ok(Some(value)),
            Err(error) => {
                let error = error.or_at(self.text.as_bytes(), at);
                match self.missing {
                    Missing::Error => Err(error),
                    Missing::Report => {
                        self.passed_over.push(error.message().to_owned());
                        Ok(None)
                    }
                }
            }
        }
    }
}
