//! Whatever Graph may send, and whatever may be sent to it, the client keeps: members that it does not know, in objects
//! that it does; types that it does not know; enumerations in any letter case.
//!
//! What Graph may send is taken from the OpenAPI documents in `spec/`, so that every body of every operation is tried.

mod arbitrary;
mod schema;

use pim_client::exchange::{Bodies, Codec};
use pim_client::{Operation, beta, v1_0};
use pim_tests::roundtrip::{Change, differences};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::{Map, Value};

use crate::schema::{BETA, Document, V1};

/// Asserts that the client keeps any JSON that `schema` allows, trying it so many times.
fn assert_kept(codec: Codec, document: &'static Document, schema: &'static Value, cases: u32) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&arbitrary::json(document, schema), |json| kept(codec, &json));
    result.unwrap_or_else(|error| panic!("{schema}: {error}"));
}

/// Decodes and encodes `json`: nothing may be lost.
fn kept(codec: Codec, json: &str) -> Result<(), TestCaseError> {
    let read: Value = serde_json::from_str(json)?;
    let written = codec.recode(json).map_err(|error| TestCaseError::fail(format!("{error}: {json}")))?;
    let lost = differences(&read, &written).into_iter().find(|difference| difference.change != Change::Normalised);
    lost.map_or(Ok(()), |lost| Err(TestCaseError::fail(format!("{lost}: {json}"))))
}

/// How often each body of each operation is tried: enough over all of them, without taking long.
const A_FEW: u32 = 8;

/// How often the types are tried that PIM is about.
const MANY: u32 = 128;

#[test]
fn every_body_of_every_operation_of_v1_is_kept() {
    every_body_is_kept(&V1, v1_0::operations::ALL, v1_0::exchange::bodies);
}

#[test]
fn every_body_of_every_operation_of_beta_is_kept() {
    every_body_is_kept(&BETA, beta::operations::ALL, beta::exchange::bodies);
}

fn every_body_is_kept(document: &'static Document, operations: &[&Operation], bodies: fn(&str) -> Option<Bodies>) {
    for operation in operations {
        let codecs = bodies(operation.id).expect("bodies of an operation");
        let schemas = document.bodies(operation);
        if let Some(schema) = schemas.request.filter(|schema| !is_reference(schema)) {
            assert_kept(codecs.request.expect("the type of a request"), document, schema, A_FEW);
        }
        if let Some(schema) = schemas.response {
            assert_kept(codecs.response.expect("the type of a response"), document, schema, A_FEW);
        }
    }
}

/// Whether it is the body of a `$ref`: an address, which must be there, and nothing else.
fn is_reference(schema: &Value) -> bool {
    schema["$ref"] == "#/components/schemas/DirectoryObjectReference"
}

#[test]
fn references_are_kept() {
    let codec = v1_0::exchange::bodies("groups_members_add_ref").unwrap().request.unwrap();
    kept(codec, r#"{"@odata.id":"https://graph.microsoft.com/v1.0/directoryObjects/1"}"#).unwrap();
}

#[test]
fn requests_are_kept() {
    for (codec, name) in [
        (Codec::of::<v1_0::models::UnifiedRoleAssignmentScheduleRequest>(), "UnifiedRoleAssignmentScheduleRequest"),
        (
            Codec::of::<v1_0::models::UnifiedRoleAssignmentScheduleRequestCreate>(),
            "UnifiedRoleAssignmentScheduleRequestCreate",
        ),
        (
            Codec::of::<v1_0::models::PrivilegedAccessGroupEligibilityScheduleRequest>(),
            "PrivilegedAccessGroupEligibilityScheduleRequest",
        ),
    ] {
        assert_kept(codec, &V1, V1.schema(name), MANY);
    }
}

#[test]
fn schedules_are_kept() {
    for (codec, name) in [
        (Codec::of::<v1_0::models::UnifiedRoleEligibilitySchedule>(), "UnifiedRoleEligibilitySchedule"),
        (Codec::of::<v1_0::models::UnifiedRoleAssignmentScheduleInstance>(), "UnifiedRoleAssignmentScheduleInstance"),
    ] {
        assert_kept(codec, &V1, V1.schema(name), MANY);
    }
}

#[test]
fn users_and_groups_are_kept() {
    assert_kept(Codec::of::<v1_0::models::User>(), &V1, V1.schema("User"), MANY);
    assert_kept(Codec::of::<v1_0::models::Group>(), &V1, V1.schema("Group"), MANY);
}

#[test]
fn rules_of_policies_are_kept_whatever_their_type() {
    let codec = Codec::of::<v1_0::models::UnifiedRoleManagementPolicyRule>();
    assert_kept(codec, &V1, V1.schema("UnifiedRoleManagementPolicyRule"), MANY);
}

#[test]
fn directory_objects_are_kept_whatever_their_type() {
    let codec = Codec::of::<v1_0::models::DirectoryObject>();
    assert_kept(codec, &V1, V1.schema("DirectoryObject"), MANY);
}

#[test]
fn audit_records_are_kept() {
    let codec = Codec::of::<v1_0::models::DirectoryAudit>();
    assert_kept(codec, &V1, V1.schema("DirectoryAudit"), MANY);
}

/// A property that cannot fail proves nothing.
#[test]
#[should_panic(expected = "lost")]
fn a_type_that_drops_members_is_caught() {
    #[derive(serde::Deserialize, serde::Serialize)]
    struct Forgetful {}
    assert_kept(Codec::of::<Forgetful>(), &V1, V1.schema("User"), MANY);
}

/// Nor does one that is never put to the test: what is tried has all that it should have.
#[test]
fn what_is_tried_has_unknown_members_and_types_and_odd_letter_case() {
    let requests = arbitrary::samples(&V1, V1.schema("UnifiedRoleAssignmentScheduleRequest"));
    let has = |test: fn(&Map<String, Value>) -> bool| requests.iter().filter_map(Value::as_object).any(test);
    assert!(has(|request| request.keys().any(|name| name.starts_with(|first: char| first.is_ascii_uppercase()))));
    assert!(has(|request| request.get("ticketInfo").is_some_and(Value::is_null)));
    assert!(has(|request| tag_of_principal(request) == Some("#microsoft.graph.group")));
    assert!(has(|request| tag_of_principal(request).is_some_and(|tag| tag.contains("microsoft.graph.new"))));
    let action = |request: &Map<String, Value>| request.get("action")?.as_str().map(str::to_owned);
    let is_odd = |action: String| action != "selfActivate" && action.eq_ignore_ascii_case("selfActivate");
    assert!(requests.iter().filter_map(Value::as_object).filter_map(action).any(is_odd));
}

fn tag_of_principal(request: &Map<String, Value>) -> Option<&str> {
    request.get("principal")?.get("@odata.type")?.as_str()
}
