//! The client's examples, run as their users run them, against the emulator: what they print is what they promise.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use pim_emulator::tenant::{Eligibility, Policy};
use pim_emulator::{Clock, Emulator, Tenant};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::Command;

const ADMIN: &str = "admin@contoso.com";
const ALINE: &str = "alined@contoso.com";
const ALEX: &str = "alexw@contoso.com";
const ADELE: &str = "adelev@contoso.com";

/// All of them.
const EXAMPLES: [&str; 8] = [
    "activate_all",
    "activate_role",
    "approval",
    "batch",
    "policies",
    "tutorial_2021",
    "tutorial_2024",
    "tutorial_2025",
];

/// What an example says when PIM keeps what it would take away.
const TOO_SOON: &str = "what was assigned less than five minutes ago cannot be taken away; trying until it can";

/// Longer than any example takes: a hundred times what they do.
const PATIENCE: Duration = Duration::from_mins(2);

/// Contoso, where Aline may become User Administrator if Alex agrees.
async fn emulator() -> Emulator {
    let tenant = Tenant::contoso()
        .eligibility(Eligibility::to_role(ALINE, "User Administrator"))
        .policy(Policy::of_role("User Administrator").approver(ALEX));
    Emulator::builder().tenant(tenant).clock(Clock::running()).beta(true).start().await.expect("an emulator")
}

/// An example, and what it is given.
struct Run<'e> {
    emulator: &'e Emulator,
    command: Command,
}

/// What became of it.
struct Ran {
    status: ExitStatus,
    printed: String,
    told: String,
}

impl<'e> Run<'e> {
    /// An example, with nothing in its environment but where Graph is.
    fn of(emulator: &'e Emulator, example: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(examples().join(format!("{example}{}", std::env::consts::EXE_SUFFIX)));
        command.args(arguments).env_clear().env("GRAPH_ENDPOINT", emulator.url()).kill_on_drop(true);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { emulator, command }
    }

    /// With a user's token in a variable.
    fn token(mut self, variable: &str, user: &str) -> Self {
        let token = self.emulator.sign_in(user).mfa(true).token().expect("a user who may sign in");
        self.command.env(variable, token);
        self
    }

    /// Runs it to its end. When it says that it is too soon, five minutes pass.
    async fn run(mut self) -> Ran {
        let mut child = self.command.spawn().expect("an example that was built");
        let mut stdout = child.stdout.take().expect("a pipe");
        let mut stderr = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let printed = async {
            let mut printed = String::new();
            stdout.read_to_string(&mut printed).await.expect("text");
            printed
        };
        let told = async {
            let mut told = String::new();
            while let Some(line) = stderr.next_line().await.expect("text") {
                if line == TOO_SOON {
                    self.emulator.clock().advance(Duration::from_mins(5));
                }
                told.push_str(&line);
                told.push('\n');
            }
            told
        };
        let all = async { tokio::join!(printed, told, child.wait()) };
        let (printed, told, status) = tokio::time::timeout(PATIENCE, all).await.expect("an example that ends");
        Ran { status: status.expect("a status"), printed, told }
    }

    /// What it prints, when it does what it is meant to.
    async fn prints(self) -> String {
        let Ran { status, printed, told } = self.run().await;
        assert!(status.success(), "{status}\n{printed}\n{told}");
        printed
    }
}

/// Where the examples are. Those of an earlier build may say something else: they are built anew.
fn examples() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let test = std::env::current_exe().expect("a path");
        let build = test.ancestors().nth(2).expect("deps is inside the folder of a profile");
        let folder = build.join("examples");
        if !is_up_to_date(&folder) {
            let profile = build.file_name().and_then(|name| name.to_str()).expect("a profile");
            // Together with these tests, which the client has its features from.
            let status = std::process::Command::new(env!("CARGO"))
                .args(["build", "--quiet", "--examples", "--package", "pim-client", "--package", "pim-tests"])
                .args(["--profile", if profile == "debug" { "dev" } else { profile }])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .status();
            assert!(status.expect("cargo").success(), "the examples are not built");
        }
        folder
    })
}

/// Whether every example is there and newer than what the client is made of: `cargo test --workspace` has built them.
fn is_up_to_date(folder: &Path) -> bool {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("crates").join("pim-client");
    let latest = ["src", "examples"].iter().filter_map(|part| latest_change(&client.join(part))).max();
    let built = EXAMPLES.map(|example| {
        let file = folder.join(format!("{example}{}", std::env::consts::EXE_SUFFIX));
        file.metadata().and_then(|file| file.modified()).ok()
    });
    built.iter().all(|built| *built > latest)
}

/// When something in a folder was changed last.
fn latest_change(folder: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .filter_map(|entry| {
            let kind = entry.file_type().expect("a type");
            if kind.is_dir() {
                latest_change(&entry.path())
            } else {
                entry.metadata().and_then(|file| file.modified()).ok()
            }
        })
        .max()
}

/// Ids and times are others each time.
fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "[id]");
    settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "[time]");
    settings
}

macro_rules! assert_prints {
    ($run:expr) => {{
        let printed = $run.prints().await;
        settings().bind(|| insta::assert_snapshot!(printed));
    }};
}

#[test]
fn every_example_is_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("crates").join("pim-client").join("examples");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<_> = files.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort_unstable();
    assert_eq!(names, EXAMPLES);
}

#[tokio::test]
async fn activate_role() {
    let emulator = emulator().await;
    let run = || Run::of(&emulator, "activate_role", &["Groups Administrator", "A group is to be made"]);
    assert_prints!(run().token("GRAPH_ACCESS_TOKEN", ADELE));
    let again = run().token("GRAPH_ACCESS_TOKEN", ADELE).run().await;
    assert_eq!(again.status.code(), Some(1));
    assert!(again.told.contains("RoleAssignmentExists"), "{}", again.told);
    let unauthenticated = run().run().await;
    assert_eq!(unauthenticated.status.code(), Some(1));
    assert!(unauthenticated.told.contains("GRAPH_ACCESS_TOKEN is not set"), "{}", unauthenticated.told);
}

#[tokio::test]
async fn activate_all() {
    let emulator = emulator().await;
    let run = || Run::of(&emulator, "activate_all", &["On call this week"]).token("GRAPH_ACCESS_TOKEN", ADELE);
    assert_prints!(run());
    assert_prints!(run());
}

#[tokio::test]
async fn approval() {
    let emulator = emulator().await;
    let run = Run::of(&emulator, "approval", &["User Administrator"]);
    assert_prints!(run.token("GRAPH_USER_TOKEN", ALINE).token("GRAPH_APPROVER_TOKEN", ALEX));
}

#[tokio::test]
async fn batch() {
    let emulator = emulator().await;
    assert_prints!(Run::of(&emulator, "batch", &[]).token("GRAPH_ACCESS_TOKEN", ALINE));
}

#[tokio::test]
async fn policies() {
    let emulator = emulator().await;
    let run = |arguments| Run::of(&emulator, "policies", arguments).token("GRAPH_ACCESS_TOKEN", ADMIN);
    assert_prints!(run(&["User Administrator"]));
    assert_prints!(run(&["User Administrator", "--tighten"]));
}

#[tokio::test]
async fn tutorial_2021() {
    let emulator = emulator().await;
    let run = Run::of(&emulator, "tutorial_2021", &["AlineDupuy@contoso.com", "xWwvJ]6NMw+bWH-d"]);
    assert_prints!(run.token("GRAPH_ACCESS_TOKEN", ADMIN));
}

#[tokio::test]
async fn tutorial_2024() {
    let emulator = relaxed().await;
    let run = Run::of(&emulator, "tutorial_2024", &[]);
    assert_prints!(run.token("GRAPH_ADMIN_TOKEN", ADMIN).token("GRAPH_USER_TOKEN", ALINE));
}

#[tokio::test]
async fn tutorial_2025() {
    let emulator = relaxed().await;
    let run = Run::of(&emulator, "tutorial_2025", &[]);
    assert_prints!(run.token("GRAPH_ADMIN_TOKEN", ADMIN).token("GRAPH_USER_TOKEN", ALINE));
}

/// Contoso as it is: nobody has to agree.
async fn relaxed() -> Emulator {
    Emulator::builder().beta(true).start().await.expect("an emulator")
}
