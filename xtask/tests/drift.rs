//! `cargo xtask drift`, as it is called: with documents instead of Graph's own, into a tree beside the workspace.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The workspace.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The selected metadata of v1.0.
fn selected() -> String {
    fs::read_to_string(workspace().join("spec/v1.0/metadata.csdl.xml")).unwrap()
}

/// A member of an enumeration, as metadata has it.
const PRINCIPAL: &str = r#"<Member Name="principal" Value="1" />"#;

/// A run into a folder of its own.
struct Run {
    folder: TempDir,
    code: i32,
    said: String,
}

impl Run {
    /// With `metadata` as what v1.0 has now.
    fn with(metadata: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("now.csdl.xml");
        fs::write(&document, metadata).unwrap();
        Self::given(folder, &format!("v1.0={}", document.display()))
    }

    fn given(folder: TempDir, document: &str) -> Self {
        Self::given_all(folder, &[document])
    }

    fn given_all(folder: TempDir, documents: &[&str]) -> Self {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("drift")
            .args(documents.iter().flat_map(|document| ["--metadata", document]))
            .arg("--root")
            .arg(folder.path().join("tree"))
            .arg("--report")
            .arg(folder.path().join("report.md"))
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        Self { folder, code: output.status.code().unwrap(), said }
    }

    fn report(&self) -> Option<String> {
        fs::read_to_string(self.folder.path().join("report.md")).ok()
    }

    /// A file of the tree.
    fn tree(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.folder.path().join("tree").join(path)).ok()
    }
}

/// The selected metadata with another text in one place.
fn replacing(from: &str, to: &str) -> String {
    let metadata = selected();
    assert!(metadata.contains(from), "{from} is not in the metadata");
    metadata.replacen(from, to, 1)
}

#[test]
fn where_the_selection_did_not_change_nothing_is_touched() {
    let run = Run::with(&selected());
    assert_eq!(run.said, "nothing to bring in: the selection is as it was\n");
    assert_eq!((run.code, run.report()), (0, None));
    assert!(!run.folder.path().join("tree").exists());
}

#[test]
fn what_was_written_otherwise_and_says_the_same_is_no_change() {
    let run = Run::with(&selected().replace("\" />", "\"/>").replace('\n', "\r\n"));
    assert_eq!((run.code, run.report()), (0, None), "{}", run.said);
}

#[test]
fn what_is_new_is_generated_and_reported() {
    let run = Run::with(&replacing(PRINCIPAL, &format!(r#"{PRINCIPAL}<Member Name="deputy" Value="77" />"#)));
    assert_eq!(run.code, 0, "{}", run.said);
    let report = run.report().unwrap();
    assert!(report.contains("/deputy"), "{report}");
    assert!(report.contains("### What was done\n\n- `spec/` and the client were generated anew.\n"), "{report}");
    assert!(!report.contains("### What is left to do"), "{report}");
    assert!(run.tree("spec/v1.0/metadata.csdl.xml").unwrap().contains(r#"<Member Name="deputy" Value="77" />"#));
}

#[test]
fn what_is_new_beside_the_selection_is_reported_and_listed_with_it() {
    let group = r#"<EntityType Name="group" BaseType="graph.directoryObject" OpenType="true">"#;
    let badge = r#"<Property Name="badge" Type="Edm.String" />"#;
    let run = Run::with(&replacing(group, &format!("{group}{badge}")));
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("\nthere is something new beside the selection; the report is "), "{}", run.said);
    assert!(run.report().unwrap().contains("badge"));
    assert!(run.tree("spec/v1.0/nearby.json").unwrap().contains("\"badge\""));
    assert_eq!(run.tree("spec/v1.0/metadata.csdl.xml").unwrap(), selected());
}

#[test]
fn what_the_selection_names_and_graph_lacks_now_is_left_to_a_person() {
    let run = Run::with(&replacing("<EntitySet Name=\"groups\"", "<EntitySet Name=\"teams\""));
    assert_eq!(run.code, 1, "{}", run.said);
    assert!(run.said.contains("and one thing is left to do; the report is "), "{}", run.said);
    let report = run.report().unwrap();
    assert!(report.contains("### What is left to do\n\nThe selection does not fit any more"), "{report}");
    assert!(report.contains("there is no entity set or singleton `groups`"), "{report}");
    assert!(!report.contains("### What was done"), "{report}");
    assert_eq!(run.tree("spec/v1.0/metadata.csdl.xml"), None);
}

#[test]
fn a_report_of_an_earlier_run_does_not_stay() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report.md"), "an earlier one").unwrap();
    let document = workspace().join("spec/v1.0/metadata.csdl.xml");
    let run = Run::given(folder, &format!("v1.0={}", document.display()));
    assert_eq!((run.code, run.report()), (0, None), "{}", run.said);
}

#[test]
fn documents_that_cannot_be_read_are_refused_and_nothing_is_written() {
    let missing = Run::given(tempfile::tempdir().unwrap(), "v1.0=no-such-file.xml");
    let broken = Run::with("<edmx:Edmx");
    let unknown = Run::given(tempfile::tempdir().unwrap(), "v2.0=no-such-file.xml");
    for run in [&missing, &broken, &unknown] {
        assert_eq!((run.code, run.report()), (2, None), "{}", run.said);
        assert_eq!(run.said.lines().count(), 1, "{}", run.said);
    }
    assert!(unknown.said.contains("the selection has no version v2.0"), "{}", unknown.said);
}

#[test]
fn a_version_has_one_document() {
    let (own, folder) = (workspace().join("spec/v1.0/metadata.csdl.xml"), tempfile::tempdir().unwrap());
    let own = format!("v1.0={}", own.display());
    let run = Run::given_all(folder, &[&own, &own]);
    assert_eq!((run.code, run.report()), (2, None), "{}", run.said);
    assert_eq!(run.said, "error: --metadata v1.0=… was given twice; a version has one document\n");
}

#[test]
fn openapi_is_refused_before_anything_is_compared() {
    let run = Run::with("openapi: 3.0.1\n");
    assert_eq!((run.code, run.report()), (2, None), "{}", run.said);
    let why = "now.csdl.xml is OpenAPI, not CSDL metadata; cargo xtask gen takes it with --openapi\n";
    assert!(run.said.ends_with(why), "{}", run.said);
}

#[test]
fn a_report_that_cannot_be_written_is_known_before_anything_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("report.md")).unwrap();
    fs::write(folder.path().join("now.xml"), replacing(PRINCIPAL, "")).unwrap();
    let document = format!("v1.0={}", folder.path().join("now.xml").display());
    let run = Run::given(folder, &document);
    assert_eq!(run.code, 2, "{}", run.said);
    assert!(run.said.ends_with("report.md: it is a folder; give a file\n"), "{}", run.said);
    assert!(!run.folder.path().join("tree").exists());
}

#[test]
fn the_workspace_is_left_alone() {
    let before = selected();
    Run::with(&replacing(PRINCIPAL, r#"<Member Name="deputy" Value="1" />"#));
    assert_eq!(selected(), before);
}

// ---------------------------------------------------------------------------------------------------------------------
// The workflow
// ---------------------------------------------------------------------------------------------------------------------

/// The texts of the workflows.
fn workflows() -> Vec<String> {
    let files = fs::read_dir(workspace().join(".github/workflows")).unwrap();
    files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[test]
fn workflows_use_what_others_wrote_at_a_commit_and_not_at_a_name() {
    let used = workflows().join("\n");
    let used: Vec<_> = used.lines().filter_map(|line| line.split_once("uses: ")).map(|(_, action)| action).collect();
    assert!(!used.is_empty());
    for action in used {
        let (_, commit) = action.split_once('@').unwrap();
        let (commit, version) = commit.split_once(" # v").unwrap();
        assert!(commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()), "{action}");
        assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{action}");
    }
}

#[test]
fn what_runs_code_of_others_may_not_write() {
    let drift = fs::read_to_string(workspace().join(".github/workflows/drift.yml")).unwrap();
    let (look, propose) = drift.split_once("\n  propose:\n").unwrap();
    assert!(look.contains("permissions: {}\n") && look.contains("      contents: read\n"));
    assert!(!look.contains("write\n"), "the job that builds may write");
    assert!(!propose.contains("cargo"), "the job that may write builds");
}
