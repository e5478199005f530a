//! Started, asked, turned, reset, ended.

use std::time::Duration;

use pim_emulator::tenant::{Eligibility, Tenant, User};
use pim_emulator::{Clock, Emulator};
use serde_json::json;

use crate::web::{ADELE, ADMINISTRATOR, ROLE, emulator, http, request};

/// A role is activated, and ends when its time is over.
async fn life_of_an_activation() {
    let emulator = emulator().await;
    let adele = emulator.client_as(ADELE).expect("a client");
    adele.pim().activate(ROLE).hours(5).justification("A group").send().await.expect("it is activated");
    assert_eq!(adele.pim().active_roles().await.expect("they can be listed").len(), 1);
    emulator.clock().advance(Duration::from_hours(5));
    assert!(adele.pim().active_roles().await.expect("they can be listed").is_empty());
}

#[tokio::test]
async fn it_lives_in_a_runtime_with_one_thread() {
    life_of_an_activation().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_lives_in_a_runtime_with_many_threads() {
    life_of_an_activation().await;
}

#[tokio::test]
async fn two_of_them_know_nothing_of_each_other() {
    let (first, second) = (emulator().await, emulator().await);
    assert_ne!(first.url(), second.url());
    let adele = first.client_as(ADELE).expect("a client");
    adele.pim().activate(ROLE).hours(1).justification("A group").send().await.expect("it is activated");
    let other = second.client_as(ADELE).expect("a client");
    assert!(other.pim().active_roles().await.expect("they can be listed").is_empty());
    first.clock().advance(Duration::from_mins(1));
    assert_ne!(first.clock().now(), second.clock().now());
    // Nor do they take each other's tokens: each has a key of its own.
    let token = first.sign_in(ADELE).token().expect("a token");
    let asked = http().get(format!("{}/v1.0/me", second.url())).bearer_auth(token).send().await.expect("it answers");
    assert_eq!(asked.status(), 401);
}

#[tokio::test]
async fn one_that_is_dropped_answers_nobody() {
    let emulator = emulator().await;
    let health = format!("{}/_emulator/health", emulator.url());
    let client = http();
    assert_eq!(client.get(&health).send().await.expect("it answers").status(), 200);
    drop(emulator);
    // The task ends at its next turn.
    tokio::task::yield_now().await;
    assert!(http().get(&health).send().await.is_err());
    assert!(client.get(&health).send().await.is_err(), "a connection that was open ends as well");
}

#[tokio::test]
async fn a_reset_begins_anew() {
    let emulator = emulator().await;
    let adele = emulator.client_as(ADELE).expect("a client");
    let began = emulator.clock().now();
    adele.pim().activate(ROLE).hours(1).justification("A group").send().await.expect("it is activated");
    emulator.clock().advance(Duration::from_mins(1));
    emulator.faults().throttle(1, Duration::from_mins(1));
    emulator.park_requests(Some(Duration::from_mins(1)));
    emulator.reset().expect("it can be reset");
    assert_eq!(emulator.clock().now(), began);
    assert!(emulator.requests().is_empty());
    assert!(adele.pim().active_roles().await.expect("nothing is throttled").is_empty());
    let again = adele.pim().activate(ROLE).hours(1).justification("A group").send().await.expect("it is activated");
    assert!(again.is_success(), "{again:?}");
}

#[tokio::test]
async fn what_was_asked_is_told_without_what_is_secret() {
    let emulator = emulator().await;
    let token = emulator.sign_in(ADELE).token().expect("a token");
    let url = format!("{}/v1.0/me?$select=id", emulator.url());
    let sent = http().get(url).bearer_auth(&token).header("Cookie", "secret=1").header("X-Test", "yes");
    assert_eq!(sent.send().await.expect("it answers").status(), 200);
    let requests = emulator.requests();
    let [request] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!((request.method.as_str(), request.url.as_str(), request.status), ("GET", "/v1.0/me?$select=id", 200));
    assert!(request.headers.contains(&("x-test".to_owned(), "yes".to_owned())));
    assert_eq!(request.at, "2025-03-21T11:00:00Z");
    let told = format!("{requests:?}");
    assert!(!told.contains(&token) && !told.contains("secret=1"), "{told}");
}

#[tokio::test]
async fn passwords_and_secrets_that_were_sent_are_not_told() {
    let emulator = emulator().await;
    let secret = "xWwvJ]6NMw";
    let user = json!({"accountEnabled": true, "displayName": "Nestor Wilke", "mailNickname": "nestorw",
        "userPrincipalName": "nestorw@contoso.com", "passwordProfile": {"password": secret}});
    let headers = json!({"Content-Type": "application/json"});
    let url = "/users/nestorw@contoso.com";
    let part = json!({"id": "1", "method": "PATCH", "url": url, "headers": headers, "body": user});
    let form = format!("grant_type=client_credentials&client_id=1&client_secret={secret}");
    for (url, body, status) in [
        ("/v1.0/users", user.to_string(), 201),
        ("/v1.0/$batch", json!({"requests": [part]}).to_string(), 200),
        ("/v1.0/users", format!("{user},"), 400),
        // An endpoint of version 1, which is not there, so that Graph is asked.
        ("/common/oauth2/token", form, 400),
        (&format!("/v1.0/nothing?client_secret={secret}"), String::new(), 400),
    ] {
        let sent = request(&emulator, ADMINISTRATOR, "POST", url).body(body).send().await.expect("it answers");
        assert_eq!(sent.status(), status, "{url}");
    }
    let control = format!("{}/_emulator/requests", emulator.url());
    let control = http().get(control).send().await.expect("it answers").text().await.expect("text");
    let requests = emulator.requests();
    for told in [format!("{requests:?}"), control] {
        assert!(!told.contains(secret), "{told}");
        assert!(told.contains("Nestor Wilke") && told.contains("grant_type=client_credentials"), "{told}");
    }
    assert_eq!(requests.len(), 5);
}

#[tokio::test]
async fn a_file_goes_on_where_it_was_left() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("tenant.db");
    let start = || Emulator::builder().data(&data).clock(Clock::frozen()).start();
    let first = start().await.expect("it starts");
    let adele = first.client_as(ADELE).expect("a client");
    let token = first.sign_in(ADELE).token().expect("a token");
    first.clock().advance(Duration::from_hours(24));
    adele.pim().activate(ROLE).hours(5).justification("A group").send().await.expect("it is activated");
    let left = first.clock().now();
    let refused = start().await.expect_err("somebody has it open");
    assert!(refused.to_string().contains("another pim-emulator has this file open"), "{refused}");
    drop((first, adele));

    // What was being answered may still have the file.
    let second = loop {
        match start().await {
            Ok(emulator) => break emulator,
            Err(error) if error.to_string().contains("another") => tokio::task::yield_now().await,
            Err(error) => panic!("{error}"),
        }
    };
    assert!(second.clock().now() >= left);
    let asked = http().get(format!("{}/v1.0/me", second.url())).bearer_auth(token).send().await.expect("it answers");
    assert_eq!(asked.status(), 200);
    let adele = second.client_as(ADELE).expect("a client");
    assert_eq!(adele.pim().active_roles().await.expect("they can be listed").len(), 1);
}

#[tokio::test]
async fn a_tenant_can_be_described_in_code() {
    let tenant = Tenant::new("Fabrikam", "fabrikam.com")
        .user(User::new("ida@fabrikam.com", "Ida Brandt"))
        .eligibility(Eligibility::to_role("ida@fabrikam.com", "User Administrator"));
    let emulator = Emulator::builder().tenant(tenant).start().await.expect("it starts");
    let ida = emulator.client_as("ida@fabrikam.com").expect("a client");
    assert_eq!(ida.pim().eligible_roles().await.expect("they can be listed").len(), 1);
    assert!(emulator.client_as(ADMINISTRATOR).is_err(), "nobody is called so");
}

#[tokio::test]
async fn an_address_that_is_taken_is_named() {
    let first = emulator().await;
    let address = first.url().trim_start_matches("http://").parse().expect("an address");
    let refused = Emulator::builder().address(address).start().await.expect_err("it is taken");
    assert!(refused.to_string().contains(&address.to_string()), "{refused}");
}
