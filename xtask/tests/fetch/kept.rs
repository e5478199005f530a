//! What it keeps, and what it says.

use super::*;

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
