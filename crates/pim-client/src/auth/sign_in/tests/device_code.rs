use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use serde_json::json;

use super::fake::*;
use crate::auth::sign_in::DeviceCode;

#[tokio::test]
async fn a_code_is_shown_and_asked_about_until_the_user_signed_in() {
    let fake = Fake::new([
        refusal("authorization_pending", "AADSTS70016"),
        refusal("slow_down", ""),
        refusal("authorization_pending", "AADSTS70016"),
        granted(1, READ),
    ])
    .await;
    let shown = Arc::new(Mutex::new(Vec::new()));
    let waits = Arc::new(Mutex::new(Vec::new()));
    let (screen, pauses) = (Arc::clone(&shown), Arc::clone(&waits));
    let device = DeviceCode::new(move |prompt| screen.lock().unwrap().push(prompt.clone()))
        .pausing(move |time| pauses.lock().unwrap().push(time.as_secs()));
    let sign_in = fake.builder(device).build().unwrap();
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 1);
    assert_eq!(*waits.lock().unwrap(), [5, 10, 10]);

    let shown = shown.lock().unwrap().clone();
    assert_eq!(shown.len(), 1);
    let prompt = &shown[0];
    assert_eq!(prompt.verification_uri(), "https://microsoft.com/devicelogin");
    assert_eq!(prompt.user_code(), format!("CODE-{SECRET}"));
    assert_eq!(prompt.to_string(), format!("To sign in, enter CODE-{SECRET} ."));
    assert!(prompt.expires_at() > SystemTime::now() + Duration::from_secs(800));
    assert!(!format!("{prompt:?}").contains(SECRET));

    let begun = &fake.forms("devicecode").await[0];
    assert_eq!(begun["client_id"], CLIENT_ID);
    assert_eq!(begun["scope"], format!("openid profile offline_access {GRAPH}/{READ}"));
    assert!(!begun.contains_key("claims"));
    let asked = fake.forms("token").await;
    assert_eq!(asked.len(), 4);
    assert_eq!(asked[0]["grant_type"], "urn:ietf:params:oauth:grant-type:device_code");
    assert_eq!((&*asked[0]["device_code"], &*asked[0]["client_id"]), ("device-s3cr3t", CLIENT_ID));
}

#[tokio::test]
async fn who_declines_or_is_too_late_is_told() {
    for (code, expected) in [
        ("authorization_declined", "the sign-in was declined"),
        ("access_denied", "the sign-in was declined"),
        ("expired_token", "nobody signed in before the code expired"),
        ("code_expired", "nobody signed in before the code expired"),
        ("bad_verification_code", "the identity platform refused the sign-in: bad_verification_code: it says"),
    ] {
        let fake = Fake::new([refusal("authorization_pending", ""), refusal(code, "it says\r\nso")]).await;
        let sign_in = fake.builder(device()).build().unwrap();
        let error = failure(&sign_in, &needs(&[READ])).await.to_string();
        assert!(error.starts_with(expected), "{error}");
        assert_eq!(fake.forms("token").await.len(), 2, "{code}");
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_not_repeated() {
    for answer in [
        (200, json!({ "access_token": 5, "refresh_token": format!("refresh-{SECRET}") })),
        (200, json!([format!("refresh-{SECRET}")])),
        (200, json!({ "token_type": "Bearer", "access_token": format!("{SECRET} {SECRET}") })),
        (400, json!(format!("refresh-{SECRET}"))),
        (400, json!({ "error": "invalid_grant", "error_description": format!("device-{SECRET} is bad") })),
        (302, json!({ "location": SECRET })),
    ] {
        let fake = Fake::new([answer.clone()]).await;
        let error = failure(&fake.builder(device()).build().unwrap(), &needs(&[READ])).await;
        assert!(error.to_string().starts_with("the identity platform "), "{answer:?}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_requests_ask_the_user_once() {
    let fake = Fake::new([refusal("authorization_pending", ""), granted(1, READ)]).await;
    let slow = DeviceCode::new(|_| std::thread::sleep(Duration::from_millis(50))).pausing(|_| {});
    let sign_in = Arc::new(fake.builder(slow).build().unwrap());
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let sign_in = Arc::clone(&sign_in);
            tokio::spawn(async move { number(&sign_in, &needs(&[READ])).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 1);
    }
    assert_eq!(fake.forms("devicecode").await.len(), 1);
    assert_eq!(fake.forms("token").await.len(), 2);
}

#[tokio::test]
async fn a_pause_that_outlasts_the_code_is_refused_at_once() {
    for interval in [901, u64::MAX] {
        let fake = Fake::new([refusal("slow_down", "")]).await;
        let device = json!({
            "device_code": "d", "user_code": "u", "interval": interval, "expires_in": 900,
            "verification_uri": "https://microsoft.com/devicelogin",
        });
        let begun = wiremock::matchers::path(format!("/{TENANT}/oauth2/v2.0/devicecode"));
        let answer = wiremock::ResponseTemplate::new(200).set_body_json(device);
        wiremock::Mock::given(begun).respond_with(answer).with_priority(1).mount(&fake.server).await;
        let device = DeviceCode::new(|_| panic!("nobody need sign in"));
        let error = failure(&fake.builder(device).build().unwrap(), &needs(&[READ])).await;
        assert!(error.to_string().contains("would end before it may be asked for"), "{error}");
        assert!(fake.forms("token").await.is_empty());
    }
}
