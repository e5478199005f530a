//! `cargo xtask check`, as it is called: on a repository of its own, with a release and what came after it.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// The public API as the last release had it.
const RELEASED: &str = "#[derive(Debug)] #[non_exhaustive] pub struct client::Group
pub client::Group::mail: Option<String>
pub client::Group::visibility: Option<String>
";

/// The same with more.
const MORE: &str = "#[derive(Debug)] #[non_exhaustive] pub struct client::Group
pub client::Group::classification: Option<String>
pub client::Group::mail: Option<String>
pub client::Group::visibility: Option<String>
";

/// The same with less.
const LESS: &str = "#[derive(Debug)] #[non_exhaustive] pub struct client::Group
pub client::Group::mail: Option<String>
";

/// A repository with a version and a public API.
struct Repository(TempDir);

impl Repository {
    /// One that has released `version`.
    fn released(version: &str) -> Self {
        let repository = Self::unreleased(version);
        repository.git(&["tag", &format!("v{version}")]);
        repository
    }

    /// One that has committed `version` and not tagged it.
    fn unreleased(version: &str) -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "--quiet"]);
        repository.has(version, RELEASED);
        repository.commit();
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Now has another version and another API, in a folder of the listing.
    fn has(&self, version: &str, api: &str) {
        let manifest = format!("[workspace.package]\nversion = \"{version}\"\n");
        fs::write(self.path().join("Cargo.toml"), manifest).unwrap();
        fs::create_dir_all(self.path().join("tests/public-api/v1_0")).unwrap();
        fs::write(self.path().join("tests/public-api/v1_0/models.txt"), api).unwrap();
    }

    fn commit(&self) {
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "--message", "a state"]);
    }

    fn git(&self, arguments: &[&str]) {
        let who = ["-c", "user.name=Megan", "-c", "user.email=megan@contoso.com", "-c", "commit.gpgsign=false"];
        let git = Command::new("git").current_dir(self.path()).args(who).args(arguments).status().unwrap();
        assert!(git.success(), "git {arguments:?}");
    }

    /// How `cargo xtask check` ends, and what it says on both streams.
    fn check(&self, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let output = command.arg("check").arg("--root").arg(self.path()).args(arguments).output().unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (output.status.code().unwrap(), said)
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// What the version allows
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn an_api_that_did_not_change_needs_no_new_version() {
    let (code, said) = Repository::released("0.1.0").check(&[]);
    assert_eq!(said, "the public API since v0.1.0 (0.1.0): nothing changed\nthe version 0.1.0 allows it\n");
    assert_eq!(code, 0);
}

#[test]
fn an_api_that_has_less_is_refused_under_the_same_version() {
    let repository = Repository::released("0.1.0");
    repository.has("0.1.0", LESS);
    let (code, said) = repository.check(&[]);
    assert_eq!(
        said,
        "the public API since v0.1.0 (0.1.0): 1 breaking, 0 new\n\
         breaks callers: - pub client::Group::visibility: Option<String>\n\
         the version 0.1.0 does not allow it; set `version` in Cargo.toml to 0.2.0 or later\n"
    );
    assert_eq!(code, 1);
}

#[test]
fn nor_does_a_version_for_additions_allow_it() {
    let repository = Repository::released("0.1.0");
    repository.has("0.1.1", LESS);
    let (code, said) = repository.check(&[]);
    assert!(said.ends_with("set `version` in Cargo.toml to 0.2.0 or later\n"), "{said}");
    assert_eq!(code, 1);
}

#[test]
fn the_version_that_it_asks_for_allows_it() {
    let repository = Repository::released("0.1.0");
    repository.has("0.2.0", LESS);
    assert_eq!(repository.check(&[]).0, 0);
}

#[test]
fn an_api_that_has_more_is_refused_under_the_same_version() {
    let repository = Repository::released("1.4.2");
    repository.has("1.4.2", MORE);
    let (code, said) = repository.check(&[]);
    assert_eq!(
        said,
        "the public API since v1.4.2 (1.4.2): 0 breaking, 1 new\n\
         new: + pub client::Group::classification: Option<String>\n\
         the version 1.4.2 does not allow it; set `version` in Cargo.toml to 1.5.0 or later\n"
    );
    assert_eq!(code, 1);
}

#[test]
fn a_version_for_fixes_does_not_allow_more() {
    let repository = Repository::released("1.4.2");
    repository.has("1.4.3", MORE);
    assert_eq!(repository.check(&[]).0, 1);
    repository.has("1.5.0", MORE);
    assert_eq!(repository.check(&[]).0, 0);
}

#[test]
fn a_new_version_may_change_nothing() {
    let repository = Repository::released("0.1.0");
    repository.has("0.2.0", RELEASED);
    assert_eq!(repository.check(&[]).0, 0);
}

#[test]
fn what_was_committed_counts_as_what_was_not() {
    let repository = Repository::released("0.1.0");
    repository.has("0.1.0", LESS);
    repository.commit();
    assert_eq!(repository.check(&[]).0, 1);
}

#[test]
fn many_items_are_cut_short() {
    let repository = Repository::released("0.1.0");
    let many: Vec<_> = (0..50).map(|n| format!("pub fn client::f{n:02}()")).collect();
    repository.has("0.1.0", &format!("{RELEASED}{}", many.join("\n")));
    let (_, said) = repository.check(&[]);
    assert_eq!(said.matches("new: + ").count(), 40);
    assert!(said.contains("\n… and 10 more\n"), "{said}");
}

// ---------------------------------------------------------------------------------------------------------------------
// What it is held against
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn before_the_first_release_every_change_is_allowed() {
    let repository = Repository::unreleased("0.1.0");
    repository.has("0.1.0", LESS);
    let (code, said) = repository.check(&[]);
    assert_eq!(said, "nothing was released yet (no tag such as v0.1.0): every change is allowed\n");
    assert_eq!(code, 0);
}

#[test]
fn tags_that_are_no_versions_are_no_releases() {
    let repository = Repository::unreleased("0.1.0");
    repository.git(&["tag", "vnext"]);
    repository.git(&["tag", "0.1.0"]);
    assert!(repository.check(&[]).1.starts_with("nothing was released yet"));
}

#[test]
fn of_several_releases_the_highest_counts() {
    let repository = Repository::released("0.9.0");
    repository.has("0.10.0", MORE);
    repository.commit();
    repository.git(&["tag", "v0.10.0"]);
    let (code, said) = repository.check(&[]);
    assert!(said.starts_with("the public API since v0.10.0 (0.10.0): nothing changed"), "{said}");
    assert_eq!(code, 0);
}

#[test]
fn releases_of_another_branch_do_not_count() {
    let repository = Repository::released("0.1.0");
    repository.git(&["checkout", "--quiet", "-b", "other"]);
    repository.has("0.2.0", LESS);
    repository.commit();
    repository.git(&["tag", "v0.2.0"]);
    repository.git(&["checkout", "--quiet", "v0.1.0"]);
    assert!(repository.check(&[]).1.starts_with("the public API since v0.1.0"));
}

#[test]
fn a_branch_of_the_same_name_is_not_taken_for_the_release() {
    let repository = Repository::released("0.1.0");
    repository.has("0.1.0", LESS);
    repository.commit();
    repository.git(&["branch", "v0.1.0"]);
    assert_eq!(repository.check(&[]).0, 1);
}

#[test]
fn it_can_be_told_what_to_hold_it_against() {
    let repository = Repository::unreleased("0.1.0");
    repository.has("0.1.0", LESS);
    let (code, said) = repository.check(&["--against", "HEAD"]);
    assert!(said.starts_with("the public API since HEAD (0.1.0): 1 breaking, 0 new\n"), "{said}");
    assert_eq!(code, 1);
}

// ---------------------------------------------------------------------------------------------------------------------
// What is refused
// ---------------------------------------------------------------------------------------------------------------------

/// What is wrong, in one line.
fn refused(repository: &Repository, arguments: &[&str]) -> String {
    let (code, said) = repository.check(arguments);
    assert_eq!(code, 2, "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said.strip_prefix("error: ").unwrap().trim_end().to_owned()
}

#[test]
fn a_revision_that_is_not_there_is_refused() {
    let repository = Repository::released("0.1.0");
    assert_eq!(refused(&repository, &["--against", "v9.9.9"]), "`v9.9.9` is no revision of this repository");
    assert_eq!(refused(&repository, &["--against=--help"]), "`--help` is no revision of this repository");
}

#[test]
fn a_version_that_goes_back_is_refused() {
    let repository = Repository::released("0.2.0");
    repository.has("0.1.0", RELEASED);
    assert_eq!(refused(&repository, &[]), "Cargo.toml has the version 0.1.0, which is before 0.2.0 of v0.2.0");
}

#[test]
fn a_manifest_without_a_version_is_refused() {
    let repository = Repository::released("0.1.0");
    fs::write(repository.path().join("Cargo.toml"), "[workspace]\n").unwrap();
    let error = refused(&repository, &[]);
    assert!(error.starts_with("Cargo.toml: ") && error.ends_with("it has to have a version under [workspace.package]"));
}

#[test]
fn a_revision_without_a_listing_is_refused() {
    let repository = Repository::released("0.1.0");
    fs::remove_dir_all(repository.path().join("tests")).unwrap();
    repository.commit();
    repository.has("0.1.0", RELEASED);
    assert_eq!(
        refused(&repository, &["--against", "HEAD"]),
        "HEAD has no listing of the public API in tests/public-api"
    );
}

#[test]
fn a_shallow_clone_is_told_to_get_its_tags() {
    let repository = Repository::unreleased("0.1.0");
    repository.has("0.1.0", MORE);
    repository.commit();
    let clone = Repository(tempfile::tempdir().unwrap());
    let from = format!("file://{}", repository.path().display());
    clone.git(&["clone", "--quiet", "--depth", "1", &from, "."]);
    assert_eq!(
        refused(&clone, &[]),
        "this clone is shallow and has no tag of a release; get them with git fetch --unshallow --tags, or say --against"
    );
}

#[test]
fn a_folder_that_is_no_repository_is_refused() {
    let folder = Repository(tempfile::tempdir().unwrap());
    folder.has("0.1.0", RELEASED);
    refused(&folder, &[]);
}
