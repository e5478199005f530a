use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{Request, header};
use uuid::Uuid;

use super::fake::*;
use crate::domain::Identity;

const DEFAULT: &str = "https://graph.microsoft.com/.default";

#[tokio::test]
async fn a_secret_gives_a_token_of_the_application() {
    let fake = Fake::new();
    let robot = ROBOT.to_string();
    let form =
        [("grant_type", "client_credentials"), ("client_id", &*robot), ("client_secret", SECRET), ("scope", DEFAULT)];
    let answer = fake.token(&form).await;
    let caller = fake.verified(&answer).caller.clone();
    let service_principal = Uuid::from_u128(ROBOT.as_u128() + 1);
    assert_eq!(caller.identity, Identity::Application { service_principal, app_id: ROBOT });
    assert_eq!(caller.permissions, ["RoleManagement.ReadWrite.Directory"]);
    assert!(answer.json().get("refresh_token").is_none());
}

#[tokio::test]
async fn the_secret_may_be_in_the_header() {
    let fake = Fake::new();
    let send = async |credentials: String| {
        let request = Request::post(format!("/{TENANT}/oauth2/v2.0/token"))
            .header(header::AUTHORIZATION, format!("Basic {}", STANDARD.encode(credentials)))
            .body(Body::from(format!("grant_type=client_credentials&scope={DEFAULT}")));
        fake.send(request.unwrap()).await
    };
    fake.verified(&send(format!("{ROBOT}:{}", SECRET.replace('-', "%2D"))).await);
    let refused = send(format!("{ROBOT}:s3cr3t")).await;
    assert_eq!(refused.fault(), ("invalid_client".to_owned(), 7_000_215));
    assert_eq!(refused.status, 401);
    assert!(refused.headers.contains_key(header::WWW_AUTHENTICATE));
    assert_eq!(send("nothing".to_owned()).await.fault().1, 9_002_313);
}

#[tokio::test]
async fn what_is_not_right_is_refused() {
    let fake = Fake::new();
    let robot = ROBOT.to_string();
    for (id, secret, scope, error, number) in [
        (&*robot, "s3cr3t", DEFAULT, "invalid_client", 7_000_215),
        (&robot, "", DEFAULT, "invalid_client", 7_000_216),
        (TOOL, SECRET, DEFAULT, "unauthorized_client", 700_016),
        ("robot", SECRET, DEFAULT, "unauthorized_client", 700_016),
        ("", SECRET, DEFAULT, "invalid_request", 900_144),
        (&robot, SECRET, "", "invalid_request", 900_144),
        (&robot, SECRET, "https://graph.microsoft.com/User.Read", "invalid_scope", 1_002_012),
        (&robot, SECRET, "https://vault.azure.net/.default", "invalid_resource", 500_011),
    ] {
        let form =
            [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), ("scope", scope)];
        let answer = fake.token(&form).await;
        assert_eq!(answer.fault(), (error.to_owned(), number), "{id} {scope}");
    }
}

#[tokio::test]
async fn requests_that_are_none_are_refused() {
    let fake = Fake::new();
    assert_eq!(fake.token(&[]).await.fault(), ("invalid_request".to_owned(), 900_144));
    let twice = [("grant_type", "password"), ("grant_type", "password")];
    assert_eq!(fake.token(&twice).await.fault(), ("invalid_request".to_owned(), 9_000_411));
    assert_eq!(fake.token(&[("grant_type", "magic")]).await.fault(), ("unsupported_grant_type".to_owned(), 70_003));
    let assertion = [("grant_type", "client_credentials"), ("client_id", TOOL), ("client_assertion", "s3cr3t")];
    assert_eq!(fake.token(&assertion).await.fault().0, "invalid_client");
    assert_eq!(fake.get("/common/oauth2/v2.0/token").await.fault(), ("invalid_request".to_owned(), 900_561));
}

#[tokio::test]
async fn the_client_finds_its_own_request_id_again() {
    let id = "5f0d2cd7-2d2a-4f6e-9a40-3f4e2a2f8a11";
    let request = Request::post("/common/oauth2/v2.0/token").header("client-request-id", id).body(Body::empty());
    assert_eq!(Fake::new().send(request.unwrap()).await.text("correlation_id"), id);
}
