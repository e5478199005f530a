//! Graph's documents: what it was over the years, and what it is in national clouds.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{fs, iter};

use pim_gen::diff::{Aspect, Bump, Effect, Kind, Report, Side, Subject, compare};
use pim_gen::select::Missing;
use pim_gen::{Generator, Input, csdl};

use crate::{public, support, verdict};

fn spec() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec")
}

/// The generator of this workspace, for documents that may lack something.
fn generator() -> Generator {
    let text = |name: &str| fs::read_to_string(spec().join(name)).unwrap();
    let generator = Generator::new("pim.toml", &text("pim.toml")).unwrap();
    generator.overlay("overlay.toml", &text("overlay.toml")).unwrap().missing(Missing::Report)
}

fn side(bytes: &[u8]) -> Side {
    generator().side(&Input::csdl("v1.0", "v1.0.csdl.xml", bytes)).unwrap()
}

/// All documents of v1.0 by name, the history first; nothing if there are none.
fn documents() -> Option<&'static [(String, Side)]> {
    static DOCUMENTS: OnceLock<Vec<(String, Side)>> = OnceLock::new();
    let graph = support::graph_dir()?;
    Some(DOCUMENTS.get_or_init(|| {
        let files = |folder: &str| -> Vec<PathBuf> {
            let mut files: Vec<_> =
                fs::read_dir(graph.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
            files.sort();
            files
        };
        let of = |path: PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().replace("v1.0-", "").replace(".csdl.xml", "");
            let side = side(&fs::read(&path).unwrap());
            (name, side)
        };
        let documents: Vec<_> = files("history").into_iter().chain(files("clouds")).map(of).collect();
        assert_eq!(documents.len(), 11);
        documents
    }))
}

/// How many changes of each effect there are, and the version that they ask for.
fn summary(report: &Report) -> String {
    let mut counts: BTreeMap<Effect, usize> = BTreeMap::new();
    report.changes.iter().for_each(|change| *counts.entry(change.effect()).or_default() += 1);
    let count = |effect: &Effect| format!("{:>5}", counts.get(effect).unwrap_or(&0));
    let counts: String = Effect::ALL.iter().map(count).collect();
    format!("{counts}{:>6}  {}", report.nearby.len(), report.bump().name())
}

#[test]
fn every_two_of_them_differ_by_so_much() {
    let Some(documents) = documents() else { return };
    let mut table = "from        to          compile decode more none near\n".to_owned();
    for (at, (from, old)) in documents.iter().enumerate() {
        for (to, new) in &documents[at + 1..] {
            writeln!(table, "{from:<11} {to:<11} {}", summary(&compare(old, new))).unwrap();
        }
    }
    assert_eq!(table.lines().count(), 1 + 55);
    insta::assert_snapshot!(table);
}

#[test]
fn one_after_another_they_tell_the_history_of_the_selection() {
    let Some(documents) = documents() else { return };
    let mut text = String::new();
    for pair in documents[..8].windows(2) {
        let [(from, old), (to, new)] = pair else { continue };
        let report = compare(old, new);
        writeln!(text, "# {from} to {to}: {}", report.bump().name()).unwrap();
        for change in &report.changes {
            let kind = match &change.kind {
                Kind::Added => "added".to_owned(),
                Kind::Removed => "removed".to_owned(),
                Kind::Changed { aspect, from, to } => format!("{aspect:?} from {from:?} to {to:?}"),
            };
            let (callers, wire) = (change.callers, change.wire);
            writeln!(text, "{} {kind}: {callers:?}, {wire:?}, {} items", change.subject, change.items.len()).unwrap();
        }
        report.nearby.iter().for_each(|nearby| writeln!(text, "beside: {nearby:?}").unwrap());
    }
    insta::assert_snapshot!(text);
}

#[test]
fn each_compared_with_itself_has_no_change() {
    let Some(documents) = documents() else { return };
    for (name, side) in documents {
        assert!(compare(side, side).is_empty(), "{name}");
    }
}

#[test]
fn the_other_way_round_what_came_is_what_is_gone() {
    let Some(documents) = documents() else { return };
    for (at, (from, old)) in documents.iter().enumerate() {
        for (to, new) in &documents[at + 1..] {
            assert_mirrored(&compare(old, new), &compare(new, old), &format!("{from}, {to}"));
        }
    }
}

/// A report, and that of the way back.
pub(crate) fn assert_mirrored(there: &Report, back: &Report, what: &str) {
    let of = |report: &Report, swapped: bool| {
        let kind = |kind: &Kind| match (kind, swapped) {
            (Kind::Added, false) | (Kind::Removed, true) => "added".to_owned(),
            (Kind::Removed, false) | (Kind::Added, true) => "removed".to_owned(),
            (Kind::Changed { aspect, from, to }, false) => format!("{aspect:?}: {from}, {to}"),
            (Kind::Changed { aspect, from, to }, true) => format!("{aspect:?}: {to}, {from}"),
        };
        // Where a property or a type went, its way back begins elsewhere.
        let stays = |change: &&pim_gen::diff::Change| {
            !matches!(change.kind, Kind::Changed { aspect: Aspect::Declared | Aspect::Name, .. })
        };
        // What is bound to something else now is called by what it was bound to.
        let rebound = report.changes.iter().any(|change| {
            let is_called = matches!(change.subject, Subject::Operation { .. });
            is_called && matches!(change.kind, Kind::Changed { aspect: Aspect::Declared, .. })
        });
        let is_bound = |change: &&pim_gen::diff::Change| {
            matches!(change.subject, Subject::Bound { .. } | Subject::Parameter { .. })
        };
        let changes = report.changes.iter().filter(stays).filter(|change| !rebound || !is_bound(change));
        let mut all: Vec<_> = changes.map(|change| format!("{} {}", change.subject, kind(&change.kind))).collect();
        all.sort();
        all
    };
    // What is the same under another name is called by the one that it had.
    let names = there.changes.iter().filter_map(|change| match &change.kind {
        Kind::Changed { aspect: Aspect::Name, from, to } => Some((from.clone(), to.clone())),
        _ => None,
    });
    let names: Vec<_> = names.collect();
    let by_one_name = |lines: Vec<String>| -> Vec<String> {
        let renamed = |line: String| names.iter().fold(line, |line, (from, to)| line.replace(to, from));
        lines.into_iter().map(renamed).collect()
    };
    pretty(&by_one_name(of(there, false)), &by_one_name(of(back, true)), what);
}

fn pretty(there: &[String], back: &[String], what: &str) {
    let missing = there.iter().filter(|line| !back.contains(line)).map(|line| format!("only there: {line}"));
    let more = back.iter().filter(|line| !there.contains(line)).map(|line| format!("only back: {line}"));
    let faults: Vec<_> = missing.chain(more).collect();
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
}

/// The public items of what is generated from what is kept of a document: that this is what is generated from the whole
/// one, too, is shown where the history is.
fn generated(side: &Side) -> public::Public {
    let kept = csdl::write(&side.model);
    let inputs = [Input::csdl("v1.0", "v1.0.csdl.xml", kept.as_bytes())];
    public::items(&generator().generate(&inputs, &|_| {}).unwrap().code, "v1_0")
}

#[test]
fn what_is_said_of_them_is_true_of_the_code_that_comes_of_them() {
    let Some(documents) = documents() else { return };
    let code: Vec<_> = documents.iter().map(|(_, side)| generated(side)).collect();
    let sides = documents.iter().zip(&code);
    // Every step of the history, and from its end to each of the clouds and back.
    let steps = sides
        .clone()
        .zip(sides.clone().skip(1))
        .chain(sides.clone().skip(8).zip(iter::repeat(sides.clone().nth(7).unwrap())));
    let mut bumps = Vec::new();
    for (((from, old), was), ((to, new), is)) in steps {
        let report = compare(old, new);
        let faults = verdict::faults(&report, was, is);
        assert!(faults.is_empty(), "{from} to {to}:\n{}", faults.join("\n"));
        bumps.push(report.bump());
    }
    assert!(bumps.contains(&Bump::Major) && bumps.contains(&Bump::Minor));
}

// ---------------------------------------------------------------------------------------------------------------------
// The items of the client as it is
// ---------------------------------------------------------------------------------------------------------------------

/// What is kept by a selection of one path.
fn only(version: &str, path: &str, operations: &str, document: &[u8]) -> Side {
    let selection = format!("[[resource]]\npath = {path:?}\nversions = [{version:?}]\n{operations}");
    let generator = Generator::new("one.toml", &selection).unwrap().missing(Missing::Report);
    generator.side(&Input::csdl(version, "metadata.csdl.xml", document)).unwrap()
}

/// The paths that the listing of the client's public API has in these modules.
fn listed(module: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/public-api").join(module);
    let files = ["models", "fields", "operations", "resources"];
    let text = files.map(|file| fs::read_to_string(folder.join(file).with_extension("txt")).unwrap()).concat();
    let is_item = |line: &&str| !line.contains("::runtime::") && !line.starts_with("pub use ");
    let path = |line: &str| {
        let at = line.find("pim_client::").unwrap();
        let end = line[at..].find(|letter: char| !letter.is_alphanumeric() && !"_:#".contains(letter));
        line[at..end.map_or(line.len(), |end| at + end)].trim_end_matches(':').to_owned()
    };
    text.lines().filter(is_item).map(path).collect()
}

fn assert_names_all(version: &str, module: &str, first: (&str, &str), second: (&str, &str)) {
    let document = fs::read(spec().join(version).join("metadata.csdl.xml")).unwrap();
    let now = generator().side(&Input::csdl(version, "metadata.csdl.xml", &document)).unwrap();
    // What one of the two has, the other lacks.
    let reports = [first, second].map(|(path, operations)| compare(&only(version, path, operations, &document), &now));
    let come = reports.iter().flat_map(|report| &report.changes);
    let come = come.filter(|change| !matches!(change.kind, Kind::Removed));
    let named: std::collections::BTreeSet<_> = come.flat_map(|change| &change.items).cloned().collect();
    let listed: std::collections::BTreeSet<_> = listed(module).into_iter().collect();
    let root = format!("pim_client::{module}::Root::");
    let invented: Vec<_> = named.difference(&listed).filter(|item| !item.starts_with(&root)).collect();
    assert_eq!(invented, Vec::<&String>::new(), "named, but not there");
    let all = format!("pim_client::{module}::operations::ALL");
    let forgotten: Vec<_> = listed.difference(&named).filter(|item| **item != all).collect();
    assert_eq!(forgotten, Vec::<&String>::new(), "there, but not named");
}

#[test]
fn items_are_named_as_the_listing_of_the_public_api_does() {
    assert_names_all(
        "v1.0",
        "v1_0",
        ("/directory/administrativeUnits", "[resource.collection]\nlist = { doc = \"Lists.\" }"),
        ("/auditLogs/directoryAudits", "[resource.item]\nget = { doc = \"Reads.\" }"),
    );
    assert_names_all(
        "beta",
        "beta",
        ("/roleManagement/directory/roleAssignments", "[resource.collection]\nlist = { doc = \"Lists.\" }"),
        ("/identityGovernance/roleManagementAlerts/operations", "[resource.item]\nget = { doc = \"Reads.\" }"),
    );
}
