//! A service with the sample tenant, for tests: asked without HTTP, at a time that stands until it is turned.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::Value;

use super::exchange::{Answer, Content, Incoming};
use super::service::Service;
use crate::clock::Clock;
use crate::emulator::{Builder, Shared};
use crate::tenant::Tenant;

/// A service with a tenant.
pub(crate) struct Rig {
    shared: Shared,
    /// What was looked up before: a test asks for the same again and again.
    ids: Mutex<HashMap<String, String>>,
    tokens: Mutex<HashMap<String, String>>,
}

/// Whoever asks.
#[derive(Clone)]
pub(crate) struct As<'r> {
    rig: &'r Rig,
    token: String,
    headers: Vec<(&'static str, String)>,
}

impl Rig {
    /// With the sample tenant, at 11:00 of the day of the tutorial.
    pub(crate) fn contoso() -> Self {
        Self::of(Tenant::contoso())
    }

    pub(crate) fn of(tenant: Tenant) -> Self {
        let start = "2025-03-21T11:00:00Z".parse().expect("a time");
        let builder = Builder::default().tenant(tenant).clock(Clock::frozen_at(start)).beta(true);
        let shared = builder.assemble().expect("a tenant that can be founded");
        Self { shared, ids: Mutex::default(), tokens: Mutex::default() }
    }

    pub(crate) fn service(&self) -> &Service {
        &self.shared.service
    }

    /// The id of a user, a group or a role of the tenant.
    pub(crate) fn id(&self, name: &str) -> String {
        known(&self.ids, name.to_owned(), || {
            let tenant = self.shared.tenant();
            let id = tenant.object_id(name).or_else(|| tenant.role_id(name));
            id.unwrap_or_else(|| panic!("the tenant has no {name}")).to_string()
        })
    }

    /// Turns the clock.
    pub(crate) fn advance(&self, length: Duration) {
        self.shared.service.clock.advance(length);
    }

    /// A user with MFA and every permission.
    pub(crate) fn user(&self, user: &str) -> As<'_> {
        self.signed_in(user, None, true, &[])
    }

    /// A user with these permissions.
    pub(crate) fn user_with(&self, user: &str, permissions: &[&str]) -> As<'_> {
        self.signed_in(user, Some(permissions), true, &[])
    }

    /// A user in every detail of the token.
    pub(crate) fn signed_in(&self, user: &str, permissions: Option<&[&str]>, mfa: bool, contexts: &[&str]) -> As<'_> {
        let owned = |texts: &[&str]| texts.iter().copied().map(str::to_owned).collect::<Vec<_>>();
        let token = known(&self.tokens, format!("{user} {permissions:?} {mfa} {contexts:?}"), || {
            let permissions = permissions.map(owned);
            let token = self.shared.token_for_user(user, permissions.as_deref(), mfa, &owned(contexts));
            token.expect("a user who may sign in").expose().to_owned()
        });
        As { rig: self, token, headers: Vec::new() }
    }

    /// The sample application.
    pub(crate) fn application(&self) -> As<'_> {
        let client_id = "0c5f0e0b-6f5a-4c1e-9a51-d36f0a4bd0c5".parse().expect("a GUID");
        let token = self.shared.token_for_application(client_id).expect("an application of the tenant");
        As { rig: self, token: token.expose().to_owned(), headers: Vec::new() }
    }
}

/// What is known by a name, found out the first time.
fn known(of: &Mutex<HashMap<String, String>>, name: String, find: impl FnOnce() -> String) -> String {
    let mut all = of.lock().unwrap_or_else(PoisonError::into_inner);
    all.entry(name).or_insert_with(find).clone()
}

impl As<'_> {
    /// With another header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn get(&self, url: &str) -> Got {
        self.send("GET", url, &Value::Null)
    }

    pub(crate) fn post(&self, url: &str, body: &Value) -> Got {
        self.send("POST", url, body)
    }

    pub(crate) fn patch(&self, url: &str, body: &Value) -> Got {
        self.send("PATCH", url, body)
    }

    pub(crate) fn delete(&self, url: &str) -> Got {
        self.send("DELETE", url, &Value::Null)
    }

    /// Sends a request; blanks in the query become what they are in a URL.
    pub(crate) fn send(&self, method: &str, url: &str, body: &Value) -> Got {
        let (path, query) = match url.split_once('?') {
            Some((path, query)) => (path.to_owned(), Some(query.replace(' ', "%20"))),
            None => (url.to_owned(), None),
        };
        let mut headers = HeaderMap::new();
        let all = self.headers.iter().cloned().chain([("authorization", format!("Bearer {}", self.token))]);
        for (name, value) in all {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_str(&value).expect("a header"));
        }
        let answer = self.rig.shared.service.answer(&Incoming {
            method: method.parse::<Method>().expect("a method"),
            path,
            query,
            origin: "http://localhost".to_owned(),
            headers,
            body: if body.is_null() { Bytes::new() } else { Bytes::from(body.to_string()) },
        });
        Got::of(answer)
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The body: JSON, or text as a string, or null.
    pub(crate) body: Value,
}

impl Got {
    fn of(answer: Answer) -> Self {
        let body = match answer.content {
            Content::None => Value::Null,
            Content::Json(body) => body,
            Content::Text(text) => Value::from(text),
        };
        Self { status: answer.status, headers: answer.headers, body }
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub(crate) fn ok(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{:#}", self.body);
        self.body
    }

    /// The entities of a page.
    #[track_caller]
    pub(crate) fn values(self) -> Vec<Value> {
        match self.ok(200)["value"].take() {
            Value::Array(values) => values,
            other => panic!("no collection: {other}"),
        }
    }

    /// Status and code of an error.
    #[track_caller]
    pub(crate) fn error(self) -> (u16, String) {
        let code = self.body["error"]["code"].as_str().unwrap_or_else(|| panic!("no error: {}", self.body));
        (self.status.as_u16(), code.to_owned())
    }

    /// The message of an error.
    #[track_caller]
    pub(crate) fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_else(|| panic!("no error: {}", self.body))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const REQUESTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
    const INSTANCES: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances";

    #[test]
    fn a_role_is_activated_and_ends_by_the_clock() {
        let rig = Rig::contoso();
        let adele = rig.user("adelev@contoso.com");
        let activation = json!({
            "action": "SelfActivate",
            "principalId": rig.id("adelev@contoso.com"),
            "roleDefinitionId": rig.id("Groups Administrator"),
            "directoryScopeId": "/",
            "justification": "A group is to be made",
            "scheduleInfo": {"expiration": {"type": "AfterDuration", "duration": "PT5H"}},
        });
        let request = adele.post(REQUESTS, &activation).ok(201);
        assert_eq!(request["status"], "Provisioned");
        let mine = format!("{INSTANCES}/filterByCurrentUser(on='principal')?$expand=roleDefinition,activatedUsing");
        let instances = adele.get(&mine).values();
        assert_eq!(instances.len(), 1);
        assert_eq!(instances[0]["roleDefinition"]["displayName"], "Groups Administrator");
        assert_eq!(instances[0]["activatedUsing"]["memberType"], "Direct");
        assert_eq!(adele.post(REQUESTS, &activation).error(), (400, "RoleAssignmentExists".to_owned()));

        rig.advance(Duration::from_hours(5));
        assert_eq!(adele.get(&mine).values(), Vec::<Value>::new());
    }
}
