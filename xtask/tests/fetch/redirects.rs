//! Redirects.

use super::*;

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
