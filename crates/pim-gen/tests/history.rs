//! What Graph was and is elsewhere: eight older revisions of v1.0, and v1.0 of three national clouds. Each is generated
//! from with the selection as it is now, or lacks something of it and says what.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "support/compile.rs"]
mod compile;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use compile::assert_compiles;
use pim_gen::select::Missing;
use pim_gen::{Error, File, Generator, Input, Output, Result, Tree};

/// A file of `spec/`.
fn spec(name: &str) -> String {
    fs::read_to_string(workspace().join("spec").join(name)).unwrap()
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Generates from `metadata` for v1.0, beside beta as it is selected now.
fn generate_from(metadata: &[u8], missing: Missing) -> Result<Output> {
    generate_beside(metadata, None, missing)
}

/// The same from a selection, with the list of what lies beside it.
fn generate_beside(metadata: &[u8], nearby: Option<&str>, missing: Missing) -> Result<Output> {
    let v1 = Input::csdl("v1.0", "v1.0.csdl.xml", metadata);
    let v1 = nearby.map_or(v1, |nearby| v1.beside(File { name: "nearby.json", bytes: nearby.as_bytes() }));
    let beta = spec("beta/metadata.csdl.xml");
    Generator::new("pim.toml", &spec("pim.toml"))?
        .overlay("overlay.toml", &spec("overlay.toml"))?
        .missing(missing)
        .generate(&[Input::csdl("beta", "beta.csdl.xml", beta.as_bytes()), v1], &|_| {})
}

/// Generates from one of the documents, `history/v1.0-2024-09-17`; nothing if there are none.
fn generate(document: &str, missing: Missing) -> Option<Result<Output>> {
    let path = support::graph_dir()?.join(format!("{document}.csdl.xml"));
    Some(generate_from(&fs::read(path).unwrap(), missing))
}

/// The methods and paths of v1.0.
fn operations(output: &Output) -> Vec<String> {
    let document: openapiv3::OpenAPI = serde_json::from_str(output.spec.get("v1.0/openapi.json").unwrap()).unwrap();
    document.operations().map(|(path, method, _)| format!("{method} {path}")).collect()
}

// ---------------------------------------------------------------------------------------------------------------------
// Documents that have all
// ---------------------------------------------------------------------------------------------------------------------

/// The document has to have all that is selected now.
fn assert_has_all(document: &str) {
    let Some(generated) = generate(document, Missing::Error) else { return };
    let now = generate_from(spec("v1.0/metadata.csdl.xml").as_bytes(), Missing::Error).unwrap();
    assert_eq!(operations(&generated.unwrap()), operations(&now));
}

#[test]
fn the_revision_of_2024_09_17_has_all() {
    assert_has_all("history/v1.0-2024-09-17");
}

#[test]
fn the_revision_of_2025_04_07_has_all() {
    assert_has_all("history/v1.0-2025-04-07");
}

#[test]
fn the_revision_of_2025_10_03_has_all() {
    assert_has_all("history/v1.0-2025-10-03");
}

#[test]
fn the_revision_of_2026_02_10_has_all() {
    assert_has_all("history/v1.0-2026-02-10");
}

#[test]
fn the_revision_of_2026_06_22_has_all() {
    assert_has_all("history/v1.0-2026-06-22");
}

#[test]
fn the_cloud_of_the_us_government_has_all() {
    assert_has_all("clouds/v1.0-usgov");
}

#[test]
fn the_cloud_in_china_has_all() {
    assert_has_all("clouds/v1.0-china");
}

// ---------------------------------------------------------------------------------------------------------------------
// Documents that lack something
// ---------------------------------------------------------------------------------------------------------------------

/// The document has to be refused for `message`, at a place of the selection.
fn assert_refused(document: &str, message: &str) {
    let Some(generated) = generate(document, Missing::Error) else { return };
    let error: Error = generated.map(drop).unwrap_err();
    assert_eq!(error.message(), message);
    assert!(error.to_string().starts_with("pim.toml:") && error.position().is_some(), "{error}");
}

/// The paths, and else the members, that are passed over where names may be missing; and how many operations are left.
fn lacking(document: &str) -> Option<(Vec<String>, usize)> {
    let output = generate(document, Missing::Report)?.unwrap();
    let report = &output.reports[1].report;
    let needless = "no kept operation needs the type ";
    let missing = report.missing.iter().filter(|message| !message.starts_with(needless)).map(|message| {
        let path = message.strip_prefix("the path ").and_then(|rest| rest.split_once(" does not exist: "));
        path.map_or(message.as_str(), |(path, _)| path).to_owned()
    });
    Some((missing.collect(), report.operations))
}

const GROUPS: [&str; 8] = [
    "/identityGovernance/privilegedAccess/group/assignmentScheduleRequests",
    "/identityGovernance/privilegedAccess/group/assignmentSchedules",
    "/identityGovernance/privilegedAccess/group/assignmentScheduleInstances",
    "/identityGovernance/privilegedAccess/group/eligibilityScheduleRequests",
    "/identityGovernance/privilegedAccess/group/eligibilitySchedules",
    "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances",
    "/identityGovernance/privilegedAccess/group/assignmentApprovals",
    "/identityGovernance/privilegedAccess/group/assignmentApprovals/{approval-id}/stages",
];

#[test]
fn the_revision_of_2022_06_21_has_no_resource_namespaces_and_is_refused() {
    assert_refused(
        "history/v1.0-2022-06-21",
        "the path /roleManagement/directory/resourceNamespaces does not exist: microsoft.graph.rbacApplication has no \
         navigation property `resourceNamespaces`",
    );
}

#[test]
fn nor_has_it_pim_for_groups_and_some_properties_without_which_it_is_generated_from() {
    let Some((missing, operations)) = lacking("history/v1.0-2022-06-21") else { return };
    let namespaces = [
        "/roleManagement/directory/resourceNamespaces",
        "/roleManagement/directory/resourceNamespaces/{unifiedRbacResourceNamespace-id}/resourceActions",
    ];
    let properties = [
        "microsoft.graph.group has no property `isManagementRestricted`",
        "microsoft.graph.group has no property `uniqueName`",
        "microsoft.graph.user has no property `isManagementRestricted`",
        "microsoft.graph.user has no property `securityIdentifier`",
    ];
    assert_eq!(missing, [namespaces.as_slice(), &GROUPS, &properties].concat());
    assert_eq!(operations, 105);
}

#[test]
fn the_revision_of_2023_08_16_has_no_pim_for_groups_and_is_refused() {
    assert_refused(
        "history/v1.0-2023-08-16",
        "the path /identityGovernance/privilegedAccess/group/assignmentScheduleRequests does not exist: \
         microsoft.graph.identityGovernance has no navigation property `privilegedAccess`",
    );
}

#[test]
fn without_pim_for_groups_it_is_generated_from() {
    let Some((missing, operations)) = lacking("history/v1.0-2023-08-16") else { return };
    let properties = [
        "microsoft.graph.group has no property `isManagementRestricted`",
        "microsoft.graph.group has no property `uniqueName`",
        "microsoft.graph.user has no property `isManagementRestricted`",
    ];
    assert_eq!(missing, [GROUPS.as_slice(), &properties].concat());
    assert_eq!(operations, 109);
}

#[test]
fn the_revision_of_2023_09_22_lacks_some_properties_and_is_refused() {
    assert_refused("history/v1.0-2023-09-22", "microsoft.graph.group has no property `isManagementRestricted`");
}

#[test]
fn without_those_properties_it_is_generated_from() {
    let Some((missing, operations)) = lacking("history/v1.0-2023-09-22") else { return };
    assert_eq!(
        missing,
        [
            "microsoft.graph.group has no property `isManagementRestricted`",
            "microsoft.graph.group has no property `uniqueName`",
            "microsoft.graph.user has no property `isManagementRestricted`",
        ]
    );
    assert_eq!(operations, 136);
}

#[test]
fn the_delos_cloud_has_no_pim_and_is_refused() {
    assert_refused(
        "clouds/v1.0-delos",
        "the path /roleManagement/entitlementManagement/roleDefinitions does not exist: microsoft.graph.roleManagement has no \
         navigation property `entitlementManagement`",
    );
}

#[test]
fn without_pim_groups_users_and_roles_of_the_delos_cloud_are_left() {
    let Some(generated) = generate("clouds/v1.0-delos", Missing::Report) else { return };
    let operations = operations(&generated.unwrap());
    assert_eq!(operations.len(), 72);
    let of_pim = |operation: &&String| {
        ["Schedule", "roleManagementPolic", "privilegedAccess"].iter().any(|word| operation.contains(word))
    };
    assert_eq!(operations.iter().find(of_pim), None);
    for left in ["get /groups", "get /users", "get /roleManagement/directory/roleDefinitions"] {
        assert!(operations.iter().any(|operation| operation == left), "{left}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// All documents
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn from_its_own_selection_each_gives_the_same() {
    let Some(graph) = support::graph_dir() else { return };
    let documents = ["history", "clouds"].map(|folder| fs::read_dir(graph.join(folder)).unwrap());
    let mut count = 0;
    for document in documents.into_iter().flatten() {
        let path = document.unwrap().path();
        let whole = generate_from(&fs::read(&path).unwrap(), Missing::Report).unwrap();
        let selection = whole.spec.get("v1.0/metadata.csdl.xml").unwrap();
        let nearby = whole.spec.get("v1.0/nearby.json").unwrap();
        let again = generate_beside(selection.as_bytes(), Some(nearby), Missing::Report).unwrap();
        assert!(again.spec == whole.spec && again.code == whole.code, "{}", path.display());
        count += 1;
    }
    assert_eq!(count, 11);
}

/// One in three of the documents: the oldest, one from the middle, the newest, and a cloud without PIM.
const COMPILED: [&str; 4] =
    ["history/v1.0-2022-06-21", "history/v1.0-2024-09-17", "history/v1.0-2026-06-22", "clouds/v1.0-delos"];

#[test]
fn what_comes_of_one_document_in_three_compiles() {
    // One crate, so that the client is checked once; a module for each document.
    let mut modules = Vec::new();
    for (index, document) in COMPILED.iter().enumerate() {
        let Some(generated) = generate(document, Missing::Report) else { return };
        let code = generated.unwrap().code;
        // Beta is the same each time.
        modules.push((format!("of_{index}"), if index > 0 { only_v1(&code) } else { code }));
    }
    let modules: Vec<_> = modules.iter().map(|(module, code)| (module.clone(), code)).collect();
    assert_compiles("older-revisions", "", &modules);
}

/// The code of v1.0 alone.
fn only_v1(code: &Tree) -> Tree {
    let mut only = Tree::default();
    for (path, text) in code.iter().filter(|(path, _)| path.starts_with("v1_0/")) {
        only.insert(path, text.to_owned()).unwrap();
    }
    only.insert("mod.rs", "pub mod v1_0;\n".to_owned()).unwrap();
    only
}
