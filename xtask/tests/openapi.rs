//! `cargo xtask gen --openapi`, as it is called: what it writes, what it says, and how it ends.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "../../crates/pim-gen/tests/support/microsoft.rs"]
mod microsoft;
#[path = "../../crates/pim-gen/tests/support/value.rs"]
mod value;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use microsoft::{Paths, Style};
use pim_gen::spec::Manifest;
use pim_gen::{csdl, edm};
use tempfile::TempDir;

/// How a run ended.
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

/// Runs `cargo xtask gen` in `folder`.
fn generate(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.current_dir(folder).arg("gen").args(arguments).output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn spec(name: &str) -> String {
    fs::read_to_string(workspace().join("spec").join(name)).unwrap()
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A folder with the selection of beta as OpenAPI, in two files: `paths.yml` and, with the schemas, `types.json`.
fn with_openapi() -> TempDir {
    let metadata = spec("beta/metadata.csdl.xml");
    let model = edm::resolve(&csdl::read(metadata.as_bytes()).unwrap(), metadata.as_bytes()).unwrap();
    let manifest = Manifest::parse(&spec("pim.toml")).unwrap();
    let whole = manifest.resources.iter().map(|resource| resource.path.get_ref().clone()).collect();
    let value::Value::Map(members) = microsoft::openapi(&model, Style::Plain, &Paths { depth: 2, whole }) else {
        panic!("a document is an object")
    };
    let without =
        |left_out: &str| value::Value::Map(members.iter().filter(|(key, _)| key != left_out).cloned().collect());
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("paths.yml"), without("components").to_yaml()).unwrap();
    fs::write(folder.path().join("types.json"), without("paths").to_json()).unwrap();
    folder
}

/// The changes that `cargo xtask diff` tells between the workspace's selection of beta and OpenAPI in `folder`, either
/// first.
fn changes(folder: &Path) -> [Vec<serde_json::Value>; 2] {
    let files = ["paths.yml", "types.json"].map(|name| folder.join(name).display().to_string());
    let openapi = format!("beta={}", files.join(","));
    [["spec/beta", openapi.as_str()], [openapi.as_str(), "spec/beta"]].map(|sides| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let arguments = ["diff", "--format", "json", sides[0], sides[1]];
        let output = command.current_dir(workspace()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        told["reports"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|report| report["changes"].as_array().unwrap().clone())
            .collect()
    })
}

#[test]
fn held_against_metadata_nothing_changed() {
    let folder = with_openapi();
    let [there, back] = changes(folder.path());
    assert_eq!((there, back), (Vec::new(), Vec::new()));
}

#[test]
fn held_against_metadata_a_change_is_seen() {
    let folder = with_openapi();
    let paths = fs::read_to_string(folder.path().join("types.json")).unwrap();
    fs::write(folder.path().join("types.json"), paths.replace("isPrivileged", "isPrivilegedNow")).unwrap();
    let [there, back] = changes(folder.path());
    let told = |changes: &[serde_json::Value]| -> Vec<_> {
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        changes.iter().map(|change| (text(&change["subject"]["name"]), text(&change["change"]))).collect()
    };
    let change = |how: &str| vec![("isPrivileged".to_owned(), how.to_owned())];
    assert_eq!((told(&there), told(&back)), (change("removed"), change("added")));
}

const BOTH: &str = "beta=paths.yml,types.json";

#[test]
fn the_code_is_the_same_as_from_metadata() {
    let folder = with_openapi();
    let run = generate(folder.path(), &["--root", "tree", "--openapi", BOTH]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let code = |root: &Path| {
        let folder = root.join("crates/pim-client/src/generated/beta");
        let mut files = Vec::new();
        collect(&folder, &folder, &mut files);
        files.sort();
        files
    };
    assert!(code(&folder.path().join("tree")) == code(&workspace()));
    assert!(run.stdout.contains("beta: kept "), "{}", run.stdout);
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            files.push((name, fs::read_to_string(&path).unwrap().replace("\r\n", "\n")));
        }
    }
}

/// The entry of beta in the lock of the tree in `folder`.
fn lock(folder: &Path) -> String {
    let lock = fs::read_to_string(folder.join("tree/spec/lock.toml")).unwrap();
    lock.split("[\"beta\"]").nth(1).unwrap().split("\n\n").next().unwrap().to_owned()
}

#[test]
fn the_lock_names_all_files_in_their_order_and_has_one_hash_of_them() {
    let folder = with_openapi();
    assert_eq!(generate(folder.path(), &["--root", "tree", "--openapi", BOTH]).code, 0);
    let first = lock(folder.path());
    assert!(first.starts_with("\naddress = \"paths.yml,types.json\"\n"), "{first}");
    assert_eq!(generate(folder.path(), &["--root", "tree", "--openapi", "beta=types.json,paths.yml"]).code, 0);
    let other = lock(folder.path());
    assert!(other.starts_with("\naddress = \"types.json,paths.yml\"\n"), "{other}");
    let hash = |lock: &str| lock.split("sha256 = ").nth(1).unwrap().trim().to_owned();
    assert_ne!(hash(&first), hash(&other));
}

#[test]
fn the_lock_says_the_address_that_was_told() {
    let folder = with_openapi();
    let run = generate(
        folder.path(),
        &["--root", "tree", "--openapi", BOTH, "--address", "beta=https://example.org/openapi"],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let lock = lock(folder.path());
    assert!(lock.starts_with("\naddress = \"https://example.org/openapi\"\n"), "{lock}");
}

#[test]
fn a_tree_that_is_stale_is_mended_by_the_same_command() {
    let folder = with_openapi();
    let run = generate(folder.path(), &["--root", "tree", "--openapi", BOTH, "--check"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let command = format!("mend it with: cargo xtask gen --openapi {BOTH} --root tree");
    assert!(run.stdout.trim_end().ends_with(&command), "{}", run.stdout);
    assert!(!folder.path().join("tree").exists());

    assert_eq!(generate(folder.path(), &["--root", "tree", "--openapi", BOTH]).code, 0);
    let run = generate(folder.path(), &["--root", "tree", "--openapi", BOTH, "--check"]);
    assert_eq!((run.code, run.stdout.starts_with("beta: kept ")), (0, true), "{}", run.stdout);
}

#[test]
fn what_the_documents_lack_is_passed_over_only_where_that_is_allowed() {
    let folder = with_openapi();
    let types = fs::read_to_string(folder.path().join("paths.yml")).unwrap();
    let without = types.replace("roleManagementAlerts", "elsewhere");
    fs::write(folder.path().join("paths.yml"), without).unwrap();
    let types = fs::read_to_string(folder.path().join("types.json")).unwrap();
    fs::write(folder.path().join("types.json"), types.replace("roleManagementAlerts", "elsewhere")).unwrap();
    let run = generate(folder.path(), &["--root", "tree", "--openapi", BOTH]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("roleManagementAlerts"), "{}", run.stderr);
    assert!(!folder.path().join("tree").exists());
    let run = generate(folder.path(), &["--root", "tree", "--openapi", BOTH, "--allow-missing"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("beta: missing: "), "{}", run.stdout);
}

/// Fails unless the run ends with 2 and this line, and writes nothing.
fn assert_refused(folder: &Path, arguments: &[&str], line: &str) {
    let run = generate(folder, &[&["--root", "tree"], arguments].concat());
    assert_eq!((run.code, run.stderr.trim_end()), (2, line), "{}", run.stdout);
    assert!(!folder.join("tree").exists());
}

#[test]
fn a_version_that_the_selection_lacks_is_refused() {
    let folder = with_openapi();
    assert_refused(
        folder.path(),
        &["--openapi", "v2.0=paths.yml"],
        "error: --openapi v2.0=…: the selection has no version v2.0, only beta and v1.0",
    );
}

#[test]
fn a_version_has_one_description() {
    let folder = with_openapi();
    assert_refused(
        folder.path(),
        &["--openapi", "beta=paths.yml", "--openapi", "beta=types.json"],
        "error: --openapi beta=… was given twice; give all files at once: --openapi beta=FILE,FILE",
    );
    assert_refused(
        folder.path(),
        &["--metadata", "beta=metadata.xml", "--openapi", BOTH],
        "error: --metadata beta=… and --openapi beta=… were both given; a version has one description",
    );
}

#[test]
fn an_argument_without_files_is_refused() {
    let folder = with_openapi();
    for argument in ["beta", "beta=", "beta=paths.yml,", "=paths.yml"] {
        let run = generate(folder.path(), &["--root", "tree", "--openapi", argument]);
        assert_eq!(run.code, 2, "{}", run.stdout);
        assert!(run.stderr.contains("write VERSION=FILE or VERSION=FILE,FILE"), "{}", run.stderr);
    }
}

#[test]
fn what_is_wrong_in_a_file_is_said_with_its_name_and_place() {
    let folder = with_openapi();
    fs::write(folder.path().join("old.yml"), "swagger: '2.0'\n").unwrap();
    assert_refused(
        folder.path(),
        &["--openapi", "beta=types.json,old.yml"],
        "error: old.yml:1:1: this is OpenAPI 2, and only OpenAPI 3 is read; convert it",
    );
}

#[test]
fn a_file_of_paths_alone_lacks_the_types() {
    let folder = with_openapi();
    let run = generate(folder.path(), &["--root", "tree", "--openapi", "beta=paths.yml"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
}

#[test]
fn what_is_in_the_other_form_is_told_with_how_it_is_given() {
    let folder = with_openapi();
    fs::write(folder.path().join("metadata.xml"), "<edmx:Edmx/>").unwrap();
    for (arguments, error) in [
        (
            ["--openapi", "beta=metadata.xml"],
            "error: metadata.xml is CSDL metadata, not OpenAPI; cargo xtask gen takes it with --metadata\n",
        ),
        (
            ["--metadata", "beta=paths.yml"],
            "error: paths.yml is OpenAPI, not CSDL metadata; cargo xtask gen takes it with --openapi\n",
        ),
    ] {
        let run = generate(folder.path(), &arguments);
        assert_eq!((run.code, run.stderr.as_str()), (2, error));
    }
}

#[cfg(unix)]
#[test]
fn what_has_no_end_is_not_read_to_its_end() {
    let folder = with_openapi();
    for arguments in [["--openapi", "beta=/dev/zero"], ["--metadata", "beta=/dev/zero"]] {
        let run = generate(folder.path(), &arguments);
        let error = "error: /dev/zero has more than 128 MiB: no description of Graph is so large\n";
        assert_eq!((run.code, run.stderr.as_str()), (2, error));
    }
}
