//! Refusals.

use super::*;

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
