//! A service that answers what each test says, and knows what it was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pim_client::{BearerToken, Graph, RetryPolicy};
use serde_json::{Value, json};
use wiremock::http::Method;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub(crate) const ME: &str = "071cc716-8147-4397-a5ba-b2105951cc0b";
pub(crate) const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";
pub(crate) const HELPDESK: &str = "e77cbb23-0ff2-4e18-819c-690f58269752";

/// The collections that tasks are made of.
pub(crate) const ROLE_ASSIGNMENT: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
pub(crate) const ROLE_ELIGIBILITY: &str = "/v1.0/roleManagement/directory/roleEligibilityScheduleRequests";
pub(crate) const GROUP_ASSIGNMENT: &str = "/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests";
pub(crate) const GROUP_ELIGIBILITY: &str =
    "/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleRequests";

type Answer = Box<dyn FnMut(&Request) -> ResponseTemplate + Send>;

/// What is answered to a method and path. Everything else is a 404 that names it.
#[derive(Clone, Default)]
struct Routes(Arc<Mutex<HashMap<(String, String), Answer>>>);

pub(crate) struct Fake {
    server: MockServer,
    routes: Routes,
}

impl Fake {
    /// Knows the caller, the role User Administrator and the group Helpdesk.
    pub(crate) async fn start() -> Self {
        let server = MockServer::start().await;
        let routes = Routes::default();
        let fake = Self { server, routes: routes.clone() };
        fake.get("/v1.0/me", json!({ "id": ME }));
        let role = json!({ "id": USER_ADMINISTRATOR, "displayName": "User Administrator" });
        fake.get("/v1.0/roleManagement/directory/roleDefinitions", json!({ "value": [role] }));
        fake.get("/v1.0/groups", json!({ "value": [{ "id": HELPDESK, "displayName": "Helpdesk" }] }));
        Mock::given(any())
            .respond_with(move |request: &Request| {
                let key = (request.method.to_string(), request.url.path().to_owned());
                match routes.0.lock().expect("no test panics within an answer").get_mut(&key) {
                    Some(answer) => answer(request),
                    None => refused(404, "NoRoute", &format!("{} {}", key.0, key.1)),
                }
            })
            .mount(&fake.server)
            .await;
        fake
    }

    /// A client that does not wait long before it tries again.
    pub(crate) fn graph(&self) -> Graph {
        let soon = RetryPolicy::default().max_tries(2).base_delay(Duration::from_millis(1));
        let builder = Graph::builder(BearerToken::new("eyJ0eXAiOiJKV1QifQ.e30.c2ln").expect("a token")).retry(soon);
        builder.endpoint(&self.server.uri()).expect("an endpoint").build().expect("a client")
    }

    pub(crate) fn answer(
        &self,
        method: &str,
        path: &str,
        answer: impl FnMut(&Request) -> ResponseTemplate + Send + 'static,
    ) {
        let key = (method.to_owned(), path.to_owned());
        self.routes.0.lock().expect("no test panics within an answer").insert(key, Box::new(answer));
    }

    /// Always answers `body`.
    pub(crate) fn get(&self, path: &str, body: Value) {
        self.answer("GET", path, move |_| ResponseTemplate::new(200).set_body_json(&body));
    }

    /// Answers each of `answers` once, and the last of them from then on.
    pub(crate) fn in_turn(&self, method: &str, path: &str, answers: Vec<ResponseTemplate>) {
        let mut answers = answers.into_iter().peekable();
        self.answer(method, path, move |_| {
            let answer = answers.next_if(|_| true).expect("an answer is left");
            if answers.peek().is_none() {
                answers = vec![answer.clone()].into_iter().peekable();
            }
            answer
        });
    }

    /// Accepts every request in `collection` with `status`, and repeats what it says.
    pub(crate) fn accept(&self, collection: &str, status: &'static str) {
        self.answer("POST", collection, move |request| {
            let mut body: Value = request.body_json().expect("a request in JSON");
            body["id"] = json!("r-1");
            body["status"] = json!(status);
            ResponseTemplate::new(201).set_body_json(body)
        });
    }

    /// The bodies that were sent to `collection`.
    pub(crate) async fn posted(&self, collection: &str) -> Vec<Value> {
        let requests = self.requests().await;
        let posts =
            requests.iter().filter(|request| request.method == Method::POST && request.url.path() == collection);
        posts.map(|request| request.body_json().expect("a request in JSON")).collect()
    }

    /// How often a path was read, and with which `$filter`s.
    pub(crate) async fn filters(&self, path: &str) -> Vec<Option<String>> {
        let requests = self.requests().await;
        let gets = requests.iter().filter(|request| request.method == Method::GET && request.url.path() == path);
        let filter = |request: &Request| {
            request.url.query_pairs().find(|(name, _)| name == "$filter").map(|(_, filter)| filter.into_owned())
        };
        gets.map(filter).collect()
    }

    pub(crate) async fn requests(&self) -> Vec<Request> {
        self.server.received_requests().await.expect("requests are recorded")
    }
}

pub(crate) fn refused(status: u16, code: &str, message: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "error": { "code": code, "message": message } }))
}

pub(crate) fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}
