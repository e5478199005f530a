//! What the service has, all of it; and whether it adds up.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

const ROOT: &str = "/v1.0/roleManagement/directory/";

/// The requests of a kind, and what came of them.
pub(crate) struct Books {
    requests: HashMap<String, Value>,
    schedules: HashMap<String, Value>,
    instances: Vec<Value>,
    /// The property of an instance that names its schedule.
    schedule_id: String,
}

impl Books {
    /// `kind` is `Assignment` or `Eligibility`.
    pub(crate) async fn read(http: &reqwest::Client, url: &str, token: &str, kind: &str) -> Self {
        let all = async |collection: &str| entities(http, token, format!("{url}{ROOT}role{kind}{collection}")).await;
        let by_id = |entities: Vec<Value>| {
            entities.into_iter().map(|entity| (text(&entity, "id").to_owned(), entity)).collect()
        };
        Self {
            requests: by_id(all("ScheduleRequests").await),
            schedules: by_id(all("Schedules").await),
            instances: all("ScheduleInstances").await,
            schedule_id: format!("role{kind}ScheduleId"),
        }
    }

    /// Whether a request is there, as it was answered.
    pub(crate) fn has(&self, answer: &Value) -> bool {
        self.requests.get(text(answer, "id")).is_some_and(|request| {
            ["action", "status", "principalId", "roleDefinitionId", "createdDateTime", "targetScheduleId"]
                .iter()
                .all(|property| request[*property] == answer[*property])
        })
    }

    /// No request without its schedule, no schedule without its request, no schedule without its instance.
    pub(crate) fn check(&self) {
        let ended: HashSet<_> = self.requests.values().filter(|it| it["action"] == "selfDeactivate").map(key).collect();
        for request in self.requests.values() {
            if request["action"] == "selfDeactivate" {
                assert_eq!(request["status"], "Revoked", "{request:#}");
                continue;
            }
            assert_eq!(request["status"], "Provisioned", "{request:#}");
            let has_schedule = self.schedules.contains_key(text(request, "targetScheduleId"));
            assert_ne!(has_schedule, ended.contains(&key(request)), "{request:#}");
        }
        let made_by_requests = self.schedules.values().filter(|schedule| !schedule["createdUsing"].is_null());
        for schedule in made_by_requests {
            assert!(self.requests.contains_key(text(schedule, "createdUsing")), "{schedule:#}");
        }
        let in_force: HashSet<_> = self.instances.iter().map(|instance| text(instance, &self.schedule_id)).collect();
        let known: HashSet<_> = self.schedules.keys().map(String::as_str).collect();
        assert_eq!(in_force, known);
    }
}

/// Everything in a collection, page by page.
pub(crate) async fn entities(http: &reqwest::Client, token: &str, collection: String) -> Vec<Value> {
    let mut all = Vec::new();
    let mut next = Some(format!("{collection}?$top=999"));
    while let Some(url) = next {
        let response = http.get(&url).bearer_auth(token).send().await.expect("it answers");
        let mut page: Value = response.json().await.expect("JSON");
        let Value::Array(entities) = page["value"].take() else { panic!("{url}: {page:#}") };
        all.extend(entities);
        next = page["@odata.nextLink"].as_str().map(str::to_owned);
    }
    all
}

fn text<'a>(entity: &'a Value, property: &str) -> &'a str {
    entity[property].as_str().unwrap_or_else(|| panic!("no {property}: {entity:#}"))
}

fn key(request: &Value) -> (&str, &str) {
    (text(request, "principalId"), text(request, "roleDefinitionId"))
}
