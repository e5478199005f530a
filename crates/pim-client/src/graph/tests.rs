//! What a client can be set up with, and what not.

use std::time::Duration;

use super::{Graph, GraphBuilder};
use crate::{BearerToken, Cloud, ErrorKind, RetryPolicy};

fn builder() -> GraphBuilder {
    Graph::builder(BearerToken::new("s3cr3t").unwrap())
}

#[test]
fn the_global_graph_is_the_default() {
    let graph = builder().build().unwrap();
    assert_eq!(graph.connection().version_url("v1.0"), "https://graph.microsoft.com/v1.0");
}

#[test]
fn a_cloud_has_a_graph_of_its_own() {
    for (cloud, address) in [
        (Cloud::UsGovernment, "https://graph.microsoft.us/v1.0"),
        (Cloud::UsGovernmentDod, "https://dod-graph.microsoft.us/v1.0"),
        (Cloud::China, "https://microsoftgraph.chinacloudapi.cn/v1.0"),
    ] {
        assert_eq!(builder().cloud(cloud).build().unwrap().connection().version_url("v1.0"), address);
    }
    let graph = builder().cloud(Cloud::China).endpoint("http://localhost:8080").unwrap().build().unwrap();
    assert_eq!(graph.connection().version_url("v1.0"), "http://localhost:8080/v1.0");
}

#[test]
fn plain_http_is_for_this_machine() {
    for url in ["http://127.0.0.1:8080", "http://127.1.2.3", "http://[::1]:8080", "http://localhost:8080/graph"] {
        builder().endpoint(url).unwrap().build().unwrap();
    }
    for url in ["http://graph.microsoft.com", "http://localhost.example", "http://10.0.0.1", "http://[::2]"] {
        let error = builder().endpoint(url).unwrap().build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{url}");
        assert!(error.to_string().contains("allow_plain_http(true)"), "{error}");
    }
    builder().endpoint("http://10.0.0.1").unwrap().allow_plain_http(true).build().unwrap();
}

#[test]
fn a_user_name_in_the_endpoint_is_refused() {
    let error = builder().endpoint("https://graph.microsoft.com@elsewhere.example").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

#[test]
fn what_no_request_could_be_sent_with_is_refused() {
    for (builder, expected) in [
        (builder().timeout(Duration::ZERO), "the timeout is zero"),
        (builder().user_agent("contoso\r\nX-Evil: 1"), "the user agent cannot stand in a header"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}

#[tokio::test]
async fn times_beyond_measure_are_no_overflow() {
    let server = wiremock::MockServer::start().await;
    let busy = wiremock::ResponseTemplate::new(503);
    wiremock::Mock::given(wiremock::matchers::any()).respond_with(busy).mount(&server).await;
    for time in [Duration::MAX, Duration::MAX / 2] {
        let policy = RetryPolicy::default().base_delay(time).max_delay(time).max_elapsed(Duration::MAX);
        let graph = builder().endpoint(&server.uri()).unwrap().timeout(time).retry(policy).build().unwrap();
        let ended = tokio::time::timeout(Duration::from_millis(100), graph.groups().list().send()).await;
        assert!(ended.is_err() || ended.is_ok_and(|page| page.is_err()), "it waits, or gives up at once");
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[test]
fn the_token_does_not_show() {
    let builder = builder();
    let shown = format!("{builder:?}");
    let shown = format!("{shown} {:?}", builder.build().unwrap());
    assert!(!shown.contains("s3cr3t"), "{shown}");
}
