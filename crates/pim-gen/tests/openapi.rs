//! OpenAPI as the source: what comes of it is what comes of CSDL, up to a written list of differences.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "support/compile.rs"]
mod compile;
#[path = "support/described.rs"]
mod described;
#[path = "support/microsoft.rs"]
mod microsoft;
#[path = "support/outline.rs"]
mod outline;
mod support;
#[path = "support/value.rs"]
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use compile::assert_compiles;
use described::{Allowed, api, differences, of_csdl, of_openapi, shared_differences, spec};
use microsoft::{Paths, Style};
use pim_gen::diff::{Aspect, Kind, compare};
use pim_gen::edm::{Model, Operation, QualifiedName, StructuredType, TypeName, TypeRef};
use pim_gen::ir::Api;
use pim_gen::select::Missing;
use pim_gen::spec::Manifest;
use pim_gen::{File, Generator, Input, Output};
use serde::Deserialize;

/// The slices, each with the version that it is of.
const SLICES: [(&str, &str); 3] =
    [("beta-2022-05-policies", "beta"), ("beta-2022-05-roleManagement", "beta"), ("v1.0-2022-05-groups", "v1.0")];

/// A slice of Microsoft's own OpenAPI; nothing if there is none.
fn slice(name: &str) -> Option<String> {
    Some(fs::read_to_string(support::graph_dir()?.join(format!("openapi/{name}.yml"))).unwrap())
}

// ---------------------------------------------------------------------------------------------------------------------
// Microsoft's own documents
// ---------------------------------------------------------------------------------------------------------------------

/// The generator of this workspace, for documents that may lack something.
fn generator() -> Generator {
    let generator = Generator::new("pim.toml", &spec("pim.toml")).unwrap();
    generator.overlay("overlay.toml", &spec("overlay.toml")).unwrap().missing(Missing::Report)
}

/// Generates from slices, all of one version.
fn generate(names: &[&str], version: &str) -> Option<Output> {
    let texts = names.iter().map(|name| slice(name)).collect::<Option<Vec<_>>>()?;
    let files: Vec<_> = names.iter().zip(&texts).map(|(name, text)| File { name, bytes: text.as_bytes() }).collect();
    Some(generator().generate(&[Input::openapi(version, &files)], &|_| {}).unwrap())
}

#[test]
fn what_is_kept_of_the_slice_of_groups() {
    let Some(text) = slice("v1.0-2022-05-groups") else { return };
    insta::assert_snapshot!(outline::outline(&api(of_openapi(&[&text]).unwrap(), "v1.0", Missing::Report)));
}

#[test]
fn what_is_kept_of_the_slices_of_beta() {
    let Some((roles, policies)) = slice("beta-2022-05-roleManagement").zip(slice("beta-2022-05-policies")) else {
        return;
    };
    let model = of_openapi(&[&roles, &policies]).unwrap();
    insta::assert_snapshot!(outline::outline(&api(model, "beta", Missing::Report)));
}

#[test]
fn from_its_own_selection_each_gives_the_same() {
    for (name, version) in SLICES {
        let Some(output) = generate(&[name], version) else { return };
        let metadata = output.spec.get(&format!("{version}/metadata.csdl.xml")).unwrap();
        let again = api(of_csdl(metadata.as_bytes()), version, Missing::Report);
        let first = api(of_openapi(&[&slice(name).unwrap()]).unwrap(), version, Missing::Report);
        assert_eq!(outline::outline(&again), outline::outline(&first), "{name}");
    }
}

#[test]
fn what_comes_of_the_slices_compiles() {
    let Some(groups) = generate(&["v1.0-2022-05-groups"], "v1.0") else { return };
    let beta = generate(&["beta-2022-05-roleManagement", "beta-2022-05-policies"], "beta").unwrap();
    // What is generated takes its own place to be the crate's module `graph`.
    let root = "pub mod graph {\n    pub use crate::groups::*;\n}\n";
    let modules = [("groups".to_owned(), &groups.code), ("roles".to_owned(), &beta.code)];
    assert_compiles("from-openapi", root, &modules);
}

// ---------------------------------------------------------------------------------------------------------------------
// Held against CSDL of the same time
// ---------------------------------------------------------------------------------------------------------------------

/// The list of what may differ.
#[derive(Deserialize)]
struct List {
    difference: Vec<Allowed>,
}

type Differences = BTreeMap<String, (Option<String>, Option<String>)>;

/// Fails unless the differences are those that the list has, no more and no less.
fn assert_allowed(found: &BTreeMap<&str, Differences>) {
    let list = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openapi/allowed.toml")).unwrap();
    let list: List = toml::from_str(&list).unwrap();
    let mut needless = Vec::new();
    let mut used = BTreeSet::new();
    for allowed in &list.difference {
        assert!(!allowed.because.is_empty());
        for of in &allowed.of {
            for about in &allowed.about {
                let both = found[of.as_str()].get(about);
                let says = |said: &Option<String>, have: &Option<String>| said.is_none() || said == have;
                match both {
                    Some((csdl, openapi)) if says(&allowed.csdl, csdl) && says(&allowed.openapi, openapi) => {
                        used.insert((of.as_str(), about.as_str()));
                    }
                    _ => needless.push(format!("{of}: {about}: {both:?}")),
                }
            }
        }
    }
    assert!(needless.is_empty(), "these are on the list, but do not differ so: {needless:#?}");
    let all = found.iter().flat_map(|(of, differences)| differences.iter().map(move |about| (*of, about)));
    let more: Vec<_> = all.filter(|(of, (about, _))| !used.contains(&(*of, about.as_str()))).collect();
    assert!(more.is_empty(), "these differ, and are not on the list: {more:#?}");
}

#[test]
fn it_differs_from_csdl_of_the_same_time_only_as_the_list_says() {
    let Some(graph) = support::graph_dir() else { return };
    let csdl = fs::read(graph.join("history/v1.0-2022-06-21.csdl.xml")).unwrap();
    let csdl = api(of_csdl(&csdl), "v1.0", Missing::Report);
    // The slices of beta are held against the selection of v1.0, too: it has more of what both versions have.
    let found = SLICES.map(|(name, _)| {
        let model = of_openapi(&[&slice(name).unwrap()]).unwrap();
        (name, shared_differences(&csdl, &api(model, "v1.0", Missing::Report)))
    });
    assert_allowed(&found.into());
}

/// A type as CSDL writes it, and of built-in ones whether there may be null: of others the slices do not say it, and
/// streams they write as they do bytes.
fn shown(ty: &TypeRef) -> String {
    let (name, null) = match &ty.target {
        TypeName::Primitive(name) if &**name == "Stream" => ("Binary", ty.nullable),
        TypeName::Primitive(name) => (&**name, ty.nullable),
        TypeName::Defined(name) => (name.as_str(), true),
    };
    format!("{}{name}{}", if ty.collection { "several " } else { "" }, if null { " or null" } else { "" })
}

/// What a structured type has and is. What it contains the slices tell only of what paths lead to.
fn parts(ty: &StructuredType) -> BTreeMap<String, String> {
    let own = [("kind", format!("{:?}", ty.kind)), ("base", format!("{:?}", ty.base)), ("key", ty.key.join(", "))];
    let own = own.into_iter().map(|(name, what)| (format!("the {name}"), what));
    let structural = ty.properties.iter().map(|one| (one.name.clone(), shown(&one.ty)));
    let navigation = ty.navigation.iter().map(|one| (one.name.clone(), format!("a relation to {}", shown(&one.ty))));
    own.chain(structural).chain(navigation).collect()
}

#[test]
fn every_type_of_the_slice_of_groups_is_as_it_is_in_csdl_of_the_same_time() {
    let Some((graph, text)) = support::graph_dir().zip(slice("v1.0-2022-05-groups")) else { return };
    let csdl = of_csdl(&fs::read(graph.join("history/v1.0-2022-06-21.csdl.xml")).unwrap());
    let openapi = of_openapi(&[&text]).unwrap();
    assert!(openapi.structured.len() > 300);
    for ty in openapi.structured.values() {
        let (csdl, openapi) = (parts(&csdl.structured[&ty.name]), parts(ty));
        // In the month between them more came.
        let differences: Vec<_> = openapi.iter().filter(|(name, what)| csdl.get(*name) != Some(*what)).collect();
        assert!(differences.is_empty(), "{}: {differences:#?}", ty.name);
    }
    for ty in openapi.enums.values() {
        let of_csdl = &csdl.enums[&ty.name];
        assert!(
            ty.members.iter().all(|(name, _)| of_csdl.members.iter().any(|(other, _)| other == name)),
            "{}",
            ty.name
        );
    }
}

#[test]
fn every_action_and_function_of_the_slice_of_groups_is_one_in_csdl_of_the_same_time() {
    let Some((graph, text)) = support::graph_dir().zip(slice("v1.0-2022-05-groups")) else { return };
    let csdl = of_csdl(&fs::read(graph.join("history/v1.0-2022-06-21.csdl.xml")).unwrap());
    let openapi = of_openapi(&[&text]).unwrap();
    assert!(openapi.operations.len() > 40);
    let is_on = |operation: &Operation, other: &Operation| match (&operation.binding.target, &other.binding.target) {
        // What is bound to a base type is shown where those that derive from it are.
        (TypeName::Defined(on), TypeName::Defined(base)) => csdl.is_a(on, base),
        (on, other) => on == other,
    };
    let says = |operation: &Operation| {
        let parameters = operation.parameters.iter().map(|one| (one.name.clone(), shown(&one.ty)));
        let (parameters, returns) = (parameters.collect::<BTreeMap<_, _>>(), operation.returns.as_ref().map(shown));
        (operation.name.clone(), operation.kind, operation.binding.collection, parameters, returns)
    };
    for operation in &openapi.operations {
        let is_this = |other: &&Operation| says(other) == says(operation) && is_on(operation, other);
        assert!(csdl.operations.iter().any(|other| is_this(&other)), "{:#?}", says(operation));
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// There and back
// ---------------------------------------------------------------------------------------------------------------------

/// The paths of the selection, and all that are not longer than `depth` relations.
fn paths(depth: usize) -> Paths {
    let manifest = Manifest::parse(&spec("pim.toml")).unwrap();
    Paths { depth, whole: manifest.resources.iter().map(|resource| resource.path.get_ref().clone()).collect() }
}

/// Fails unless what comes of a model written as OpenAPI is what comes of the model.
fn assert_same(model: &Model, csdl: &Api, version: &str, style: Style, depth: usize, json: bool) {
    let value = microsoft::openapi(model, style, &paths(depth));
    let text = if json { value.to_json() } else { value.to_yaml() };
    let read = of_openapi(&[&text]).unwrap_or_else(|error| panic!("{version}, {style:?}: {error}"));
    let openapi = api(read, version, Missing::Error);
    let differences = differences(csdl, &openapi);
    assert!(differences.is_empty(), "{version}, {style:?}: {differences:#?}");
    assert_eq!(outline::outline(csdl), outline::outline(&openapi), "{version}, {style:?}");
    // Not a word of what is decided differs.
    assert!(*csdl == openapi, "{version}, {style:?}");
}

#[test]
fn the_selection_written_as_openapi_gives_the_same_api() {
    for version in ["v1.0", "beta"] {
        let model = of_csdl(spec(&format!("{version}/metadata.csdl.xml")).as_bytes());
        let csdl = api(model.clone(), version, Missing::Error);
        for style in [Style::Plain, Style::Marked, Style::Newest] {
            for json in [false, true] {
                assert_same(&model, &csdl, version, style, 3, json);
            }
        }
    }
}

#[test]
fn what_openapi_cannot_say_is_no_change() {
    for version in ["v1.0", "beta"] {
        let metadata = spec(&format!("{version}/metadata.csdl.xml"));
        let csdl = generator().side(&Input::csdl(version, "metadata.csdl.xml", metadata.as_bytes())).unwrap();
        for style in [Style::Plain, Style::Marked, Style::Newest] {
            let text = microsoft::openapi(&of_csdl(metadata.as_bytes()), style, &paths(3)).to_yaml();
            let files = [File { name: "graph.yml", bytes: text.as_bytes() }];
            let openapi = generator().side(&Input::openapi(version, &files)).unwrap();
            assert_ne!(csdl.model, openapi.model, "{version}, {style:?}: there is nothing that it cannot say");
            for (old, new) in [(&csdl, &openapi), (&openapi, &csdl)] {
                let report = compare(old, new);
                assert_eq!(report.changes, [], "{version}, {style:?}");
            }
        }
    }
}

#[test]
fn that_a_reference_may_be_null_is_compared_where_openapi_says_it_of_any() {
    let metadata = spec("v1.0/metadata.csdl.xml");
    let csdl = generator().side(&Input::csdl("v1.0", "metadata.csdl.xml", metadata.as_bytes())).unwrap();
    let mut model = of_csdl(metadata.as_bytes());
    let ty = model.structured.get_mut(&QualifiedName::new("microsoft.graph.requestSchedule")).unwrap();
    let expiration = ty.properties.iter_mut().find(|property| property.name == "expiration").unwrap();
    assert!(expiration.ty.nullable);
    expiration.ty.nullable = false;
    let changes = |style| {
        let text = microsoft::openapi(&model, style, &paths(3)).to_yaml();
        let files = [File { name: "graph.yml", bytes: text.as_bytes() }];
        let openapi = generator().side(&Input::openapi("v1.0", &files)).unwrap();
        let changes = compare(&csdl, &openapi).changes;
        changes.into_iter().map(|change| (change.subject.to_string(), change.kind)).collect::<Vec<_>>()
    };
    let kind = Kind::Changed { aspect: Aspect::Nullable, from: "yes".to_owned(), to: "no".to_owned() };
    let change = ("microsoft.graph.requestSchedule/expiration".to_owned(), kind);
    for style in [Style::Marked, Style::Newest] {
        assert_eq!(changes(style), std::slice::from_ref(&change), "{style:?}");
    }
    assert_eq!(changes(Style::Plain), []);
}

/// The whole document, in a form and a style.
fn assert_whole_is_same(version: &str, style: Style, json: bool) {
    let Some(graph) = support::graph_dir() else { return };
    let model = of_csdl(&fs::read(graph.join(format!("metadata/{version}.csdl.xml"))).unwrap());
    let csdl = api(model.clone(), version, Missing::Error);
    assert_same(&model, &csdl, version, style, 1, json);
}

#[test]
fn so_does_the_whole_of_v1_0_as_openapi_3_0() {
    assert_whole_is_same("v1.0", Style::Marked, false);
}

#[test]
fn so_does_the_whole_of_v1_0_as_openapi_3_1_in_json() {
    assert_whole_is_same("v1.0", Style::Newest, true);
}

#[test]
fn so_does_the_whole_of_beta_as_openapi_of_2022() {
    assert_whole_is_same("beta", Style::Plain, false);
}

#[test]
fn so_does_the_whole_of_beta_as_openapi_3_0_in_json() {
    assert_whole_is_same("beta", Style::Marked, true);
}

#[test]
fn a_difference_would_be_seen() {
    let model = of_csdl(spec("beta/metadata.csdl.xml").as_bytes());
    let csdl = api(model.clone(), "beta", Missing::Error);
    let text = microsoft::openapi(&model, Style::Marked, &paths(2)).to_yaml();
    let changed = text.replacen("format: date-time", "format: date", 1);
    assert_ne!(text, changed);
    let yaml = text.replace("isPrivileged:", "isPrivilegedNow:");
    assert_ne!(text, yaml);
    let openapi = api(of_openapi(&[&yaml]).unwrap(), "beta", Missing::Report);
    let found = differences(&csdl, &openapi);
    assert_eq!(found.keys().collect::<Vec<_>>(), ["UnifiedRoleDefinition/isPrivileged"]);
}
