//! The client of this workspace signs in.

use std::sync::Arc;
use std::time::Duration;

use ::pim_client::auth::{Browser, Claims, DeviceCode, SignIn, TokenProvider as _, TokenRequest};
use tokio::net::TcpListener;

use super::fake::*;
use crate::identity::{GRAPH, Issuer, Platform, SigningKey, router};

/// The platform's address, on a port of this machine.
async fn serve() -> String {
    let platform =
        Platform::new(Issuer::new(TENANT, &SigningKey::random()), Arc::new(Directory)).with_device_interval(1);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    let router = router(Arc::new(platform));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// Opens an address as a browser does, redirects and all.
fn visit(url: String) {
    tokio::spawn(async move { reqwest::get(url).await.expect("an answer") });
}

#[tokio::test]
async fn a_device_code_signs_in_and_refreshes() {
    let origin = serve().await;
    let device = DeviceCode::new(|prompt| {
        let body = format!("user=adele@contoso.com&user_code={}", prompt.user_code());
        let page = reqwest::Client::new().post(prompt.verification_uri()).body(body);
        tokio::spawn(async move { page.send().await.expect("a page") });
    });
    let sign_in = SignIn::builder(TOOL, DOMAIN, device).authority(&origin).build().unwrap();
    let request = TokenRequest::new(GRAPH, &[READ][..]);
    let token = tokio::time::timeout(Duration::from_secs(20), sign_in.token(&request)).await.unwrap().unwrap();
    assert_eq!(sign_in.token(&request).await.unwrap().token, token.token);
    // Another permission comes with the refresh token: the user is not asked again.
    let more = TokenRequest::new(GRAPH, &["Group.Read.All"][..]);
    assert_ne!(sign_in.token(&more).await.unwrap().token, token.token);
}

#[tokio::test]
async fn a_browser_signs_in_and_steps_up() {
    let origin = serve().await;
    // Whoever is asked first presses Adele's button.
    let browser = Browser::new().open_with(|url| visit(format!("{url}&user={ADELE}")));
    let sign_in = SignIn::builder(TOOL, DOMAIN, browser).authority(&origin).build().unwrap();
    let request = TokenRequest::new(GRAPH, &[READ][..]);
    let plain = tokio::time::timeout(Duration::from_secs(20), sign_in.token(&request)).await.unwrap().unwrap();
    let challenged = request.with_claims(Claims::parse(C1).unwrap()).with_refused(plain.token.clone());
    let strong = tokio::time::timeout(Duration::from_secs(20), sign_in.token(&challenged)).await.unwrap().unwrap();
    assert_ne!(strong.token, plain.token);
}
