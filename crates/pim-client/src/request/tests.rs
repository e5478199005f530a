//! What the builders make of their options, and the counts.

use futures_util::stream::FusedStream as _;
use serde_json::json;
use wiremock::matchers::{any, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::Count;
use crate::error::{Error, ErrorKind};
use crate::transport::stand_in::{COUNT, Client, graph};

#[tokio::test]
async fn a_list_sends_its_options() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/v1.0/groups"))
        .and(query_param("$filter", "displayName eq 'O''Neil'"))
        .and(query_param("$search", "\"displayName:admin\""))
        .and(query_param("$select", "id,displayName"))
        .and(query_param("$expand", "members,owners($select=id)"))
        .and(query_param("$orderby", "displayName desc"))
        .and(query_param("$top", "5"))
        .and(query_param("$skip", "10"))
        .and(query_param("$count", "true"))
        .and(header("ConsistencyLevel", "eventual"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "value": [{ "id": "1" }] })))
        .expect(1)
        .mount(&server)
        .await;

    let list = Client::new(graph(&server).connection())
        .list()
        .filter("displayName eq 'O''Neil'")
        .search("\"displayName:admin\"")
        .select(["id", "displayName"])
        .expand(["members"])
        .expand([String::from("owners($select=id)")])
        .order_by("displayName desc")
        .top(5)
        .skip(10)
        .include_count()
        .consistency_level_eventual();
    assert!(format!("{list:?}").starts_with("List { operation: GET /v1.0/groups, query: ListQuery {"), "{list:?}");
    assert!(list.await.is_ok());
}

#[tokio::test]
async fn what_is_not_asked_for_is_not_sent() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "value": [] })))
        .mount(&server)
        .await;
    let client = Client::new(graph(&server).connection());
    client.list().await.unwrap();
    client.get("1").await.unwrap();
    client.get("1").select(["id"]).send().await.unwrap();
    let urls = server.received_requests().await.unwrap().into_iter().map(|request| request.url);
    let asked: Vec<_> = urls.map(|url| url[url::Position::BeforePath..].to_owned()).collect();
    assert_eq!(asked, ["/v1.0/groups", "/v1.0/groups/1", "/v1.0/groups/1?%24select=id"]);
}

#[tokio::test]
async fn a_stream_that_has_ended_says_so() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "value": [{}], "@odata.nextLink": "astray" })))
        .mount(&server)
        .await;
    let client = Client::new(graph(&server).connection());
    let (mut pages, mut items) = (client.list().pages(), client.list().stream());
    assert!(pages.next().await.unwrap().is_ok() && items.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_err() && items.next().await.unwrap().is_err());
    assert!(!pages.is_terminated() && !items.is_terminated());
    assert!(pages.next().await.is_none() && items.next().await.is_none());
    assert!(pages.is_terminated() && items.is_terminated());
    assert!(pages.next().await.is_none() && items.next().await.is_none());
}

#[tokio::test]
async fn a_count_is_a_number_or_an_error() {
    for (status, body, expected) in [
        (200, "\u{feff}42", Ok(42)),
        (200, "42\n", Ok(42)),
        (200, "many", Err(ErrorKind::Decode)),
        (200, &"4".repeat(1000), Err(ErrorKind::Decode)),
        (400, "no", Err(ErrorKind::Service)),
    ] {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(status).set_body_string(body);
        Mock::given(path("/v1.0/groups/$count")).respond_with(answer).mount(&server).await;
        let client = Client::new(graph(&server).connection());
        let number = Count::new(&COUNT, move |_| async move { client.groups_count().await }).await;
        assert_eq!(number.as_ref().map_err(Error::kind).copied(), expected);
        if let Err(error) = number {
            assert_eq!(error.status(), Some(status));
        }
    }
}
