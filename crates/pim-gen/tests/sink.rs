//! The sink: what is written to a folder, what is removed from it, and what is left alone.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use pim_gen::{Tree, sink};
use tempfile::TempDir;

/// A tree of files.
fn tree(files: &[(&str, &str)]) -> Tree {
    let mut tree = Tree::default();
    for (path, text) in files {
        tree.insert(*path, (*text).to_owned()).unwrap();
    }
    tree
}

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Every file and folder below `folder`, in order: files with their text.
fn listing(folder: &Path) -> Vec<String> {
    fn list(root: &Path, folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().display();
            if path.is_dir() && !path.is_symlink() {
                found.push(format!("{name}/"));
                list(root, &path, found);
            } else {
                found.push(format!("{name}: {}", fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    list(folder, folder, &mut found);
    found.sort();
    found
}

/// The paths that differ, each with whether it is new, different or stale.
fn kinds(differences: &[sink::Difference]) -> Vec<String> {
    let kind = |difference: &sink::Difference| match (&difference.now, &difference.wanted) {
        (None, _) => "new",
        (_, None) => "stale",
        _ => "different",
    };
    differences.iter().map(|difference| format!("{} {}", kind(difference), difference.path)).collect()
}

// ---------------------------------------------------------------------------------------------------------------------
// Writing
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_tree_is_written_with_its_folders() {
    let folder = folder(&[]);
    sink::write(&tree(&[("mod.rs", "mod a;"), ("a/mod.rs", "mod b;"), ("a/b/mod.rs", "")]), folder.path()).unwrap();
    assert_eq!(listing(folder.path()), ["a/", "a/b/", "a/b/mod.rs: ", "a/mod.rs: mod b;", "mod.rs: mod a;"]);
}

#[test]
fn a_folder_that_is_not_there_is_made() {
    let folder = folder(&[]);
    let inner = folder.path().join("not/yet/there");
    sink::write(&tree(&[("mod.rs", "")]), &inner).unwrap();
    assert_eq!(listing(&inner), ["mod.rs: "]);
}

#[test]
fn it_says_what_was_new_different_and_stale() {
    let folder = folder(&[("same.rs", "same"), ("other.rs", "old"), ("stale.rs", "")]);
    let changed =
        sink::write(&tree(&[("same.rs", "same"), ("other.rs", "new"), ("more.rs", "")]), folder.path()).unwrap();
    assert_eq!(kinds(&changed), ["new more.rs", "different other.rs", "stale stale.rs"]);
}

#[test]
fn what_does_not_differ_is_not_touched() {
    let folder = folder(&[("same.rs", "same"), ("other.rs", "old")]);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400);
    for name in ["same.rs", "other.rs"] {
        File::options().append(true).open(folder.path().join(name)).unwrap().set_modified(long_ago).unwrap();
    }
    sink::write(&tree(&[("same.rs", "same"), ("other.rs", "new")]), folder.path()).unwrap();
    let modified = |name| fs::metadata(folder.path().join(name)).unwrap().modified().unwrap();
    assert_eq!(modified("same.rs"), long_ago);
    assert_ne!(modified("other.rs"), long_ago);
}

#[test]
fn written_twice_a_tree_changes_nothing() {
    let (folder, tree) = (folder(&[]), tree(&[("mod.rs", "mod a;"), ("a/mod.rs", "")]));
    sink::write(&tree, folder.path()).unwrap();
    assert_eq!(sink::write(&tree, folder.path()).unwrap(), []);
}

#[test]
fn line_ends_that_a_checkout_made_are_no_difference() {
    let folder = folder(&[("mod.rs", "mod a;\r\nmod b;\r\n")]);
    assert_eq!(sink::compare(&tree(&[("mod.rs", "mod a;\nmod b;\n")]), folder.path()).unwrap(), []);
}

#[test]
fn stale_files_are_removed_with_the_folders_that_they_leave_empty() {
    let folder = folder(&[("kept.rs", ""), ("a/b/c/stale.rs", ""), ("a/kept.rs", "")]);
    sink::write(&tree(&[("kept.rs", ""), ("a/kept.rs", "")]), folder.path()).unwrap();
    assert_eq!(listing(folder.path()), ["a/", "a/kept.rs: ", "kept.rs: "]);
}

#[test]
fn the_folder_itself_stays_although_it_is_empty() {
    let folder = folder(&[("stale.rs", "")]);
    sink::write(&tree(&[]), folder.path()).unwrap();
    assert!(folder.path().is_dir());
    assert_eq!(listing(folder.path()), [""; 0]);
}

#[test]
fn a_file_makes_way_for_a_folder() {
    let folder = folder(&[("a", "stale")]);
    sink::write(&tree(&[("a/mod.rs", "")]), folder.path()).unwrap();
    assert_eq!(listing(folder.path()), ["a/", "a/mod.rs: "]);
}

#[test]
fn a_folder_of_stale_files_makes_way_for_a_file() {
    let folder = folder(&[("a/b/stale.rs", "")]);
    sink::write(&tree(&[("a", "text")]), folder.path()).unwrap();
    assert_eq!(listing(folder.path()), ["a: text"]);
}

#[cfg(unix)]
#[test]
fn a_file_is_as_readable_as_any_other() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&[]);
    sink::write(&tree(&[("mod.rs", "")]), folder.path()).unwrap();
    let mode = fs::metadata(folder.path().join("mod.rs")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o644);
}

// ---------------------------------------------------------------------------------------------------------------------
// Where it cannot write
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn what_cannot_be_replaced_is_left_as_it_was_with_nothing_beside_it() {
    let folder = folder(&[("mod.rs/inner.rs", "old")]);
    let error = sink::replace(&folder.path().join("mod.rs"), "new").unwrap_err();
    assert!(error.to_string().starts_with("cannot write "), "{error}");
    assert_eq!(listing(folder.path()), ["mod.rs/", "mod.rs/inner.rs: old"]);
}

#[test]
fn what_stands_in_the_way_of_a_folder_is_left_as_it_was() {
    let folder = folder(&[("a", "old")]);
    let error = sink::replace(&folder.path().join("a/mod.rs"), "new").unwrap_err();
    assert!(error.to_string().starts_with("cannot write "), "{error}");
    assert_eq!(listing(folder.path()), ["a: old"]);
}

// ---------------------------------------------------------------------------------------------------------------------
// Links
// ---------------------------------------------------------------------------------------------------------------------

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_in_place_of_a_file_is_replaced_and_not_followed() {
        let outside = folder(&[("mod.rs", "theirs")]);
        let folder = folder(&[]);
        symlink(outside.path().join("mod.rs"), folder.path().join("mod.rs")).unwrap();
        sink::write(&tree(&[("mod.rs", "ours")]), folder.path()).unwrap();
        assert!(!folder.path().join("mod.rs").is_symlink());
        assert_eq!(listing(folder.path()), ["mod.rs: ours"]);
        assert_eq!(listing(outside.path()), ["mod.rs: theirs"]);
    }

    #[test]
    fn a_link_to_the_same_text_is_replaced_too() {
        let outside = folder(&[("mod.rs", "same")]);
        let folder = folder(&[]);
        symlink(outside.path().join("mod.rs"), folder.path().join("mod.rs")).unwrap();
        sink::write(&tree(&[("mod.rs", "same")]), folder.path()).unwrap();
        assert!(!folder.path().join("mod.rs").is_symlink());
    }

    #[test]
    fn a_link_in_place_of_a_folder_is_replaced_and_not_followed() {
        let outside = folder(&[("mod.rs", "theirs")]);
        let folder = folder(&[]);
        symlink(outside.path(), folder.path().join("a")).unwrap();
        sink::write(&tree(&[("a/mod.rs", "ours")]), folder.path()).unwrap();
        assert_eq!(listing(folder.path()), ["a/", "a/mod.rs: ours"]);
        assert_eq!(listing(outside.path()), ["mod.rs: theirs"]);
    }

    #[test]
    fn a_stale_link_is_removed_and_what_it_leads_to_is_not() {
        let outside = folder(&[("mod.rs", "theirs")]);
        let folder = folder(&[]);
        symlink(outside.path(), folder.path().join("stale")).unwrap();
        let changed = sink::write(&tree(&[]), folder.path()).unwrap();
        assert_eq!(kinds(&changed), ["stale stale"]);
        assert_eq!(listing(folder.path()), [""; 0]);
        assert_eq!(listing(outside.path()), ["mod.rs: theirs"]);
    }

    #[test]
    fn a_stale_link_that_leads_nowhere_is_removed() {
        let folder = folder(&[]);
        symlink("nowhere", folder.path().join("stale")).unwrap();
        sink::write(&tree(&[]), folder.path()).unwrap();
        assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Comparing
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn comparing_writes_nothing() {
    let folder = folder(&[("other.rs", "old"), ("stale.rs", "")]);
    let differences = sink::compare(&tree(&[("other.rs", "new"), ("more.rs", "")]), folder.path()).unwrap();
    assert_eq!(kinds(&differences), ["new more.rs", "different other.rs", "stale stale.rs"]);
    assert_eq!(listing(folder.path()), ["other.rs: old", "stale.rs: "]);
}

#[test]
fn of_a_folder_that_is_not_there_all_is_missing() {
    let folder = folder(&[]);
    let differences = sink::compare(&tree(&[("mod.rs", "")]), &folder.path().join("nothing")).unwrap();
    assert_eq!(kinds(&differences), ["new mod.rs"]);
}

/// The unified diff between two trees of one file.
fn diff(now: Option<&str>, wanted: Option<&str>) -> String {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    sink::Difference { path: "a/mod.rs".to_owned(), now: owned(now), wanted: owned(wanted) }.unified()
}

#[test]
fn a_difference_reads_as_a_unified_diff() {
    assert_eq!(
        diff(Some("1\n2\n3\n4\n5\n6\n7\n"), Some("1\n2\n3\nfour\n5\n6\n7\n")),
        "\
--- a/a/mod.rs
+++ b/a/mod.rs
@@ -2,5 +2,5 @@
 2
 3
-4
+four
 5
 6
"
    );
}

#[test]
fn a_file_that_is_missing_is_all_added() {
    assert_eq!(diff(None, Some("1\n2\n")), "--- /dev/null\n+++ b/a/mod.rs\n@@ -0,0 +1,2 @@\n+1\n+2\n");
}

#[test]
fn a_stale_file_is_all_removed() {
    assert_eq!(diff(Some("1\n2\n"), None), "--- a/a/mod.rs\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-1\n-2\n");
}

// ---------------------------------------------------------------------------------------------------------------------
// Trees
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_tree_does_not_have_two_files_of_one_path() {
    let mut tree = tree(&[("mod.rs", "")]);
    assert_eq!(
        tree.insert("mod.rs", String::new()).unwrap_err().to_string(),
        "two files would be written to mod.rs; this is a fault of the generator"
    );
}
