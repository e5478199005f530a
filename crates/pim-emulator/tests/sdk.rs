//! Microsoft's own SDKs, for Python and for Node, play the tutorial of 2025 against the emulator.
//!
//! What they check is in `tests/sdk`, in their languages. They are installed from their registries, in the versions of
//! the lock files there, into the target folder; once for each state of a lock file. Where that cannot be, because an
//! interpreter or the network is missing, a test says so and checks nothing, unless `PIM_SDKS_REQUIRED` is 1.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pim_emulator::tenant::Policy;
use pim_emulator::{Clock, Emulator, Tenant};
use sha2::{Digest as _, Sha256};

const CONTOSO_AT: &str = "2025-03-21T11:06:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn python_sdk() {
    let folder = scripts("python");
    if let Some(environment) = installed(&folder, "requirements.txt", install_for_python) {
        let mut command = Command::new(interpreter(&environment));
        // Nothing is to be left in the source tree.
        command.arg(folder.join("main.py")).env("PYTHONDONTWRITEBYTECODE", "1");
        check(command).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn node_sdk() {
    let folder = scripts("node");
    if let Some(environment) = installed(&folder, "package-lock.json", install_for_node) {
        let mut command = Command::new("node");
        command.arg(folder.join("main.js")).env("NODE_PATH", environment.join("node_modules"));
        check(command).await;
    }
}

fn scripts(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sdk").join(language)
}

/// Runs the checks of an SDK with everything that they need in their environment.
async fn check(mut command: Command) {
    let tenant = Tenant::contoso().policy(Policy::of_role("Groups Administrator").authentication_context("c1"));
    let start = CONTOSO_AT.parse().expect("a time");
    let emulator = Emulator::builder().tenant(tenant).clock(Clock::frozen_at(start)).start().await;
    let emulator = emulator.expect("it starts");
    for (variable, user, has_mfa) in [
        ("GRAPH_ADMIN_TOKEN", "admin@contoso.com", true),
        ("GRAPH_USER_TOKEN", "alined@contoso.com", true),
        ("GRAPH_ADELE_TOKEN", "adelev@contoso.com", true),
        ("GRAPH_WEAK_TOKEN", "meganb@contoso.com", false),
    ] {
        command.env(variable, emulator.sign_in(user).mfa(has_mfa).token().expect("a user of the tenant"));
    }
    let (endpoint, header) = emulator.managed_identity();
    command.env("PIM_EMULATOR", emulator.url()).env("IDENTITY_ENDPOINT", endpoint).env("IDENTITY_HEADER", header);
    // The emulator is not behind any proxy.
    command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
    let done = tokio::task::spawn_blocking(move || command.output()).await.expect("it does not panic");
    let done = done.expect("the interpreter was found before");
    let printed = [done.stdout, done.stderr].concat();
    let printed = String::from_utf8_lossy(&printed);
    println!("{printed}");
    assert!(done.status.success(), "{printed}");
}

/// The folder that a lock file's packages are installed in; none if they cannot be.
fn installed(scripts: &Path, lock: &str, install: fn(&Path, &Path) -> Result<(), String>) -> Option<PathBuf> {
    let bytes = fs::read(scripts.join(lock)).expect("the lock file is there");
    let mut name = format!("sdk-{lock}-");
    for byte in Sha256::digest(&bytes).iter().take(8) {
        let _ = write!(name, "{byte:02x}");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let ready = folder.join("ready");
    if ready.exists() {
        return Some(folder);
    }
    // What was begun and not finished is begun anew.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder can be written to");
    match install(scripts, &folder).and_then(|()| fs::write(ready, "").map_err(|error| error.to_string())) {
        Ok(()) => Some(folder),
        Err(reason) => {
            assert!(env::var("PIM_SDKS_REQUIRED").as_deref() != Ok("1"), "the SDK is required: {reason}");
            println!("skipped, the SDK is not installed: {reason}");
            None
        }
    }
}

fn install_for_python(scripts: &Path, folder: &Path) -> Result<(), String> {
    run(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    let mut pip = Command::new(interpreter(folder));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement"]);
    run(pip.arg(scripts.join("requirements.txt")))
}

fn interpreter(environment: &Path) -> PathBuf {
    environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

fn install_for_node(scripts: &Path, folder: &Path) -> Result<(), String> {
    run(Command::new("node").arg("--version"))?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(scripts.join(file), folder.join(file)).map_err(|error| format!("{file}: {error}"))?;
    }
    run(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder))
}

/// Runs a command that is to succeed.
fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().display().to_string();
    let done = command.output().map_err(|error| format!("{program}: {error}"))?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    Err(format!("{program}: {}", said.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("it failed")))
}
