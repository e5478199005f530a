//! Redirects, of every kind and to every place: none is followed.

use pim_client::ErrorKind::Refused;

use crate::client::{activate, client, read};
use crate::reply::Reply;
use crate::secrets::failure;
use crate::server::Server;

#[tokio::test]
async fn no_redirect_is_followed_and_no_token_goes_anywhere() {
    let elsewhere = Server::always(Reply::object()).await;
    let places =
        [&elsewhere.url(), "http://localhost.example/", "/v1.0/users/2", "//example.com/", "http:", "", "\u{fffd}"];
    let statuses = [301, 302, 303, 307, 308];
    let cases: Vec<_> = places.iter().flat_map(|to| statuses.map(|status| (status, *to))).collect();
    // Each is asked for twice.
    let replies = cases.iter().flat_map(|(status, to)| vec![Reply::new(*status, &[("location", to)], "moved"); 2]);
    let server = Server::script(replies.collect::<Vec<_>>()).await;
    let graph = client(&server);
    for (status, to) in &cases {
        for error in [failure(read(&graph).await), failure(activate(&graph).await)] {
            assert_eq!((error.kind(), error.status(), error.tries()), (Refused, Some(*status), 1), "{to} {error}");
            assert!(error.to_string().contains(&format!(": {status} redirect refused")), "{error}");
            assert!(!error.is_retryable(), "{error}");
        }
    }
    assert_eq!(server.seen().len(), cases.len() * 2);
    assert!(elsewhere.seen().is_empty());
}

/// The same machine under another name is another host.
#[tokio::test]
async fn a_redirect_to_the_same_server_under_another_name_is_refused() {
    let server = Server::start(|number, request| match number {
        0 => Reply::new(307, &[("location", &format!("http://localhost:{}/", port(request.header("host"))))], ""),
        _ => Reply::object(),
    })
    .await;
    assert_eq!(failure(read(&client(&server)).await).kind(), Refused);
    assert_eq!(server.seen().len(), 1);
}

fn port(address: &str) -> &str {
    address.rsplit(':').next().unwrap_or_default()
}
