//! How schemas are read.

use super::*;
use crate::edm::StructuredKind;

/// The types of the properties `schemas`, which are those of a complex type.
fn types(properties: &str) -> Vec<String> {
    let schemas = format!(
        "    microsoft.graph.other: {{type: object}}\n    microsoft.graph.special:\n      allOf: [{{$ref: '#/components/schemas/microsoft.graph.other'}}, {{type: object}}]\n    ReferenceNumeric: {{enum: [INF], type: string}}\n    microsoft.graph.thing:\n      type: object\n      properties:\n{properties}"
    );
    super::properties(&model("", &schemas), "thing")
        .into_iter()
        .map(|shown| shown.split_once(": ").unwrap().1.to_owned())
        .collect()
}

#[test]
fn a_primitive_type_is_told_by_type_and_format() {
    let written = [
        ("{type: string}", "Edm.String"),
        ("{type: string, nullable: true}", "Edm.String?"),
        ("{type: string, format: date-time}", "Edm.DateTimeOffset"),
        ("{type: string, format: date}", "Edm.Date"),
        ("{type: string, format: time}", "Edm.TimeOfDay"),
        ("{type: string, format: duration}", "Edm.Duration"),
        ("{type: string, format: uuid}", "Edm.Guid"),
        ("{type: string, format: base64url}", "Edm.Binary"),
        ("{type: string, format: binary}", "Edm.Stream"),
        ("{type: boolean}", "Edm.Boolean"),
        ("{type: integer, format: int64}", "Edm.Int64"),
        ("{type: number, format: int32}", "Edm.Int32"),
        ("{type: number, format: uint8}", "Edm.Byte"),
        ("{type: number, format: float}", "Edm.Single"),
        ("{type: number, format: decimal}", "Edm.Decimal"),
        ("{}", "Edm.Untyped?"),
    ];
    for (schema, expected) in written {
        assert_eq!(types(&format!("        p: {schema}")), [expected], "{schema}");
    }
}

#[test]
fn without_a_format_it_is_told_by_the_pattern_that_microsoft_writes() {
    let written = [
        ("^-?P([0-9]+D)?(T([0-9]+H)?)?$", "Edm.Duration"),
        ("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}$", "Edm.Guid"),
        ("^([01][0-9]|2[0-3]):[0-5][0-9]$", "Edm.TimeOfDay"),
        ("^[0-9]{4,}-(0[1-9]|1[012])$", "Edm.Date"),
        ("^[0-9]{4,}-(0[1-9]|1[012])T([01][0-9])$", "Edm.DateTimeOffset"),
        ("^[a-z]+$", "Edm.String"),
    ];
    for (pattern, expected) in written {
        assert_eq!(types(&format!("        p: {{type: string, pattern: '{pattern}'}}")), [expected], "{pattern}");
    }
}

#[test]
fn a_double_is_a_number_in_several_forms() {
    let forms = "[{type: number, format: double, nullable: true}, {type: string, nullable: true}, {$ref: '#/components/schemas/ReferenceNumeric'}]";
    assert_eq!(types(&format!("        p: {{anyOf: {forms}}}")), ["Edm.Double?"]);
    let forms = "[{type: number, format: double}, {type: string}, {$ref: '#/components/schemas/ReferenceNumeric'}]";
    assert_eq!(types(&format!("        p: {{oneOf: {forms}}}")), ["Edm.Double"]);
    assert_eq!(types("        p: {type: [number, string, 'null'], format: double}"), ["Edm.Double?"]);
}

const OTHER: &str = "{$ref: '#/components/schemas/microsoft.graph.other'}";

#[test]
fn a_reference_may_be_null_where_it_says_so() {
    let written = [
        format!("{{anyOf: [{OTHER}, {{type: object, nullable: true}}]}}"),
        format!("{{oneOf: [{OTHER}, {{type: 'null'}}]}}"),
        format!("{{anyOf: [{OTHER}, {{type: [object, 'null']}}]}}"),
        format!("{{allOf: [{OTHER}], nullable: true}}"),
        "{$ref: '#/components/schemas/microsoft.graph.other', nullable: true}".to_owned(),
    ];
    for schema in &written[..3] {
        assert_eq!(types(&format!("        p: {schema}\n        q: {OTHER}")), ["other?", "other"], "{schema}");
    }
    for schema in &written[3..] {
        assert_eq!(types(&format!("        p: {schema}"))[0], "other?", "{schema}");
    }
}

#[test]
fn where_nothing_is_said_of_any_reference_each_may_be_null() {
    assert_eq!(
        types(&format!("        p: {OTHER}\n        q: {{type: array, items: {OTHER}}}")),
        ["other?", "Collection(other)?"]
    );
}

#[test]
fn of_a_type_and_one_that_derives_from_it_the_base_is_meant() {
    let both = format!("{{anyOf: [{{$ref: '#/components/schemas/microsoft.graph.special'}}, {OTHER}]}}");
    assert_eq!(types(&format!("        p: {both}")), ["other"]);
}

#[test]
fn a_list_of_types_is_openapi_3_1() {
    assert_eq!(
        types("        p: {type: [string, 'null']}\n        q: {type: array, items: {type: [string, 'null']}}"),
        ["Edm.String?", "Collection(Edm.String)?"]
    );
}

#[test]
fn what_the_protocol_adds_is_no_property() {
    let schema = "    microsoft.graph.thing:\n      required: ['@odata.type']\n      type: object\n      properties:\n        '@odata.type': {type: string}\n        name: {type: string, readOnly: true}\n        name@odata.bind: {type: string}\n      discriminator: {propertyName: '@odata.type', mapping: {'#microsoft.graph.thing': '#/components/schemas/microsoft.graph.thing'}}\n      x-ms-discriminator: true";
    let model = model("", schema);
    assert_eq!(properties(&model, "thing"), ["name: Edm.String"]);
    assert!(ty(&model, "thing").properties[0].computed);
}

#[test]
fn names_that_yaml_once_took_for_truth_values_are_names() {
    let model = model(
        "",
        "    microsoft.graph.thing:\n      type: object\n      properties:\n        on: {type: string}\n        no: {type: boolean}\n    microsoft.graph.choice:\n      enum: [yes, no, on, off, null]\n      type: string",
    );
    assert_eq!(properties(&model, "thing"), ["on: Edm.String", "no: Edm.Boolean"]);
    let choice = &model.enums[&QualifiedName::new("microsoft.graph.choice")];
    assert_eq!(choice.members.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["yes", "no", "on", "off"]);
}

#[test]
fn values_that_combine_are_marked() {
    let model = model(
        "",
        "    microsoft.graph.choice:\n      enum: [a, b, c]\n      type: string\n      x-ms-enum-flags: {isFlags: true}",
    );
    let choice = &model.enums[&QualifiedName::new("microsoft.graph.choice")];
    assert!(choice.flags);
    assert_eq!(choice.members.last().unwrap().1, 4);
}

#[test]
fn what_derives_from_entity_is_one_and_the_rest_is_complex() {
    let model = model(
        "",
        "    microsoft.graph.user:\n      allOf: [{$ref: '#/components/schemas/microsoft.graph.entity'}, {type: object}]\n    microsoft.graph.place:\n      type: object",
    );
    assert_eq!(ty(&model, "user").kind, StructuredKind::Entity);
    assert_eq!(ty(&model, "entity").key, ["id"]);
    assert_eq!(ty(&model, "place").kind, StructuredKind::Complex);
}

#[test]
fn what_is_addressed_by_a_key_is_an_entity_with_that_key() {
    let paths = "  /tenants:\n    get:\n      responses: {'200': {content: {application/json: {schema: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.tenant'}}}}}}}}\n  /tenants/{tenant-tenantId}:\n    get: {}";
    let model = model(
        paths,
        "    microsoft.graph.tenant:\n      type: object\n      properties:\n        tenantId: {type: string}",
    );
    assert_eq!(ty(&model, "tenant").kind, StructuredKind::Entity);
    assert_eq!(ty(&model, "tenant").key, ["tenantId"]);
}

const RELATED: &str = "    microsoft.graph.user:\n      allOf:\n        - $ref: '#/components/schemas/microsoft.graph.entity'\n        - type: object\n          properties:\n            friends: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.user'}}\n            manager: {$ref: '#/components/schemas/microsoft.graph.user'}\n            home: {$ref: '#/components/schemas/microsoft.graph.place'}\n    microsoft.graph.place:\n      type: object";

#[test]
fn without_marks_what_leads_to_an_entity_is_a_relation() {
    let model = model("", RELATED);
    assert_eq!(relations(&model, "user"), ["friends: Collection(user)?", "manager: user?"]);
    assert_eq!(properties(&model, "user"), ["home: place?"]);
}

#[test]
fn with_marks_only_what_is_marked_is_one() {
    let marked = RELATED.replace("            manager: {", "            manager: {x-ms-navigationProperty: true, ");
    let model = model("", &marked);
    assert_eq!(relations(&model, "user"), ["manager: user?"]);
    assert_eq!(properties(&model, "user"), ["friends: Collection(user)?", "home: place?"]);
}

#[test]
fn helpers_of_messages_are_no_types() {
    let model = model(
        "",
        "    odata.error: {type: object}\n    microsoft.graph.ODataErrors.ODataError: {type: object}\n    BaseCollectionPaginationCountResponse: {type: object}\n    microsoft.graph.entityCollectionResponse:\n      allOf: [{$ref: '#/components/schemas/BaseCollectionPaginationCountResponse'}, {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.entity'}}}}]",
    );
    assert_eq!(model.structured.keys().map(QualifiedName::as_str).collect::<Vec<_>>(), ["microsoft.graph.entity"]);
}

#[test]
fn json_says_the_same_as_yaml() {
    let yaml = document("", RELATED);
    let json = r##"{"openapi": "3.0.4", "paths": {}, "components": {"schemas": {
        "microsoft.graph.entity": {"type": "object", "properties": {"id": {"type": "string"}}},
        "microsoft.graph.user": {"allOf": [{"$ref": "#/components/schemas/microsoft.graph.entity"}, {"type": "object", "properties": {
            "friends": {"type": "array", "items": {"$ref": "#/components/schemas/microsoft.graph.user"}},
            "manager": {"$ref": "#/components/schemas/microsoft.graph.user"},
            "home": {"$ref": "#/components/schemas/microsoft.graph.place"}}}]},
        "microsoft.graph.place": {"type": "object"}}}}"##;
    let [yaml, json] = [yaml.as_str(), json].map(|text| understand(&[text.as_bytes()]).unwrap().without_positions());
    assert_eq!(yaml, json);
}
