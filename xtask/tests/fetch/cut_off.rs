//! Cut off.

use super::*;

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
