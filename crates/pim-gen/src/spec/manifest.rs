//! `pim.toml`: which paths, operations and members of Graph are kept.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::Result;

/// The selection, as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Polymorphic types and the subtypes that are told apart.
    #[serde(default, rename = "union")]
    pub unions: Vec<UnionEntry>,
    /// Types of which not everything is kept.
    #[serde(default, rename = "type")]
    pub types: Vec<TypeEntry>,
    /// Paths and their operations.
    #[serde(default, rename = "resource")]
    pub resources: Vec<ResourceEntry>,
    /// The file's text, for positions in errors.
    #[serde(skip)]
    pub text: String,
}

/// A polymorphic type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnionEntry {
    /// The base type.
    pub base: Spanned<String>,
    /// The subtypes that become variants.
    pub subtypes: Vec<Spanned<String>>,
    /// The API versions that this is about; all, if absent.
    pub versions: Option<Vec<String>>,
}

/// What is kept of a type. One without an entry keeps all structural and no navigation properties.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeEntry {
    /// The type.
    pub name: Spanned<String>,
    /// The structural properties kept, own or inherited; all, if absent.
    pub properties: Option<Vec<Spanned<String>>>,
    /// The navigation properties kept; none, if absent.
    #[serde(default)]
    pub navigation: Vec<Spanned<String>>,
    /// The API versions that this is about; all, if absent.
    pub versions: Option<Vec<String>>,
}

/// A path below the version root, with the operations that the service has there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceEntry {
    /// The path, `/groups/{group-id}/members`.
    pub path: Spanned<String>,
    /// The API versions that have it; `v1.0`, if absent.
    #[serde(default = "stable")]
    pub versions: Vec<String>,
    /// Operations on the path itself.
    #[serde(default)]
    pub collection: BTreeMap<Spanned<String>, OperationEntry>,
    /// Operations on one entity of it, or on the singleton.
    #[serde(default)]
    pub item: BTreeMap<Spanned<String>, OperationEntry>,
}

/// An operation: what it is for and who may call it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct OperationEntry {
    /// What it does, in a sentence of ours.
    pub doc: String,
    /// The name of its page in Graph's reference.
    pub page: Option<String>,
    /// The least delegated permission, or permissions; empty if a user cannot call it.
    #[serde(default)]
    pub delegated: Vec<String>,
    /// The least application permission, or permissions; empty if an application cannot call it.
    #[serde(default)]
    pub application: Vec<String>,
    /// What an update sends.
    #[serde(default)]
    pub body: BodyEntry,
}

/// What an update sends.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum BodyEntry {
    /// The members that change.
    #[default]
    Changes,
    /// The whole entity as it was read, changed.
    Whole,
}

fn stable() -> Vec<String> {
    vec!["v1.0".to_owned()]
}

impl Manifest {
    /// Reads `pim.toml`.
    pub fn parse(text: &str) -> Result<Self> {
        let mut manifest: Self = super::parse(text)?;
        text.clone_into(&mut manifest.text);
        Ok(manifest)
    }

    /// The API versions that any resource names, in order.
    #[must_use]
    pub fn versions(&self) -> Vec<String> {
        let mut versions: Vec<_> =
            self.resources.iter().flat_map(|resource| resource.versions.iter().cloned()).collect();
        versions.sort();
        versions.dedup();
        versions
    }
}
