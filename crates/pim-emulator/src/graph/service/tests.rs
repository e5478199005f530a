//! Whose token is good.

use http::header::WWW_AUTHENTICATE;
use serde_json::{Value, json};

use crate::graph::rig::{Got, Rig};

const ADMIN: &str = "admin@contoso.com";
const DIEGO: &str = "/v1.0/users/diegos@contoso.com";

#[track_caller]
fn assert_refused(got: Got, why: &str) {
    assert!(got.message().contains(why), "{}", got.message());
    let challenge = got.headers[WWW_AUTHENTICATE].to_str().expect("text").to_owned();
    assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
    assert_eq!(got.error(), (401, "InvalidAuthenticationToken".to_owned()));
}

#[test]
fn a_token_is_good_for_as_long_as_the_account_is() {
    let rig = Rig::contoso();
    let (admin, diego) = (rig.user(ADMIN), rig.user("diegos@contoso.com"));
    diego.get("/v1.0/me").ok(200);
    admin.patch(DIEGO, &json!({"accountEnabled": false})).ok(204);
    assert_refused(diego.get("/v1.0/me"), "is disabled");
    assert_refused(diego.patch("/v1.0/me", &json!({"mobilePhone": "1"})), "is disabled");
    admin.patch(DIEGO, &json!({"accountEnabled": true})).ok(204);
    diego.get("/v1.0/me").ok(200);
    admin.delete(DIEGO).ok(204);
    assert_refused(diego.get("/v1.0/users"), "was deleted");
}

/// Before whether the request can be understood, and whether the token permits it.
#[test]
fn whose_account_is_disabled_is_told_nothing_else() {
    let rig = Rig::contoso();
    let weak = rig.user_with("diegos@contoso.com", &["User.Read"]);
    let batch = json!({"requests": [{"id": "1", "method": "GET", "url": "/me"}]});
    assert_eq!(weak.get("/v1.0/groups").status, 403);
    assert_eq!(weak.get("/v1.0/nothing").status, 400);
    weak.post("/v1.0/$batch", &batch).ok(200);
    rig.user(ADMIN).patch(DIEGO, &json!({"accountEnabled": false})).ok(204);
    for path in ["/v1.0/groups", "/v1.0/nothing", "/v3/me"] {
        assert_refused(weak.get(path), "is disabled");
    }
    assert_refused(weak.post("/v1.0/$batch", &batch), "is disabled");
}

#[test]
fn a_batch_ends_for_who_disables_their_own_account_in_it() {
    let rig = Rig::contoso();
    let patch = json!({"id": "1", "method": "PATCH", "url": format!("/users/{ADMIN}"), "body": {"accountEnabled": false},
        "headers": {"Content-Type": "application/json"}});
    let batch = json!({"requests": [patch, {"id": "2", "method": "GET", "url": "/me"}]});
    let answers = rig.user(ADMIN).post("/v1.0/$batch", &batch).ok(200);
    let statuses: Vec<_> = answers["responses"].as_array().expect("answers").iter().map(|it| &it["status"]).collect();
    assert_eq!(statuses, [204, 401]);
}

#[test]
fn who_was_just_made_is_somebody_before_everybody_sees_them() {
    let rig = Rig::contoso();
    rig.service().configure(|settings| settings.replication_lag = chrono::TimeDelta::seconds(30));
    let user = json!({"accountEnabled": true, "displayName": "Nestor Wilke", "mailNickname": "nestorw",
        "userPrincipalName": "nestorw@contoso.com", "passwordProfile": {"password": "xWwvJ]6NMw"}});
    rig.user(ADMIN).post("/v1.0/users", &user).ok(201);
    let got = rig.user("nestorw@contoso.com").get("/v1.0/me");
    assert_ne!(got.status, 401, "{}", got.body);
}

#[test]
fn an_application_has_no_account_to_disable() {
    let rig = Rig::contoso();
    assert_ne!(rig.application().get("/v1.0/groups?$top=1").ok(200)["value"], Value::Null);
}
