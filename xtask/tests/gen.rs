//! `cargo xtask gen`, as it is called: what it writes, what it says, and how it ends.

#[path = "../../crates/pim-gen/tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::{self, JoinHandle};

use tempfile::TempDir;

/// How a run ended.
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

/// Runs `cargo xtask gen` in `folder`.
fn generate(folder: &Path, arguments: &[&str]) -> Run {
    ended(Command::new(env!("CARGO_BIN_EXE_xtask")).current_dir(folder).arg("gen").args(arguments))
}

fn ended(command: &mut Command) -> Run {
    // The addresses that these tests fetch from are on this machine.
    let output = command.env("NO_PROXY", "127.0.0.1").output().unwrap();
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

/// Where the code is in a tree.
const CODE: &str = "crates/pim-client/src/generated";

/// What of a tree is generated, by path.
fn generated(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for folder in ["spec/v1.0", "spec/beta", CODE] {
        collect(root, &root.join(folder), &mut files);
    }
    files.insert("spec/lock.toml".to_owned(), fs::read_to_string(root.join("spec/lock.toml")).unwrap());
    files
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            files.insert(name, fs::read_to_string(&path).unwrap().replace("\r\n", "\n"));
        }
    }
}

/// Fails unless two trees are the same, and says where they are not.
fn assert_same(tree: &BTreeMap<String, String>, other: &BTreeMap<String, String>) {
    let differs = |(path, _): &(&String, &String)| tree.get(*path) != other.get(*path);
    let differing: Vec<_> = tree.iter().chain(other).filter(differs).map(|(path, _)| path).collect();
    assert!(differing.is_empty(), "these differ: {differing:?}");
}

/// A folder for the tree, `tree`, and for whatever else a test needs.
fn temporary() -> TempDir {
    TempDir::new().unwrap()
}

/// A folder with a fresh tree in `tree`.
fn with_fresh_tree() -> TempDir {
    let folder = temporary();
    let run = generate(folder.path(), &["--root", "tree"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    folder
}

// ---------------------------------------------------------------------------------------------------------------------
// What it writes
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn from_the_selection_it_writes_what_is_checked_in() {
    let folder = with_fresh_tree();
    assert_same(&generated(&folder.path().join("tree")), &generated(&workspace()));
}

#[test]
fn given_the_selection_as_if_it_were_the_whole_it_writes_the_same() {
    let folder = temporary();
    let metadata = |version: &str| {
        let path = workspace().join("spec").join(version).join("metadata.csdl.xml");
        format!("{version}={}", path.display())
    };
    let (stable, beta) = (metadata("v1.0"), metadata("beta"));
    let run = generate(folder.path(), &["--root", "tree", "--metadata", &stable, "--metadata", &beta]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_same(&generated(&folder.path().join("tree")), &generated(&workspace()));
}

#[test]
fn given_the_whole_it_writes_the_same() {
    let Some(graph) = support::graph_dir() else { return };
    let folder = temporary();
    let metadata =
        |version: &str| format!("{version}={}", graph.join("metadata").join(format!("{version}.csdl.xml")).display());
    let (stable, beta) = (metadata("v1.0"), metadata("beta"));
    let run = generate(folder.path(), &["--root", "tree", "--metadata", &stable, "--metadata", &beta]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_same(&generated(&folder.path().join("tree")), &generated(&workspace()));
}

#[test]
fn the_other_tree_has_what_it_was_made_from() {
    let folder = with_fresh_tree();
    for name in ["pim.toml", "overlay.toml"] {
        let of = |root: &Path| fs::read_to_string(root.join("spec").join(name)).unwrap();
        assert_eq!(of(&folder.path().join("tree")), of(&workspace()));
    }
}

#[test]
fn the_lock_says_where_a_new_document_is_from() {
    let folder = temporary();
    let selection = fs::read_to_string(workspace().join("spec/v1.0/metadata.csdl.xml")).unwrap();
    fs::write(folder.path().join("newer.csdl.xml"), selection + "<!-- newer -->\n").unwrap();
    let run = generate(folder.path(), &["--root", "tree", "--metadata", "v1.0=newer.csdl.xml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let lock = fs::read_to_string(folder.path().join("tree/spec/lock.toml")).unwrap();
    let stable = lock.split("[\"v1.0\"]").nth(1).unwrap();
    assert!(stable.starts_with("\naddress = \"newer.csdl.xml\"\ndate = \"20"), "{stable}");
}

#[test]
fn the_lock_keeps_what_it_says_where_nothing_new_was_given() {
    let folder = with_fresh_tree();
    let lock = folder.path().join("tree/spec/lock.toml");
    let elsewhere = fs::read_to_string(&lock).unwrap().replace("beta.csdl.xml", "https://example.org/beta/$metadata");
    fs::write(&lock, &elsewhere).unwrap();
    assert_eq!(generate(folder.path(), &["--root", "tree"]).code, 0);
    assert_eq!(fs::read_to_string(&lock).unwrap(), elsewhere);
}

#[test]
fn what_is_stale_is_removed_and_what_others_put_beside_it_is_not() {
    let folder = with_fresh_tree();
    let tree = folder.path().join("tree");
    let (stale, theirs) = (tree.join(CODE).join("v1_0/models/stale.rs"), tree.join("crates/pim-client/src/lib.rs"));
    fs::write(&stale, "").unwrap();
    fs::write(&theirs, "").unwrap();
    assert_eq!(generate(folder.path(), &["--root", "tree"]).code, 0);
    assert!(!stale.exists());
    assert!(theirs.exists());
}

// ---------------------------------------------------------------------------------------------------------------------
// What it says
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn it_says_in_a_few_lines_what_it_did() {
    let folder = temporary();
    let run = generate(folder.path(), &["--root", "tree"]);
    let said: Vec<_> = run.stdout.lines().map(without_numbers).collect();
    assert_eq!(
        said,
        [
            "beta: kept # of # types, # operations (# bound ones are offered); cut # relations",
            "v#.#: kept # of # types, # operations (# bound ones are offered); cut # relations",
            "code: # files, # lines",
            "# files changed (# new, # different, # removed) in #.# s",
        ]
    );
    assert_eq!(run.stderr, "");
}

/// A line with `#` for each number in it.
fn without_numbers(line: &str) -> String {
    let mut text = String::new();
    for character in line.chars() {
        match character {
            '0'..='9' if text.ends_with('#') => {}
            '0'..='9' => text.push('#'),
            other => text.push(other),
        }
    }
    text
}

#[test]
fn run_again_it_says_that_nothing_changed() {
    let folder = with_fresh_tree();
    let run = generate(folder.path(), &["--root", "tree"]);
    assert!(run.stdout.contains("\n0 files changed (0 new, 0 different, 0 removed) in "), "{}", run.stdout);
}

#[test]
fn it_says_what_an_older_document_lacks_where_that_is_allowed() {
    let folder = temporary();
    let selection = fs::read_to_string(workspace().join("spec/v1.0/metadata.csdl.xml")).unwrap();
    let older = selection.replace("<Singleton Name=\"auditLogs\"", "<Singleton Name=\"logs\"");
    fs::write(folder.path().join("older.csdl.xml"), older).unwrap();
    let run = generate(folder.path(), &["--root", "tree", "--metadata", "v1.0=older.csdl.xml", "--allow-missing"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let missing = "v1.0: missing: the path /auditLogs/directoryAudits does not exist: there is no entity set or singleton \
                   `auditLogs`\n";
    assert!(run.stdout.contains(missing), "{}", run.stdout);
}

// ---------------------------------------------------------------------------------------------------------------------
// Checking
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_fresh_tree_is_up_to_date() {
    let folder = with_fresh_tree();
    let run = generate(folder.path(), &["--root", "tree", "--check"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let last = run.stdout.lines().last().map(without_numbers);
    assert_eq!(last.as_deref(), Some("up to date: # files, # lines of code"));
}

#[test]
fn of_a_stale_tree_it_shows_the_difference_and_the_command_that_mends_it() {
    let folder = with_fresh_tree();
    let tree = folder.path().join("tree");
    let path = tree.join(CODE).join("mod.rs");
    let fresh = fs::read_to_string(&path).unwrap();
    fs::write(&path, fresh.replace("pub mod v1_0;", "pub mod v2_0;")).unwrap();
    fs::write(tree.join(CODE).join("v1_0/stale.rs"), "// Stale.\n").unwrap();
    fs::remove_file(tree.join("spec/beta/openapi.json")).unwrap();

    let run = generate(folder.path(), &["--root", "tree", "--check"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let changed = format!("--- a/{CODE}/mod.rs\n+++ b/{CODE}/mod.rs\n");
    assert!(run.stdout.contains(&changed), "{}", run.stdout);
    assert!(run.stdout.contains("\n-pub mod v2_0;\n+pub mod v1_0;\n"), "{}", run.stdout);
    let stale = format!("--- a/{CODE}/v1_0/stale.rs\n+++ /dev/null\n@@ -1 +0,0 @@\n-// Stale.\n");
    assert!(run.stdout.contains(&stale), "{}", run.stdout);
    assert!(run.stdout.contains("--- /dev/null\n+++ b/spec/beta/openapi.json\n"), "{}", run.stdout);
    assert_eq!(
        run.stdout.lines().last(),
        Some("3 files stale (1 new, 1 different, 1 removed); mend it with: cargo xtask gen --root tree")
    );
}

#[test]
fn the_command_that_mends_has_all_that_was_said() {
    let folder = temporary();
    let selection = workspace().join("spec/v1.0/metadata.csdl.xml");
    fs::copy(selection, folder.path().join("some.csdl.xml")).unwrap();
    let run =
        generate(folder.path(), &["--check", "--root", "tree", "--metadata", "v1.0=some.csdl.xml", "--allow-missing"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let command = "mend it with: cargo xtask gen --metadata v1.0=some.csdl.xml --root tree --allow-missing\n";
    assert!(run.stdout.ends_with(command), "{}", run.stdout);
}

#[test]
fn a_long_difference_is_cut_short() {
    let folder = temporary();
    let run = generate(folder.path(), &["--check", "--root", "tree"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.lines().count() < 220, "{} lines", run.stdout.lines().count());
    assert!(run.stdout.lines().any(|line| without_numbers(line) == "… and # more lines"), "{}", run.stdout);
}

#[test]
fn checking_writes_nothing() {
    let folder = with_fresh_tree();
    let tree = folder.path().join("tree");
    fs::write(tree.join(CODE).join("mod.rs"), "stale").unwrap();
    fs::write(tree.join("spec/lock.toml"), "").unwrap();
    let before = generated(&tree);
    assert_eq!(generate(folder.path(), &["--root", "tree", "--check"]).code, 1);
    assert_same(&generated(&tree), &before);
}

#[test]
fn checking_makes_no_folder() {
    let folder = temporary();
    assert_eq!(generate(folder.path(), &["--root", "tree", "--check"]).code, 1);
    assert!(!folder.path().join("tree").exists());
}

// ---------------------------------------------------------------------------------------------------------------------
// Bad input
// ---------------------------------------------------------------------------------------------------------------------

/// What it says of bad input, which has to be one line; it has to write nothing and to end with 2.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let run = generate(folder, &[&["--root", "tree"], arguments].concat());
    assert_eq!(run.code, 2, "{}{}", run.stdout, run.stderr);
    assert_eq!(run.stdout, "");
    assert!(!folder.join("tree").exists(), "something was written");
    let error = run.stderr.strip_suffix('\n').and_then(|line| line.strip_prefix("error: "));
    let error = error.unwrap_or_else(|| panic!("this is no line `error: …`: {}", run.stderr));
    assert!(!error.contains('\n'), "these are several lines: {error}");
    error.to_owned()
}

/// What it says of a document for v1.0.
fn refused_document(text: &str) -> String {
    let folder = temporary();
    fs::write(folder.path().join("graph.xml"), text).unwrap();
    refused(folder.path(), &["--metadata", "v1.0=graph.xml"])
}

const BEGINNING: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
"#;

const END: &str = "    </Schema>\n  </edmx:DataServices>\n</edmx:Edmx>\n";

#[test]
fn a_document_that_is_cut_off_is_refused() {
    assert_eq!(
        refused_document(&format!("{BEGINNING}      <EntityType Name=\"gro")),
        "graph.xml:5:7: malformed XML: attribute value not closed: `\"` not found before end of input"
    );
}

#[test]
fn a_document_that_is_cut_off_between_elements_is_refused() {
    let error = refused_document(BEGINNING);
    assert!(error.starts_with("graph.xml:5:1: ") || error.starts_with("graph.xml:4:"), "{error}");
}

#[test]
fn malformed_xml_is_refused() {
    assert_eq!(
        refused_document(&format!("{BEGINNING}      <EntityType Name=\"group\">\n{END}")),
        "graph.xml:6:5: malformed XML: expected `</EntityType>`, but `</Schema>` was found"
    );
}

#[test]
fn another_document_is_refused() {
    assert_eq!(
        refused_document("<feed>\n</feed>\n"),
        "graph.xml:1:1: the root element is <feed>, not <edmx:Edmx>: this is not a CSDL document"
    );
}

#[test]
fn what_is_no_xml_is_refused() {
    assert_eq!(
        refused_document("{\"error\": {}}"),
        "graph.xml:1:1: text outside of the root element: this is not a CSDL document"
    );
}

#[test]
fn an_empty_file_is_refused() {
    assert_eq!(refused_document(""), "graph.xml:1:1: the document is empty; fetch it again");
}

#[test]
fn a_type_that_refers_to_nothing_is_refused() {
    let group = "      <ComplexType Name=\"group\">
        <Property Name=\"owner\" Type=\"microsoft.graph.gruop\" />
      </ComplexType>\n";
    assert_eq!(
        refused_document(&format!("{BEGINNING}{group}{END}")),
        "graph.xml:6:9: `microsoft.graph.gruop` is no type of this document; did you mean `microsoft.graph.group`?"
    );
}

#[test]
fn a_document_without_what_is_selected_is_refused() {
    let error = refused_document(&format!("{BEGINNING}      <ComplexType Name=\"group\" />\n{END}"));
    let (place, message) = error.split_once(": ").unwrap();
    assert_eq!(without_numbers(place), "spec/pim.toml:#:#");
    assert_eq!(
        message,
        "the path /roleManagement/directory/roleDefinitions does not exist: there is no entity set or singleton \
         `roleManagement`"
    );
}

#[test]
fn a_file_that_is_not_there_is_refused() {
    let error = refused(temporary().path(), &["--metadata", "v1.0=nowhere.xml"]);
    assert!(error.starts_with("cannot read nowhere.xml: "), "{error}");
}

#[test]
fn a_version_that_is_not_selected_is_refused() {
    assert_eq!(
        refused(temporary().path(), &["--metadata", "v2.0=graph.xml"]),
        "--metadata v2.0=…: the selection has no version v2.0, only beta and v1.0"
    );
}

#[test]
fn two_documents_for_one_version_are_refused() {
    assert_eq!(
        refused(temporary().path(), &["--metadata", "v1.0=one.xml", "--metadata", "v1.0=two.xml"]),
        "--metadata v1.0=… was given twice; a version has one document"
    );
}

#[test]
fn a_document_without_a_version_is_refused() {
    for argument in ["graph.xml", "=graph.xml", "v1.0="] {
        let run = generate(temporary().path(), &["--metadata", argument]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert_eq!(
            run.stderr.lines().next().unwrap(),
            format!(
                "error: invalid value '{argument}' for '--metadata <VERSION=FILE-OR-URL>': write VERSION=FILE or \
                 VERSION=URL, such as v1.0=metadata.xml"
            )
        );
    }
}

#[test]
fn a_tree_that_was_there_is_left_as_it_was() {
    let folder = with_fresh_tree();
    let tree = folder.path().join("tree");
    let before = generated(&tree);
    fs::write(folder.path().join("graph.xml"), BEGINNING).unwrap();
    assert_eq!(generate(folder.path(), &["--root", "tree", "--metadata", "v1.0=graph.xml"]).code, 2);
    assert_same(&generated(&tree), &before);
}

/// No more than this much of a file can be written, as if the disk were full.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_whole_is_left_as_it_was() {
    let folder = with_fresh_tree();
    let openapi = folder.path().join("tree/spec/v1.0/openapi.json");
    let stale = fs::read_to_string(&openapi).unwrap() + "\n";
    fs::write(&openapi, &stale).unwrap();
    let limited = "trap '' XFSZ; ulimit -f 64; exec \"$0\" gen --root tree";
    let run = ended(Command::new("sh").current_dir(folder.path()).args(["-c", limited, env!("CARGO_BIN_EXE_xtask")]));
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.starts_with("error: cannot write tree/spec/v1.0/openapi.json: "), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&openapi).unwrap(), stale);
    let beside = fs::read_dir(openapi.parent().unwrap()).unwrap().count();
    assert_eq!(beside, 2, "there is something beside the metadata and the OpenAPI document");
}

// ---------------------------------------------------------------------------------------------------------------------
// Addresses
// ---------------------------------------------------------------------------------------------------------------------

/// A server that answers one request with `answer`, byte for byte, and then hangs up; its address.
fn server(answer: Vec<u8>) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/v1.0/$metadata", listener.local_addr().unwrap());
    let served = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let head = BufReader::new(&stream).lines().map(Result::unwrap).take_while(|line| !line.is_empty());
        let head = head.collect::<Vec<_>>().join("\n");
        stream.write_all(&answer).unwrap();
        head
    });
    (address, served)
}

/// An answer with a body that is said to be `length` bytes long.
fn answer(status: &str, length: usize, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-type: application/xml\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes()
}

#[test]
fn a_document_is_fetched_from_an_address() {
    let selection = fs::read_to_string(workspace().join("spec/v1.0/metadata.csdl.xml")).unwrap();
    let (address, served) = server(answer("200 OK", selection.len(), &selection));
    let folder = temporary();
    let run = generate(folder.path(), &["--root", "tree", "--metadata", &format!("v1.0={address}")]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(served.join().unwrap().starts_with("GET /v1.0/$metadata HTTP/1.1\n"));
    assert_same(&generated(&folder.path().join("tree")), &generated(&workspace()));
}

#[test]
fn an_answer_that_is_no_success_is_refused() {
    let (address, _) = server(answer("404 Not Found", 9, "Not found"));
    assert_eq!(
        refused(temporary().path(), &["--metadata", &format!("v1.0={address}")]),
        format!("cannot fetch {address}: http status: 404")
    );
}

#[test]
fn an_answer_that_is_cut_off_is_refused() {
    let (address, _) = server(answer("200 OK", 1000, BEGINNING));
    let error = refused(temporary().path(), &["--metadata", &format!("v1.0={address}")]);
    assert!(error.starts_with(&format!("cannot fetch {address}: ")), "{error}");
}

#[test]
fn what_is_wrong_in_a_fetched_document_is_said_of_its_address() {
    let (address, _) = server(answer("200 OK", 6, "<feed>"));
    let error = refused(temporary().path(), &["--metadata", &format!("v1.0={address}")]);
    assert!(error.starts_with(&format!("{address}:1:1: ")), "{error}");
}

#[test]
fn an_address_that_nobody_answers_at_is_refused() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = refused(temporary().path(), &["--metadata", &format!("v1.0=http://{unused}/")]);
    assert!(error.starts_with(&format!("cannot fetch http://{unused}/: ")), "{error}");
}
