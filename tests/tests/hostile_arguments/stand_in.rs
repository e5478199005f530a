//! What the calls are sent to.

use percent_encoding::percent_decode_str;
use pim_client::{BearerToken, ErrorKind, Graph, GraphBuilder};
use serde_json::json;
use wiremock::http::Url;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::calls::Sent;

/// A server that stands in for Graph, and a client of it.
pub(crate) struct StandIn {
    server: MockServer,
    graph: Graph,
}

impl StandIn {
    pub(crate) async fn start() -> Self {
        let server = MockServer::start().await;
        let token = BearerToken::new("token").expect("a token");
        let graph = Graph::builder(token).endpoint(&server.uri()).and_then(GraphBuilder::build).expect("a client");
        let stand_in = Self { server, graph };
        stand_in.forget().await;
        stand_in
    }

    pub(crate) fn graph(&self) -> Graph {
        self.graph.clone()
    }

    /// Answers from now on, as if nothing had been asked, with an empty page: any object can be read from it too.
    async fn forget(&self) {
        self.server.reset().await;
        let page = ResponseTemplate::new(200).set_body_json(json!({ "value": [] }));
        Mock::given(any()).respond_with(page).mount(&self.server).await;
    }

    /// Asserts that the call is for the path with these segments, or is refused before anything is sent.
    pub(crate) async fn sees_or_client_refuses(&self, call: Sent, path: Vec<String>) {
        self.forget().await;
        let result = call.await;
        match self.server.received_requests().await.expect("a record").as_slice() {
            [] => assert_eq!(result.expect_err("refused").kind(), ErrorKind::InvalidInput, "{path:?}"),
            [request] => {
                assert_eq!(segments(&request.url), path);
                // A list of one type of objects is an advanced query, which always counts.
                assert!(matches!(request.url.query(), None | Some("%24count=true")), "{path:?}: {}", request.url);
                assert_eq!(request.url.fragment(), None, "{path:?}");
            }
            _ => panic!("more than one request for {path:?}"),
        }
    }
}

/// The segments of a path as a server sees them, split before they are decoded.
pub(crate) fn segments(url: &Url) -> Vec<String> {
    let segments = url.path().split('/').skip(1);
    segments.map(|segment| percent_decode_str(segment).decode_utf8().expect("UTF-8").into_owned()).collect()
}
