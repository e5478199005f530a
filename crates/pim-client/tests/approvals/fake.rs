//! A Graph with requests that wait for a decision.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use pim_client::pim::{Pim, PimRequest};
use pim_client::{BearerToken, Graph, RetryPolicy};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

pub(crate) const APPROVER: &str = "a0000000-0000-0000-0000-000000000001";
pub(crate) const REQUESTER: &str = "a0000000-0000-0000-0000-000000000002";

/// The request for a group, and its approval.
pub(crate) const GROUP: &str = "g-request";

/// The request for a role, and its approval.
#[cfg(feature = "beta")]
pub(crate) const ROLE: &str = "r-request";

pub(crate) struct Fake {
    server: MockServer,
    state: Arc<Mutex<State>>,
}

/// What the fake knows and does.
pub(crate) struct State {
    pub(crate) caller: &'static str,
    pub(crate) stages: Vec<Value>,
    /// The decisions that were sent: where to, and what.
    pub(crate) sent: Vec<(String, Value)>,
    /// Statuses with which the next decisions are answered instead of success.
    pub(crate) fails: Vec<u16>,
    /// Whether a decision that fails is kept all the same.
    pub(crate) keeps: bool,
    /// Whether the requests come on two pages.
    pub(crate) pages: bool,
    pub(crate) queries: Vec<String>,
}

impl Fake {
    pub(crate) async fn start() -> Self {
        let waiting = json!({
            "id": "s-2", "assignedToMe": true, "displayName": null, "justification": "", "reviewedBy": null,
            "reviewResult": "NotReviewed", "status": "InProgress",
        });
        let others =
            json!({ "id": "s-1", "assignedToMe": false, "reviewResult": "NotReviewed", "status": "InProgress" });
        let state = State {
            caller: APPROVER,
            stages: vec![others, waiting],
            sent: Vec::new(),
            fails: Vec::new(),
            keeps: false,
            pages: false,
            queries: Vec::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let server = MockServer::start().await;
        let answering = Answering { state: Arc::clone(&state), uri: server.uri() };
        Mock::given(any()).respond_with(answering).mount(&server).await;
        Self { server, state }
    }

    pub(crate) fn pim(&self) -> Pim {
        let soon = RetryPolicy::default().base_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(2));
        let token = BearerToken::new("token").unwrap();
        Graph::builder(token).endpoint(&self.server.uri()).unwrap().retry(soon).build().unwrap().pim()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub(crate) async fn group_request(&self) -> PimRequest {
        self.pim().to_approve_groups().await.unwrap().remove(0)
    }

    pub(crate) async fn role_request(&self) -> PimRequest {
        self.pim().to_approve_roles().await.unwrap().remove(0)
    }
}

struct Answering {
    state: Arc<Mutex<State>>,
    uri: String,
}

impl Respond for Answering {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut state = self.state.lock().unwrap();
        let path = request.url.path().to_owned();
        let ok = |body: Value| ResponseTemplate::new(200).set_body_json(body);
        match (request.method.as_str(), path.as_str()) {
            ("GET", "/v1.0/me") => ok(json!({ "id": state.caller })),
            ("GET", path) if path.ends_with("filterByCurrentUser(on='approver')") => {
                let query: Vec<_> = request.url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
                state.queries.push(query.join("&"));
                let is_role = path.starts_with("/v1.0/roleManagement");
                let next = (state.pages && !request.url.query().unwrap().contains("skiptoken"))
                    .then(|| format!("{}{path}?$skiptoken=2", self.uri));
                ok(
                    json!({ "value": [if is_role { role_request() } else { group_request() }], "@odata.nextLink": next }),
                )
            }
            ("GET", path) if path.ends_with("/stages") => ok(json!({ "value": state.stages })),
            ("GET", path) if path.contains("/roleAssignmentApprovals/") => {
                assert!(path.starts_with("/beta/"), "{path}");
                ok(json!({ "id": "r-request", "steps@odata.context": "x", "steps": state.stages }))
            }
            ("PATCH", path) => state.decide(path, &request.body_json().unwrap()),
            _ => ResponseTemplate::new(404)
                .set_body_json(json!({ "error": { "code": "ItemNotFound", "message": "no" } })),
        }
    }
}

impl State {
    fn decide(&mut self, path: &str, body: &Value) -> ResponseTemplate {
        self.sent.push((path.to_owned(), body.clone()));
        let fails = if self.fails.is_empty() { None } else { Some(self.fails.remove(0)) };
        if fails.is_none() || self.keeps {
            let id = path.rsplit('/').next().unwrap();
            let stage = self.stages.iter_mut().find(|stage| stage["id"] == id).unwrap();
            // Graph reads as it does not write.
            stage["reviewResult"] = if body["reviewResult"] == "Approve" { "Approved".into() } else { "Denied".into() };
            stage["justification"] = body["justification"].clone();
            stage["reviewedBy"] = json!({ "id": APPROVER, "displayName": "Adele Vance" });
        }
        match fails {
            None => ResponseTemplate::new(204),
            Some(status) => ResponseTemplate::new(status)
                .set_body_json(json!({ "error": { "code": "", "message": "The decision was not taken." } })),
        }
    }
}

fn group_request() -> Value {
    json!({
        "@odata.type": "#microsoft.graph.privilegedAccessGroupAssignmentScheduleRequest",
        "id": "g-request", "approvalId": "g-request", "status": "PendingApproval", "action": "selfActivate",
        "accessId": "member", "groupId": "g-1", "group": { "id": "g-1", "displayName": "Helpdesk" },
        "principalId": REQUESTER, "justification": "Tickets pile up",
    })
}

fn role_request() -> Value {
    json!({
        "id": "r-request", "approvalId": "r-request", "status": "PendingApproval", "action": "selfActivate",
        "roleDefinitionId": "r-1", "roleDefinition": { "id": "r-1", "displayName": "User Administrator" },
        "directoryScopeId": "/", "principalId": REQUESTER, "justification": "MFA of Adele",
    })
}
