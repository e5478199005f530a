//! What a client can be set up with, and what not.

use super::{Graph, GraphBuilder};
use crate::{BearerToken, Cloud, ErrorKind};

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
fn the_token_does_not_show() {
    let builder = builder();
    let shown = format!("{builder:?}");
    let shown = format!("{shown} {:?}", builder.build().unwrap());
    assert!(!shown.contains("s3cr3t"), "{shown}");
}
