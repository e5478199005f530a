//! The job of `.github/workflows/drift.yml` that may write to the repository, with proposals that it should not trust: its
//! script as it stands there, with a repository of its own and a `gh` that only notes what it was asked.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Who commits for the workflow.
const BOT: &str = "41898282+github-actions[bot]@users.noreply.github.com";

/// The script of the last step.
fn script() -> String {
    let workflow = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows/drift.yml");
    let workflow = fs::read_to_string(workflow).unwrap();
    let (_, script) = workflow.rsplit_once("\n        run: |\n").unwrap();
    script.lines().map(|line| line.strip_prefix("          ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// A repository that was cloned for the job, the one that it was cloned from, and a proposal.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        let origin = place.at("origin");
        fs::create_dir_all(origin.join("spec/v1.0")).unwrap();
        fs::write(origin.join("spec/pim.toml"), "old\n").unwrap();
        fs::write(origin.join("spec/v1.0/nearby.json"), "[]\n").unwrap();
        place.git("origin", &["init", "--quiet", "--initial-branch=main"]);
        place.git("origin", &["add", "--all"]);
        place.git("origin", &["commit", "--quiet", "--message=One"]);
        place.git(".", &["clone", "--quiet", "origin", "clone"]);
        fs::create_dir(place.at("proposal")).unwrap();
        fs::write(place.at("proposal/report.md"), "What changed.\n").unwrap();
        let gh = place.at("gh");
        fs::write(&gh, "#!/bin/sh\necho \"$*\" >> \"$(dirname \"$0\")/asked\"\n").unwrap();
        fs::set_permissions(gh, fs::Permissions::from_mode(0o755)).unwrap();
        place
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn git(&self, folder: &str, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        git.current_dir(self.at(folder)).args(["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"]);
        let output = git.args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Proposes what `change` does to a clone.
    fn propose(&self, change: impl FnOnce(&Path)) {
        let clone = tempfile::tempdir_in(self.0.path()).unwrap();
        let name = clone.path().file_name().unwrap().to_str().unwrap();
        self.git(".", &["clone", "--quiet", "origin", name]);
        change(clone.path());
        self.git(name, &["add", "--all"]);
        let patch = self.git(name, &["diff", "--cached", "--binary"]);
        fs::write(self.at("proposal/changes.patch"), patch).unwrap();
    }

    /// Runs the script: whether it succeeded, what it said, and what it asked of GitHub.
    fn run(&self) -> (bool, String, String) {
        let path = std::env::join_paths(
            std::iter::once(self.0.path().to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
        );
        let output = Command::new("bash")
            .args(["-e", "-c", &script()])
            .current_dir(self.at("clone"))
            .env("PATH", path.unwrap())
            .env("PROPOSAL", self.at("proposal"))
            .env("BASE", "main")
            .env("EMAIL", BOT)
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        let asked = fs::read_to_string(self.at("asked")).unwrap_or_default();
        (output.status.success(), said, asked)
    }

    /// Fails unless the script ends with `error`, and neither pushed nor asked anything.
    fn assert_refused(&self, error: &str) {
        let before = self.git("origin", &["for-each-ref"]);
        let (done, said, asked) = self.run();
        assert!(!done && said.contains(error), "{said}");
        assert_eq!((asked.as_str(), self.git("origin", &["for-each-ref"])), ("", before));
    }
}

/// What the service says is new.
fn generated(clone: &Path) {
    fs::write(clone.join("spec/v1.0/nearby.json"), "[1]\n").unwrap();
    fs::write(clone.join("spec/lock.toml"), "new\n").unwrap();
}

#[test]
fn what_was_generated_is_proposed_and_brought_up_to_date() {
    let place = Place::new();
    place.propose(generated);
    for _ in 0..2 {
        let (done, said, asked) = place.run();
        assert!(done, "{said}");
        assert!(asked.contains("pr create --base main --head drift"), "{asked}");
        let changed = place.git("origin", &["diff", "--name-only", "main", "drift"]);
        assert_eq!(changed, "spec/lock.toml\nspec/v1.0/nearby.json\n");
        place.git("clone", &["switch", "--quiet", "main"]);
        place.git("clone", &["branch", "--quiet", "--delete", "--force", "drift"]);
    }
}

#[test]
fn a_patch_changes_nothing_but_what_is_generated() {
    let place = Place::new();
    place.propose(|clone| {
        generated(clone);
        fs::write(clone.join("spec/pim.toml"), "new\n").unwrap();
        fs::create_dir_all(clone.join(".github/workflows")).unwrap();
        fs::write(clone.join(".github/workflows/own.yml"), "on: push\n").unwrap();
        fs::write(clone.join("build.rs"), "fn main() {}\n").unwrap();
    });
    let (done, said, _) = place.run();
    assert!(done, "{said}");
    let changed = place.git("origin", &["diff", "--name-only", "main", "drift"]);
    assert_eq!(changed, "spec/lock.toml\nspec/v1.0/nearby.json\n");
}

#[test]
fn a_patch_makes_neither_links_nor_programs() {
    let place = Place::new();
    place.propose(|clone| symlink("/etc/passwd", clone.join("spec/v1.0/passwd")).unwrap());
    place.assert_refused("something else than plain files");
    let place = Place::new();
    place.propose(|clone| {
        let file = clone.join("spec/v1.0/nearby.json");
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
    });
    place.assert_refused("something else than plain files");
}

#[test]
fn a_report_that_is_a_link_is_not_published() {
    let place = Place::new();
    place.propose(|_| {});
    fs::remove_file(place.at("proposal/report.md")).unwrap();
    symlink("/etc/passwd", place.at("proposal/report.md")).unwrap();
    place.assert_refused("the proposal has a link");
}

#[test]
fn where_nothing_could_be_generated_an_issue_says_so() {
    let place = Place::new();
    place.propose(|_| {});
    let (done, said, asked) = place.run();
    assert!(done, "{said}");
    assert!(asked.contains("issue list --state open --author app/github-actions"), "{asked}");
    assert!(asked.contains("issue create --title Graph's metadata changed --body-file"), "{asked}");
    assert!(!asked.contains("pr "), "{asked}");
}

#[test]
fn what_a_person_added_to_the_proposal_is_not_overwritten() {
    let place = Place::new();
    place.git("origin", &["switch", "--quiet", "--create", "drift"]);
    place.git("origin", &["commit", "--quiet", "--allow-empty", "--message=Mended"]);
    place.git("origin", &["switch", "--quiet", "main"]);
    place.propose(generated);
    place.assert_refused("somebody went on with the branch drift");
}
