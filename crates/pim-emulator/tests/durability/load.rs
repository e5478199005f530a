//! Many clients at once, who remember what was acknowledged.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::tenant::{ADMINISTRATOR, ELIGIBLE, OTHERS, USERS, role_id, user_id, user_name};

const ASSIGNMENTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
const ELIGIBILITIES: &str = "/v1.0/roleManagement/directory/roleEligibilityScheduleRequests";

/// What the clients have done and what they hold, over all lives of the service.
#[derive(Default)]
pub(crate) struct Clients {
    /// Answers with 201.
    pub(crate) acknowledged: Mutex<Vec<Value>>,
    /// Tokens are asked for once: they outlive the process that issued them.
    tokens: Mutex<HashMap<String, String>>,
    next_activation: AtomicUsize,
    next_eligibility: AtomicUsize,
    /// Activations of an earlier life, by user and role; they may be ended.
    to_end: Mutex<Vec<(usize, usize)>>,
    activated: Mutex<Vec<(usize, usize)>>,
}

/// How a client is to be.
#[derive(Clone, Copy)]
pub(crate) enum Role {
    Activates,
    Assigns,
    Deactivates,
}

impl Clients {
    pub(crate) fn count(&self) -> usize {
        self.acknowledged.lock().expect("no client failed").len()
    }

    /// What was activated in this life may be ended in the next.
    pub(crate) fn begin_life(&self) {
        let mut activated = self.activated.lock().expect("no client failed");
        self.to_end.lock().expect("no client failed").append(&mut activated);
    }

    pub(crate) async fn token(&self, http: &reqwest::Client, url: &str, user: &str) -> Option<String> {
        let known = self.tokens.lock().expect("no client failed").get(user).cloned();
        if known.is_some() {
            return known;
        }
        let asked = http.post(format!("{url}/_emulator/tokens")).body(json!({"user": user, "mfa": true}).to_string());
        let answer: Value = asked.send().await.ok()?.json().await.ok()?;
        let token = answer["access_token"].as_str().unwrap_or_else(|| panic!("no token for {user}: {answer}"));
        self.tokens.lock().expect("no client failed").insert(user.to_owned(), token.to_owned());
        Some(token.to_owned())
    }

    /// Asks for one thing after the other, until nobody answers any more.
    pub(crate) async fn work(self: Arc<Self>, http: reqwest::Client, url: String, role: Role) {
        while self.step(&http, &url, role).await.is_some() {}
    }

    /// Asks for the next thing. Nothing is asked for twice: what was not acknowledged may have happened.
    async fn step(&self, http: &reqwest::Client, url: &str, role: Role) -> Option<()> {
        let (who, path, body, activated) = match role {
            Role::Activates => {
                let next = self.next_activation.fetch_add(1, Ordering::Relaxed);
                let (user, role) = (next % USERS, next / USERS);
                assert!(role < ELIGIBLE, "there is nothing left to activate; make more of it");
                (user_name(user), ASSIGNMENTS, order("selfActivate", user, role), Some((user, role)))
            }
            Role::Assigns => {
                let next = self.next_eligibility.fetch_add(1, Ordering::Relaxed);
                let (user, role) = (next % USERS, ELIGIBLE + next / USERS);
                assert!(role < ELIGIBLE + OTHERS, "there is nothing left to assign; make more of it");
                (ADMINISTRATOR.to_owned(), ELIGIBILITIES, order("adminAssign", user, role), None)
            }
            Role::Deactivates => {
                let next = self.to_end.lock().expect("no client failed").pop();
                let (user, role) = next?;
                (user_name(user), ASSIGNMENTS, order("selfDeactivate", user, role), None)
            }
        };
        let token = self.token(http, url, &who).await?;
        let response = http.post(format!("{url}{path}")).bearer_auth(token).body(body.to_string()).send().await.ok()?;
        let status = response.status();
        let answer: Value = response.json().await.ok()?;
        assert_eq!(status, 201, "{body}: {answer}");
        self.acknowledged.lock().expect("no client failed").push(answer);
        if let Some(activated) = activated {
            self.activated.lock().expect("no client failed").push(activated);
        }
        Some(())
    }
}

fn order(action: &str, user: usize, role: usize) -> Value {
    let length = if action == "adminAssign" { "P30D" } else { "PT8H" };
    json!({
        "action": action,
        "principalId": user_id(user),
        "roleDefinitionId": role_id(role),
        "directoryScopeId": "/",
        "justification": "load",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": length}},
    })
}
