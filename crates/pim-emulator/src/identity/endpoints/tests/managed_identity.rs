use axum::body::Body;
use http::Request;

use super::fake::*;
use crate::domain::Identity;

const RESOURCE: &str = "resource=https%3A%2F%2Fgraph.microsoft.com&api-version=2019-08-01";

async fn ask(fake: &Fake, query: &str, header: &str) -> Answer {
    let request = Request::get(format!("/msi/token?{query}")).header("X-IDENTITY-HEADER", header).body(Body::empty());
    fake.send(request.unwrap()).await
}

#[tokio::test]
async fn a_program_with_the_header_gets_a_token() {
    let fake = Fake::new();
    for query in [RESOURCE.to_owned(), format!("{RESOURCE}&client_id={ROBOT}")] {
        let answer = ask(&fake, &query, HEADER).await;
        let verified = fake.verified(&answer);
        assert!(matches!(verified.caller.identity, Identity::Application { app_id: ROBOT, .. }));
        assert_eq!(answer.text("expires_on"), verified.claims.exp.to_string());
        assert_eq!(answer.text("resource"), "https://graph.microsoft.com");
        assert_eq!(answer.text("client_id"), ROBOT.to_string());
    }
}

#[tokio::test]
async fn others_get_none() {
    let fake = Fake::new();
    for (query, header, status) in [
        (RESOURCE, "s3cr3t", 401),
        (RESOURCE, "", 401),
        ("resource=https://graph.microsoft.com", HEADER, 400),
        ("resource=https://vault.azure.net&api-version=2019-08-01", HEADER, 400),
        ("api-version=2019-08-01", HEADER, 400),
        (&*format!("{RESOURCE}&client_id={TOOL}"), HEADER, 400),
        (&*format!("{RESOURCE}&principal_id={ADELE}"), HEADER, 400),
    ] {
        let answer = ask(&fake, query, header).await;
        assert_eq!((answer.status, answer.json()["statusCode"].as_u64()), (status, Some(status.into())), "{query}");
        assert!(!answer.body.contains("s3cr3t") && !answer.text("message").is_empty(), "{}", answer.body);
    }
    assert!(!format!("{:?} {:?}", fake.platform, fake.platform.identity_header()).contains("s3cr3t"));
}
