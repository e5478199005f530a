use std::sync::Arc;

use axum::body::Body;
use http::{HeaderMap, HeaderValue, Request, header};

use super::fake::*;
use crate::identity::{Issuer, Origin, Platform, SigningKey};

#[tokio::test]
async fn clients_find_the_endpoints() {
    let fake = Fake::new();
    for tenant in [TENANT.to_string(), DOMAIN.to_owned(), "common".to_owned(), "organizations".to_owned()] {
        let answer = fake.get(&format!("/{tenant}/v2.0/.well-known/openid-configuration")).await;
        let base = format!("http://localhost:8080/{tenant}");
        assert_eq!(answer.text("token_endpoint"), format!("{base}/oauth2/v2.0/token"));
        assert_eq!(answer.text("authorization_endpoint"), format!("{base}/oauth2/v2.0/authorize"));
        assert_eq!(answer.text("device_authorization_endpoint"), format!("{base}/oauth2/v2.0/devicecode"));
        assert_eq!(answer.text("issuer"), format!("http://localhost:8080/{TENANT}/v2.0"));
        let keys = fake.get(&answer.text("jwks_uri")["http://localhost:8080".len()..]).await;
        assert_eq!(keys.json(), serde_json::json!({ "keys": [] }));
    }
}

#[tokio::test]
async fn another_tenant_is_not_found() {
    let fake = Fake::new();
    for path in [
        "/fabrikam.com/v2.0/.well-known/openid-configuration",
        "/fabrikam.com/discovery/v2.0/keys",
        "/00000000-0000-0000-0000-000000000001/discovery/v2.0/keys",
    ] {
        assert_eq!(fake.get(path).await.fault(), ("invalid_request".to_owned(), 90_002), "{path}");
    }
    for path in ["/fabrikam.com/oauth2/v2.0/token", "/fabrikam.com/oauth2/v2.0/devicecode"] {
        assert_eq!(fake.post(path, &[]).await.fault(), ("invalid_request".to_owned(), 90_002), "{path}");
    }
    for path in ["/fabrikam.com/oauth2/v2.0/authorize", "/fabrikam.com/oauth2/deviceauth"] {
        assert!(fake.get(path).await.body.contains("AADSTS90002"), "{path}");
    }
}

#[tokio::test]
async fn msal_is_told_that_there_is_one_host() {
    let fake = Fake::new();
    let endpoint = format!("http://localhost:8080/{DOMAIN}/oauth2/v2.0/authorize");
    let path = format!("/common/discovery/instance?api-version=1.1&authorization_endpoint={endpoint}");
    let answer = fake.get(&path).await;
    let discovery = format!("http://localhost:8080/{DOMAIN}/v2.0/.well-known/openid-configuration");
    assert_eq!(answer.text("tenant_discovery_endpoint"), discovery);
    assert_eq!(answer.json()["metadata"][0]["aliases"], serde_json::json!(["localhost:8080"]));
    let elsewhere = fake.get("/common/discovery/instance?authorization_endpoint=https://evil.example/x/y").await;
    assert!(elsewhere.text("tenant_discovery_endpoint").starts_with("http://localhost:8080/common/"));
}

#[test]
fn an_address_that_is_set_goes_before_what_requests_say() {
    let issuer = Issuer::new(TENANT, &SigningKey::random());
    let origin: Origin = "https://pim.example:8443/".parse().unwrap();
    let platform = Platform::new(issuer, Arc::new(Directory)).with_origin(origin);
    let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("localhost"))]);
    assert_eq!(platform.origin_for(&headers), "https://pim.example:8443");
}

#[tokio::test]
async fn what_cannot_be_a_host_is_not_repeated() {
    let request = Request::get("/common/v2.0/.well-known/openid-configuration")
        .header(header::HOST, "evil.example/\"<script>")
        .body(Body::empty());
    let answer = Fake::new().send(request.unwrap()).await;
    assert_eq!(answer.text("token_endpoint"), "http://localhost/common/oauth2/v2.0/token");
}
