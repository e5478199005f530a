//! `roundtrip PATH…`, as a user runs it: lines, totals and exit codes.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A folder of recordings.
struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a folder");
        for (name, text) in files {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        Self(folder)
    }

    /// Runs the tool in the folder. Returns its exit code, and what it wrote as output and as errors.
    fn run(&self, paths: &[&str]) -> (i32, String, String) {
        run_in(self.0.path(), paths)
    }
}

fn run_in(folder: &Path, paths: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_roundtrip")).args(paths).current_dir(folder).output();
    let output = output.expect("the tool runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

const OK: &str = r#"{ "method": "GET", "url": "https://graph.microsoft.com/v1.0/me", "status": 200,
  "body": { "id": "1", "displayName": "Aline Dupuy" } }"#;

const NORMALISED: &str = r#"{
  "method": "POST", "url": "https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignmentScheduleRequests",
  "status": 201, "request": { "action": "SelfActivate" }, "body": { "action": "selfActivate" } }"#;

const LOSSY: &str = r#"{ "method": "DELETE", "url": "https://graph.microsoft.com/v1.0/users/1", "status": 200,
  "body": { "id": "1" } }"#;

const CHANGED: &str = r#"{ "method": "GET",
  "url": "https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignmentScheduleRequests", "status": 200,
  "body": { "value": [{ "action": 3, "justification": "Because" }] } }"#;

const UNKNOWN: &str = r#"{ "method": "GET", "url": "https://graph.microsoft.com/v1.0/teams?$top=5", "status": 200,
  "body": {} }"#;

const UNDECODABLE: &str = r#"{ "method": "GET", "url": "https://graph.microsoft.com/v1.0/groups", "status": 200,
  "body": { "value": [
    { "id": "1" },
    { "id": "2", "createdDateTime": "yesterday" }
  ] } }"#;

#[test]
fn all_is_ok() {
    let folder = Folder::with(&[("a.json", OK), ("b.json", NORMALISED)]);
    let (code, output, errors) = folder.run(&["a.json", "b.json"]);
    insta::assert_snapshot!(output, @r"
    ok                 a.json: GET /v1.0/me
    ok                 b.json: POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests (normalised: request /action)
    2 exchanges: 2 ok, 0 lossy, 0 unknown operation, 0 undecodable
    ");
    assert_eq!((code, errors.as_str()), (0, ""));
}

#[test]
fn what_is_lost_is_named() {
    let (code, output, errors) = Folder::with(&[("a.json", LOSSY), ("b.json", CHANGED)]).run(&["a.json", "b.json"]);
    insta::assert_snapshot!(output, @r#"
    lossy              a.json: DELETE /v1.0/users/{user-id}: response /id lost
    lossy              b.json: GET /v1.0/roleManagement/directory/roleAssignmentScheduleRequests: response /value/0/action changed from 3 to "3"
    2 exchanges: 0 ok, 2 lossy, 0 unknown operation, 0 undecodable
    "#);
    assert_eq!((code, errors.as_str()), (1, ""));
}

#[test]
fn what_cannot_be_decoded_is_named_by_its_place_in_the_file() {
    let (code, output, errors) = Folder::with(&[("a.json", UNDECODABLE)]).run(&["a.json"]);
    insta::assert_snapshot!(output, @r"
    undecodable        a.json: GET /v1.0/groups: response: the body cannot be read at `value[1].createdDateTime` (line 4, column 47): expected an Edm.DateTimeOffset such as 2021-08-17T15:13:00Z
    1 exchange: 0 ok, 0 lossy, 0 unknown operation, 1 undecodable
    ");
    assert_eq!((code, errors.as_str()), (1, ""));
}

#[test]
fn what_the_client_cannot_do_is_named() {
    let (code, output, errors) = Folder::with(&[("a.json", UNKNOWN)]).run(&["a.json"]);
    insta::assert_snapshot!(output, @r"
    unknown operation  a.json: GET /v1.0/teams
    1 exchange: 0 ok, 0 lossy, 1 unknown operation, 0 undecodable
    ");
    assert_eq!((code, errors.as_str()), (1, ""));
}

#[test]
fn a_folder_is_read_with_all_below_it_in_order() {
    let several = format!("[{OK}, {UNKNOWN}]");
    let folder = Folder::with(&[
        ("recordings/b/2.json", LOSSY),
        ("recordings/b/10.JSON", UNDECODABLE),
        ("recordings/a.json", &several),
        ("recordings/c.txt", "not a recording"),
    ]);
    let (code, output, errors) = folder.run(&["recordings"]);
    insta::assert_snapshot!(output, @r"
    ok                 recordings/a.json[0]: GET /v1.0/me
    unknown operation  recordings/a.json[1]: GET /v1.0/teams
    undecodable        recordings/b/10.JSON: GET /v1.0/groups: response: the body cannot be read at `value[1].createdDateTime` (line 4, column 47): expected an Edm.DateTimeOffset such as 2021-08-17T15:13:00Z
    lossy              recordings/b/2.json: DELETE /v1.0/users/{user-id}: response /id lost
    4 exchanges: 1 ok, 1 lossy, 1 unknown operation, 1 undecodable
    ");
    assert_eq!((code, errors.as_str()), (1, ""));
}

#[test]
fn what_is_no_json_is_an_error_with_its_place_and_the_rest_is_still_judged() {
    let folder =
        Folder::with(&[("a.json", "{\n  \"method\": GET }"), ("b.json", OK), ("c.json", "{}"), ("d.json", "[]")]);
    let (code, output, errors) = folder.run(&["."]);
    insta::assert_snapshot!(output, @r"
    ok                 ./b.json: GET /v1.0/me
    1 exchange: 1 ok, 0 lossy, 0 unknown operation, 0 undecodable
    ");
    insta::assert_snapshot!(errors, @r"
    error: ./a.json:2:13: expected value
    error: ./c.json:1:2: missing field `method`
    error: ./d.json: holds no exchange
    ");
    assert_eq!(code, 2);
}

#[test]
fn what_is_not_there_is_an_error() {
    let folder = Folder::with(&[("empty/readme.txt", "")]);
    let (code, output, errors) = folder.run(&["nowhere.json", "empty"]);
    insta::assert_snapshot!(output, @"0 exchanges: 0 ok, 0 lossy, 0 unknown operation, 0 undecodable");
    insta::assert_snapshot!(errors, @r"
    error: nowhere.json: No such file or directory (os error 2)
    error: empty: no JSON files in this folder
    ");
    assert_eq!(code, 2);
}

#[test]
fn something_must_be_asked_for() {
    let (code, output, errors) = Folder::with(&[]).run(&[]);
    insta::assert_snapshot!(errors, @"error: say which recordings: cargo xtask roundtrip PATH…");
    assert_eq!((code, output.as_str()), (2, ""));
}

#[test]
fn the_tutorials_are_ok() {
    let (code, output, _) = run_in(Path::new(env!("CARGO_MANIFEST_DIR")), &["fixtures"]);
    assert_eq!(output.lines().last(), Some("27 exchanges: 27 ok, 0 lossy, 0 unknown operation, 0 undecodable"));
    assert_eq!(code, 0);
}
