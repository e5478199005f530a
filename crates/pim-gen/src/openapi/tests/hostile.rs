//! No input makes it panic, or takes long.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

const YAML: &str = "openapi: 3.0.4\npaths:\n  /groups:\n    get:\n      parameters: [{$ref: '#/components/parameters/top'}]\n      responses: {2XX: {$ref: '#/components/responses/page'}}\n  /groups/{group-id}/owners/$ref:\n    post: {}\n  /groups/filter(on='{on}'):\n    get:\n      parameters: [{name: on, in: path, schema: {type: string, enum: [a, b]}}]\n      responses: {'200': {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/a.group'}}}}}}\n      x-ms-docs-operation-type: function\n  /groups/{group-id}/a.go:\n    post:\n      requestBody: {$ref: '#/components/requestBodies/go'}\ncomponents:\n  schemas:\n    a.entity: {type: object, properties: {id: {type: string}}}\n    a.group:\n      allOf:\n        - $ref: '#/components/schemas/a.entity'\n        - type: object\n          properties:\n            '@odata.type': {type: string}\n            kind: {anyOf: [{$ref: '#/components/schemas/a.kind'}, {type: object, nullable: true}]}\n            size: {oneOf: [{type: number, format: double}, {type: string}]}\n            owners: {type: array, items: {$ref: '#/components/schemas/a.group'}, x-ms-navigationProperty: true}\n    a.kind: {type: string, enum: [a, b]}\n    page: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/a.group'}}}}\n  responses:\n    page: {content: {application/json: {schema: {$ref: '#/components/schemas/page'}}}}\n  requestBodies:\n    go: {content: {application/json: {schema: {type: object, properties: {when: {type: string, format: date-time}}}}}}\n  parameters:\n    top: {name: $top, in: query}\n";

const JSON: &str = r##"{"openapi": "3.1.0", "paths": {"/things/{thing-id}/a.go": {"post": {"responses": {"204": {}}}}},
"components": {"schemas": {"a.thing": {"type": ["object", "null"], "properties": {"id": {"type": ["string", "null"]},
"next": {"oneOf": [{"$ref": "#/components/schemas/a.thing"}, {"type": "null"}]}}}}}}"##;

/// No panic is what is tested. But an error is one line.
fn check(documents: &[&[u8]]) {
    if let Err(error) = understand(documents) {
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}

#[test]
fn the_valid_documents_are_valid() {
    assert_eq!(understand(&[YAML.as_bytes()]).unwrap().operations.len(), 2);
    assert_eq!(understand(&[JSON.as_bytes()]).unwrap().operations.len(), 1);
}

#[test]
fn a_document_cut_anywhere_does_not_panic_and_json_is_refused() {
    for length in 0..YAML.len() {
        check(&[&YAML.as_bytes()[..length]]);
    }
    for length in 0..JSON.len() {
        assert!(understand(&[&JSON.as_bytes()[..length]]).is_err(), "cut after {length} bytes");
    }
}

#[test]
fn values_in_values_without_end_are_refused() {
    let many = 100_000;
    let json = format!("{{\"openapi\": \"3.0.1\", \"x\": {}", "[".repeat(many));
    assert_eq!(refusal(&[&json]), "1.yml:1:126: more than 100 objects and lists in one another");
    let json =
        format!("{{\"openapi\": \"3.0.1\", \"components\": {{\"schemas\": {{\"a.a\": {}", "{\"items\": ".repeat(many));
    assert!(refusal(&[&json]).ends_with("more than 100 objects and lists in one another"));
    let yaml = format!("openapi: 3.0.1\nx: {}", "[".repeat(many));
    assert!(refusal(&[&yaml]).ends_with("more than 100 objects and lists in one another"));
    let mut yaml = "openapi: 3.0.1\n".to_owned();
    for depth in 0..300 {
        let _ = writeln!(yaml, "{}x:", " ".repeat(depth));
    }
    assert!(refusal(&[&yaml]).ends_with("more than 100 objects and lists in one another"));
}

#[test]
fn aliases_of_aliases_are_not_followed() {
    let mut yaml = document("", "") + "x:\n  a0: &a0 [lol]\n";
    for level in 1..50 {
        let alias = format!("*a{}", level - 1);
        let _ = writeln!(yaml, "  a{level}: &a{level} [{}]", [alias.as_str(); 9].join(", "));
    }
    understand(&[yaml.as_bytes()]).unwrap();
}

#[test]
fn helpers_of_helpers_do_not_multiply() {
    let mut schemas = "    h0: {type: object}\n".to_owned();
    for level in 1..60 {
        let one = format!("{{$ref: '#/components/schemas/h{}'}}", level - 1);
        let _ = writeln!(schemas, "    h{level}: {{anyOf: [{one}, {one}], allOf: [{one}, {one}]}}");
    }
    schemas += "    microsoft.graph.a: {type: object, properties: {p: {$ref: '#/components/schemas/h59'}}}";
    check(&[document("", &schemas).as_bytes()]);
}

/// A few bytes instead of others, somewhere; bytes that mean something, or any.
fn edit() -> impl Strategy<Value = (prop::sample::Index, usize, Vec<u8>)> {
    let markup = "{ } [ ] : , ' \" - ? & * # | > % @ ` ! \\ ~ null true a.group entity $ref enum allOf anyOf value /groups ( ) é &a *a <<: --- ...";
    let markup: Vec<Vec<u8>> =
        markup.split(' ').chain(["\u{feff}", "\0", " ", "\n", "\n  ", "\t"]).map(Into::into).collect();
    let bytes = prop_oneof![prop::sample::select(markup), prop::collection::vec(any::<u8>(), 0..4)];
    (any::<prop::sample::Index>(), 0..40_usize, bytes)
}

fn edited(document: &str, edits: Vec<(prop::sample::Index, usize, Vec<u8>)>) -> Vec<u8> {
    let mut bytes = document.as_bytes().to_vec();
    for (at, removed, inserted) in edits {
        let at = at.index(bytes.len() + 1);
        let end = bytes.len().min(at + removed);
        bytes.splice(at..end, inserted);
    }
    bytes
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&[&bytes]);
    }

    #[test]
    fn no_change_to_a_document_makes_it_panic(edits in prop::collection::vec(edit(), 1..5), both in any::<bool>()) {
        let yaml = edited(YAML, edits.clone());
        check(&[&yaml]);
        check(&[&edited(JSON, edits)]);
        if both {
            check(&[YAML.as_bytes(), &yaml]);
        }
    }
}
