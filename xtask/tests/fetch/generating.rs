//! Generating from it.

use super::*;

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
