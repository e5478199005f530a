//! What a web page can have a browser send, and what comes of it.

use pim_emulator::Emulator;
use reqwest::header::{HOST, HeaderName, ORIGIN};
use reqwest::{Client, Response};
use serde_json::Value;

const TOKENS: &str = "/_emulator/tokens";
const SIGN_IN: &str = "/common/oauth2/v2.0/token";
const METADATA: &str = "/common/v2.0/.well-known/openid-configuration";
const WHO: &str = r#"{"user": "admin@contoso.com"}"#;
const PASSWORD: &str = "grant_type=password&client_id=04b07795-8ddb-461a-bbee-02f9e1bf7b46&scope=User.Read\
                        &username=admin@contoso.com&password=any";

/// A page at a name that was made to lead to this machine.
const REBOUND: (HeaderName, &str) = (HOST, "page.example:8765");

async fn post(emulator: &Emulator, path: &str, (name, value): (HeaderName, &str), body: &'static str) -> Response {
    let request = Client::new().post(format!("{}{path}", emulator.url())).header(name, value).body(body);
    request.send().await.expect("it answers")
}

async fn get(emulator: &Emulator, path: &str, host: &str) -> Response {
    let token = emulator.sign_in("admin@contoso.com").token().expect("a token");
    let request = Client::new().get(format!("{}{path}", emulator.url())).header(HOST, host).bearer_auth(token);
    request.send().await.expect("it answers")
}

async fn json(response: Response) -> Value {
    response.json().await.expect("JSON")
}

#[tokio::test]
async fn pages_of_other_sites_get_no_tokens_and_turn_no_clock() {
    let emulator = Emulator::builder().start().await.expect("it starts");
    assert_eq!(post(&emulator, TOKENS, (ORIGIN, &emulator.url()), WHO).await.status(), 200);
    for page in ["http://page.example", "null"] {
        for path in [TOKENS, "/_emulator/clock", "/_emulator/reset"] {
            assert_eq!(post(&emulator, path, (ORIGIN, page), WHO).await.status(), 403, "{page} {path}");
        }
        // Clients that sign in from pages of their own are there to do so.
        assert_eq!(post(&emulator, SIGN_IN, (ORIGIN, page), PASSWORD).await.status(), 200, "{page}");
    }
}

#[tokio::test]
async fn a_name_that_was_made_to_lead_here_gets_nothing_at_all() {
    let emulator = Emulator::builder().start().await.expect("it starts");
    assert_eq!(post(&emulator, TOKENS, (HOST, "localhost:8765"), WHO).await.status(), 200);
    assert_eq!(post(&emulator, SIGN_IN, (HOST, "graph.localhost"), PASSWORD).await.status(), 200);
    for (path, body) in [(TOKENS, WHO), ("/_emulator/clock", "{}"), (SIGN_IN, PASSWORD), ("/msi/token", "")] {
        let refused = post(&emulator, path, REBOUND, body).await;
        assert_eq!(refused.status(), 421, "{path}");
        let why = json(refused).await["error"].as_str().expect("it says why").to_owned();
        assert!(why.contains("localhost") && why.contains("--origin") && !why.contains('\n'), "{why}");
    }
    let refused = get(&emulator, "/v1.0/me", REBOUND.1).await;
    assert_eq!(refused.status(), 421);
    assert_eq!(json(refused).await["error"]["code"], "MisdirectedRequest");
    assert!(emulator.requests().is_empty(), "it was never Graph's");
    assert_eq!(get(&emulator, "/v1.0/me", "host.docker.internal:8765").await.status(), 200);
}

#[tokio::test]
async fn an_origin_that_is_named_is_taken_and_told() {
    let origin = "https://pim.example:8443";
    let emulator = Emulator::builder().origin(format!("{origin}/")).start().await.expect("it starts");
    for host in ["pim.example:8443", "127.0.0.1:8765"] {
        let page = json(get(&emulator, "/v1.0/users?$top=1", host).await).await;
        let next = page["@odata.nextLink"].as_str().expect("there are more");
        assert!(next.starts_with(&format!("{origin}/v1.0/users?")), "{next}");
        let metadata = json(get(&emulator, METADATA, host).await).await;
        for member in ["issuer", "token_endpoint"] {
            let address = metadata[member].as_str().expect("an address");
            assert!(address.starts_with(&format!("{origin}/")), "{address}");
        }
    }
    assert_eq!(post(&emulator, TOKENS, (ORIGIN, origin), WHO).await.status(), 200);
    assert_eq!(post(&emulator, TOKENS, REBOUND, WHO).await.status(), 421);
}

#[tokio::test]
async fn what_is_no_origin_is_refused_at_the_start() {
    for text in ["pim.example", "https://pim.example/graph"] {
        let refused = Emulator::builder().origin(text).start().await.expect_err(text).to_string();
        assert!(refused.contains(text) && refused.contains("is no origin"), "{refused}");
    }
}
