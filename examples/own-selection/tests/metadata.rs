//! The metadata that this crate is generated from is the part of the workspace's that its selection keeps, and no more.

use pim_gen::{Generator, Input};

#[test]
fn is_what_the_selection_keeps() {
    let whole = include_bytes!("../../../spec/v1.0/metadata.csdl.xml");
    let generator = Generator::new("selection.toml", include_str!("../selection.toml")).unwrap();
    let input = Input::csdl("v1.0", "spec/v1.0/metadata.csdl.xml", whole);
    let output = generator.generate(&[input], &|_| {}).unwrap();
    assert!(
        output.spec.get("v1.0/metadata.csdl.xml") == Some(include_str!("../metadata.csdl.xml")),
        "metadata.csdl.xml is stale; README.md has the command that makes it"
    );
}
