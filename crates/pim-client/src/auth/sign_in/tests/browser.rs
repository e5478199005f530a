use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::fake::*;
use crate::auth::sign_in::Browser;

#[tokio::test]
async fn the_browser_brings_a_code_which_is_redeemed_with_the_proof_key() {
    let fake = Fake::new([granted(1, READ)]).await;
    let pages = Arc::new(Mutex::new(Vec::new()));
    let opened = Arc::new(Mutex::new(String::new()));
    let (notes, urls) = (Arc::clone(&pages), Arc::clone(&opened));
    let browser = Browser::new().open_with(move |url| {
        url.clone_into(&mut urls.lock().unwrap());
        let (redirect, state) = (parameter(url, "redirect_uri").unwrap(), parameter(url, "state").unwrap());
        let notes = Arc::clone(&notes);
        tokio::spawn(async move {
            // What a browser may do besides, and what others may try.
            for wrong in
                ["/favicon.ico", "/", "/?code=x", "/?code=<b>evil</b>&state=wrong", "/?error=x&state=", "/x?state=y"]
            {
                let page = reqwest::get(format!("{redirect}{wrong}")).await.unwrap();
                assert!(page.status().is_client_error(), "{wrong}");
                assert!(!page.text().await.unwrap().contains("evil"));
            }
            let posted = reqwest::Client::new().post(format!("{redirect}/?code=x&state={state}")).send().await.unwrap();
            assert_eq!(posted.status(), 404);
            let page = reqwest::get(format!("{redirect}/?code=code-{SECRET}&state={state}")).await.unwrap();
            assert_eq!(page.headers()["cache-control"], "no-store");
            assert_eq!(page.headers()["content-security-policy"], "default-src 'none'");
            let text = page.text().await.unwrap();
            notes.lock().unwrap().push(text);
        });
    });
    let sign_in = fake.builder(browser).build().unwrap();
    assert_eq!(number(&sign_in, &needs(&[READ])).await, 1);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(pages.lock().unwrap()[0].contains("You can close this window"));

    let url = opened.lock().unwrap().clone();
    assert!(url.starts_with(&format!("{}/{TENANT}/oauth2/v2.0/authorize?", fake.server.uri())), "{url}");
    for (name, expected) in [
        ("response_type", "code"),
        ("response_mode", "query"),
        ("client_id", CLIENT_ID),
        ("code_challenge_method", "S256"),
        ("prompt", "select_account"),
        ("scope", &format!("openid profile offline_access {GRAPH}/{READ}")),
    ] {
        assert_eq!(parameter(&url, name).as_deref(), Some(expected), "{name}");
    }
    let redirect = parameter(&url, "redirect_uri").unwrap();
    assert!(redirect.starts_with("http://localhost:"));
    assert!(reqwest::get(&redirect).await.is_err(), "the port is closed");

    let redeemed = &fake.forms("token").await[0];
    assert_eq!(redeemed["grant_type"], "authorization_code");
    assert_eq!(redeemed["code"], format!("code-{SECRET}"));
    assert_eq!(redeemed["redirect_uri"], redirect);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(redeemed["code_verifier"].as_bytes()));
    assert_eq!(parameter(&url, "code_challenge"), Some(challenge));
}

#[tokio::test]
async fn what_the_identity_platform_says_is_one_line() {
    let fake = Fake::new([granted(1, READ)]).await;
    let declining =
        browser("error=access_denied&error_description=AADSTS65004%3A+User+declined.%0D%0ATrace&state={state}");
    let error = failure(&fake.builder(declining).build().unwrap(), &needs(&[READ])).await;
    assert_eq!(
        error.to_string(),
        "the identity platform refused the sign-in: access_denied: AADSTS65004: User declined. Trace"
    );
    assert!(fake.forms("token").await.is_empty());

    let fake = Fake::new([refusal("invalid_grant", &format!("AADSTS70008: code-{SECRET}"))]).await;
    let sign_in = fake.builder(browser("code=code-s3cr3t&state={state}")).build().unwrap();
    let error = failure(&sign_in, &needs(&[READ])).await;
    assert_eq!(error.to_string(), "the identity platform refused the sign-in: it repeats what was sent");
}

#[tokio::test]
async fn another_state_is_no_answer() {
    let fake = Fake::new([granted(1, READ)]).await;
    for (query, expected) in [
        ("code=code-s3cr3t&state=other", "within 0.3 s; one that came had another state; try again"),
        ("code=code-s3cr3t&state={state}x", "had another state"),
        ("code=code-s3cr3t", "had another state"),
    ] {
        let browser = browser(query).time_limit(Duration::from_millis(300));
        let error = failure(&fake.builder(browser).build().unwrap(), &needs(&[READ])).await.to_string();
        assert!(error.contains(expected), "{query}: {error}");
    }
    let nobody = Browser::new().open_with(|_| {}).time_limit(Duration::from_millis(50));
    let error = failure(&fake.builder(nobody).build().unwrap(), &needs(&[READ])).await.to_string();
    assert!(error.contains("brought no answer within 0.05 s; try again"), "{error}");
    assert!(fake.forms("token").await.is_empty());
}

#[tokio::test]
async fn connections_that_say_nothing_hold_up_nobody() {
    let fake = Fake::new([granted(1, READ)]).await;
    let browser = Browser::new().open_with(move |url| {
        let (redirect, state) = (parameter(url, "redirect_uri").unwrap(), parameter(url, "state").unwrap());
        let port: u16 = redirect.rsplit(':').next().unwrap().parse().unwrap();
        tokio::spawn(async move {
            let silent = [(); 5].map(|()| std::net::TcpStream::connect(("127.0.0.1", port)).unwrap());
            reqwest::get(format!("{redirect}/?code=c&state={state}")).await.unwrap();
            drop(silent);
        });
    });
    let signed_in = fake.builder(browser).build().unwrap();
    let number = tokio::time::timeout(Duration::from_secs(5), number(&signed_in, &needs(&[READ]))).await;
    assert_eq!(number.unwrap(), 1);
}
