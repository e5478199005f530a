//! Each of the three operations sends what it should, and understands what Graph answers.

use own_selection::v1_0::fields::unified_role_definition;
use own_selection::v1_0::models::{
    ExpirationPattern, ExpirationPatternType, RequestSchedule, UnifiedRoleAssignmentScheduleRequestCreate,
    UnifiedRoleScheduleRequestActions,
};
use own_selection::v1_0::{Root, operations};
use pim_client::edm::{DateTimeOffset, Duration};
use pim_client::{BearerToken, ErrorCode, Graph};
use serde_json::{Value, json};
use wiremock::matchers::{body_json, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

const ROLES: &str = "/v1.0/roleManagement/directory/roleDefinitions";
const REQUESTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const ME: &str = "071cc716-8147-4397-a5ba-b2105951cc0b";

#[test]
fn there_are_three() {
    let all: Vec<String> = operations::ALL.iter().map(ToString::to_string).collect();
    let of_one =
        "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests/{unifiedRoleAssignmentScheduleRequest-id}";
    assert_eq!(
        all,
        [
            "GET /v1.0/roleManagement/directory/roleDefinitions".to_owned(),
            "POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests".to_owned(),
            format!("POST {of_one}/cancel"),
        ]
    );
}

#[tokio::test]
async fn roles_are_listed() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(ROLES))
        .and(header("authorization", "Bearer a.token"))
        .and(query_param("$filter", "isBuiltIn eq true"))
        .and(query_param("$top", "1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "@odata.nextLink": "https://graph.microsoft.com/v1.0/next",
            "value": [{
                "id": USER_ADMINISTRATOR,
                "displayName": "User Administrator",
                "description": null,
                "isBuiltIn": true,
                "isEnabled": true,
                "templateId": USER_ADMINISTRATOR,
            }],
        })))
        .expect(1)
        .mount(&server)
        .await;

    let roles = root(&server).role_management().directory().role_definitions();
    let page = roles.list().filter(unified_role_definition::is_built_in().eq(true)).top(1).await.unwrap();

    assert!(page.next_link.is_some());
    let [role] = page.value.as_slice() else { panic!("{} roles", page.len()) };
    assert_eq!(role.id.as_ref().map(AsRef::as_ref), Some(USER_ADMINISTRATOR));
    assert_eq!(role.display_name.as_deref(), Some("User Administrator"));
    assert_eq!((role.is_built_in, role.is_enabled), (Some(true), Some(true)));
    // What was not selected is kept all the same.
    assert_eq!(role.additional_data.get("templateId").and_then(Value::as_str), Some(USER_ADMINISTRATOR));
}

#[tokio::test]
async fn a_role_is_activated() {
    let server = MockServer::start().await;
    let sent = json!({
        "action": "selfActivate",
        "principalId": ME,
        "roleDefinitionId": USER_ADMINISTRATOR,
        "directoryScopeId": "/",
        "justification": "A user is locked out",
        "scheduleInfo": {
            "startDateTime": "2021-08-17T17:40:00.000Z",
            "expiration": {"type": "afterDuration", "duration": "PT5H"},
        },
    });
    let mut answered = sent.clone();
    answered["id"] = "911bab8a-6912-4de2-9dc0-2648ede7dd6d".into();
    answered["action"] = "SelfActivate".into();
    answered["status"] = "Granted".into();
    answered["createdDateTime"] = "2021-08-17T17:40:02.0715374Z".into();
    Mock::given(method("POST"))
        .and(path(REQUESTS))
        .and(body_json(&sent))
        .respond_with(ResponseTemplate::new(201).set_body_json(&answered))
        .expect(1)
        .mount(&server)
        .await;

    let start: DateTimeOffset = "2021-08-17T17:40:00.000Z".parse().unwrap();
    let five_hours = ExpirationPattern::new().r#type(ExpirationPatternType::AfterDuration).duration(Duration::hours(5));
    let order = UnifiedRoleAssignmentScheduleRequestCreate::new(
        UnifiedRoleScheduleRequestActions::SelfActivate,
        ME,
        USER_ADMINISTRATOR,
    )
    .directory_scope_id("/")
    .justification("A user is locked out")
    .schedule_info(RequestSchedule::new().start_date_time(start).expiration(five_hours));
    let requests = root(&server).role_management().directory().role_assignment_schedule_requests();
    let order = requests.create(&order).await.unwrap();

    assert_eq!(order.id.as_ref().map(AsRef::as_ref), Some("911bab8a-6912-4de2-9dc0-2648ede7dd6d"));
    assert_eq!(order.action, Some(UnifiedRoleScheduleRequestActions::SelfActivate));
    assert_eq!(order.status.as_deref(), Some("Granted"));
    assert_eq!(order.created_date_time.unwrap().to_string(), "2021-08-17T17:40:02.0715374Z");
    assert_eq!(order.schedule_info.unwrap().expiration.unwrap().duration, Some(Duration::hours(5)));
}

#[tokio::test]
async fn a_request_is_withdrawn() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("{REQUESTS}/911bab8a-6912-4de2-9dc0-2648ede7dd6d/cancel")))
        .respond_with(ResponseTemplate::new(204))
        .expect(1)
        .mount(&server)
        .await;
    let requests = root(&server).role_management().directory().role_assignment_schedule_requests();
    requests.by_id("911bab8a-6912-4de2-9dc0-2648ede7dd6d").cancel().await.unwrap();
}

#[tokio::test]
async fn a_refusal_names_the_operation() {
    let server = MockServer::start().await;
    let refusal = json!({"error": {"code": "RoleAssignmentRequestNotFound", "message": "There is no such request."}});
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(404).set_body_json(refusal)).mount(&server).await;
    let requests = root(&server).role_management().directory().role_assignment_schedule_requests();
    let error = requests.by_id("none").cancel().await.unwrap_err();
    assert_eq!(error.code().map(ErrorCode::as_str), Some("RoleAssignmentRequestNotFound"));
    assert_eq!(error.operation(), operations::ALL.last().copied());
}

/// The generated client, which sends to `server`.
fn root(server: &MockServer) -> Root {
    let token = BearerToken::new("a.token").expect("a token");
    let builder = Graph::builder(token).endpoint(&server.uri()).expect("an endpoint");
    let graph = builder.build().expect("a client");
    Root::new(graph.connection())
}
