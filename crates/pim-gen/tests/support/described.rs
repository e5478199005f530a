//! The API of a description, and how it differs from that of another: member by member.

#![allow(dead_code, reason = "each of the tests needs another part of it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use pim_gen::ir::{Api, ShapeKind};
use pim_gen::select::{Missing, select};
use pim_gen::spec::{Manifest, Overlay};
use pim_gen::{File, Result, correct, csdl, edm, lower, openapi};
use serde::Deserialize;

use crate::outline;

/// The workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of `spec/`.
pub(crate) fn spec(name: &str) -> String {
    fs::read_to_string(workspace().join("spec").join(name)).unwrap()
}

/// The model that a metadata document describes.
pub(crate) fn of_csdl(bytes: &[u8]) -> edm::Model {
    csdl::read(bytes).and_then(|document| edm::resolve(&document, bytes)).unwrap()
}

/// The model that OpenAPI documents describe.
pub(crate) fn of_openapi(documents: &[&str]) -> Result<edm::Model> {
    let names: Vec<_> = (1..=documents.len()).map(|number| format!("{number}.yml")).collect();
    let files: Vec<_> = names.iter().zip(documents).map(|(name, text)| File { name, bytes: text.as_bytes() }).collect();
    openapi::read(&files)
}

/// What the project's selection for `version` keeps of a model.
pub(crate) fn api(mut model: edm::Model, version: &str, missing: Missing) -> Api {
    let (manifest, overlay) = (spec("pim.toml"), spec("overlay.toml"));
    let (manifest, overlay) = (Manifest::parse(&manifest).unwrap(), Overlay::parse(&overlay).unwrap());
    correct::correct(&mut model, &overlay, version, missing).unwrap();
    let surface = select(&model, &manifest, version, missing).unwrap();
    lower::lower(&surface, &overlay, missing).unwrap().0
}

/// Everything that is decided about an API, by what it is about: `Group/owners`, `GET /groups`.
pub(crate) fn facts(api: &Api) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    for (name, shape) in &api.shapes {
        let text = outline::shape(shape);
        facts.insert(name.clone(), text.lines().next().unwrap().to_owned());
        match &shape.kind {
            ShapeKind::Enum(variants) => {
                facts.extend(variants.iter().map(|variant| (format!("{name}/{}", variant.wire), variant.rust.clone())));
            }
            ShapeKind::Object(object) => facts.extend(
                object.members.iter().map(|member| (format!("{name}/{}", member.wire), outline::member(member))),
            ),
            ShapeKind::Union(union) => {
                facts.extend(union.variants.iter().map(|one| (format!("{name}/{}", one.graph), one.rust.clone())));
                facts.extend(
                    union.common.iter().map(|member| (format!("{name}/{}", member.wire), outline::member(member))),
                );
            }
        }
    }
    for operation in api.operations() {
        let mut text = String::new();
        outline::operations(&mut text, std::slice::from_ref(operation));
        facts.insert(format!("{} {}", operation.method, operation.path), text.trim().to_owned());
    }
    facts
}

/// How one API differs from the other, by what it is about.
pub(crate) fn differences(csdl: &Api, openapi: &Api) -> BTreeMap<String, (Option<String>, Option<String>)> {
    let (csdl, openapi) = (facts(csdl), facts(openapi));
    let about: BTreeSet<_> = csdl.keys().chain(openapi.keys()).cloned().collect();
    let both = about.into_iter().map(|about| {
        let both = (csdl.get(&about).cloned(), openapi.get(&about).cloned());
        (about, both)
    });
    both.filter(|(_, (csdl, openapi))| csdl != openapi).collect()
}

/// The differences in types that both have, and on paths below the roots that both have.
pub(crate) fn shared_differences(csdl: &Api, openapi: &Api) -> BTreeMap<String, (Option<String>, Option<String>)> {
    let is_shared = |about: &String| {
        if let Some((_, path)) = about.split_once(' ') {
            let root = path.split('/').nth(1).unwrap();
            let has = |api: &Api| api.root.children.iter().any(|node| node.wire == root);
            return has(csdl) && has(openapi);
        }
        let shape = about.split('/').next().unwrap();
        csdl.shapes.contains_key(shape) && openapi.shapes.contains_key(shape)
    };
    differences(csdl, openapi).into_iter().filter(|(about, _)| is_shared(about)).collect()
}

/// A difference that is allowed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Allowed {
    /// Which comparison it is of.
    pub(crate) of: Vec<String>,
    /// What it is about. A `*` at the end stands for anything.
    pub(crate) about: Vec<String>,
    /// What it looks like in CSDL; left out where there is nothing, or where it does not matter.
    #[serde(default)]
    pub(crate) csdl: Option<String>,
    /// What it looks like in OpenAPI; left out where there is nothing, or where it does not matter.
    #[serde(default)]
    pub(crate) openapi: Option<String>,
    /// Why it is allowed.
    pub(crate) because: String,
}
