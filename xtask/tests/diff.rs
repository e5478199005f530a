//! `cargo xtask diff`, as it is called: what it reads, what it says, and how it ends.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "../../crates/pim-gen/tests/support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

/// How a run ended.
#[derive(Debug)]
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Run {
    /// What it said, of one that succeeded.
    fn done(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (0, ""), "{}", self.stdout);
        self.stdout
    }

    /// The one line of an error, of one that had bad input.
    fn refused(self) -> String {
        assert_eq!((self.code, self.stdout.as_str()), (2, ""), "{}", self.stderr);
        let line = self.stderr.strip_prefix("error: ").and_then(|rest| rest.strip_suffix('\n')).unwrap();
        assert!(!line.contains('\n'), "{line}");
        line.to_owned()
    }

    fn json(self) -> Value {
        serde_json::from_str(&self.done()).unwrap()
    }
}

/// Runs `cargo xtask diff` in `folder`.
fn diff(folder: &Path, arguments: &[&str]) -> Run {
    let output =
        Command::new(env!("CARGO_BIN_EXE_xtask")).current_dir(folder).arg("diff").args(arguments).output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The workspace.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

// ---------------------------------------------------------------------------------------------------------------------
// A small checkout
// ---------------------------------------------------------------------------------------------------------------------

const PROPERTY: &str = r#"<Property Name="mail" Type="Edm.String"/>"#;

/// A description of groups, with `properties` besides their names.
fn metadata(properties: &str) -> String {
    format!(
        r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="entity" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="group" BaseType="microsoft.graph.entity"><Property Name="displayName" Type="Edm.String"/>{properties}</EntityType>
<EntityContainer Name="GraphService"><EntitySet Name="groups" EntityType="microsoft.graph.group"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>"#
    )
}

/// Selects reading of groups.
fn selection(versions: &str) -> String {
    format!(
        "[[resource]]\npath = \"/groups\"\nversions = [{versions}]\n[resource.item]\n\
         get = {{ doc = \"Reads a group.\", application = [\"Group.Read.All\"] }}\n"
    )
}

/// A checkout whose client is 0.4.2 and reads groups of v1.0 and beta.
fn checkout() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("Cargo.toml", "[workspace.package]\nversion = \"0.4.2\"\n");
    write("spec/pim.toml", &selection("\"v1.0\", \"beta\""));
    write("spec/overlay.toml", "");
    write("spec/v1.0/metadata.csdl.xml", &metadata(""));
    write("spec/beta/metadata.csdl.xml", &metadata(""));
    write("v1.0-2024-01-01.csdl.xml", &metadata(""));
    write("v1.0-2024-02-01.csdl.xml", &metadata(PROPERTY));
    write("unnamed.xml", &metadata(PROPERTY));
    folder
}

/// Runs `cargo xtask diff` in a checkout, and on it.
fn in_checkout(checkout: &TempDir, arguments: &[&str]) -> Run {
    diff(checkout.path(), &[&["--root", "."], arguments].concat())
}

/// Runs git in a folder, with nothing of whoever runs the tests.
fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Adele", "-c", "user.email=adele@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A checkout with a repository: the tag `v0.4.2`, and on `main` one commit more, where groups of v1.0 have a mail.
fn repository() -> TempDir {
    let folder = checkout();
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=first"]);
    git(folder.path(), &["tag", "v0.4.2"]);
    fs::write(folder.path().join("spec/v1.0/metadata.csdl.xml"), metadata(PROPERTY)).unwrap();
    git(folder.path(), &["commit", "--quiet", "--all", "--message=second"]);
    folder
}

const OLD: &str = "v1.0-2024-01-01.csdl.xml";
const NEW: &str = "v1.0-2024-02-01.csdl.xml";

/// What is told where groups get a mail.
fn assert_tells_the_mail(told: &Value) {
    let changes = told["reports"][0]["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{told}");
    let subject = json!({"about": "property", "type": "microsoft.graph.group", "name": "mail"});
    assert_eq!((&changes[0]["subject"], &changes[0]["change"]), (&subject, &json!("added")));
    assert_eq!(told["bump"], "minor");
}

// ---------------------------------------------------------------------------------------------------------------------
// Sources
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn two_files_are_compared() {
    assert_tells_the_mail(&in_checkout(&checkout(), &[OLD, NEW, "--format", "json"]).json());
}

#[test]
fn a_file_whose_name_tells_no_version_is_of_that_of_the_other_side() {
    let checkout = checkout();
    assert_tells_the_mail(&in_checkout(&checkout, &[OLD, "unnamed.xml", "--format", "json"]).json());
    assert_tells_the_mail(&in_checkout(&checkout, &[OLD, "v1.0=unnamed.xml", "--format", "json"]).json());
    let told = in_checkout(&checkout, &["unnamed.xml", OLD, "--format", "json"]).json();
    assert_eq!(told["reports"][0]["changes"][0]["change"], "removed");
}

#[test]
fn a_version_can_be_said_against_what_a_name_tells() {
    let told = in_checkout(&checkout(), &["beta=v1.0-2024-01-01.csdl.xml", "beta=unnamed.xml", "--format", "json"]);
    let told = told.json();
    assert_eq!(told["reports"][0]["version"], "beta");
    assert_tells_the_mail(&told);
}

#[test]
fn a_folder_is_a_selection() {
    let checkout = checkout();
    assert_tells_the_mail(&in_checkout(&checkout, &["spec/v1.0", NEW, "--format", "json"]).json());
    assert_tells_the_mail(&in_checkout(&checkout, &["./spec/v1.0/", "unnamed.xml", "--format", "json"]).json());
}

#[test]
fn a_folder_of_selections_is_all_its_versions() {
    let (checkout, other) = (checkout(), checkout());
    let spec = other.path().join("spec");
    fs::write(spec.join("v1.0/metadata.csdl.xml"), metadata(PROPERTY)).unwrap();
    let told = in_checkout(&checkout, &["spec", spec.to_str().unwrap(), "--format", "json"]).json();
    let versions: Vec<_> = told["reports"].as_array().unwrap().iter().map(|report| &report["version"]).collect();
    assert_eq!(versions, ["beta", "v1.0"]);
    assert_eq!(told["reports"][0]["changes"], json!([]));
    assert_eq!(told["reports"][1]["changes"].as_array().unwrap().len(), 1);
}

#[test]
fn a_version_that_one_of_two_whole_sets_lacks_is_gone_or_new() {
    let (checkout, other) = (checkout(), checkout());
    fs::remove_dir_all(other.path().join("spec/beta")).unwrap();
    let other = other.path().join("spec");
    let other = other.to_str().unwrap();
    let gone = in_checkout(&checkout, &["spec", other, "--format", "json"]).json();
    assert_eq!((&gone["gone"], &gone["come"], &gone["bump"]), (&json!(["beta"]), &json!([]), &json!("major")));
    let come = in_checkout(&checkout, &[other, "spec", "--format", "json"]).json();
    assert_eq!((&come["gone"], &come["come"], &come["bump"]), (&json!([]), &json!(["beta"]), &json!("minor")));
    // A single document says nothing of other versions.
    let single = in_checkout(&checkout, &["spec", OLD, "--format", "json"]).json();
    assert_eq!((&single["gone"], &single["bump"]), (&json!([]), &json!("none")));
}

#[test]
fn a_revision_is_what_was_committed() {
    let repository = repository();
    for revision in ["v0.4.2", "HEAD~1", "main^"] {
        let told = in_checkout(&repository, &[revision, "HEAD", "--format", "json"]).json();
        assert!(told["old"].as_str().unwrap().starts_with(&format!("{revision} (")), "{told}");
        let changed: Vec<_> = told["reports"].as_array().unwrap().iter().map(|report| &report["bump"]).collect();
        assert_eq!(changed, ["none", "minor"], "{told}");
    }
    // Not what is in the folder now.
    fs::write(repository.path().join("spec/v1.0/metadata.csdl.xml"), "not committed").unwrap();
    assert!(in_checkout(&repository, &["main", "HEAD"]).done().starts_with("nothing changed between main ("));
}

#[test]
fn of_a_revision_one_version_can_be_said() {
    let told = in_checkout(&repository(), &["v1.0=v0.4.2", "main", "--format", "json"]).json();
    assert_tells_the_mail(&told);
}

#[test]
fn a_revision_is_selected_from_as_it_was_then() {
    let repository = repository();
    let path = repository.path().join("spec/pim.toml");
    fs::write(path, selection("\"v1.0\"")).unwrap();
    git(repository.path(), &["commit", "--quiet", "--all", "--message=without beta"]);
    let told = in_checkout(&repository, &["v0.4.2", "main", "--format", "json"]).json();
    assert_eq!(told["gone"], json!(["beta"]));
}

#[test]
fn what_exists_is_a_file_and_no_revision() {
    let repository = repository();
    fs::copy(repository.path().join(NEW), repository.path().join("v0.4.2")).unwrap();
    assert!(in_checkout(&repository, &["v1.0=v0.4.2", NEW]).done().starts_with("nothing changed between v0.4.2 and "));
}

#[test]
fn the_workspace_is_what_it_says_it_is() {
    let folder = TempDir::new().unwrap();
    let spec = workspace().join("spec");
    let spec = spec.to_str().unwrap();
    assert_eq!(diff(folder.path(), &[spec, spec]).done(), format!("nothing changed between {spec} and {spec}\n"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Formats
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn text_ends_with_the_verdict_for_the_version_that_there_is() {
    insta::assert_snapshot!(in_checkout(&checkout(), &[OLD, NEW]).done());
}

#[test]
fn markdown_begins_with_it() {
    let text = in_checkout(&checkout(), &[NEW, OLD, "--format", "markdown"]).done();
    assert!(text.starts_with("## Graph's description changed: a major version\n\n"), "{text}");
    assert!(text.contains("The client's `0.4.2` becomes **`0.5.0`**."), "{text}");
}

#[test]
fn equal_sides_are_one_line_in_each_form_for_people() {
    let checkout = checkout();
    assert_eq!(in_checkout(&checkout, &[OLD, OLD]).done(), format!("nothing changed between {OLD} and {OLD}\n"));
    let markdown = in_checkout(&checkout, &[OLD, OLD, "--format", "markdown"]).done();
    assert_eq!(markdown, format!("Nothing changed between `{OLD}` and `{OLD}`.\n"));
}

#[test]
fn what_is_written_to_a_file_is_what_would_be_printed() {
    let checkout = checkout();
    let file = checkout.path().join("deep/changes.md");
    let arguments = [OLD, NEW, "--format", "markdown"];
    let said = in_checkout(&checkout, &[&arguments[..], &["--output", "deep/changes.md"]].concat()).done();
    assert_eq!(said, "wrote deep/changes.md\n");
    assert_eq!(fs::read_to_string(file).unwrap(), in_checkout(&checkout, &arguments).done());
}

#[test]
fn what_cannot_be_compared_writes_over_nothing() {
    let checkout = checkout();
    let file = checkout.path().join("changes.md");
    fs::write(&file, "as it was").unwrap();
    in_checkout(&checkout, &[OLD, "nowhere", "--output", "changes.md"]).refused();
    assert_eq!(fs::read_to_string(file).unwrap(), "as it was");
    let error = in_checkout(&checkout, &[OLD, NEW, "--output", "spec"]).refused();
    assert_eq!(error, "cannot write spec: it is a folder; give a file");
}

// ---------------------------------------------------------------------------------------------------------------------
// Exit codes
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn changes_fail_only_if_that_was_asked_for() {
    let checkout = checkout();
    let code = |old: &str, new: &str, fail_on: &[&str]| in_checkout(&checkout, &[&[old, new], fail_on].concat()).code;
    for (fail_on, minor, major) in [("none", 0, 0), ("minor", 1, 1), ("major", 0, 1)] {
        assert_eq!(code(OLD, NEW, &["--fail-on", fail_on]), minor, "{fail_on}");
        assert_eq!(code(NEW, OLD, &["--fail-on", fail_on]), major, "{fail_on}");
        assert_eq!(code(OLD, OLD, &["--fail-on", fail_on]), 0, "{fail_on}");
    }
    assert_eq!(code(NEW, OLD, &[]), 0);
}

#[test]
fn what_fails_is_told_all_the_same() {
    let run = in_checkout(&checkout(), &[NEW, OLD, "--fail-on", "major"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert!(run.stdout.ends_with("verdict: major; the client's 0.4.2 becomes 0.5.0\n"), "{}", run.stdout);
}

// ---------------------------------------------------------------------------------------------------------------------
// Bad input
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_name_of_nothing_is_told_to_be_neither() {
    let repository = repository();
    for name in ["nowhere", "v9.9.9", "main..v0.4.2", "HEAD:spec", "main^{tree}", "a b", "$(true)", "\u{1b}[2J", "é=ü"]
    {
        let error = in_checkout(&repository, &[name, "main"]).refused();
        assert!(error.ends_with("is neither a file or folder nor a revision of the repository in ."), "{error}");
        assert!(!error.contains('\u{1b}'), "{error:?}");
    }
}

#[test]
fn outside_of_a_repository_there_are_no_revisions() {
    let error = in_checkout(&checkout(), &["HEAD", OLD]).refused();
    assert_eq!(error, "`HEAD` is neither a file or folder nor a revision of the repository in .");
}

#[test]
fn what_begins_with_a_hyphen_is_no_option_of_git() {
    let repository = repository();
    for name in ["--help", "-x", "--output=stolen", "--exec=true"] {
        let error = in_checkout(&repository, &["--", name, "main"]).refused();
        assert!(error.starts_with(&format!("`{name}` begins with a hyphen")), "{error}");
    }
    assert!(!repository.path().join("stolen").exists());
}

#[test]
fn what_is_no_description_is_refused_with_its_name() {
    let checkout = checkout();
    let write = |name: &str, bytes: &[u8]| fs::write(checkout.path().join(name), bytes).unwrap();
    write("empty.xml", b"");
    write("blank.xml", b"\xef\xbb\xbf \n\t");
    write("binary.xml", &[0, 1, 2, 0x7f, 0x80, 0xff]);
    write("notes.md", b"# Notes\n");
    write("broken.xml", b"<edmx:Edmx>");
    write("page.xml", b"<html><body>Sign in</body></html>");
    for name in ["empty.xml", "blank.xml", "binary.xml", "notes.md", "broken.xml", "page.xml"] {
        let error = in_checkout(&checkout, &[OLD, name]).refused();
        assert!(error.starts_with(name), "{error}");
        let error = in_checkout(&checkout, &[&format!("v1.0={name}"), OLD]).refused();
        assert!(error.starts_with(name), "{error}");
    }
}

#[test]
fn errors_inside_a_document_have_their_place() {
    let checkout = checkout();
    let broken = metadata(r#"<Property Name="mail" Type="graph.nothing"/>"#);
    fs::write(checkout.path().join("v1.0-broken.xml"), broken).unwrap();
    let error = in_checkout(&checkout, &[OLD, "v1.0-broken.xml"]).refused();
    assert!(error.starts_with("v1.0-broken.xml:4:"), "{error}");
}

#[test]
fn a_description_of_something_else_is_refused_with_its_name() {
    let checkout = checkout();
    let other = metadata("").replace("groups", "rooms");
    fs::write(checkout.path().join("v1.0-rooms.xml"), other).unwrap();
    let error = in_checkout(&checkout, &[OLD, "v1.0-rooms.xml"]).refused();
    assert!(error.starts_with("v1.0-rooms.xml: ") && error.contains("nothing of the selection"), "{error}");
}

#[test]
fn where_nothing_tells_the_version_it_is_said_how() {
    let error = in_checkout(&checkout(), &["unnamed.xml", "unnamed.xml"]).refused();
    let told = "nothing tells which version of Graph unnamed.xml and unnamed.xml are of; write v1.0=unnamed.xml";
    assert_eq!(error, told);
    let error = in_checkout(&checkout(), &["spec", "unnamed.xml"]).refused();
    assert_eq!(error, "nothing tells whether unnamed.xml is of beta or v1.0; write beta=unnamed.xml");
}

#[test]
fn versions_are_not_compared_with_others_unless_that_is_said() {
    let checkout = checkout();
    let error = in_checkout(&checkout, &["spec/beta", NEW]).refused();
    let told = format!("spec/beta is of beta and {NEW} of v1.0; to compare them all the same, write beta={NEW}");
    assert_eq!(error, told);
    assert_tells_the_mail(&in_checkout(&checkout, &["spec/beta", &format!("beta={NEW}"), "--format", "json"]).json());
}

#[test]
fn a_version_that_is_not_selected_is_refused() {
    let error = in_checkout(&checkout(), &["v3.0=unnamed.xml", "v3.0=unnamed.xml"]).refused();
    assert_eq!(error, "unnamed.xml: the selection has no version v3.0, only beta and v1.0");
    let error = in_checkout(&repository(), &["v3.0=main", "main"]).refused();
    assert!(error.starts_with("main (") && error.ends_with(") has no version v3.0"), "{error}");
}

#[test]
fn a_folder_without_metadata_is_no_selection() {
    let checkout = checkout();
    let error = in_checkout(&checkout, &[".", OLD]).refused();
    assert!(error.starts_with(". is no selection: it has no metadata.csdl.xml"), "{error}");
}

#[test]
fn a_revision_without_a_selection_is_told() {
    let repository = repository();
    git(repository.path(), &["rm", "--quiet", "-r", "spec"]);
    git(repository.path(), &["commit", "--quiet", "--message=nothing selected"]);
    let error = in_checkout(&repository, &["HEAD", "v0.4.2"]).refused();
    assert!(error.ends_with(") has no spec/pim.toml: nothing is selected there"), "{error}");
}

#[test]
fn a_broken_selection_of_a_revision_is_told_with_the_revision() {
    let repository = repository();
    fs::write(repository.path().join("spec/pim.toml"), "[[resource]]\npath = 1\n").unwrap();
    git(repository.path(), &["commit", "--quiet", "--all", "--message=broken"]);
    fs::write(repository.path().join("spec/pim.toml"), selection("\"v1.0\"")).unwrap();
    let error = in_checkout(&repository, &["v0.4.2", "HEAD"]).refused();
    assert!(error.starts_with("HEAD (") && error.contains("): spec/pim.toml:2:"), "{error}");
}

#[test]
fn files_that_are_joined_have_to_be_there_and_of_openapi() {
    let checkout = checkout();
    let error = in_checkout(&checkout, &["unnamed.xml,nowhere.yml", OLD]).refused();
    let told = "`unnamed.xml,nowhere.yml`: there is no file `nowhere.yml`; files are joined by commas alone";
    assert_eq!(error, told);
    let error = in_checkout(&checkout, &["unnamed.xml,unnamed.xml", OLD]).refused();
    assert!(error.starts_with("unnamed.xml is CSDL metadata, which is one file"), "{error}");
}

#[test]
fn two_descriptions_are_needed() {
    let checkout = checkout();
    for (given, told) in [(&[][..], "none is given"), (&[OLD], "one is given"), (&[OLD, OLD, OLD], "3 are given")] {
        let error = in_checkout(&checkout, given).refused();
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn the_help_has_examples() {
    let help = diff(&workspace(), &["--help"]).done();
    for example in ["diff HEAD spec", "--history documents v1.0", "--matrix v1.0-usgov.csdl.xml", "v1.0=FILE"] {
        assert!(help.contains(example), "{help}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Histories
// ---------------------------------------------------------------------------------------------------------------------

/// A folder with documents of these names, each but the first with one property more than the one before.
fn documents(names: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (number, name) in names.iter().enumerate() {
        let properties = (0..number).map(|number| format!(r#"<Property Name="p{number}" Type="Edm.String"/>"#));
        fs::write(folder.path().join(name), metadata(&properties.collect::<String>())).unwrap();
    }
    folder
}

fn history(folder: &TempDir, arguments: &[&str]) -> Run {
    in_checkout(&checkout(), &[&["--history", folder.path().to_str().unwrap()], arguments].concat())
}

#[test]
fn a_history_goes_by_the_dates_in_the_names() {
    let documents = documents(&["v1.0-2024-01-31.xml", "v1.0-2024-02-01.csdl.xml", "v1.0-cloud-2024-11-01.xml"]);
    let told = history(&documents, &["--format", "json"]).json();
    let steps: Vec<_> = told["steps"].as_array().unwrap().iter().map(|step| (&step["from"], &step["to"])).collect();
    let dates = ["2024-01-31", "2024-02-01", "2024-11-01"].map(Value::from);
    assert_eq!(steps, [(&dates[0], &dates[1]), (&dates[1], &dates[2])]);
    assert_eq!(told["steps"][1]["changes"][0]["subject"]["name"], "p1");
}

#[test]
fn a_history_can_fail_and_be_written_to_a_file() {
    let documents = documents(&["v1.0-2024-01-31.xml", "v1.0-2024-02-01.xml"]);
    assert_eq!(history(&documents, &["--fail-on", "minor"]).code, 1);
    assert_eq!(history(&documents, &["--fail-on", "major"]).code, 0);
    let file = documents.path().join("out/history.md");
    history(&documents, &["--format", "markdown", "--output", file.to_str().unwrap()]).done();
    assert!(
        fs::read_to_string(file).unwrap().contains("| 2024-01-31 → 2024-02-01 | `microsoft.graph.group/p0` added |")
    );
}

#[test]
fn what_is_no_document_of_the_version_is_passed_over_aloud() {
    let documents = documents(&["v1.0-2024-01-31.xml", "v1.0-2024-02-01.xml", "beta-2024-02-01.xml", "README.md"]);
    let run = history(&documents, &["v1.0"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let passed: Vec<_> = run.stderr.lines().collect();
    assert_eq!(passed.len(), 2, "{passed:?}");
    assert!(passed[0].ends_with("README.md: its name is not VERSION-DATE, as v1.0-2024-09-17.xml is"), "{passed:?}");
    assert!(passed[1].ends_with("beta-2024-02-01.xml: it is of beta"), "{passed:?}");
}

#[test]
fn a_version_that_no_document_is_of_is_told_with_those_that_there_are() {
    let documents = documents(&["v1.0-2024-01-31.xml", "v1.0-2024-02-01.xml", "beta-2024-02-01.xml"]);
    let error = history(&documents, &["v2.0"]).refused();
    assert!(error.ends_with(" has no documents of v2.0, only of beta and v1.0"), "{error}");
}

#[test]
fn of_several_versions_one_has_to_be_said() {
    let documents = documents(&["v1.0-2024-01-31.xml", "beta-2024-02-01.xml"]);
    let error = history(&documents, &[]).refused();
    assert!(error.contains(" has documents of beta and v1.0; say which: --history "), "{error}");
}

#[test]
fn a_day_has_one_document() {
    let documents = documents(&["v1.0-2024-01-31.xml", "v1.0-2024-01-31.csdl.xml"]);
    let error = history(&documents, &[]).refused();
    assert!(error.ends_with("are both of v1.0 and 2024-01-31; a day has one document"), "{error}");
}

#[test]
fn a_history_needs_two_documents() {
    assert!(history(&documents(&[]), &[]).refused().contains(" has no documents whose names are VERSION-DATE"));
    let one = history(&documents(&["v1.0-2024-01-31.xml"]), &[]).refused();
    assert!(one.ends_with(" has one document of v1.0; a history begins with two"), "{one}");
    let error = in_checkout(&checkout(), &["--history", "nowhere"]).refused();
    assert!(error.starts_with("cannot read the folder nowhere: "), "{error}");
}

#[test]
fn the_history_of_graph_has_each_change_once_and_nothing_else() {
    let Some(graph) = support::graph_dir() else { return };
    let folder = graph.join("history");
    insta::assert_snapshot!(diff(&workspace(), &["--history", folder.to_str().unwrap()]).done());
}

// ---------------------------------------------------------------------------------------------------------------------
// Matrices
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn documents_are_dated_by_a_day_or_a_month() {
    for date in ["2024-02-29", "2024-02"] {
        let told = in_checkout(&checkout(), &["--matrix", NEW, "--dated", date, "--format", "json"]).json();
        assert_eq!(told["columns"][1]["date"], "2024-02-01", "a name tells more");
    }
    for date in ["tomorrow", "2023-02-29", "2024-13", "2024"] {
        let run = in_checkout(&checkout(), &["--matrix", NEW, "--dated", date]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{date}");
        assert!(run.stderr.contains("write a day or a month, such as 2026-08-03 or 2026-08"), "{}", run.stderr);
    }
}

#[test]
fn a_matrix_has_what_is_selected_first_and_then_the_documents() {
    let told = in_checkout(&checkout(), &["--matrix", OLD, NEW, "--format", "json"]).json();
    let names: Vec<_> = told["columns"].as_array().unwrap().iter().map(|column| &column["name"]).collect();
    assert_eq!(names, ["this client", "v1.0-2024-01-01", "v1.0-2024-02-01"]);
    assert_eq!(told["columns"][1]["date"], "2024-01-01");
    let rows = told["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{told}");
    assert_eq!(rows[0]["subject"]["name"], "mail");
    assert_eq!(rows[0]["cells"], json!([{"cell": "lacks"}, {"cell": "lacks"}, {"cell": "has"}]));
}

#[test]
fn a_property_of_another_type_is_shown_with_it() {
    let checkout = checkout();
    let numbered = metadata(r#"<Property Name="mail" Type="Edm.Int32"/>"#);
    fs::write(checkout.path().join("v1.0-china.csdl.xml"), numbered).unwrap();
    let told = in_checkout(&checkout, &["--matrix", NEW, "v1.0-china.csdl.xml", "--format", "json"]).json();
    assert_eq!(told["columns"][2]["name"], "China");
    let cells = json!([{"cell": "lacks"}, {"cell": "has"}, {"cell": "differs", "type": "Edm.Int32"}]);
    assert_eq!(told["rows"][0]["cells"], cells);
}

#[test]
fn where_all_have_the_same_that_is_one_line() {
    let told = in_checkout(&checkout(), &["--matrix", OLD]).done();
    assert_eq!(told, "v1.0: all have the same: this client, v1.0-2024-01-01\n");
}

#[test]
fn a_matrix_is_of_one_version() {
    let checkout = checkout();
    let error = in_checkout(&checkout, &["--matrix", OLD, "beta=unnamed.xml"]).refused();
    assert_eq!(error, "the documents are of different versions of Graph; a matrix is of one");
    let error = in_checkout(&checkout, &["--matrix", "unnamed.xml"]).refused();
    assert_eq!(error, "nothing tells which version of Graph unnamed.xml is of; write v1.0=unnamed.xml");
    let error = in_checkout(&checkout, &["--matrix"]).refused();
    assert_eq!(error, "--matrix takes at least one file: --matrix A.xml B.xml");
}

#[test]
fn the_page_about_national_clouds_is_what_is_generated() {
    let Some(graph) = support::graph_dir() else { return };
    let file = |cloud: &str| graph.join(format!("clouds/v1.0-{cloud}.csdl.xml")).display().to_string();
    let files = ["usgov", "china", "delos"].map(file);
    let files: Vec<_> = files.iter().map(String::as_str).collect();
    let rest = ["--dated", "2026-08", "--format", "markdown"];
    let page = diff(&workspace(), &[&["--matrix"], &files[..], &rest].concat()).done();
    let committed = fs::read_to_string(workspace().join("docs/national-clouds.md")).unwrap().replace("\r\n", "\n");
    assert!(committed == page, "docs/national-clouds.md is stale; it says by which command it is written");
}
