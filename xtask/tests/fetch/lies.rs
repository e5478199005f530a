//! Lies.

use super::*;

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
