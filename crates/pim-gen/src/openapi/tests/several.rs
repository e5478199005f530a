//! Several files that are one description.

use super::*;

const THING: &str =
    "    microsoft.graph.thing:\n      type: object\n      properties:\n        size: {type: integer, format: int32}";

#[test]
fn what_two_files_say_of_a_type_is_put_together() {
    let more = THING.replace("size: {type: integer, format: int32}", "name: {type: string}");
    let [one, other] = [document("", THING), document("", &more)];
    let model = understand(&[one.as_bytes(), other.as_bytes()]).unwrap();
    assert_eq!(properties(&model, "thing"), ["size: Edm.Int32", "name: Edm.String"]);
}

#[test]
fn a_contradiction_names_both_places() {
    let other = document("", &THING.replace("int32", "int64"));
    assert_eq!(
        refusal(&[&document("", THING), &other]),
        "2.yml:13:9: `microsoft.graph.thing` has the property `size` as Edm.Int64, and as Edm.Int32 at 1.yml:13:9; give files of \
         one revision"
    );
    let other = document("", "    microsoft.graph.thing: {type: string, enum: [a]}");
    assert_eq!(
        refusal(&[&document("", THING), &other]),
        "2.yml:10:5: `microsoft.graph.thing` is something else than at 1.yml:10:5; give files of one revision"
    );
}

#[test]
fn a_fault_that_shows_only_in_the_whole_has_the_place_in_its_file() {
    let twice = "    microsoft.graph.more:\n      allOf:\n        - $ref: '#/components/schemas/microsoft.graph.entity'\n        - type: object\n          properties:\n            id: {type: string}";
    assert_eq!(
        refusal(&[&document("", THING), &document("", twice)]),
        "2.yml:15:13: `microsoft.graph.more` declares `id`, which it has from `microsoft.graph.entity`"
    );
}

#[test]
fn what_one_file_refers_to_another_may_have() {
    let one = document(
        "",
        "    microsoft.graph.box: {type: object, properties: {thing: {$ref: '#/components/schemas/microsoft.graph.thing'}}}",
    );
    let model = understand(&[one.as_bytes(), document("", THING).as_bytes()]).unwrap();
    assert_eq!(properties(&model, "box"), ["thing: thing?"]);
    assert_eq!(
        refusal(&[&one]),
        "1.yml:10:61: `$ref` refers to the schema `microsoft.graph.thing`, which no file has; give that file, too"
    );
}
