//! A Graph that knows one policy, and what else a test wants of it.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use pim_client::pim::{GroupAccess, Pim};
use pim_client::{BearerToken, Graph, RetryPolicy};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::rules;

pub(crate) const ROLE: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";
pub(crate) const GROUP: &str = "e77cbb23-0ff2-4e18-819c-690f58269752";

pub(crate) fn member() -> GroupAccess {
    GroupAccess::member(GROUP)
}

pub(crate) fn owner() -> GroupAccess {
    GroupAccess::owner(GROUP)
}

pub(crate) struct Fake {
    server: MockServer,
    state: Arc<Mutex<State>>,
}

/// What the fake knows and does.
pub(crate) struct State {
    scope_id: &'static str,
    role: String,
    pub(crate) policy_id: String,
    pub(crate) rules: Vec<Value>,
    /// How many policies are assigned.
    pub(crate) assignments: usize,
    /// The rules that were sent, in their order.
    pub(crate) written: Vec<Value>,
    /// The rule that is refused.
    pub(crate) refuses: Option<&'static str>,
    /// The rule that is taken and not kept.
    pub(crate) forgets: Option<&'static str>,
    /// How often the rules are still read as they were.
    pub(crate) lag: usize,
    /// How many answers to changes get lost, the change being made.
    pub(crate) loses: usize,
    /// Whether a change gives the policy another id.
    pub(crate) moves: bool,
    stale: Option<Vec<Value>>,
    filters: Vec<String>,
}

impl Fake {
    pub(crate) async fn of_role() -> Self {
        Self::new("/", ROLE, "DirectoryRole_t_p").await
    }

    pub(crate) async fn of_group(access: &str) -> Self {
        Self::new(GROUP, access, "Group_g_p").await
    }

    async fn new(scope_id: &'static str, role: &str, policy_id: &str) -> Self {
        let state = Arc::new(Mutex::new(State {
            scope_id,
            role: role.to_owned(),
            policy_id: policy_id.to_owned(),
            rules: rules::all(),
            assignments: 1,
            written: Vec::new(),
            refuses: None,
            forgets: None,
            lag: 0,
            loses: 0,
            moves: false,
            stale: None,
            filters: Vec::new(),
        }));
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(Answering(Arc::clone(&state))).mount(&server).await;
        Self { server, state }
    }

    pub(crate) fn graph(&self) -> Graph {
        let soon = RetryPolicy::default().base_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(2));
        let token = BearerToken::new("token").unwrap();
        Graph::builder(token).endpoint(&self.server.uri()).unwrap().retry(soon).build().unwrap()
    }

    pub(crate) fn pim(&self) -> Pim {
        self.graph().pim()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
    }

    pub(crate) fn policy_id(&self) -> String {
        self.state().policy_id.clone()
    }

    pub(crate) fn rules(&self) -> Vec<Value> {
        self.state().rules.clone()
    }

    /// The bodies of the changes, in their order.
    pub(crate) fn written(&self) -> Vec<Value> {
        self.state().written.clone()
    }

    /// The ids of the rules that were changed, in their order.
    pub(crate) fn written_ids(&self) -> Vec<String> {
        self.written().iter().map(|rule| rule["id"].as_str().unwrap().to_owned()).collect()
    }

    pub(crate) fn filters(&self) -> Vec<String> {
        self.state().filters.clone()
    }
}

struct Answering(Arc<Mutex<State>>);

impl Respond for Answering {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut state = self.0.lock().unwrap();
        let path = request.url.path().trim_start_matches("/v1.0/policies/").to_owned();
        match (request.method.as_str(), path.split('/').collect::<Vec<_>>().as_slice()) {
            ("GET", ["roleManagementPolicyAssignments"]) => state.assignments(request),
            ("PATCH", ["roleManagementPolicies", policy, "rules", rule]) => state.patch(policy, rule, request),
            _ => error(404, "ItemNotFound", "not here"),
        }
    }
}

impl State {
    fn assignments(&mut self, request: &Request) -> ResponseTemplate {
        let query = |wanted: &str| request.url.query_pairs().find(|(name, _)| name == wanted).unwrap().1.into_owned();
        assert_eq!(query("$expand"), "policy($expand=rules)");
        self.filters.push(query("$filter"));
        let rules = match &self.stale {
            Some(stale) if self.lag > 0 => stale.clone(),
            _ => self.rules.clone(),
        };
        if self.stale.is_some() {
            self.lag = self.lag.saturating_sub(1);
        }
        let policy = json!({
            "id": self.policy_id, "displayName": "x", "scopeId": self.scope_id, "rules": rules,
            "lastModifiedDateTime": null, "lastModifiedBy": { "displayName": "Adele Vance", "id": null },
        });
        let assignment = json!({
            "id": format!("{}_{}", self.policy_id, self.role), "policyId": self.policy_id, "scopeId": self.scope_id,
            "roleDefinitionId": self.role, "policy": policy,
        });
        ResponseTemplate::new(200).set_body_json(json!({ "value": vec![assignment; self.assignments] }))
    }

    fn patch(&mut self, policy: &str, id: &str, request: &Request) -> ResponseTemplate {
        let rule: Value = request.body_json().unwrap();
        assert_eq!(rule["id"], id);
        if policy != self.policy_id {
            return error(404, "ItemNotFound", "no such policy");
        }
        self.written.push(rule.clone());
        if self.refuses == Some(id) {
            return error(400, "InvalidPolicy", "The policy is invalid.");
        }
        if self.stale.is_none() {
            self.stale = Some(self.rules.clone());
        }
        if self.forgets != Some(id) {
            let known = self.rules.iter_mut().find(|known| known["id"] == id).expect("a rule that was read");
            *known = rule.clone();
        }
        if self.moves {
            self.policy_id.push('x');
        }
        if self.loses > 0 {
            self.loses -= 1;
            return ResponseTemplate::new(504);
        }
        ResponseTemplate::new(200).set_body_json(rule)
    }
}

fn error(status: u16, code: &str, message: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "error": { "code": code, "message": message } }))
}
