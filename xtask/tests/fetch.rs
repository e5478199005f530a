//! `cargo xtask fetch`, as it is called, against servers that cut, stall, redirect and lie.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "fetch/server.rs"]
mod server;
#[path = "../../crates/pim-gen/tests/support/mod.rs"]
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

// ---------------------------------------------------------------------------------------------------------------------
// What it keeps, and what it says
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_whole_document_is_kept_under_its_version_date_and_sha256() {
    let (place, document) = (Place::new(), metadata());
    let modified = "last-modified: Sun, 22 Nov 2026 10:00:00 GMT";
    let server = Server::new([whole(&document, &["etag: W/\"one\"", modified])]);
    let said = place.stable(&server).done();
    place.keeps(&server, &document);

    let path = place.document(&server);
    let record = record(&path);
    let (day, _) = record["fetched"].as_str().unwrap().split_once('T').unwrap();
    let name = format!("v1.0-{day}-{}.csdl.xml", &sha256(&document)[..12]);
    assert_eq!(path.file_name().unwrap().to_str().unwrap(), name);
    assert_eq!(record["version"].as_str(), Some("v1.0"));
    assert_eq!(record["address"].as_str(), Some(&*server.stable()));
    assert_eq!(record["answered_by"].as_str(), Some(&*server.stable()));
    assert_eq!(record["etag"].as_str(), Some("W/\"one\""));
    assert_eq!(record["last_modified"].as_str(), Some("Sun, 22 Nov 2026 10:00:00 GMT"));

    let path = path.display();
    let first = format!("v1.0: {}, {} bytes, sha256 {}\n", server.stable(), document.len(), sha256(&document));
    assert!(said.starts_with(&format!("{first}v1.0: stored as {path}\n")), "{said}");
    let commands = format!(
        "v1.0: in full:  cargo xtask diff spec/v1.0 {path} --format markdown\n\
         v1.0: bring in: cargo xtask gen --metadata v1.0={path}\n"
    );
    assert!(said.ends_with(&commands), "{said}");
}

#[test]
fn nothing_is_sent_that_tells_who_asks() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([whole(&document, &[])]);
    place.stable(&server).done();
    let requests = server.requests();
    let mut headers: Vec<_> = requests[0].lines().skip(1).map(|line| line.split(':').next().unwrap()).collect();
    headers.sort_unstable();
    assert!(requests[0].starts_with("get /v1.0/$metadata http/1.1\n"), "{}", requests[0]);
    assert_eq!(headers, ["accept", "accept-encoding", "host", "user-agent"]);
}

#[test]
fn the_address_of_the_version_will_do() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([whole(&document, &[])]);
    place.fetch(&["v1.0", "--url", &server.at("/v1.0/")]).done();
    assert!(server.requests()[0].starts_with("get /v1.0/$metadata http/1.1\n"));
    place.keeps(&server, &document);
}

#[test]
fn a_document_may_come_in_chunks_or_without_a_length_or_compressed() {
    let document = metadata();
    let xml = "content-type: application/xml";
    let zipped = gzip(&document);
    let length = format!("content-length: {}", zipped.len());
    for answer in [
        chunked(&document, true),
        raw("200 OK", &[xml], &document),
        raw("200 OK", &[xml, "content-encoding: gzip", &length], &zipped),
        raw("200 OK", &[xml, "content-encoding: gzip"], &zipped),
    ] {
        let place = Place::new();
        let server = Server::new([answer]);
        place.stable(&server).done();
        place.keeps(&server, &document);
    }
}

#[test]
fn the_same_document_once_more_keeps_its_place() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([whole(&document, &[]), whole(&document, ETAG)]);
    place.stable(&server).done();
    let path = place.document(&server);
    let said = place.stable(&server).done();
    assert!(said.contains(&format!("v1.0: the same as in {}\n", path.display())), "{said}");
    assert_eq!(record(&path)["etag"].as_str(), Some("\"one\""));
    place.keeps(&server, &document);
}

#[test]
fn what_the_server_calls_not_modified_is_not_downloaded_again() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([whole(&document, ETAG), raw("304 Not Modified", ETAG, b"")]);
    place.stable(&server).done();
    let said = place.stable(&server).done();
    assert!(said.contains("v1.0: the same as in "), "{said}");
    assert!(server.requests()[1].contains("\nif-none-match: \"one\""));
    place.keeps(&server, &document);
}

#[test]
fn without_an_etag_the_date_of_the_last_modification_is_asked_with() {
    let (place, document) = (Place::new(), metadata());
    let modified = "last-modified: Sun, 22 Nov 2026 10:00:00 GMT";
    let server = Server::new([whole(&document, &[modified]), raw("304 Not Modified", &[], b"")]);
    place.stable(&server).done();
    place.stable(&server).done();
    assert!(server.requests()[1].contains("\nif-modified-since: sun, 22 nov 2026 10:00:00 gmt"));
}

#[test]
fn not_modified_is_no_answer_to_who_has_nothing() {
    let place = Place::new();
    let server = Server::new([raw("304 Not Modified", &[], b"")]);
    assert_eq!(place.refuses(&server), format!("cannot fetch {}: it answered 304 Not Modified", server.stable()));
}

#[test]
fn another_document_is_kept_beside_the_first() {
    let place = Place::new();
    let server = Server::new([whole(&metadata(), ETAG), whole(&newer(), &["etag: \"two\""])]);
    place.stable(&server).done();
    place.stable(&server).done();
    assert_eq!(place.documents(&server).len(), 2);
}

#[test]
fn a_document_that_comes_back_is_the_newest_again() {
    let (place, first) = (Place::new(), metadata());
    let server = Server::new([
        whole(&first, ETAG),
        whole(&newer(), &["etag: \"two\""]),
        whole(&first, ETAG),
        raw("304 Not Modified", &[], b""),
    ]);
    for _ in 0..4 {
        place.stable(&server).done();
    }
    assert!(server.requests()[3].contains("\nif-none-match: \"one\""), "{}", server.requests()[3]);
    assert_eq!(place.documents(&server).len(), 2);
}

#[test]
fn the_document_in_the_lock_is_unchanged() {
    let Some(graph) = support::graph_dir() else { return };
    let (place, document) = (Place::new(), fs::read(graph.join("metadata/v1.0.csdl.xml")).unwrap());
    let server = Server::new([chunked(&document, true)]);
    let said = place.stable(&server).done();
    assert!(said.lines().last().unwrap().starts_with("v1.0: unchanged since spec/lock.toml, of 20"), "{said}");
    place.keeps(&server, &document);
}

#[test]
fn each_version_is_asked_of_the_cloud_and_one_that_fails_does_not_hold_up_the_other() {
    for (cloud, host) in [
        ("global", "graph.microsoft.com"),
        ("usgov", "graph.microsoft.us"),
        ("dod", "dod-graph.microsoft.us"),
        ("china", "microsoftgraph.chinacloudapi.cn"),
    ] {
        let place = Place::new();
        let run = place.fetch(&["--cloud", cloud, "--retries", "0"]);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""));
        let errors: Vec<_> = run.stderr.lines().collect();
        assert_eq!(errors.len(), 2, "{}", run.stderr);
        assert!(
            errors[0].starts_with(&format!("error: cannot fetch https://{host}/beta/$metadata: ")),
            "{}",
            errors[0]
        );
        assert!(
            errors[1].starts_with(&format!("error: cannot fetch https://{host}/v1.0/$metadata: ")),
            "{}",
            errors[1]
        );
        let requests = place.elsewhere.requests();
        assert!(requests.iter().all(|request| request.starts_with(&format!("connect {host}:443 "))), "{requests:?}");
        assert_eq!(requests.len(), 2);
    }
}

#[test]
fn looking_for_drift_asks_an_address_once_and_brings_in_what_was_compared() {
    let group = r#"<EntityType Name="group" BaseType="graph.directoryObject" OpenType="true">"#;
    let badge = r#"<Property Name="badge" Type="Edm.String" />"#;
    let document = String::from_utf8(metadata()).unwrap().replace(group, &format!("{group}{badge}"));
    let (place, server) = (Place::new(), Server::new([whole(document.as_bytes(), &[])]));
    let source = format!("v1.0={}", server.stable());
    let arguments = ["drift", "--metadata", &source, "--root", "tree", "--report", "report.md"];
    Run::of(place.command(&arguments).spawn().unwrap()).done();
    assert_eq!(server.requests().len(), 1);
    place.keeps(&server, document.as_bytes());
    let lock = fs::read_to_string(place.folder.path().join("tree/spec/lock.toml")).unwrap();
    assert!(lock.contains(&sha256(document.as_bytes())) && lock.contains(&server.stable()), "{lock}");
}

#[test]
fn looking_for_drift_fetches_what_nobody_gave() {
    let place = Place::new();
    let unused = unused();
    let mut command = place.command(&["drift", "--root", "tree", "--report", "report.md"]);
    let run = Run::of(command.env("ALL_PROXY", format!("http://{unused}")).spawn().unwrap());
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert_eq!(
        run.stderr,
        format!(
            "error: cannot fetch https://graph.microsoft.com/beta/$metadata: nobody listens there (through the proxy \
             {unused}, which the environment names)\n"
        )
    );
}

#[test]
fn a_folder_of_the_cache_is_a_history() {
    let place = Place::new();
    let added =
        b"      <EnumType Name=\"season\">\n        <Member Name=\"spring\" Value=\"0\" />\n      </EnumType>\n";
    let text = String::from_utf8(metadata()).unwrap();
    let (before, after) = text.split_once("      <EnumType ").unwrap();
    let more = [before.as_bytes(), added, b"      <EnumType ", after.as_bytes()].concat();
    let server = Server::new([whole(&metadata(), &[]), whole(&more, &[])]);
    place.stable(&server).done();
    // As if that had been another day.
    let path = place.document(&server);
    let day = &record(&path)["fetched"].as_str().unwrap()[..10].to_owned();
    for path in [&path, &about(&path)] {
        fs::rename(path, path.to_str().unwrap().replace(day, "2021-02-03")).unwrap();
    }
    place.stable(&server).done();

    let folder = place.cache().join(server.folder());
    let run = Run::of(place.command(&["diff", "--history", folder.to_str().unwrap()]).spawn().unwrap());
    assert_eq!(run.stderr, "");
    assert!(run.stdout.contains("2021-02-03") && run.stdout.contains(day), "{}", run.stdout);
}

// ---------------------------------------------------------------------------------------------------------------------
// Cut off
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_download_that_is_cut_off_goes_on_where_it_ended() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([cut(&document, 20_000, ETAG), rest(&document, 20_000, ETAG)]);
    let run = place.stable(&server);
    let total = document.len();
    let note = format!("v1.0: the connection was cut after 20000 of {total} bytes; again in 0.0 s (1 of 5)\n");
    assert_eq!(run.stderr, note);
    run.done();
    assert!(server.requests()[1].contains("\nrange: bytes=20000-\nif-range: \"one\""), "{}", server.requests()[1]);
    place.keeps(&server, &document);
}

#[test]
fn a_compressed_download_goes_on_in_its_compressed_bytes() {
    let (place, document) = (Place::new(), metadata());
    let (zipped, headers) = (gzip(&document), ["etag: \"one\"", "content-encoding: gzip"]);
    let server = Server::new([cut(&zipped, 3_000, &headers), rest(&zipped, 3_000, &headers)]);
    place.stable(&server).done();
    assert!(server.requests()[1].contains("\nrange: bytes=3000-"));
    place.keeps(&server, &document);
}

#[test]
fn it_goes_on_again_and_again() {
    let (place, document) = (Place::new(), metadata());
    let second = rest(&document, 10_000, ETAG);
    let second = second[..second.len() - 20_000].to_owned();
    let last = document.len() - 20_000;
    let server = Server::new([cut(&document, 10_000, ETAG), second, rest(&document, last, ETAG)]);
    place.stable(&server).done();
    assert!(server.requests()[2].contains(&format!("\nrange: bytes={last}-")));
    place.keeps(&server, &document);
}

#[test]
fn a_later_run_goes_on_where_an_earlier_one_gave_up() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([cut(&document, 20_000, ETAG), rest(&document, 20_000, ETAG)]);
    let (error, _) = place.fetch(&["v1.0", "--url", &server.stable(), "--retries", "0"]).failed();
    assert!(error.ends_with("; tried once; run this again to go on from byte 20000"), "{error}");
    assert_eq!(place.files(&server), ["partial/v1.0.partial", "partial/v1.0.partial.toml"]);

    place.stable(&server).done();
    assert!(server.requests()[1].contains("\nrange: bytes=20000-\nif-range: \"one\""));
    place.keeps(&server, &document);
}

#[test]
fn a_later_run_goes_on_where_an_earlier_one_was_killed() {
    let (place, document) = (Place::new(), metadata());
    let server =
        Server::with(vec![Answer::Stall(cut(&document, 20_000, ETAG)), Answer::Then(rest(&document, 20_000, ETAG))]);
    let mut killed = place.start(&["v1.0", "--url", &server.stable()]);
    let partial = place.cache().join(server.folder()).join("partial/v1.0.partial");
    while fs::metadata(&partial).map_or(0, |about| about.len()) < 20_000 {
        assert!(killed.try_wait().unwrap().is_none(), "it ended before it was killed");
        thread::sleep(Duration::from_millis(10));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();

    place.stable(&server).done();
    assert!(server.requests()[1].contains("\nrange: bytes=20000-\nif-range: \"one\""));
    place.keeps(&server, &document);
}

#[test]
fn what_was_left_of_another_address_is_not_gone_on_with() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([cut(&document, 20_000, ETAG), whole(&document, ETAG)]);
    place.fetch(&["v1.0", "--url", &server.stable(), "--retries", "0"]).failed();
    place.fetch(&["v1.0", "--url", &server.at("/elsewhere.xml")]).done();
    assert!(!server.requests()[1].contains("\nrange: "));
    place.keeps(&server, &document);
}

#[test]
fn it_begins_anew_where_the_server_offers_no_rest() {
    let document = metadata();
    let old = ["last-modified: Sun, 22 Nov 2026 10:00:00 GMT", "date: Sun, 22 Nov 2026 10:00:00 GMT"];
    let headers: [&[&str]; 4] = [&[], &["etag: W/\"weak\""], &["etag: \"one\"", "accept-ranges: none"], &old];
    for headers in headers {
        let place = Place::new();
        let server = Server::new([cut(&document, 20_000, headers), whole(&document, headers)]);
        place.stable(&server).done();
        assert!(!server.requests()[1].contains("\nrange: "), "{headers:?}");
        place.keeps(&server, &document);
    }
}

#[test]
fn a_last_modification_that_is_older_than_the_answer_will_do() {
    let (place, document) = (Place::new(), metadata());
    let headers = ["last-modified: Sun, 22 Nov 2026 10:00:00 GMT", "date: Sun, 22 Nov 2026 10:01:00 GMT"];
    let server = Server::new([cut(&document, 20_000, &headers), rest(&document, 20_000, &headers)]);
    place.stable(&server).done();
    assert!(server.requests()[1].contains("\nif-range: sun, 22 nov 2026 10:00:00 gmt"));
    place.keeps(&server, &document);
}

#[test]
fn it_begins_anew_where_the_server_ignores_what_was_asked_or_the_document_is_another_by_now() {
    let place = Place::new();
    let server = Server::new([cut(&metadata(), 20_000, ETAG), whole(&newer(), &["etag: \"two\""])]);
    place.stable(&server).done();
    assert!(server.requests()[1].contains("\nif-range: \"one\""));
    place.keeps(&server, &newer());
    assert_eq!(record(&place.document(&server))["etag"].as_str(), Some("\"two\""));
}

#[test]
fn a_rest_that_does_not_fit_is_not_taken() {
    let document = metadata();
    let range = |range: &str, more: &[&str]| {
        let range = format!("content-range: {range}");
        raw("206 Partial Content", &[&[&*range], more].concat(), &document[20_000..])
    };
    let (last, total) = (document.len() - 1, document.len());
    for wrong in [
        range(&format!("bytes 10000-{last}/{total}"), &[]),
        range(&format!("bytes 20001-{last}/{total}"), &[]),
        range(&format!("bytes 20000-{total}/{}", total + 1), &[]),
        range(&format!("bytes 20000-{last}/*"), &[]),
        range(&format!("lines 20000-{last}/{total}"), &[]),
        range(&format!("bytes 20000-{last}/{total}"), &["etag: \"two\""]),
        range(&format!("bytes 20000-{last}/{total}"), &["content-encoding: gzip"]),
        range(&format!("bytes 20000-{last}/{total}"), &["content-length: 5"]),
        raw("206 Partial Content", &[], &document[20_000..]),
        raw("416 Range Not Satisfiable", &[&format!("content-range: bytes */{total}")], b""),
    ] {
        let place = Place::new();
        let told = String::from_utf8_lossy(&wrong[..wrong.len().min(120)]).into_owned();
        let server = Server::new([cut(&document, 20_000, ETAG), wrong, whole(&document, ETAG)]);
        place.stable(&server).done();
        let requests = server.requests();
        assert_eq!(requests.len(), 3, "{told}");
        assert!(!requests[2].contains("\nrange: "), "{told}");
        place.keeps(&server, &document);
    }
}

#[test]
fn halves_that_do_not_make_a_document_are_begun_anew() {
    let (place, document) = (Place::new(), metadata());
    let other = vec![b'<'; document.len()];
    let server = Server::new([cut(&document, 20_000, ETAG), rest(&other, 20_000, ETAG), whole(&document, ETAG)]);
    place.stable(&server).done();
    assert!(!server.requests()[2].contains("\nrange: "));
    place.keeps(&server, &document);
}

#[test]
fn a_part_is_no_answer_to_who_asked_for_the_whole() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([rest(&document, 20_000, ETAG)]);
    let error = place.refuses(&server);
    assert_eq!(error, format!("cannot fetch {}: it answered 206 Partial Content", server.stable()));
}

#[test]
fn chunks_that_break_off_are_asked_for_again() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([chunked(&document, false), chunked(&document, true)]);
    place.stable(&server).done();
    place.keeps(&server, &document);
}

#[test]
fn without_a_length_an_early_end_is_seen_in_the_document() {
    let (place, document) = (Place::new(), metadata());
    let xml = "content-type: application/xml";
    let server = Server::new([raw("200 OK", &[xml], &document[..20_000]), raw("200 OK", &[xml], &document)]);
    let run = place.stable(&server);
    assert!(run.stderr.starts_with("v1.0: it ended without having said where: "), "{}", run.stderr);
    run.done();
    place.keeps(&server, &document);
}

#[test]
fn a_server_that_always_cuts_is_given_up_on() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new((0..4).map(|_| cut(&document, 100, &[])));
    let (error, notes) = place.fetch(&["v1.0", "--url", &server.stable(), "--retries", "3"]).failed();
    let what = format!("the connection was cut after 100 of {} bytes", document.len());
    assert_eq!(error, format!("cannot fetch {}: {what}; tried 4 times; run this again later", server.stable()));
    assert_eq!(notes.len(), 3);
    assert_eq!(server.requests().len(), 4);
    assert_eq!(place.files(&server), Vec::<String>::new());
}

// ---------------------------------------------------------------------------------------------------------------------
// Stalls
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_download_that_stalls_is_cut_off_and_goes_on() {
    let (place, document) = (Place::new(), metadata());
    let stalled = Answer::Stall(cut(&document, 20_000, ETAG));
    let server = Server::with(vec![stalled, Answer::Then(rest(&document, 20_000, ETAG))]);
    let run = place.impatient(&server);
    assert!(run.stderr.starts_with("v1.0: nothing came any more after 20000 of "), "{}", run.stderr);
    run.done();
    place.keeps(&server, &document);
}

#[test]
fn a_server_that_does_not_answer_is_asked_again() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::with(vec![Answer::Stall(Vec::new()), Answer::Then(whole(&document, &[]))]);
    let run = place.impatient(&server);
    assert!(run.stderr.starts_with("v1.0: nothing came any more; again in "), "{}", run.stderr);
    run.done();
    place.keeps(&server, &document);
}

#[test]
fn there_is_a_limit_to_all_of_it() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::with(vec![Answer::Stall(cut(&document, 20_000, ETAG))]);
    let url = server.stable();
    let run = place.command(&["fetch", "v1.0", "--url", &url, "--timeout", "1.5"]).spawn().unwrap();
    let (error, _) = Run::of(run).failed();
    let what = format!(
        "it took too long as a whole (cargo xtask fetch has --timeout) after 20000 of {} bytes",
        document.len()
    );
    assert_eq!(error, format!("cannot fetch {url}: {what}"));
    assert_eq!(place.files(&server), ["partial/v1.0.partial", "partial/v1.0.partial.toml"]);
}

// ---------------------------------------------------------------------------------------------------------------------
// Lies
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_length_that_is_too_short_is_found() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([raw("200 OK", &["content-length: 20000"], &document)]);
    let error = place.refuses(&server);
    assert!(error.starts_with(&format!("{}:", server.stable())), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_length_that_is_too_long_is_found() {
    let (place, document) = (Place::new(), metadata());
    let length = format!("content-length: {}", document.len() + 1);
    let server = Server::new((0..6).map(|_| raw("200 OK", &[&length], &document)));
    let error = place.refuses(&server);
    let (came, told) = (document.len(), document.len() + 1);
    assert!(
        error.contains(&format!(": the connection was cut after {came} of {told} bytes; tried 6 times; ")),
        "{error}"
    );
}

#[test]
fn a_document_that_was_cut_off_before_it_was_sent_is_refused() {
    let place = Place::new();
    let beginning = b"<?xml version=\"1.0\"?>\n<edmx:Edmx Version=\"4.0\" \
        xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">\n";
    let server = Server::new([whole(beginning, ETAG)]);
    assert_eq!(
        place.refuses(&server),
        format!("{}:3:1: the document ends inside of <edmx:Edmx>: it is truncated; fetch it again", server.stable())
    );
}

#[test]
fn a_document_with_a_type_that_refers_to_nothing_is_refused() {
    let place = Place::new();
    let document = String::from_utf8(metadata()).unwrap();
    let wrong = document.replacen("Type=\"microsoft.graph.", "Type=\"microsoft.graph.no", 1);
    let wrong = if wrong == document { document.replacen("Type=\"graph.", "Type=\"graph.no", 1) } else { wrong };
    assert_ne!(wrong, document);
    let server = Server::new([whole(wrong.as_bytes(), &[])]);
    let error = place.refuses(&server);
    assert!(error.contains("` is no type of this document"), "{error}");
}

#[test]
fn gzip_that_breaks_off_is_refused() {
    let place = Place::new();
    let zipped = gzip(&metadata());
    let server = Server::new([whole(&zipped[..zipped.len() - 10], &["content-encoding: gzip"])]);
    let error = place.refuses(&server);
    assert!(
        error.starts_with(&format!("cannot fetch {}: what it sent is no whole gzip: ", server.stable())),
        "{error}"
    );
}

#[test]
fn an_encoding_that_nobody_asked_for_is_refused() {
    let place = Place::new();
    let server = Server::new([whole(b"???", &["content-encoding: br"])]);
    let why = "it answered with Content-Encoding \"br\", where at most gzip was asked for";
    assert_eq!(place.refuses(&server), format!("cannot fetch {}: {why}", server.stable()));
}

#[test]
fn what_is_too_large_is_refused_before_it_comes_and_while_it_comes() {
    let most = 64 * 1024 * 1024;
    let spaces = vec![b' '; most + 1];
    for answer in [
        raw("200 OK", &[&format!("content-length: {}", most + 1)], b""),
        raw("200 OK", &["content-length: 18446744073709551615"], b""),
        raw("200 OK", &[], &spaces),
        raw("200 OK", &["content-encoding: gzip"], &gzip(&spaces)),
    ] {
        let place = Place::new();
        let server = Server::new([answer]);
        let error = place.refuses(&server);
        assert!(
            error.starts_with(&format!("cannot fetch {}: it is larger than {most} bytes", server.stable())),
            "{error}"
        );
        assert_eq!(server.requests().len(), 1);
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Redirects
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_redirect_is_followed_and_its_end_is_recorded_without_its_query() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([redirect("/moved?signature=secret"), whole(&document, &[])]);
    let said = place.stable(&server).done();
    assert!(!said.contains("another host"), "{said}");
    assert!(server.requests()[1].starts_with("get /moved?signature=secret http/1.1\n"));
    place.keeps(&server, &document);
    let record = record(&place.document(&server));
    assert_eq!(record["address"].as_str(), Some(&*server.stable()));
    assert_eq!(record["answered_by"].as_str(), Some(&*server.at("/moved")));
}

#[test]
fn that_another_host_answered_is_said() {
    let (place, document) = (Place::new(), metadata());
    let other = Server::new([whole(&document, &[])]);
    let server = Server::new([redirect(&other.at("/elsewhere"))]);
    let said = place.stable(&server).done();
    let line = format!("v1.0: another host answered, by a redirect: {}\n", other.at("/elsewhere"));
    assert!(said.contains(&line), "{said}");
    place.keeps(&server, &document);
}

#[test]
fn a_rest_from_elsewhere_is_of_another_document() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([
        cut(&document, 20_000, ETAG),
        redirect("/elsewhere"),
        rest(&document, 20_000, ETAG),
        whole(&document, ETAG),
    ]);
    place.stable(&server).done();
    assert!(!server.requests()[3].contains("\nrange: "));
    place.keeps(&server, &document);
}

#[test]
fn a_redirect_to_what_is_not_encrypted_is_not_followed() {
    for to in ["http://graph.example/v1.0/$metadata", "ftp://graph.example/", "https://me:secret@graph.example/"] {
        let place = Place::new();
        let server = Server::new([redirect(to)]);
        let error = place.refuses(&server);
        let beginning = format!("cannot fetch {}: it redirects, which is not followed: ", server.stable());
        assert!(error.starts_with(&beginning), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

#[test]
fn redirects_have_an_end() {
    let place = Place::new();
    let server = Server::new((0..10).map(|hop| redirect(&format!("/hop/{hop}"))));
    let error = place.refuses(&server);
    assert_eq!(
        error,
        format!("cannot fetch {}: it redirects more than 5 times, at last to {}", server.stable(), server.at("/hop/5"))
    );
    assert_eq!(server.requests().len(), 6);
}

#[test]
fn a_redirect_to_where_it_came_from_is_not_followed() {
    let place = Place::new();
    let server = Server::new([redirect("/v1.0/$metadata")]);
    assert_eq!(place.refuses(&server), format!("cannot fetch {}: it redirects to itself", server.stable()));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_redirect_to_nowhere_is_an_answer_like_another() {
    let place = Place::new();
    let server = Server::new([raw("302 Found", &["content-length: 0"], b"")]);
    assert_eq!(place.refuses(&server), format!("cannot fetch {}: it answered 302 Found", server.stable()));
}

// ---------------------------------------------------------------------------------------------------------------------
// Refusals
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_throttled_request_is_made_again_when_the_server_allows_it() {
    for throttled in ["429 Too Many Requests", "503 Service Unavailable"] {
        let (place, document) = (Place::new(), metadata());
        let later = ["retry-after: 1", "content-length: 0"];
        let server = Server::new([raw(throttled, &later, b""), whole(&document, &[])]);
        let run = place.stable(&server);
        assert_eq!(run.stderr, format!("v1.0: it answered {throttled}; again in 1.0 s (1 of 5)\n"));
        run.done();
        place.keeps(&server, &document);
    }
}

#[test]
fn a_wait_that_is_too_long_is_left_to_people() {
    for later in ["retry-after: 3600", "retry-after: Sun, 22 Nov 2026 11:00:00 GMT"] {
        let place = Place::new();
        let headers = [later, "date: Sun, 22 Nov 2026 10:00:00 GMT", "content-length: 0"];
        let server = Server::new([raw("429 Too Many Requests", &headers, b"")]);
        let error = place.refuses(&server);
        let what = "it answered 429 Too Many Requests; run this again in 3600 s, which is too long to wait here";
        assert_eq!(error, format!("cannot fetch {}: {what}", server.stable()));
    }
}

#[test]
fn a_server_that_always_fails_is_given_up_on() {
    let place = Place::new();
    let server = Server::new((0..6).map(|_| raw("500 Internal Server Error", &["content-length: 0"], b"")));
    let what = "it answered 500 Internal Server Error; tried 6 times; run this again later";
    assert_eq!(place.refuses(&server), format!("cannot fetch {}: {what}", server.stable()));
    assert_eq!(server.requests().len(), 6);
}

#[test]
fn what_will_not_change_is_asked_once() {
    for status in
        ["401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone", "501 Not Implemented", "204 No Content"]
    {
        let place = Place::new();
        let server = Server::new([raw(status, &["content-length: 0"], b"")]);
        assert_eq!(place.refuses(&server), format!("cannot fetch {}: it answered {status}", server.stable()));
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn the_error_of_an_answer_is_told() {
    let place = Place::new();
    let body = b"{\"error\": {\"code\": \"BadRequest\", \"message\": \"Invalid\\nversion\"}}";
    let server = Server::new([raw("404 Not Found", &["content-type: application/json"], body)]);
    assert_eq!(
        place.refuses(&server),
        format!("cannot fetch {}: it answered 404 Not Found: the error BadRequest: Invalid version", server.stable())
    );
}

#[test]
fn pages_and_errors_that_call_themselves_a_success_are_refused() {
    let page = b"\n<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body></body></html>\n";
    let error = b"{\"error\": {\"code\": \"Down\", \"message\": \"Later.\"}}";
    for (kind, body, what) in [
        ("text/html; charset=utf-8", &page[..], "an HTML page, \"Sign in\""),
        ("application/xml", &page[..], "an HTML page, \"Sign in\""),
        ("application/json", &error[..], "the error Down: Later."),
        ("application/xml", &error[..], "the error Down: Later."),
    ] {
        let place = Place::new();
        let length = format!("content-length: {}", body.len());
        let server = Server::new([raw("200 OK", &[&format!("content-type: {kind}"), &length], body)]);
        let doubt = "does a login page, a captive portal or a proxy stand in between?";
        assert_eq!(
            place.refuses(&server),
            format!("cannot fetch {}: it answered with {what}, not with metadata; {doubt}", server.stable())
        );
    }
}

#[test]
fn nothing_at_all_is_refused() {
    let place = Place::new();
    let server = Server::new([whole(b"", &[])]);
    assert_eq!(place.refuses(&server), format!("{}:1:1: the document is empty; fetch it again", server.stable()));
}

#[test]
fn what_is_no_http_is_refused() {
    let place = Place::new();
    let server = Server::new((0..6).map(|_| b"220 mail.example ESMTP\r\n".to_vec()));
    let error = place.refuses(&server);
    assert!(error.starts_with(&format!("cannot fetch {}: ", server.stable())), "{error}");
}

#[test]
fn where_nobody_listens_it_says_so_at_once() {
    let place = Place::new();
    let url = format!("http://{}/v1.0/$metadata", unused());
    let (error, notes) = place.fetch(&["v1.0", "--url", &url]).failed();
    assert_eq!(error, format!("cannot fetch {url}: nobody listens there"));
    assert_eq!(notes, Vec::<String>::new());
}

// ---------------------------------------------------------------------------------------------------------------------
// Arguments
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn bad_arguments_are_refused_and_nothing_is_asked_or_made() {
    for (arguments, why) in [
        (&["v2.0"][..], "the selection has no version v2.0, only beta and v1.0"),
        (&["v1.0", "--url", "http://graph.example/v1.0"], "http://graph.example/v1.0 is not encrypted; use https://"),
        (&["v1.0", "--url", "https://me:secret@graph.example/"], "has a name or a password in it"),
        (&["v1.0", "--url", "graph"], "graph is no address (relative URL without a base); write https://…"),
        (&["--url", "https://graph.example/v1.0"], "<VERSION>"),
        (&["v1.0", "--cloud", "moon"], "invalid value 'moon' for '--cloud <CLOUD>'"),
        (&["v1.0", "--cloud", "china", "--url", "https://graph.example/"], "cannot be used with"),
        (&["--list", "--cloud", "usgov"], "cannot be used with"),
        (&["--prune", "1", "--cloud", "usgov"], "cannot be used with"),
        (&["--prune", "0"], "invalid value '0' for '--prune <N>'"),
    ] {
        let place = Place::new();
        let run = place.fetch(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(why), "{arguments:?}: {}", run.stderr);
        assert!(!run.stderr.contains("secret"));
        assert_eq!(place.elsewhere.requests(), Vec::<String>::new());
        assert!(!place.cache().exists());
    }
}

#[test]
fn the_cache_is_where_it_is_said_to_be() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([whole(&document, &[])]);
    place.fetch(&["v1.0", "--url", &server.stable(), "--cache", "own"]).done();
    assert!(!place.cache().exists());
    assert_eq!(fs::read_dir(place.folder.path().join("own").join(server.folder())).unwrap().count(), 3);
}

#[test]
fn a_cache_that_is_no_folder_is_refused() {
    let place = Place::new();
    fs::write(place.cache(), "").unwrap();
    let server = Server::new([]);
    let run = place.stable(&server);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(
        run.stderr.starts_with(&format!("error: cannot make {}: ", place.cache().join(server.folder()).display())),
        "{}",
        run.stderr
    );
    assert_eq!(server.requests(), Vec::<String>::new());
}

// ---------------------------------------------------------------------------------------------------------------------
// Several runs, and what is in the cache
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn two_runs_at_once_do_one_another_no_harm() {
    let (place, document) = (Place::new(), metadata());
    let (both, sent) = (Arc::new(Barrier::new(2)), document.clone());
    let server = Server::by(move |request| {
        Some(if request.contains("\nrange: bytes=20000-") {
            Answer::Then(rest(&sent, 20_000, ETAG))
        } else {
            Answer::Together(Arc::clone(&both), cut(&sent, 20_000, ETAG))
        })
    });
    let url = server.stable();
    // What one waits for is the other.
    let start = || place.command(&["fetch", "v1.0", "--url", &url, "--backoff", "0.01"]).spawn().unwrap();
    for run in [start(), start()] {
        Run::of(run).done();
    }
    assert_eq!(server.requests().len(), 4);
    place.keeps(&server, &document);
}

#[cfg(unix)]
#[test]
fn where_a_document_does_not_fit_on_the_disk_nothing_of_it_is_left() {
    let zipped = gzip(&metadata());
    for answer in [whole(&metadata(), &[]), whole(&zipped, &["content-encoding: gzip"])] {
        let place = Place::new();
        let server = Server::new([answer]);
        // No file can be as long as this one, as if the disk were full.
        let limited = "trap '' XFSZ; ulimit -f 64; exec \"$0\" fetch v1.0 --url \"$1\"";
        let mut command = Command::new("sh");
        command.args(["-c", limited, env!("CARGO_BIN_EXE_xtask"), &server.stable()]);
        command.env("PIM_METADATA_CACHE", place.cache()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let (error, _) = Run::of(command.spawn().unwrap()).failed();
        assert!(error.contains("cannot write "), "{error}");
        assert_eq!(place.files(&server), Vec::<String>::new());
    }
}

#[test]
fn a_damaged_document_is_listed_as_such_and_fetched_anew() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([whole(&document, ETAG), whole(&document, ETAG)]);
    place.stable(&server).done();
    let path = place.document(&server);
    fs::write(&path, &document[..document.len() - 1]).unwrap();

    let run = place.fetch(&["--list"]);
    assert_eq!(run.code, 1);
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(run.stdout.starts_with("damaged: ") && run.stdout.contains(name), "{}", run.stdout);
    assert!(run.stdout.ends_with("; remove both, and fetch it again\n"), "{}", run.stdout);

    place.stable(&server).done();
    assert!(!server.requests()[1].contains("if-none-match"));
    place.keeps(&server, &document);
}

#[test]
fn what_a_record_says_steers_no_terminal() {
    let (place, document) = (Place::new(), metadata());
    let server = Server::new([whole(&document, &[])]);
    place.stable(&server).done();
    let about = about(&place.document(&server));
    let record = fs::read_to_string(&about).unwrap();
    fs::write(&about, record.replace("address = \"", "address = \"\\u001b[2J\\nremoved ")).unwrap();
    let said = place.fetch(&["--list"]).done();
    assert!(said.contains(r"bytes of \u{1b}[2J\u{a}removed http"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn what_is_there_is_listed() {
    let (place, document) = (Place::new(), metadata());
    let empty = place.fetch(&["--list"]).done();
    assert_eq!(empty, format!("nothing is in {} yet; cargo xtask fetch brings it\n", place.cache().display()));
    assert!(!place.cache().exists());

    let server = Server::new([whole(&document, &[])]);
    place.stable(&server).done();
    let path = place.document(&server);
    let record = record(&path);
    let day = &record["fetched"].as_str().unwrap()[..10];
    assert_eq!(
        place.fetch(&["--list"]).done(),
        format!("{}: {} bytes of {}, {day}\n", path.display(), document.len(), server.stable())
    );
}

#[test]
fn pruning_keeps_the_newest_of_each_version() {
    let place = Place::new();
    let documents = [metadata(), newer(), [newer(), b"\n".to_vec()].concat()];
    let beta = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/beta/metadata.csdl.xml")).unwrap();
    let answers = documents.iter().map(|document| whole(document, &[])).chain([whole(&beta, &[])]);
    let server = Server::new(answers);
    for _ in 0..3 {
        place.stable(&server).done();
    }
    place.fetch(&["beta", "--url", &server.at("/beta")]).done();
    fs::write(place.cache().join(server.folder()).join("v1.0-notes.csdl.xml"), "somebody's").unwrap();
    assert_eq!(place.documents(&server).len(), 5);

    let said = place.fetch(&["--prune", "2"]).done();
    let left = place.documents(&server);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(left.len(), 4);
    assert!(left.iter().all(|path| fs::read(path).unwrap() != documents[0]));
    assert_eq!(place.fetch(&["--prune", "2"]).done(), "");
}

// ---------------------------------------------------------------------------------------------------------------------
// Generating from it
// ---------------------------------------------------------------------------------------------------------------------

/// Runs `cargo xtask gen` with a document for v1.0, into another tree.
fn generate(place: &Place, document: &Path) -> Run {
    let given = format!("v1.0={}", document.display());
    Run::of(place.command(&["gen", "--root", "tree", "--metadata", &given]).spawn().unwrap())
}

#[test]
fn what_was_fetched_is_generated_from_with_its_address_and_date() {
    let place = Place::new();
    let server = Server::new([whole(&newer(), &[])]);
    place.stable(&server).done();
    let path = place.document(&server);
    // As if it had been fetched long ago.
    let toml = about(&path);
    let record = fs::read_to_string(&toml).unwrap();
    let (before, after) = record.split_once("fetched = \"").unwrap();
    fs::write(&toml, format!("{before}fetched = \"2021-02-03{}", &after[10..])).unwrap();

    generate(&place, &path).done();
    let lock = fs::read_to_string(place.folder.path().join("tree/spec/lock.toml")).unwrap();
    let stable = lock.split("[\"v1.0\"]").nth(1).unwrap();
    let (url, sha256) = (server.stable(), sha256(&newer()));
    assert_eq!(stable, format!("\naddress = \"{url}\"\ndate = \"2021-02-03\"\nsha256 = \"{sha256}\"\n"));
}

#[test]
fn a_damaged_document_is_not_generated_from() {
    let place = Place::new();
    let server = Server::new([whole(&newer(), &[])]);
    place.stable(&server).done();
    let path = place.document(&server);
    fs::write(&path, metadata()).unwrap();
    let run = generate(&place, &path);
    assert_eq!(run.code, 2, "{}", run.stdout);
    let beginning = format!("error: {} is not what was fetched: ", path.display());
    assert!(run.stderr.starts_with(&beginning) && run.stderr.lines().count() == 1, "{}", run.stderr);
    assert!(!place.folder.path().join("tree").exists());
}

#[test]
fn a_damaged_record_is_not_generated_from() {
    let place = Place::new();
    let server = Server::new([whole(&newer(), &[])]);
    place.stable(&server).done();
    let path = place.document(&server);
    let toml = about(&path);
    fs::write(&toml, "version = ").unwrap();
    let run = generate(&place, &path);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(
        run.stderr.starts_with(&format!("error: {}: ", toml.display())) && run.stderr.lines().count() == 1,
        "{}",
        run.stderr
    );
}

#[test]
fn a_document_of_another_version_is_not_generated_from() {
    let place = Place::new();
    let server = Server::new([whole(&newer(), &[])]);
    place.stable(&server).done();
    let path = place.document(&server);
    let given = format!("beta={}", path.display());
    let run = Run::of(place.command(&["gen", "--root", "tree", "--metadata", &given]).spawn().unwrap());
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert_eq!(run.stderr, format!("error: {} is of v1.0, not of beta\n", path.display()));
}
