//! Whether what was generated compiles.

use std::fs;
use std::path::Path;
use std::process::Command;

use pim_gen::{Tree, sink};

/// Fails unless a crate `name` compiles that has the `modules`, each generated, and is otherwise `root`.
pub(crate) fn assert_compiles(name: &str, root: &str, modules: &[(String, &Tree)]) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = temporary.join(name);
    let mut lib = root.to_owned();
    for (module, code) in modules {
        sink::write(code, &folder.join("src").join(module)).unwrap();
        lib += &["pub mod ", module, ";\n"].concat();
    }
    let client = workspace.join("crates/pim-client").canonicalize().unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\npim-client = {{ path = '{}' }}\n",
        client.display()
    );
    sink::replace(&folder.join("Cargo.toml"), &manifest).unwrap();
    sink::replace(&folder.join("src/lib.rs"), &lib).unwrap();
    // The same versions of everything: what was compiled before need not be compiled again, nor fetched.
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let checked = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--target-dir"])
        .arg(temporary.parent().unwrap())
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
