//! Stalls.

use super::*;

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
