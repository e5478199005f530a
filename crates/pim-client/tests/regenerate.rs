//! The feature `regenerate` makes the code that is checked in, and without it there is no generator to be built.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The files below `folder` with their texts.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).expect("below it").to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).expect("text").replace("\r\n", "\n"));
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(folder, folder, &mut files);
    files
}

fn checked_in() -> BTreeMap<String, String> {
    tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/generated"))
}

#[track_caller]
fn assert_same(generated: &BTreeMap<String, String>) {
    let checked_in = checked_in();
    let names = |tree: &BTreeMap<String, String>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(generated), names(&checked_in));
    for (name, text) in generated {
        assert_eq!(*text, checked_in[name], "{name}");
    }
}

/// What `build.rs` does with the feature, done here.
#[test]
fn a_build_script_generates_what_is_checked_in() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    let out = tempfile::tempdir().unwrap();
    pim_gen::Builder::new()
        .metadata("beta", spec.join("beta/metadata.csdl.xml"))
        .metadata("v1.0", spec.join("v1.0/metadata.csdl.xml"))
        .selection(spec.join("pim.toml"))
        .overlay(spec.join("overlay.toml"))
        .feature("beta", "beta")
        .exchange()
        .out_folder(out.path())
        .compile()
        .unwrap();
    assert_same(&tree(out.path()));
}

/// What `build.rs` did: this crate was compiled from it.
#[cfg(feature = "regenerate")]
#[test]
fn what_this_crate_was_built_from_is_what_is_checked_in() {
    assert_same(&tree(&Path::new(env!("OUT_DIR")).join("generated")));
}

#[test]
fn without_the_feature_no_generator_is_among_the_dependencies() {
    let depends_on_the_generator = |features: &str| {
        let tree = Command::new(env!("CARGO"))
            .args(["tree", "--offline", "--package", "pim-client", "--edges", "normal,build", "--prefix", "none"])
            .args(["--features", features, "--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
            .output()
            .unwrap();
        assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
        let packages = String::from_utf8(tree.stdout).unwrap();
        packages.lines().any(|package| package.starts_with("pim-gen ") || package.starts_with("progenitor "))
    };
    assert!(!depends_on_the_generator("beta,exchange"));
    assert!(depends_on_the_generator("regenerate"));
}
