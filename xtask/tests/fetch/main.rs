//! `cargo xtask fetch`, as it is called, against servers that cut, stall, redirect and lie.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

mod arguments;
mod cut_off;
mod generating;
mod kept;
mod lies;
mod redirects;
mod refusals;
mod runs;
mod server;
mod stalls;
#[path = "../../../crates/pim-gen/tests/support/mod.rs"]
mod support;

use std::fs;
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use server::{Answer, Server, chunked, cut, raw, redirect, rest, whole};

/// How a run ended.
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Run {
    fn of(child: Child) -> Self {
        let output = child.wait_with_output().unwrap();
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Fails unless it ended well; what it said.
    fn done(self) -> String {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self.stdout
    }

    /// Fails unless it ended with 1 and an error in one line; that line, and what it noted before it.
    fn failed(self) -> (String, Vec<String>) {
        assert_eq!(self.code, 1, "{}{}", self.stdout, self.stderr);
        assert_eq!(self.stdout, "");
        let mut lines: Vec<_> = self.stderr.lines().map(str::to_owned).collect();
        let error = lines.pop().unwrap();
        let notes_are_none = lines.iter().all(|line| !line.starts_with("error: "));
        assert!(notes_are_none, "there are several errors: {}", self.stderr);
        (error.strip_prefix("error: ").unwrap().to_owned(), lines)
    }
}

/// A cache, and a proxy for whatever would be asked of anybody but this machine: it answers nothing.
struct Place {
    folder: TempDir,
    elsewhere: Server,
}

impl Place {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap(), elsewhere: Server::new([]) }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "all_proxy", "NO_PROXY", "no_proxy"] {
            command.env_remove(name);
        }
        command.env("ALL_PROXY", self.elsewhere.at("")).env("PIM_METADATA_CACHE", self.cache());
        command.args(arguments).current_dir(self.folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs `cargo xtask fetch`, which waits no longer than a test can.
    fn fetch(&self, arguments: &[&str]) -> Run {
        Run::of(self.start(arguments))
    }

    fn start(&self, arguments: &[&str]) -> Child {
        let hasty = ["fetch", "--backoff", "0.01"];
        self.command(&[&hasty, arguments].concat()).spawn().unwrap()
    }

    /// Fetches v1.0 from a server.
    fn stable(&self, server: &Server) -> Run {
        self.fetch(&["v1.0", "--url", &server.stable()])
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    /// The same, and gives up soon on who says nothing.
    fn impatient(&self, server: &Server) -> Run {
        self.fetch(&["v1.0", "--url", &server.stable(), "--stall", "1"])
    }

    /// The documents that came from a server.
    fn documents(&self, server: &Server) -> Vec<PathBuf> {
        let mut files = self.files(server);
        files.retain(|name| name.ends_with(".csdl.xml"));
        files.iter().map(|name| self.cache().join(server.folder()).join(name)).collect()
    }

    /// The only document that came from a server.
    fn document(&self, server: &Server) -> PathBuf {
        let mut documents = self.documents(server);
        assert_eq!(documents.len(), 1, "{documents:?}");
        documents.pop().unwrap()
    }

    /// All that is kept of a server but the file that runs hold on to.
    fn files(&self, server: &Server) -> Vec<String> {
        let folder = self.cache().join(server.folder());
        let mut names = Vec::new();
        for (inner, prefix) in [("", ""), ("about", "about/"), ("partial", "partial/")] {
            let Ok(entries) = fs::read_dir(folder.join(inner)) else { continue };
            let files = entries.map(Result::unwrap).filter(|entry| entry.file_type().unwrap().is_file());
            names.extend(files.map(|file| format!("{prefix}{}", file.file_name().into_string().unwrap())));
        }
        names.retain(|name| name != "partial/v1.0.lock" && name != "partial/beta.lock");
        names.sort();
        names
    }

    /// Fails unless a document is kept as it is, described, and nothing else.
    fn keeps(&self, server: &Server, document: &[u8]) {
        let path = self.document(server);
        assert!(fs::read(&path).unwrap() == document, "{} is another document", path.display());
        let record = record(&path);
        assert_eq!(record["size"].as_integer().unwrap(), i64::try_from(document.len()).unwrap());
        assert_eq!(record["sha256"].as_str().unwrap(), sha256(document));
        assert_eq!(self.files(server).len(), 2, "{:?}", self.files(server));
        assert_eq!(self.elsewhere.requests(), Vec::<String>::new());
    }

    /// Fails unless nothing is kept; the error.
    fn refuses(&self, server: &Server) -> String {
        let (error, _) = self.stable(server).failed();
        assert_eq!(self.files(server), Vec::<String>::new());
        assert_eq!(self.elsewhere.requests(), Vec::<String>::new());
        error
    }
}

/// Where it is said what a document is.
fn about(document: &Path) -> PathBuf {
    let name = document.file_name().unwrap().to_str().unwrap().replace(".csdl.xml", ".toml");
    document.with_file_name("about").join(name)
}

/// What is said of a document.
fn record(document: &Path) -> toml::Table {
    fs::read_to_string(about(document)).unwrap().parse().unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(&Sha256::digest(bytes))
}

/// A document that all of the selection is in, and that is not the one in `spec/lock.toml`.
fn metadata() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/v1.0/metadata.csdl.xml");
    fs::read(path).unwrap()
}

/// The same with an end that tells it from the first.
fn newer() -> Vec<u8> {
    [&metadata(), b"<!-- newer -->\n" as &[u8]].concat()
}

/// Where nobody listens.
fn unused() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const ETAG: &[&str] = &["etag: \"one\""];
