//! What is refused, and how that is said.

use super::*;

#[test]
fn what_is_no_openapi_3() {
    assert_eq!(refusal(&[""]), "1.yml:1:1: the file is empty; fetch it again");
    assert_eq!(
        refusal(&["name: value\n"]),
        "1.yml:1:1: the document has no `openapi`: this is not an OpenAPI document"
    );
    assert_eq!(refusal(&["[1, 2]"]), "1.yml:1:1: the document is a list, not an object");
    assert_eq!(refusal(&["swagger: '2.0'\n"]), "1.yml:1:1: this is OpenAPI 2, and only OpenAPI 3 is read; convert it");
    assert_eq!(refusal(&["openapi: 4.0.0\n"]), "1.yml:1:10: this is OpenAPI 4.0.0, and only OpenAPI 3 is read");
    assert_eq!(
        refusal(&["openapi: 3.0.1\n"]),
        "the OpenAPI documents declare no type: there is nothing in them; fetch them again"
    );
    assert_eq!(
        refusal(&["openapi: 3.0.1\n---\nopenapi: 3.0.1\n"]),
        "1.yml:2:1: a second YAML document begins here; give each in a file of its own"
    );
}

#[test]
fn other_encodings_and_broken_utf_8() {
    let utf_16: Vec<u8> = "openapi: 3".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let error = understand(&[&utf_16]).unwrap_err().to_string();
    assert_eq!(error, "1.yml:1:1: the document is in UTF-16 or UTF-32, and only UTF-8 is read; convert it");
    let error = understand(&[b"openapi: 3.0.1\nx: \xFF\n"]).unwrap_err().to_string();
    assert_eq!(error, "1.yml:2:4: the byte 0xFF is not UTF-8 here; fetch the document again");
}

#[test]
fn a_byte_order_mark_is_none_of_the_text() {
    let marked = format!("\u{feff}{}", document("", ""));
    understand(&[marked.as_bytes()]).unwrap();
    assert_eq!(refusal(&["\u{feff}openapi: 4\n"]), "1.yml:1:10: this is OpenAPI 4, and only OpenAPI 3 is read");
}

#[test]
fn keys_that_are_there_twice() {
    assert_eq!(refusal(&["openapi: 3.0.1\nopenapi: 3.0.1\n"]), "1.yml:2:1: a second `openapi` in the document");
    assert_eq!(
        refusal(&["{\"openapi\": \"3.0.1\",\n \"openapi\": \"3.0.1\"}"]),
        "1.yml:2:2: a second `openapi` in the document"
    );
}

#[test]
fn aliases_where_something_is_needed() {
    let laughs = document("", "    microsoft.graph.a: &a {type: object}\n    microsoft.graph.b: *a");
    assert_eq!(refusal(&[&laughs]), "1.yml:11:24: a schema is an alias (`*…`), which is not followed, not an object");
    let merged = document("", "    microsoft.graph.a: &a {type: object}\n    microsoft.graph.b:\n      <<: *a");
    assert_eq!(refusal(&[&merged]), "1.yml:12:7: `<<` merges another object, which is not read; write its members out");
}

#[test]
fn references_that_lead_nowhere() {
    let elsewhere = document("", "    microsoft.graph.a: {$ref: 'other.yml#/a'}");
    assert_eq!(
        refusal(&[&elsewhere]),
        "1.yml:10:31: `$ref` is `other.yml#/a`, which does not begin with `#/components/schemas/`: only that is read"
    );
}

#[test]
fn types_that_derive_from_themselves() {
    let circle = document(
        "",
        "    microsoft.graph.a:\n      allOf: [{$ref: '#/components/schemas/microsoft.graph.b'}]\n    microsoft.graph.b:\n      allOf: [{$ref: '#/components/schemas/microsoft.graph.a'}]",
    );
    let error = refusal(&[&circle]);
    assert!(error.starts_with("1.yml:1") && error.contains("derives from itself"), "{error}");
    let itself = document(
        "",
        "    helper: {$ref: '#/components/schemas/helper'}\n    microsoft.graph.a: {type: object, properties: {p: {$ref: '#/components/schemas/helper'}}}",
    );
    assert_eq!(refusal(&[&itself]), "1.yml:10:5: the schema `helper` stands for itself");
}

#[test]
fn a_type_with_two_bases() {
    let both = document(
        "",
        "    microsoft.graph.a: {type: object}\n    microsoft.graph.b:\n      allOf:\n        - $ref: '#/components/schemas/microsoft.graph.a'\n        - $ref: '#/components/schemas/microsoft.graph.entity'",
    );
    assert_eq!(
        refusal(&[&both]),
        "1.yml:14:11: a type that derives from `microsoft.graph.a` and `microsoft.graph.entity`, and a type derives from one at most"
    );
}

#[test]
fn names_that_are_none() {
    let error =
        refusal(&[&document("", "    microsoft.graph.a: {type: object, properties: {\"a b\": {type: string}}}")]);
    assert_eq!(
        error,
        "1.yml:10:52: a property is called \"a b\", which is no name: ASCII letters, digits and `_`, no digit first"
    );
}

#[test]
fn types_that_openapi_does_not_know_and_alternatives_that_have_nothing_in_common() {
    let error = refusal(&[&document("", "    microsoft.graph.a: {type: object, properties: {p: {type: text}}}")]);
    assert_eq!(error, "1.yml:10:62: `text` is no type that OpenAPI knows");
    let error = refusal(&[&document(
        "",
        "    microsoft.graph.b: {type: object}\n    microsoft.graph.a: {type: object, properties: {p: {anyOf: [{$ref: '#/components/schemas/microsoft.graph.b'}, {$ref: '#/components/schemas/microsoft.graph.entity'}]}}}",
    )]);
    assert!(error.starts_with("1.yml:11:55: `anyOf` or `oneOf` of types of which none is the base"), "{error}");
}

#[test]
fn calls_that_give_different_things() {
    let set = "  /things/{thing-id}/do:\n    post: {x-ms-docs-operation-type: action}\n  /more/{thing-id}/do:\n    post: {x-ms-docs-operation-type: action, responses: {'200': {content: {application/json: {schema: {type: string}}}}}}\n";
    let error = refusal(&[&document(
        set,
        "    microsoft.graph.thing:\n      allOf: [{$ref: '#/components/schemas/microsoft.graph.entity'}]",
    )]);
    assert_eq!(
        error,
        "1.yml:6:5: `microsoft.graph.do` on `microsoft.graph.thing` takes or gives something else than at 1.yml:4:5; give files \
         of one revision"
    );
}
