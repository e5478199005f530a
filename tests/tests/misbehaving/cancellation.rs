//! Calls that nobody waits for any more.

use std::time::Duration;

use crate::client::{activate, client, read};
use crate::reply::{Reply, head};
use crate::server::Server;

/// Runs a call until the server has seen so many requests, and drops it.
macro_rules! drop_after {
    ($server:ident, $number:literal, $call:expr) => {
        tokio::select! {
            _ = $call => panic!("the call should be waiting"),
            () = $server.has_seen($number) => {}
        }
    };
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_waits_sends_nothing_more() {
    let wait = Duration::from_secs(1);
    let server = Server::start(|number, _| match number {
        0 | 1 => Reply::new(429, &[("retry-after", "1")], ""),
        _ => Reply::object(),
    })
    .await;
    let graph = client(&server);
    for call in 1..=2 {
        tokio::select! {
            _ = activate(&graph) => panic!("the call should be waiting"),
            () = async {
                server.has_seen(call).await;
                // By now the answer is there, and the call waits for its second try.
                tokio::time::sleep(wait / 10).await;
            } => {}
        }
        tokio::time::sleep(wait * 13 / 10).await;
        assert_eq!(server.seen().len(), call, "a dropped call sends nothing");
    }
    assert!(activate(&graph).await.is_ok(), "the client goes on");
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_call_that_is_dropped_before_its_answer_hangs_up() {
    for waiting in [
        Reply::silence(),
        Reply::raw(head(200, &[], "content-length: 100")).and_silence(),
        Reply::raw(head(429, &[], "content-length: 100") + "{").and_silence(),
    ] {
        let server = Server::script([waiting.clone(), waiting, Reply::object()]).await;
        let graph = client(&server);
        drop_after!(server, 1, read(&graph));
        server.has_ended(1).await;
        drop_after!(server, 2, activate(&graph));
        server.has_ended(2).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(server.seen().len(), 2, "a dropped call sends nothing");
        assert!(activate(&graph).await.is_ok(), "the client goes on");
        assert_eq!(server.seen().len(), 3);
    }
}

#[tokio::test]
async fn one_call_that_is_dropped_does_not_disturb_the_others() {
    let server =
        Server::start(|_, request| if request.method == "POST" { Reply::silence() } else { Reply::object() }).await;
    let graph = client(&server);
    tokio::select! {
        _ = activate(&graph) => panic!("the call should be waiting"),
        () = async {
            server.has_seen(1).await;
            for _ in 0..5 {
                assert!(read(&graph).await.is_ok());
            }
        } => {}
    }
    assert!(read(&graph).await.is_ok());
    assert_eq!(server.seen().iter().filter(|request| request.method == "POST").count(), 1);
}
