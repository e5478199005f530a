use std::sync::{Arc, Mutex};

use serde_json::json;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::fake::*;
use crate::Graph;
use crate::auth::TokenProvider as _;
use crate::auth::sign_in::Browser;

/// A Graph that demands `claims` of every token but the second one.
async fn demanding_graph() -> MockServer {
    let graph = MockServer::start().await;
    let challenge = format!(r#"Bearer realm="", error="insufficient_claims", claims="{}""#, claims("c1").to_base64());
    let second = header("authorization", &*format!("Bearer access-{SECRET}-2"));
    let group = ResponseTemplate::new(200).set_body_json(json!({ "id": "1" }));
    Mock::given(method("GET")).and(path("/v1.0/groups/1")).and(second).respond_with(group).mount(&graph).await;
    let refused = ResponseTemplate::new(401).insert_header("www-authenticate", challenge).set_body_json(
        json!({ "error": { "code": "InvalidAuthenticationToken", "message": "Continuous access evaluation" } }),
    );
    Mock::given(method("GET")).respond_with(refused).with_priority(200).mount(&graph).await;
    graph
}

#[tokio::test]
async fn a_challenge_of_graph_is_met_by_the_user_in_the_browser() {
    let (platform, server) =
        (Fake::new([granted(1, "Group.Read.All"), ending(2, "Group.Read.All")]).await, demanding_graph().await);
    let opened = Arc::new(Mutex::new(Vec::new()));
    let urls = Arc::clone(&opened);
    let browser = Browser::new().open_with(move |url| {
        urls.lock().unwrap().push(url.to_owned());
        let (redirect, state) = (parameter(url, "redirect_uri").unwrap(), parameter(url, "state").unwrap());
        tokio::spawn(async move { reqwest::get(format!("{redirect}/?code=c&state={state}")).await.unwrap() });
    });
    let sign_in = Arc::new(platform.builder(browser).build().unwrap());
    let graph = Graph::builder(Arc::clone(&sign_in)).endpoint(&server.uri()).unwrap().build().unwrap();
    let group = graph.groups().by_id("1").get().await.unwrap();
    assert_eq!(group.id.unwrap().to_string(), "1");

    let urls = opened.lock().unwrap().clone();
    assert_eq!(urls.len(), 2);
    assert_eq!(parameter(&urls[0], "claims"), None);
    assert_eq!(parameter(&urls[1], "claims").as_deref(), Some(claims("c1").as_str()));
    assert_eq!(parameter(&urls[1], "login_hint").as_deref(), Some("adele@contoso.com"));
    assert_eq!(parameter(&urls[1], "prompt"), None);
    assert_eq!(platform.forms("token").await[1]["claims"], claims("c1").as_str());

    // Later on the claims are kept up without the user.
    platform.then(granted(3, "Group.Read.All"));
    assert_eq!(number(&sign_in, &needs(&["Group.Read.All"])).await, 3);
    let refreshed = &platform.forms("token").await[2];
    assert_eq!((&*refreshed["grant_type"], &*refreshed["claims"]), ("refresh_token", claims("c1").as_str()));
    assert_eq!(opened.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_device_code_is_asked_for_with_the_claims() {
    let fake = Fake::new([granted(1, READ), granted(2, READ)]).await;
    let sign_in = fake.builder(device()).build().unwrap();
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 1);
    for _ in 0..2 {
        assert_eq!(number(&sign_in, &needs(&[READ]).with_claims(claims("c1"))).await, 2);
    }
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 2);
    assert_eq!(fake.forms("devicecode").await[1]["claims"], claims("c1").as_str());
    assert_eq!(fake.forms("token").await[1]["claims"], claims("c1").as_str());
}

#[tokio::test]
async fn requests_that_were_refused_with_one_token_step_up_once() {
    let fake = Fake::new([granted(1, READ), granted(2, READ), granted(3, READ)]).await;
    let sign_in = fake.builder(device()).build().unwrap();
    let first = sign_in.token(&needs(&[READ])).await.unwrap().token;
    let refused = needs(&[READ]).with_claims(claims("c1")).with_refused(first);
    let both = futures_util::future::join(number(&sign_in, &refused), number(&sign_in, &refused)).await;
    assert_eq!(both, (2, 2));
    assert_eq!(number(&sign_in, &refused).await, 2, "also one whose answer comes later");
    let second = sign_in.token(&needs(&[READ])).await.unwrap().token;
    assert_eq!(number(&sign_in, &refused.with_refused(second)).await, 3, "the second one was refused, too");
}

#[tokio::test]
async fn claims_outlast_a_refresh_that_nobody_waits_for() {
    let fake = Fake::new([ending(1, READ), granted(2, READ)]).await;
    let sign_in = fake.builder(device()).build().unwrap();
    assert_eq!(number(&sign_in, &needs(&[READ]).with_claims(claims("c1"))).await, 1);
    let request = needs(&[READ]);
    let dropped = sign_in.token(&request);
    assert!(futures_util::FutureExt::now_or_never(dropped).is_none(), "it waits for the answer");
    number(&sign_in, &request).await;
    let last = fake.forms("token").await.pop().unwrap();
    assert_eq!((&*last["grant_type"], &*last["claims"]), ("refresh_token", claims("c1").as_str()));
}

#[tokio::test]
async fn claims_that_take_the_user_are_given_up_before_the_user_is_asked() {
    let fake =
        Fake::new([ending(1, READ), refusal("interaction_required", ""), ending(3, READ), granted(4, READ)]).await;
    let sign_in = fake.builder(device()).build().unwrap();
    assert_eq!(number(&sign_in, &needs(&[READ]).with_claims(claims("c1"))).await, 1);
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 3);
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 4);
    let asked = fake.forms("token").await;
    let with_claims: Vec<_> = asked.iter().map(|form| form.contains_key("claims")).collect();
    assert_eq!(with_claims, [true, true, false, false]);
    assert_eq!(fake.forms("devicecode").await.len(), 1);
}

#[tokio::test]
async fn a_step_up_that_fails_is_told_by_the_error_of_the_call() {
    let (platform, server) = (Fake::new([granted(1, "Group.Read.All")]).await, demanding_graph().await);
    let sign_in = Arc::new(platform.builder(device()).scopes(["Group.Read.All"]).build().unwrap());
    number(&sign_in, &needs(&["Group.Read.All"])).await;
    platform.then(refusal("authorization_declined", ""));
    let graph = Graph::builder(Arc::clone(&sign_in)).endpoint(&server.uri()).unwrap().build().unwrap();
    let error = graph.groups().by_id("1").get().await.unwrap_err();
    assert_eq!((error.status(), error.challenge()), (Some(401), Some(&claims("c1"))));
    assert!(
        error
            .to_string()
            .contains("authentication context c1 is needed, and could not be got: the sign-in was declined"),
        "{error}"
    );
}
