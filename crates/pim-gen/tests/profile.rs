//! The profile of OpenAPI: each rule, on a document that breaks it and keeps all others.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "support/toy.rs"]
mod toy;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use openapiv3::OpenAPI;
use pim_gen::{backend, emit, profile};
use serde_json::{Value, json};
use toy::Toy;

/// A document that keeps all rules: groups, which are listed, made and read.
fn document() -> Value {
    let group = || json!({ "$ref": "#/components/schemas/Group" });
    json!({
        "openapi": "3.0.4",
        "info": { "title": "Groups", "version": "v1.0" },
        "paths": {
            "/groups": {
                "get": { "operationId": "groups_list", "parameters": [], "responses": responses() },
                "post": {
                    "operationId": "groups_create",
                    "requestBody": { "content": { "application/json": { "schema": group() } } },
                    "responses": responses(),
                },
            },
            "/groups/{group-id}": {
                "get": {
                    "operationId": "groups_get",
                    "parameters": [{ "name": "group-id", "in": "path", "required": true, "schema": { "type": "string" } }],
                    "responses": responses(),
                },
            },
        },
        "components": {
            "schemas": {
                "Group": { "type": "object", "properties": { "id": { "type": "string" } } },
                "Error": { "type": "object" },
            },
        },
    })
}

fn responses() -> Value {
    json!({ "2XX": response("Group"), "4XX": response("Error"), "5XX": response("Error") })
}

fn response(schema: &str) -> Value {
    let reference = format!("#/components/schemas/{schema}");
    json!({ "description": "An answer.", "content": { "application/json": { "schema": { "$ref": reference } } } })
}

fn empty() -> Value {
    json!({ "description": "Done." })
}

/// The document with a change.
fn changed(change: impl FnOnce(&mut Value)) -> OpenAPI {
    let mut document = document();
    change(&mut document);
    serde_json::from_value(document).unwrap()
}

/// What the lint says of the document with a change.
fn said(change: impl FnOnce(&mut Value)) -> Vec<String> {
    profile::lint(&changed(change)).iter().map(ToString::to_string).collect()
}

/// What it says if listing the groups has a parameter.
fn said_of_parameter(parameter: Value) -> Vec<String> {
    said(|document| document["paths"]["/groups"]["get"]["parameters"] = Value::Array(vec![parameter]))
}

/// What it says if a group has a property.
fn said_of_property(property: Value) -> Vec<String> {
    said(|document| document["components"]["schemas"]["Group"]["properties"]["property"] = property)
}

/// What it says if listing the groups has these answers.
fn said_of_responses(responses: Value) -> Vec<String> {
    said(|document| document["paths"]["/groups"]["get"]["responses"] = responses)
}

const SEVERAL: &str =
    "GET /groups: the answers are not exactly 2XX, 4XX and 5XX: several success types cannot be told apart";

// ---------------------------------------------------------------------------------------------------------------------
// What passes
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_document_that_keeps_all_rules_passes() {
    assert_eq!(said(|_| {}), [""; 0]);
}

#[test]
fn what_the_generator_writes_passes() {
    let output = Toy::new().output();
    let document = serde_json::from_str(output.spec.get("v1.0/openapi.json").unwrap()).unwrap();
    assert_eq!(profile::lint(&document), []);
}

#[test]
fn what_is_checked_in_passes() {
    for version in ["v1.0", "beta"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec").join(version).join("openapi.json");
        let document = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(profile::lint(&document), [], "{version}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// The document and its operations
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn the_version_is_3_0() {
    assert_eq!(
        said(|document| document["openapi"] = json!("3.1.0")),
        ["openapi: the version is 3.1.0; only 3.0 can be read"]
    );
}

#[test]
fn a_path_is_no_reference() {
    assert_eq!(
        said(|document| document["paths"]["/teams"] = json!({ "$ref": "#/paths/~1groups" })),
        ["/teams: is a reference"]
    );
}

#[test]
fn parameters_belong_to_operations() {
    assert_eq!(
        said(|document| {
            document["paths"]["/groups"]["parameters"] =
                json!([{ "name": "$top", "in": "query", "schema": { "type": "integer" } }]);
        }),
        ["/groups: has parameters that are beside its operations"]
    );
}

#[test]
fn an_operation_has_an_id() {
    assert_eq!(
        said(|document| document["paths"]["/groups"]["get"]["operationId"] = Value::Null),
        ["GET /groups: it has no operationId"]
    );
}

#[test]
fn no_two_operations_have_one_id() {
    assert_eq!(
        said(|document| document["paths"]["/groups"]["post"]["operationId"] = json!("groups_list")),
        ["POST /groups: another operation has the operationId `groups_list`, or one that is the same in Rust"]
    );
}

#[test]
fn no_two_operations_have_ids_that_are_one_in_rust() {
    assert_eq!(
        said(|document| document["paths"]["/groups"]["post"]["operationId"] = json!("groupsList")),
        ["POST /groups: another operation has the operationId `groupsList`, or one that is the same in Rust"]
    );
}

#[test]
fn nothing_deletes_an_entity_behind_a_relation() {
    let key = |name: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    let delete = json!({
        "operationId": "groups_members_delete",
        "parameters": [key("group-id"), key("directoryObject-id")],
        "responses": responses(),
    });
    assert_eq!(
        said(|document| document["paths"]["/groups/{group-id}/members/{directoryObject-id}"] =
            json!({ "delete": delete })),
        [
            "DELETE /groups/{group-id}/members/{directoryObject-id}: deletes the related entity itself; a relation is ended with \
          DELETE …/$ref"
        ]
    );
    assert_eq!(
        said(|document| {
            document["paths"]["/groups/{group-id}/members/{directoryObject-id}/$ref"] = json!({ "delete": delete });
        }),
        [""; 0]
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Parameters
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_parameter_is_no_reference() {
    assert_eq!(
        said_of_parameter(json!({ "$ref": "#/components/parameters/Top" })),
        ["GET /groups: a parameter is a reference"]
    );
}

#[test]
fn no_two_parameters_are_one_in_rust() {
    let query = |name: &str| json!({ "name": name, "in": "query", "schema": { "type": "string" } });
    assert_eq!(
        said(|document| document["paths"]["/groups"]["get"]["parameters"] = json!([query("$filter"), query("filter")])),
        ["GET /groups: two parameters are `filter` in Rust"]
    );
}

#[test]
fn no_parameter_is_called_like_the_body() {
    assert_eq!(
        said(|document| {
            document["paths"]["/groups"]["post"]["parameters"] =
                json!([{ "name": "body", "in": "query", "schema": { "type": "string" } }]);
        }),
        ["POST /groups: two parameters are `body` in Rust"]
    );
}

#[test]
fn a_parameter_has_a_schema() {
    assert_eq!(
        said_of_parameter(json!({ "name": "filter", "in": "query", "content": { "application/json": {} } })),
        ["GET /groups: the parameter `filter` has content instead of a schema"]
    );
}

#[test]
fn the_schema_of_a_parameter_keeps_the_rules_of_schemas() {
    assert_eq!(
        said_of_parameter(json!({ "name": "filter", "in": "query", "schema": { "type": "string", "pattern": "^a" } })),
        ["GET /groups, `filter`: has a pattern"]
    );
}

#[test]
fn a_parameter_is_no_deep_object() {
    assert_eq!(
        said_of_parameter(
            json!({ "name": "filter", "in": "query", "style": "deepObject", "schema": { "type": "object" } })
        ),
        ["GET /groups: the parameter `filter` is a deep object"]
    );
}

#[test]
fn a_parameter_is_no_cookie() {
    assert_eq!(
        said_of_parameter(json!({ "name": "session", "in": "cookie", "schema": { "type": "string" } })),
        ["GET /groups: the parameter `session` is a cookie"]
    );
}

#[test]
fn a_placeholder_has_a_parameter() {
    assert_eq!(
        said(|document| document["paths"]["/groups/{group-id}"]["get"]["parameters"] = json!([])),
        ["GET /groups/{group-id}: the placeholder `{group-id}` has no parameter"]
    );
}

#[test]
fn a_parameter_of_the_path_has_a_placeholder() {
    assert_eq!(
        said_of_parameter(
            json!({ "name": "group-id", "in": "path", "required": true, "schema": { "type": "string" } })
        ),
        ["GET /groups: the path has no placeholder `{group-id}`"]
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Bodies and answers
// ---------------------------------------------------------------------------------------------------------------------

/// What the lint says if making a group has this body.
fn said_of_body(body: Value) -> Vec<String> {
    said(|document| document["paths"]["/groups"]["post"]["requestBody"] = body)
}

#[test]
fn a_body_is_no_reference() {
    assert_eq!(
        said_of_body(json!({ "$ref": "#/components/requestBodies/Group" })),
        ["POST /groups: the body is a reference"]
    );
}

#[test]
fn a_body_is_json() {
    let schema = json!({ "$ref": "#/components/schemas/Group" });
    assert_eq!(
        said_of_body(json!({ "content": { "application/merge-patch+json": { "schema": schema } } })),
        ["POST /groups: the body is something else than one application/json"]
    );
}

#[test]
fn a_body_is_of_one_kind() {
    let schema = json!({ "$ref": "#/components/schemas/Group" });
    assert_eq!(
        said_of_body(
            json!({ "content": { "application/json": { "schema": schema }, "text/json": { "schema": schema } } })
        ),
        ["POST /groups: the body is something else than one application/json"]
    );
}

#[test]
fn a_body_has_a_schema() {
    assert_eq!(
        said_of_body(json!({ "content": { "application/json": {} } })),
        ["POST /groups: the body has no schema"]
    );
}

#[test]
fn the_schema_of_a_body_has_a_name() {
    assert_eq!(
        said_of_body(json!({ "content": { "application/json": { "schema": { "type": "object" } } } })),
        ["POST /groups: a payload has no schema of its own name"]
    );
}

#[test]
fn the_schema_of_a_body_exists() {
    assert_eq!(
        said_of_body(
            json!({ "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Team" } } } })
        ),
        ["POST /groups: #/components/schemas/Team refers to nothing"]
    );
}

#[test]
fn success_is_one_range_of_codes() {
    assert_eq!(said_of_responses(json!({ "200": response("Group"), "204": empty() })), [SEVERAL]);
}

#[test]
fn there_is_no_answer_for_all_other_codes() {
    let mut responses = responses();
    responses["default"] = response("Error");
    assert_eq!(said_of_responses(responses), [SEVERAL]);
}

#[test]
fn errors_are_all_of_one_type() {
    let mut responses = responses();
    responses["5XX"] = response("Group");
    assert_eq!(said_of_responses(responses), ["GET /groups: 4XX and 5XX differ"]);
}

#[test]
fn an_answer_is_of_one_kind() {
    let mut responses = responses();
    responses["2XX"]["content"]["text/plain"] = json!({});
    assert_eq!(said_of_responses(responses), ["GET /groups: the answer has several media types"]);
}

#[test]
fn an_answer_is_no_reference() {
    let mut responses = responses();
    responses["2XX"] = json!({ "$ref": "#/components/responses/Group" });
    assert_eq!(said_of_responses(responses), ["GET /groups: the answer is a reference"]);
}

#[test]
fn the_schema_of_an_answer_has_a_name() {
    let mut responses = responses();
    responses["2XX"]["content"]["application/json"]["schema"] = json!({ "type": "boolean" });
    assert_eq!(said_of_responses(responses), ["GET /groups: a payload has no schema of its own name"]);
}

// ---------------------------------------------------------------------------------------------------------------------
// Schemas
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn no_two_schemas_are_one_in_rust() {
    assert_eq!(
        said(|document| document["components"]["schemas"]["group"] = json!({ "type": "object" })),
        ["group: another schema has the same name in Rust"]
    );
}

#[test]
fn a_schema_has_no_default() {
    assert_eq!(
        said_of_property(json!({ "type": "boolean", "default": false })),
        ["Group/property: has a default, which would be sent where nothing was said"]
    );
}

#[test]
fn a_schema_is_no_any_of() {
    assert_eq!(said_of_property(json!({ "anyOf": [{ "type": "string" }] })), ["Group/property: is an anyOf"]);
}

#[test]
fn a_string_has_no_pattern() {
    assert_eq!(said_of_property(json!({ "type": "string", "pattern": "^a" })), ["Group/property: has a pattern"]);
}

#[test]
fn no_two_values_of_an_enumeration_are_one_in_rust() {
    assert_eq!(
        said_of_property(json!({ "type": "string", "enum": ["active", "Active"] })),
        ["Group/property: two values are `Active` in Rust"]
    );
}

#[test]
fn a_reference_refers_to_something() {
    assert_eq!(
        said_of_property(json!({ "$ref": "#/components/schemas/Team" })),
        ["Group/property: #/components/schemas/Team refers to nothing"]
    );
}

#[test]
fn the_rules_hold_however_deep_a_schema_is() {
    let pattern = || json!({ "type": "string", "pattern": "^a" });
    for property in [
        json!({ "type": "array", "items": pattern() }),
        json!({ "allOf": [pattern()] }),
        json!({ "oneOf": [pattern()] }),
    ] {
        assert_eq!(said_of_property(property), ["Group/property: has a pattern"]);
    }
    assert_eq!(
        said_of_property(json!({ "type": "object", "properties": { "inner": pattern() } })),
        ["Group/property/inner: has a pattern"]
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// The back end
// ---------------------------------------------------------------------------------------------------------------------

/// A change of the document.
type Change = fn(&mut Value);

/// Changes that make the back end panic.
const PANICS: [(&str, Change); 13] = [
    ("200 and default differ", |document| {
        list(document)["responses"] = json!({ "200": response("Group"), "default": response("Error") });
    }),
    ("204 and default", |document| {
        list(document)["responses"] = json!({ "204": empty(), "default": response("Error") });
    }),
    ("200 and 204", |document| list(document)["responses"] = json!({ "200": response("Group"), "204": empty() })),
    ("2XX and 204", |document| list(document)["responses"] = json!({ "2XX": response("Group"), "204": empty() })),
    ("200 and 201 differ", |document| {
        list(document)["responses"] = json!({ "200": response("Group"), "201": response("Error") });
    }),
    ("4XX and 5XX differ", |document| list(document)["responses"]["5XX"] = response("Group")),
    ("an empty 404 beside 4XX", |document| list(document)["responses"]["404"] = empty()),
    ("two kinds of body", |document| {
        document["paths"]["/groups"]["post"]["requestBody"]["content"]["text/plain"] =
            json!({ "schema": { "type": "string" } });
    }),
    ("a body that is a reference to nothing", |document| {
        document["paths"]["/groups"]["post"]["requestBody"] = json!({ "$ref": "#/components/requestBodies/Group" });
    }),
    ("a placeholder without a parameter", |document| {
        document["paths"]["/groups/{group-id}"]["get"]["parameters"] = json!([]);
    }),
    ("a parameter of a type that does not exist", |document| {
        list(document)["parameters"] =
            json!([{ "name": "kind", "in": "query", "schema": { "$ref": "#/components/schemas/Kind" } }]);
    }),
    ("a property of a type that does not exist", |document| {
        document["components"]["schemas"]["Group"]["properties"]["kind"] =
            json!({ "$ref": "#/components/schemas/Kind" });
    }),
    ("values that are one in Rust", |document| {
        document["components"]["schemas"]["Kind"] = json!({ "type": "string", "enum": ["active", "Active"] });
    }),
];

/// The operation that lists the groups.
fn list(document: &mut Value) -> &mut Value {
    &mut document["paths"]["/groups"]["get"]
}

#[test]
fn the_back_end_panics_over_what_the_lint_is_there_for() {
    for (what, change) in PANICS {
        let document = changed(change);
        let generated = catch_unwind(|| progenitor::Generator::default().generate_tokens(&document).map(drop));
        assert!(generated.is_err(), "{what}: it takes it by now, so that the rule may go: {generated:?}");
    }
}

#[test]
fn the_lint_finds_all_over_which_the_back_end_panics() {
    for (what, change) in PANICS {
        assert!(!said(change).is_empty(), "{what}: passes");
    }
}

#[test]
fn the_back_end_is_not_given_what_the_lint_finds() {
    let api = Toy::new().api();
    let mut document = emit::openapi::openapi(&api);
    document.openapi = "3.1.0".to_owned();
    assert_eq!(
        backend::generate(&api, &document).err().unwrap().to_string(),
        "cannot be expressed in the profile that the back end takes: openapi: the version is 3.1.0; only 3.0 can be read"
    );
}
