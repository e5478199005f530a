//! Killed at any instant under load, again and again: what was acknowledged is there, and nothing is half done.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use pim_client::edm::DateTimeOffset;
use serde_json::{Value, json};

use crate::books::{Books, entities};
use crate::load::{Clients, Role};
use crate::program::Program;
use crate::tenant::{self, ADMINISTRATOR};

const LIVES: usize = 15;

const CREW: [Role; 10] = [
    Role::Activates,
    Role::Activates,
    Role::Activates,
    Role::Activates,
    Role::Assigns,
    Role::Assigns,
    Role::Assigns,
    Role::Assigns,
    Role::Deactivates,
    Role::Deactivates,
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_outlives_every_end_and_nothing_is_half_done() {
    let directory = tempfile::tempdir().expect("a directory");
    let (data, description) = (directory.path().join("tenant.db"), directory.path().join("tenant.toml"));
    std::fs::write(&description, tenant::toml()).expect("it can be written");
    let clients = Arc::new(Clients::default());
    let mut latest = None;

    for _ in 0..LIVES {
        let program = Program::start(&data, Some(&description));
        let http = reqwest::Client::new();
        check(&http, &program.url, &clients, &mut latest).await;
        // Five minutes have to go by before an activation can be ended.
        let jump = json!({"advance": "PT6M"}).to_string();
        let turned = http.post(format!("{}/_emulator/clock", program.url)).body(jump).send().await.expect("it answers");
        latest = Some(time(&turned.json().await.expect("JSON"), "now"));
        clients.begin_life();

        let work = |role| tokio::spawn(Arc::clone(&clients).work(http.clone(), program.url.clone(), role));
        let crew = CREW.map(work);
        // The end comes after so many answers, rather than so much time: a slow machine has as much to lose.
        let enough = clients.count() + 10 + random() % 80;
        while clients.count() < enough && !crew.iter().all(tokio::task::JoinHandle::is_finished) {
            tokio::time::sleep(Duration::from_micros(200 + random() as u64 % 1500)).await;
        }
        program.kill();
        for client in crew {
            client.await.expect("no client was answered what it should not be");
        }
        let beside = |suffix: &str| PathBuf::from(format!("{}{suffix}", data.display()));
        assert!(!beside("-shm").exists(), "nobody shares the file");
    }
    let program = Program::start(&data, Some(&description));
    check(&reqwest::Client::new(), &program.url, &clients, &mut latest).await;
    assert!(clients.count() >= LIVES * 10);
}

/// What a client can find out after a restart.
async fn check(http: &reqwest::Client, url: &str, clients: &Clients, latest: &mut Option<DateTime<Utc>>) {
    // A token of an earlier life, after the first.
    let token = clients.token(http, url, ADMINISTRATOR).await.expect("it answers");
    let assignments = Books::read(http, url, &token, "Assignment").await;
    let eligibilities = Books::read(http, url, &token, "Eligibility").await;
    assignments.check();
    eligibilities.check();
    let acknowledged = clients.acknowledged.lock().expect("no client failed").clone();
    for answer in &acknowledged {
        assert!(assignments.has(answer) || eligibilities.has(answer), "lost: {answer:#}");
    }
    check_log(http, url, &token, &acknowledged).await;

    let clock: Value =
        http.get(format!("{url}/_emulator/clock")).send().await.expect("it answers").json().await.expect("JSON");
    let now = time(&clock, "now");
    let seen = acknowledged.iter().map(|answer| time(answer, "createdDateTime")).max();
    assert!(seen.max(*latest).is_none_or(|seen| seen <= now), "the clock went back: {seen:?} {latest:?} {now}");
    *latest = Some(now);
}

/// What happened is in the audit log, under the id of its request.
async fn check_log(http: &reqwest::Client, url: &str, token: &str, acknowledged: &[Value]) {
    let entries = entities(http, token, format!("{url}/v1.0/auditLogs/directoryAudits")).await;
    let told: std::collections::HashSet<_> =
        entries.iter().filter_map(|entry| entry["correlationId"].as_str()).collect();
    for answer in acknowledged {
        let id = answer["id"].as_str().expect("an id");
        assert!(told.contains(id), "not in the log: {answer:#}");
    }
}

fn time(entity: &Value, property: &str) -> DateTime<Utc> {
    let text = entity[property].as_str().unwrap_or_else(|| panic!("no {property}: {entity:#}"));
    text.parse::<DateTimeOffset>().expect("a time").into()
}

/// As random as an id is.
fn random() -> usize {
    usize::from(u16::from_le_bytes([uuid::Uuid::new_v4().as_bytes()[0], uuid::Uuid::new_v4().as_bytes()[1]]))
}
