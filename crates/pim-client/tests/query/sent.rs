//! What is sent: the text of the URL, and what advanced queries need besides.

use pim_client::query::{Filter, not};
use pim_client::v1_0::fields::{
    directory_audit, directory_object, group, unified_role_assignment as role_assignment,
    unified_role_assignment_schedule_request as request, user,
};
use pim_client::v1_0::models::Group;
use pim_client::{BearerToken, Graph, List};
use serde_json::json;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// A service that takes everything down.
struct Service {
    server: MockServer,
    graph: Graph,
}

impl Service {
    async fn start() -> Self {
        Self::answering(ResponseTemplate::new(200).set_body_json(json!({ "value": [] }))).await
    }

    async fn answering(answer: ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        let token = BearerToken::new("token").unwrap();
        let graph = Graph::builder(token).endpoint(&server.uri()).unwrap().build().unwrap();
        Self { server, graph }
    }

    fn groups(&self) -> List<Group> {
        self.graph.groups().list()
    }

    async fn last(&self) -> Request {
        self.server.received_requests().await.unwrap().pop().unwrap()
    }

    /// The value of an option of the last request, as a service decodes it.
    async fn option(&self, name: &str) -> Option<String> {
        let request = self.last().await;
        let values: Vec<_> = request
            .url
            .query_pairs()
            .filter(|(option, _)| option == name)
            .map(|(_, value)| value.into_owned())
            .collect();
        assert!(values.len() < 2, "{name} is there twice: {}", request.url);
        values.into_iter().next()
    }

    /// Whether the last request says that its answer may lag behind, and whether it counts.
    async fn advanced(&self) -> (bool, bool) {
        let level = self.last().await.headers.get("ConsistencyLevel").map(|level| level.to_str().unwrap().to_owned());
        let count = self.option("$count").await;
        assert!(level.as_deref().is_none_or(|level| level == "eventual"), "{level:?}");
        assert!(count.as_deref().is_none_or(|count| count == "true"), "{count:?}");
        (level.is_some(), count.is_some())
    }
}

#[tokio::test]
async fn every_text_arrives_as_it_was_given() {
    let service = Service::start().await;
    for text in [
        "O'Neil",
        "''",
        "\\",
        "%27",
        "100%",
        "a+b",
        "a b",
        "&$top=1",
        "#",
        "?",
        "a=b;c",
        "\n\r\t",
        "\u{0}",
        "ä€𐐷\u{202e}",
        "\"",
        "/../",
        "') or true or ('",
        "<>{}|^`",
        "",
    ] {
        let filter = group::display_name().eq(text);
        let expected = format!("displayName eq '{}'", text.replace('\'', "''"));
        assert_eq!(filter.to_string(), expected);
        service.groups().filter(&filter).search(group::display_name().matches(text)).await.unwrap();
        assert_eq!(service.option("$filter").await.unwrap(), expected);
        let quoted = text.replace('\\', "\\\\").replace('"', "\\\"");
        assert_eq!(service.option("$search").await.unwrap(), format!("\"displayName:{quoted}\""));
        assert_eq!(service.option("$top").await, None);
        assert!(service.last().await.url.fragment().is_none());
    }
}

#[tokio::test]
async fn all_options_are_made_from_fields() {
    let service = Service::start().await;
    service
        .groups()
        .select((group::id(), group::display_name()))
        .select("mail")
        .expand((group::owners().select((directory_object::id(), user::mail())), "members"))
        .order_by("id")
        .order_by((group::display_name(), group::created_date_time().desc()))
        .await
        .unwrap();
    assert_eq!(service.option("$select").await.unwrap(), "id,displayName,mail");
    assert_eq!(service.option("$expand").await.unwrap(), "owners($select=id,mail),members");
    assert_eq!(service.option("$orderby").await.unwrap(), "displayName,createdDateTime desc");

    let get = service.graph.groups().by_id("1").get();
    get.select(vec![String::from("id")]).select(group::theme()).expand(group::owners()).await.unwrap();
    assert_eq!(service.option("$select").await.unwrap(), "id,theme");
    assert_eq!(service.option("$expand").await.unwrap(), "owners");

    let members = service.graph.groups().by_id("1").members().list();
    members.select((directory_object::id(), user::mail(), group::mail())).await.unwrap();
    assert_eq!(service.option("$select").await.unwrap(), "id,mail,mail");
}

#[tokio::test]
async fn plain_queries_of_directory_objects_need_nothing_more() {
    let service = Service::start().await;
    for list in [
        service.groups(),
        service.groups().filter(group::display_name().starts_with("a").and(group::mail().eq("b"))),
        service.groups().filter(group::mail().is_null() | group::owners().any(directory_object::id().eq("1"))),
        service.groups().filter("mail ne null"),
        service.groups().order_by(group::display_name()),
        service.groups().select(group::id()).expand(group::owners()).top(5),
        // Another filter replaces the one that would be advanced.
        service.groups().filter(group::mail().ne("a")).filter(group::mail().eq("a")),
        service.groups().filter(group::mail().eq("a")).order_by(Vec::<String>::new()),
    ] {
        let shown = format!("{list:?}");
        list.await.unwrap();
        assert_eq!(service.advanced().await, (false, false), "{shown}");
    }
}

#[tokio::test]
async fn advanced_queries_of_directory_objects_say_so_and_count() {
    let service = Service::start().await;
    let plain = || group::mail().eq("a");
    for list in [
        service.groups().filter(group::mail().ne("a")),
        service.groups().filter(plain() | group::mail().is_not_null()),
        service.groups().filter(group::mail().ends_with("a") & plain()),
        service.groups().filter(plain().and(not(group::mail().starts_with("a")))),
        service.groups().filter(not("mail eq 'a'")),
        service.groups().filter(group::owners().count().eq(0)),
        service.groups().filter(group::owners().any(directory_object::id().ne("1"))),
        service.groups().filter(plain()).order_by(group::display_name()),
        service.groups().order_by("displayName").filter("mail eq 'a'"),
        service.groups().include_count(),
        service.groups().search("\"mail:a\"").include_count(),
    ] {
        let shown = format!("{list:?}");
        list.await.unwrap();
        assert_eq!(service.advanced().await, (true, true), "{shown}");
    }
    let users = service.graph.users().by_id("1").transitive_member_of().graph_group().list();
    users.filter(group::mail().ne("a")).await.unwrap();
    assert_eq!(service.advanced().await, (true, true));
}

#[tokio::test]
async fn a_search_says_so_and_does_not_count() {
    let service = Service::start().await;
    service.groups().search(group::display_name().matches("a")).await.unwrap();
    assert_eq!(service.advanced().await, (true, false));
    service.groups().filter("mail ne null").consistency_level_eventual().await.unwrap();
    assert_eq!(service.advanced().await, (true, false));
}

#[tokio::test]
async fn pim_and_audit_logs_have_no_advanced_queries() {
    let service = Service::start().await;
    let directory = service.graph.role_management().directory();
    let list = directory.role_assignments().list().filter(role_assignment::principal_id().ne("1"));
    list.order_by(role_assignment::id()).await.unwrap();
    assert_eq!(service.advanced().await, (false, false));
    let list = directory.role_assignment_schedule_requests().list().filter(!request::created_by().is_null());
    list.search("a").include_count().await.unwrap();
    assert_eq!(service.advanced().await, (false, true));
    let audits = service.graph.audit_logs().directory_audits().list();
    audits.filter(directory_audit::category().ne("a")).order_by(directory_audit::id()).await.unwrap();
    assert_eq!(service.advanced().await, (false, false));
}

#[tokio::test]
async fn the_number_of_directory_objects_may_lag_behind() {
    let service = Service::answering(ResponseTemplate::new(200).set_body_string("1")).await;
    let filter: Filter<Group> = group::mail().ne("a+b");
    assert_eq!(service.graph.groups().count().filter(filter).await.unwrap(), 1);
    assert_eq!(service.advanced().await, (true, false));
    assert_eq!(service.option("$filter").await.unwrap(), "mail ne 'a+b'");
    service.graph.groups().count().search(group::display_name().matches("a")).await.unwrap();
    assert_eq!(service.option("$search").await.unwrap(), "\"displayName:a\"");
}
