//! Whatever a program puts into an id or into the parameter of a function, Graph sees it there and nowhere else, or the
//! request is not sent.

mod calls;
mod stand_in;

use pim_client::{BearerToken, ErrorKind, Graph};
use wiremock::http::Url;

use crate::calls::{ARGUMENTS, KEYS};
use crate::stand_in::{StandIn, segments};

const HOSTILE: &[&str] = &[
    "", ".", "..", "...", "'", "''", ")", "')", "')/x", "%2e", "%2e%2e", "%2F", "%", "%00", "/", "//", "a/b", "/../x",
    "\\", "..\\x", "#", "a#b", "?", "a?$top=1", "&", "=", "+", ";", ":", "@", ",", "$ref", "$count", " ", "a b", "\t",
    "\n", "\0", "\u{7f}", "ä", "{id}", "me", "//a.b/",
];

#[tokio::test]
async fn ids_stay_in_their_segment() {
    let stand_in = StandIn::start().await;
    for (path, call) in KEYS {
        for argument in HOSTILE {
            let path = path.split('/').skip(1).map(|segment| segment.replace("{}", argument)).collect();
            stand_in.sees_or_client_refuses(call(stand_in.graph(), argument), path).await;
        }
    }
}

#[tokio::test]
async fn arguments_stay_between_their_quotes() {
    let stand_in = StandIn::start().await;
    for (path, call) in ARGUMENTS {
        for argument in HOSTILE {
            let quoted = argument.replace('\'', "''");
            let path = path.split('/').skip(1).map(|segment| segment.replace("{}", &quoted)).collect();
            stand_in.sees_or_client_refuses(call(stand_in.graph(), argument), path).await;
        }
    }
}

/// Refusing everything would pass the tests above.
#[tokio::test]
async fn what_can_be_confined_is_not_refused() {
    let stand_in = StandIn::start().await;
    for harmless in ["...", "'", "')", "%2e", "%2F", "#", "?", "&", "a b", "ä", "me"] {
        stand_in.graph().users().by_id(harmless).get().await.unwrap();
    }
    let requests = stand_in.graph().role_management().directory().role_assignment_schedule_requests();
    for harmless in ["", "..", "'", "')", "%2e", "#", "?"] {
        requests.filter_by_current_user(harmless).await.unwrap();
    }
}

#[test]
fn references_stay_in_their_segment() {
    let graph = Graph::builder(BearerToken::new("token").unwrap()).build().unwrap();
    for id in HOSTILE {
        match graph.users().by_id(*id).reference() {
            Ok(reference) => {
                let url = Url::parse(reference.as_str()).unwrap();
                assert_eq!((url.host_str(), url.query(), url.fragment()), (Some("graph.microsoft.com"), None, None));
                assert_eq!(segments(&url), ["v1.0", "users", id]);
            }
            Err(error) => assert_eq!(error.kind(), ErrorKind::InvalidInput, "{id:?}"),
        }
    }
}
