//! `cargo xtask build-cost`: how long a program takes to build with the client, beside one with bare reqwest.
//!
//! Both are written to a temporary folder and built cold, offline, with the versions of the workspace's `Cargo.lock`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use pim_gen::{Error, Result};

use crate::workspace::Root;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Build in this folder, which is made, instead of a temporary one that is removed
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// A program to build.
struct Program {
    name: &'static str,
    dependencies: String,
    code: &'static str,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let workspace = Root::workspace();
    let temporary = std::env::temp_dir().join(format!("pim-build-cost-{}", std::process::id()));
    let folder = arguments.folder.as_ref().unwrap_or(&temporary);
    let done = measure(workspace.path(), folder);
    if arguments.folder.is_none() {
        // What cannot be removed is in the folder for temporary files.
        let _ = fs::remove_dir_all(folder);
    }
    done.map(|()| ExitCode::SUCCESS)
}

fn measure(workspace: &Path, folder: &Path) -> Result<()> {
    let programs = [client(workspace), bare(workspace)?];
    let mut costs = Vec::new();
    for program in &programs {
        let folder = program.write(workspace, folder)?;
        let release = build(&folder, &["--release"])?;
        let debug = build(&folder, &[])?;
        let crates = crates(&folder)?;
        println!("{}: {crates} crates, release {release:.1?}, debug {debug:.1?}", program.name);
        costs.push((release, debug));
    }
    if let [client, bare] = costs[..] {
        let ratio = |client: Duration, bare: Duration| client.as_secs_f64() / bare.as_secs_f64();
        println!("ratio: release {:.2}, debug {:.2}", ratio(client.0, bare.0), ratio(client.1, bare.1));
    }
    Ok(())
}

fn client(workspace: &Path) -> Program {
    let path = workspace.join("crates/pim-client");
    let path = path.display();
    Program {
        name: "with-client",
        dependencies: format!("pim-client = {{ path = '{path}' }}\n{TOKIO}"),
        code: include_str!("build_cost/client.rs.txt"),
    }
}

/// With reqwest in the workspace's version and with its features.
fn bare(workspace: &Path) -> Result<Program> {
    let manifest = crate::workspace::read_text(&workspace.join("Cargo.toml"))?;
    let reqwest = manifest
        .lines()
        .find(|line| line.starts_with("reqwest = "))
        .ok_or_else(|| Error::new("the workspace's Cargo.toml has no line for reqwest"))?;
    let serde = "serde = { version = \"1\", features = [\"derive\"] }";
    Ok(Program {
        name: "with-reqwest",
        dependencies: format!("{reqwest}\n{serde}\n{TOKIO}"),
        code: include_str!("build_cost/bare.rs.txt"),
    })
}

const TOKIO: &str = "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n";

impl Program {
    /// Writes it, with the locked versions, and returns its folder.
    fn write(&self, workspace: &Path, folder: &Path) -> Result<PathBuf> {
        let folder = folder.join(self.name);
        let Self { name, dependencies, code } = self;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n[workspace]\n"
        );
        let failed = |error| Error::new(format!("cannot write to {}: {error}", folder.display()));
        fs::create_dir_all(folder.join("src")).map_err(failed)?;
        fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)?;
        fs::write(folder.join("src/main.rs"), code).map_err(failed)?;
        fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(failed)?;
        Ok(folder)
    }
}

/// How long a cold build takes.
fn build(folder: &Path, options: &[&str]) -> Result<Duration> {
    let target = folder.join("target");
    if target.exists() {
        let failed = |error| Error::new(format!("cannot remove {}: {error}", target.display()));
        fs::remove_dir_all(&target).map_err(failed)?;
    }
    let began = Instant::now();
    cargo(folder, &[&["build", "--quiet", "--offline"], options].concat())?;
    Ok(began.elapsed())
}

/// How many crates are in the tree, without the program itself.
fn crates(folder: &Path) -> Result<usize> {
    let tree = cargo(folder, &["tree", "--offline", "--prefix", "none", "--no-dedupe", "--edges", "normal,build"])?;
    let mut crates: Vec<_> = tree.lines().filter_map(|line| line.split(" (").next()).map(str::trim).collect();
    crates.sort_unstable();
    crates.dedup();
    Ok(crates.len().saturating_sub(1))
}

fn cargo(folder: &Path, arguments: &[&str]) -> Result<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Error::new(format!("cannot run cargo: {error}")))?;
    if !output.status.success() {
        return Err(Error::new(format!("cargo {} failed in {}", arguments.join(" "), folder.display())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
