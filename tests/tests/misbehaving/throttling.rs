//! Servers that are busy, or say so.

use std::time::{Duration, Instant, SystemTime};

use pim_client::ErrorKind::Service;

use crate::client::{TRIES, activate, client, client_at, read, soon};
use crate::reply::Reply;
use crate::secrets::failure;
use crate::server::Server;

/// Longer than any wait that a test asks for, however busy the machine is.
const LONG: Duration = Duration::from_secs(10);

fn busy(status: u16, retry_after: &str) -> Reply {
    Reply::new(status, &[("retry-after", retry_after)], "")
}

#[tokio::test]
async fn a_storm_is_weathered_as_long_as_the_policy_says() {
    for status in [429, 503, 509] {
        let server = Server::always(busy(status, "0")).await;
        let graph = client(&server);
        for error in [failure(read(&graph).await), failure(activate(&graph).await)] {
            assert_eq!((error.kind(), error.status(), error.tries()), (Service, Some(status), TRIES), "{error}");
            assert_eq!(error.retry_after(), Some(Duration::ZERO));
            assert!(error.is_retryable() && error.to_string().contains("5 tries; retry after 0 s"), "{error}");
        }
        assert_eq!(server.seen().len(), 10);
    }
}

/// Whether Graph acted decides, not how the answer looks.
#[tokio::test]
async fn only_what_may_be_sent_twice_is_sent_twice() {
    for (status, reading, creating) in [
        (429, 2, 2),
        (503, 2, 2),
        (509, 2, 2),
        (408, 2, 1),
        (502, 2, 1),
        (504, 2, 1),
        (400, 1, 1),
        (404, 1, 1),
        (409, 1, 1),
        (500, 1, 1),
        (501, 1, 1),
    ] {
        let server = Server::script([Reply::empty(status), Reply::object()]).await;
        assert_eq!(read(&client(&server)).await.is_ok(), reading == 2, "GET {status}");
        assert_eq!(server.seen().len(), reading, "GET {status}");

        let server = Server::script([Reply::empty(status), Reply::object()]).await;
        assert_eq!(activate(&client(&server)).await.is_ok(), creating == 2, "POST {status}");
        assert_eq!(server.seen().len(), creating, "POST {status}");

        let server = Server::script([Reply::empty(status), Reply::empty(204)]).await;
        let deleted = client(&server).users().by_id("1").delete().await;
        assert_eq!(deleted.is_ok(), reading == 2, "DELETE {status}");
        assert_eq!(server.seen().len(), reading, "DELETE {status}");
    }
}

#[tokio::test]
async fn a_request_is_repeated_in_full_and_under_its_id() {
    let server = Server::script([busy(429, "0"), busy(503, "0"), busy(509, "0"), Reply::object()]).await;
    assert!(activate(&client(&server)).await.is_ok());
    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    for request in &seen {
        assert_eq!(request.header("client-request-id"), seen[0].header("client-request-id"));
        assert_eq!(
            (&request.method, &request.target, &request.body),
            (&seen[0].method, &seen[0].target, &seen[0].body)
        );
        assert_eq!(request.header("authorization"), seen[0].header("authorization"));
        assert_eq!(request.header("prefer"), "include-unknown-enum-members");
        assert_eq!(request.header("content-type"), "application/json");
    }
    assert!(seen[0].body.contains("SelfActivate") || seen[0].body.contains("selfActivate"), "{}", seen[0].body);
}

#[tokio::test]
async fn what_retry_after_says_is_waited_for() {
    // A time is held against the server's clock, which may be years away from ours.
    let (now, soon) = ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:38 GMT");
    // What is said, and how long that is at least, in milliseconds.
    let cases = [("0", 0), ("0.3", 300), ("1", 1000), (" 0.1 ", 100), (soon, 1000)];
    let waits = cases.map(|(text, least)| {
        tokio::spawn(async move {
            let busy = Reply::new(429, &[("date", now), ("retry-after", text)], "");
            let server = Server::script([busy, Reply::object()]).await;
            let graph = client(&server);
            let began = Instant::now();
            assert!(activate(&graph).await.is_ok(), "{text}");
            let waited = began.elapsed();
            assert!(waited >= Duration::from_millis(least) && waited < LONG, "{text}: {waited:?}");
        })
    });
    for wait in waits {
        wait.await.expect("it was waited for");
    }
}

#[tokio::test]
async fn a_retry_after_that_says_nothing_is_passed_over() {
    for text in ["", "soon", "-1", "-0.5", "NaN", "inf", "1e300", "1 s", "0x10", "Mon, 99 Foo 2026 99:99:99 GMT"] {
        let server = Server::script([busy(503, text), Reply::object()]).await;
        assert!(activate(&client(&server)).await.is_ok(), "{text}");
        assert_eq!(server.seen().len(), 2, "{text}");
    }
    let past = "Sun, 06 Nov 1994 08:49:37 GMT";
    let server = Server::script([busy(429, past), Reply::object()]).await;
    assert!(activate(&client(&server)).await.is_ok(), "a time that has passed");
}

#[tokio::test]
async fn a_wait_beyond_the_limit_fails_at_once_and_is_told() {
    let tomorrow = SystemTime::now() + Duration::from_hours(24);
    for (text, least) in
        [("3600", 3600), ("121", 121), ("1e9", 1_000_000_000), (&httpdate::fmt_http_date(tomorrow), 86_000)]
    {
        let server = Server::always(busy(429, text)).await;
        let began = Instant::now();
        let error = failure(read(&client(&server)).await);
        assert!(began.elapsed() < LONG, "{text}");
        assert_eq!((error.status(), error.tries(), server.seen().len()), (Some(429), 1, 1), "{text} {error}");
        assert!(error.retry_after().is_some_and(|wait| wait >= Duration::from_secs(least)), "{text} {error}");
        assert!(error.is_retryable(), "later, that is");
    }
}

#[tokio::test]
async fn without_a_word_it_waits_by_itself() {
    let server = Server::always(Reply::empty(429)).await;
    let policy = soon().base_delay(Duration::from_millis(20)).max_delay(Duration::from_millis(40)).max_tries(4);
    let graph = client_at(&server.url()).retry(policy).build().expect("a client");
    let began = Instant::now();
    let error = failure(read(&graph).await);
    assert!(began.elapsed() >= Duration::from_millis(20 + 40 + 40), "{:?}", began.elapsed());
    assert_eq!((error.tries(), error.retry_after()), (4, None));
}

#[tokio::test]
async fn tries_are_bounded_in_time() {
    let server = Server::always(busy(503, "0.05")).await;
    let policy = soon().max_tries(1_000_000).max_elapsed(Duration::from_millis(500));
    let graph = client_at(&server.url()).retry(policy).build().expect("a client");
    let began = Instant::now();
    let error = failure(activate(&graph).await);
    assert!(began.elapsed() < LONG);
    assert!((1..=11).contains(&error.tries()), "{error}");
    assert_eq!(error.retry_after(), Some(Duration::from_millis(50)));
    assert_eq!(server.seen().len(), usize::try_from(error.tries()).expect("a few"));
}

#[tokio::test]
async fn the_error_is_that_of_the_last_try() {
    let server = Server::script([
        Reply::new(429, &[("retry-after", "0"), ("request-id", "first")], ""),
        Reply::new(403, &[("request-id", "last")], r#"{"error": {"code": "Authorization_RequestDenied"}}"#),
    ])
    .await;
    let error = failure(activate(&client(&server)).await);
    assert_eq!((error.status(), error.request_id(), error.retry_after()), (Some(403), Some("last"), None));
    assert_eq!(error.tries(), 2);

    let server = Server::script([Reply::new(429, &[("request-id", "first")], ""), Reply::hang_up()]).await;
    let error = failure(activate(&client(&server)).await);
    assert_eq!((error.status(), error.request_id(), error.tries()), (None, None, 2));
}
