//! The control API: each of its requests, as it should be and as it should not.

use pim_emulator::Emulator;
use serde_json::{Value, json};

use crate::web::{ADELE, ROLE, emulator, http};

async fn post(emulator: &Emulator, path: &str, body: impl Into<reqwest::Body>) -> (u16, Value) {
    let sent = http().post(format!("{}/_emulator/{path}", emulator.url())).body(body).send().await.expect("it answers");
    let status = sent.status().as_u16();
    (status, serde_json::from_str(&sent.text().await.expect("text")).unwrap_or_default())
}

async fn get(emulator: &Emulator, path: &str) -> (u16, Value) {
    let sent = http().get(format!("{}/_emulator/{path}", emulator.url())).send().await.expect("it answers");
    (sent.status().as_u16(), sent.json().await.expect("JSON"))
}

/// What is refused says why in one line.
#[track_caller]
fn assert_refused((status, body): (u16, Value), expected: u16) {
    assert_eq!(status, expected, "{body}");
    let why = body["error"].as_str().unwrap_or_else(|| panic!("it does not say why: {body}"));
    assert!(!why.is_empty() && !why.contains('\n'), "{why}");
}

#[tokio::test]
async fn it_says_that_it_is_there() {
    let emulator = emulator().await;
    let (status, health) = get(&emulator, "health").await;
    assert_eq!((status, &health["status"]), (200, &json!("ok")));
    assert_refused(get(&emulator, "nothing").await, 404);
}

#[tokio::test]
async fn the_clock_is_turned_and_does_not_go_back() {
    let emulator = emulator().await;
    let now = |(status, body): (u16, Value)| (status, body["now"].clone(), body["frozen"].clone());
    let at = |time: &str| (200, json!(time), json!(true));
    assert_eq!(now(get(&emulator, "clock").await), at("2025-03-21T11:00:00Z"));
    assert_eq!(now(post(&emulator, "clock", r#"{"advance": "PT5H"}"#).await), at("2025-03-21T16:00:00Z"));
    assert_eq!(now(post(&emulator, "clock", r#"{"set": "2025-03-22T00:00:00Z"}"#).await), at("2025-03-22T00:00:00Z"));
    for wrong in [
        r#"{"set": "2025-03-21T00:00:00Z"}"#,
        r#"{"advance": "-PT5H"}"#,
        r#"{"advance": "5 hours"}"#,
        r#"{"forward": "PT5H"}"#,
        "no JSON",
        "[1]",
    ] {
        assert_refused(post(&emulator, "clock", wrong).await, 400);
    }
    assert_eq!(now(get(&emulator, "clock").await), at("2025-03-22T00:00:00Z"));
    assert_eq!(now(post(&emulator, "clock", r#"{"frozen": false}"#).await).2, json!(false));
    assert_eq!(now(post(&emulator, "clock", r#"{"frozen": true}"#).await).2, json!(true));
}

#[tokio::test]
async fn what_is_refused_of_the_clock_is_refused_as_a_whole() {
    let emulator = emulator().await;
    let (status, _) = post(&emulator, "clock", r#"{"set": "2025-03-22T00:00:00Z", "advance": "-PT1H"}"#).await;
    assert_eq!(status, 400);
    assert_eq!(get(&emulator, "clock").await.1["now"], "2025-03-21T11:00:00Z");
}

#[tokio::test]
async fn tokens_are_given_to_those_who_are_there() {
    let emulator = emulator().await;
    for body in [
        json!({"user": ADELE}),
        json!({"user": ADELE, "mfa": true, "acrs": "c1", "scopes": ["User.Read"]}),
        json!({"user": ADELE, "acrs": ["c1", "c2"]}),
        json!({"application": "0c5f0e0b-6f5a-4c1e-9a51-d36f0a4bd0c5"}),
    ] {
        let (status, token) = post(&emulator, "tokens", body.to_string()).await;
        assert_eq!((status, &token["token_type"]), (200, &json!("Bearer")), "{body}");
    }
    assert_refused(post(&emulator, "tokens", r#"{"user": "nobody@contoso.com"}"#).await, 404);
    assert_refused(post(&emulator, "tokens", r#"{"application": "00000000-0000-0000-0000-000000000001"}"#).await, 404);
    assert_refused(post(&emulator, "tokens", r#"{"user": "leeg@contoso.com"}"#).await, 400);
    for wrong in ["{}", "", r#"{"user": 1}"#, r#"{"user": "a", "application": "b"}"#, "{"] {
        assert_refused(post(&emulator, "tokens", wrong).await, 400);
    }
}

#[tokio::test]
async fn faults_are_set_one_by_one_and_ended_together() {
    let emulator = emulator().await;
    let status = async || {
        let token = emulator.sign_in(ADELE).token().expect("a token");
        let sent = http().get(format!("{}/v1.0/me", emulator.url())).bearer_auth(token).send().await;
        sent.map(|response| response.status().as_u16()).ok()
    };
    assert_eq!(post(&emulator, "faults", r#"{"throttle": {"every": 1}}"#).await.0, 204);
    assert_eq!(
        post(&emulator, "faults", r#"{"delay": "PT0.001S", "park": "PT5S", "replicationLag": "PT1S"}"#).await.0,
        204
    );
    assert_eq!(status().await, Some(429));
    assert_eq!(post(&emulator, "faults", "{}").await.0, 204);
    assert_eq!(status().await, Some(200));
    assert_eq!(post(&emulator, "faults", r#"{"drop": {"every": 1, "when": "after"}}"#).await.0, 204);
    assert_eq!(status().await, None);
    assert_eq!(post(&emulator, "faults", "").await.0, 204);
    assert_eq!(status().await, Some(200));
    for wrong in [
        r#"{"throttle": {"every": -1}}"#,
        r#"{"throttle": 3}"#,
        r#"{"delay": "-PT1S"}"#,
        r#"{"drop": {"every": 1, "when": "never"}}"#,
        r#"{"thorttle": {"every": 1}}"#,
        "{",
    ] {
        assert_refused(post(&emulator, "faults", wrong).await, 400);
    }
    assert_eq!(status().await, Some(200), "what is refused changes nothing");
}

#[tokio::test]
async fn it_tells_what_was_asked_and_begins_anew() {
    let emulator = emulator().await;
    let adele = emulator.client_as(ADELE).expect("a client");
    adele.pim().activate(ROLE).hours(1).justification("A group").send().await.expect("it is activated");
    let (_, told) = get(&emulator, "requests").await;
    let last = told["value"].as_array().and_then(|requests| requests.last()).expect("a request");
    assert_eq!((&last["method"], &last["status"]), (&json!("POST"), &json!(201)));
    assert!(last["body"].as_str().expect("text").contains("A group"));
    assert_eq!(post(&emulator, "reset", "").await.0, 204);
    assert_eq!(get(&emulator, "requests").await.1["value"], json!([]));
    assert!(adele.pim().active_roles().await.expect("they can be listed").is_empty());
}

#[tokio::test]
async fn only_what_waits_for_an_administrator_is_answered() {
    let emulator = emulator().await;
    let unknown = "requests/00000000-0000-0000-0000-000000000001/answer";
    assert_refused(post(&emulator, unknown, r#"{"approve": true}"#).await, 404);
    assert_refused(post(&emulator, unknown, "{}").await, 400);
    let adele = emulator.client_as(ADELE).expect("a client");
    let request = adele.pim().activate(ROLE).hours(1).justification("A group").send().await.expect("it is activated");
    let path = format!("requests/{}/answer", request.id);
    let (status, body) = post(&emulator, &path, r#"{"approve": true}"#).await;
    assert!((400..500).contains(&status), "{body}");
}
