//! Several runs, and what is in the cache.

use super::*;

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
