//! Arguments.

use super::*;

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
