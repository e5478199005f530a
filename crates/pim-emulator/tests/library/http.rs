//! Oddities of HTTP, and what Graph makes of them.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::web::{ADELE, ADMINISTRATOR, emulator, error, http, json, request};

const ROLES: &str = "/v1.0/roleManagement/directory/roleDefinitions";
const REQUESTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";

fn zipped(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

#[tokio::test]
async fn large_answers_are_compressed_for_who_wants_it_and_small_ones_are_not() {
    let emulator = emulator().await;
    let asked = |url: &str| request(&emulator, ADMINISTRATOR, "GET", url).header("Accept-Encoding", "gzip");
    let response = asked(ROLES).send().await.expect("it answers");
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let vary: Vec<_> = response.headers().get_all("vary").iter().collect();
    assert_eq!(vary.len(), 1, "{vary:?}");
    let bytes = response.bytes().await.expect("a body");
    let mut text = String::new();
    GzDecoder::new(&*bytes).read_to_string(&mut text).expect("gzip");
    let page: Value = serde_json::from_str(&text).expect("JSON");
    assert!(page["value"].as_array().is_some_and(|roles| roles.len() > 50));

    let small = asked("/v1.0/me?$select=id").send().await.expect("it answers");
    assert!(!small.headers().contains_key("content-encoding"));
    assert_eq!(small.status(), 200);
    let plain = request(&emulator, ADMINISTRATOR, "GET", ROLES).send().await.expect("it answers");
    assert!(!plain.headers().contains_key("content-encoding"));
}

#[tokio::test]
async fn a_compressed_body_is_read_and_what_is_none_is_refused() {
    let emulator = emulator().await;
    let batch = json!({"requests": [{"id": "1", "method": "GET", "url": "/me"}]}).to_string();
    let post = |encoding: &str, body: Vec<u8>| {
        let request = request(&emulator, ADELE, "POST", "/v1.0/$batch").header("Content-Type", "application/json");
        request.header("Content-Encoding", encoding).body(body).send()
    };
    let read = json(post("gzip", zipped(&batch)).await.expect("it answers")).await;
    assert_eq!(read["responses"][0]["status"], 200);
    let damaged = post("gzip", b"no gzip".to_vec()).await.expect("it answers");
    assert_eq!(error(damaged).await, (400, "BadRequest".to_owned()));
    let unknown = post("br", batch.clone().into_bytes()).await.expect("it answers");
    assert_eq!(error(unknown).await.0, 415);
    // A little that becomes a lot is a lot.
    let bomb = zipped(&" ".repeat(64 << 20));
    assert!(bomb.len() < 1 << 20);
    let refused = post("gzip", bomb).await.expect("it answers");
    assert_eq!(error(refused).await, (413, "RequestEntityTooLarge".to_owned()));
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_as_graph_does() {
    let emulator = emulator().await;
    let body = vec![b' '; (4 << 20) + 1];
    let response = request(&emulator, ADELE, "POST", REQUESTS).body(body).send().await.expect("it answers");
    assert_eq!(error(response).await, (413, "RequestEntityTooLarge".to_owned()));
    let body = vec![b' '; 4 << 20];
    let response = request(&emulator, ADELE, "POST", REQUESTS).body(body).send().await.expect("it answers");
    assert_eq!(response.status(), 400, "it is no JSON, and not too long");
}

#[tokio::test]
async fn an_empty_body_with_a_type_is_an_empty_body() {
    let emulator = emulator().await;
    let request = |method| {
        request(&emulator, ADELE, method, "/v1.0/me")
            .header("Content-Type", "application/json")
            .header("Content-Length", "0")
    };
    assert_eq!(request("GET").send().await.expect("it answers").status(), 200);
    let url = format!("{REQUESTS}/00000000-0000-0000-0000-000000000001/cancel");
    let cancel = crate::web::request(&emulator, ADELE, "POST", &url)
        .header("Content-Length", "0")
        .header("Content-Type", "application/json");
    assert_eq!(
        cancel.send().await.expect("it answers").status(),
        404,
        "there is no such request; and it was understood"
    );
}

#[tokio::test]
async fn methods_that_are_not_allowed_are_refused() {
    let emulator = emulator().await;
    for method in ["PUT", "DELETE", "BREW", "OPTIONS"] {
        let response = request(&emulator, ADELE, method, ROLES).send().await.expect("it answers");
        assert_eq!(error(response).await, (405, "Request_BadRequest".to_owned()), "{method}");
    }
    let head = request(&emulator, ADELE, "HEAD", ROLES).send().await.expect("it answers");
    assert_eq!(head.status(), 405);
    assert!(head.bytes().await.expect("no body").is_empty());
}

#[tokio::test]
async fn paths_are_forgiven_much_and_not_everything() {
    let emulator = emulator().await;
    let status = async |path: &str| {
        let response = request(&emulator, ADELE, "GET", path).send().await.expect("it answers");
        response.status().as_u16()
    };
    for path in ["/v1.0/me", "/v1.0/me/", "/V1.0//Me//", "//v1.0/me", "/v1.0/%6De"] {
        assert_eq!(status(path).await, 200, "{path}");
    }
    for path in ["/", "/v1.0", "/v1.0/%FF", "/v1.0/%00", "/v1.0/me/nothing", "/v3/me", "/beta/me", "/_emulato"] {
        let response = request(&emulator, ADELE, "GET", path).send().await.expect("it answers");
        assert_eq!(error(response).await.0, 400, "{path}");
    }
}

#[tokio::test]
async fn an_answer_says_as_much_about_itself_as_is_wanted() {
    let emulator = emulator().await;
    let asked = async |accept: &str| {
        let response =
            request(&emulator, ADELE, "GET", "/v1.0/me").header("Accept", accept).send().await.expect("it answers");
        let content_type = response.headers()["content-type"].to_str().expect("text").to_owned();
        (content_type, json(response).await)
    };
    let (content_type, me) = asked("application/json").await;
    assert!(content_type.starts_with("application/json;odata.metadata=minimal"), "{content_type}");
    assert!(me["@odata.context"].is_string());
    let (content_type, me) = asked("application/json;odata.metadata=none").await;
    assert!(content_type.starts_with("application/json;odata.metadata=none"), "{content_type}");
    assert!(me.get("@odata.context").is_none());
    assert!(me["id"].is_string());
}

#[tokio::test]
async fn an_answer_names_its_request() {
    let emulator = emulator().await;
    let own = "7d1c6a3e-2c39-4c44-9d0a-1c7b7e6f1a11";
    for url in ["/v1.0/me", "/v1.0/nothing"] {
        let response =
            request(&emulator, ADELE, "GET", url).header("client-request-id", own).send().await.expect("it answers");
        assert_eq!(response.headers()["client-request-id"], own);
        assert_ne!(response.headers()["request-id"], own);
    }
    emulator.faults().throttle(1, std::time::Duration::ZERO);
    let response =
        request(&emulator, ADELE, "GET", "/v1.0/me").header("client-request-id", own).send().await.expect("it answers");
    assert_eq!(
        (response.status().as_u16(), &response.headers()["client-request-id"]),
        (429, &own.parse().expect("a header"))
    );
}

#[tokio::test]
async fn who_has_no_token_is_told_where_to_get_one() {
    let emulator = emulator().await;
    let response = http().get(format!("{}/v1.0/me", emulator.url())).send().await.expect("it answers");
    let challenge = response.headers()["www-authenticate"].to_str().expect("text").to_owned();
    assert!(challenge.contains(&emulator.url()), "{challenge}");
    assert_eq!(error(response).await, (401, "InvalidAuthenticationToken".to_owned()));
}
