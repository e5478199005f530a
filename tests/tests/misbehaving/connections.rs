//! Connections that are not made, break, or say nothing.

use std::time::{Duration, Instant};

use pim_client::ErrorKind::{Service, Transport};
use pim_client::RetryPolicy;
use tokio::net::TcpListener;

use crate::client::{TRIES, activate, client, client_at, create_user, read};
use crate::reply::{Reply, head};
use crate::secrets::failure;
use crate::server::Server;

/// Longer than any wait that a test asks for, however busy the machine is.
const LONG: Duration = Duration::from_secs(10);

const NOT_LONG: Duration = Duration::from_millis(400);

/// An address at which nobody listens.
async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    format!("http://{}", listener.local_addr().expect("an address"))
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_by_everything_since_nothing_left() {
    let graph = client_at(&nobody().await).build().expect("a client");
    for error in [failure(read(&graph).await), failure(activate(&graph).await)] {
        assert_eq!((error.kind(), error.status(), error.tries()), (Transport, None, TRIES), "{error}");
        assert!(error.is_retryable(), "{error}");
        let said = "no connection to 127.0.0.1; check the network, and the endpoint if one is set (5 tries; ";
        assert!(error.to_string().contains(said), "{error}");
    }
}

/// Wherever it breaks, a request that reads is sent again, and one that creates is not.
#[tokio::test]
async fn a_connection_may_break_anywhere() {
    for broken in [
        Reply::hang_up(),
        Reply::raw("HTTP/1.1 2"),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-len"),
        Reply::raw(head(200, &[], "content-length: 1000")),
        Reply::raw(head(200, &[], "content-length: 1000") + r#"{"id": "1", "#),
        Reply::raw(head(200, &[], "transfer-encoding: chunked") + "5\r\n{\"id\"\r\n"),
        Reply::raw(head(200, &[], "transfer-encoding: chunked") + "FFFF\r\n{\"id\""),
    ] {
        let what = format!("{broken:?}");
        let server = Server::always(broken.clone()).await;
        let error = failure(read(&client(&server)).await);
        assert_eq!((error.kind(), error.tries()), (Transport, TRIES), "{what} {error}");
        assert_eq!(server.seen().len(), 5, "{what}");

        let server = Server::always(broken.clone()).await;
        let error = failure(activate(&client(&server)).await);
        assert_eq!((error.kind(), error.tries(), error.is_retryable()), (Transport, 1, false), "{what} {error}");
        assert_eq!(server.seen().len(), 1, "{what}");

        let server = Server::script([broken.clone(), broken, Reply::object()]).await;
        assert!(read(&client(&server)).await.is_ok(), "{what}");
        assert_eq!(server.seen().len(), 3, "{what}");
    }
}

#[tokio::test]
async fn the_status_of_an_answer_that_breaks_is_told() {
    let server = Server::always(Reply::raw(head(200, &[], "content-length: 1000") + "{")).await;
    let error = failure(read(&client(&server)).await);
    assert_eq!((error.kind(), error.status()), (Transport, Some(200)));
    assert!(error.to_string().contains("200 the answer broke off or was damaged"), "{error}");

    let server = Server::always(Reply::raw(head(403, &[("request-id", "r-1")], "content-length: 1000") + "{")).await;
    let error = failure(activate(&client(&server)).await);
    assert_eq!((error.kind(), error.status(), error.request_id()), (Service, Some(403), Some("r-1")));
}

/// One try may take so long altogether: it is not enough that some byte comes now and then.
#[tokio::test]
async fn an_answer_that_drips_ends_in_time() {
    let drip = Reply::object().dripping(1, Duration::from_millis(20));
    for reply in [drip, Reply::silence(), Reply::raw(head(200, &[], "content-length: 9")).and_silence()] {
        let what = format!("{reply:?}");
        let server = Server::always(reply).await;
        let graph = client_at(&server.url()).timeout(NOT_LONG).retry(RetryPolicy::none()).build().expect("a client");
        let began = Instant::now();
        for error in [failure(read(&graph).await), failure(activate(&graph).await)] {
            assert_eq!((error.kind(), error.tries()), (Transport, 1), "{what} {error}");
            assert!(error.to_string().contains("no complete answer in time"), "{error}");
        }
        assert!(began.elapsed() < LONG, "{what}");
        assert!(server.seen().len() <= 2, "{what}");
    }
}

#[tokio::test]
async fn a_server_that_was_silent_once_is_asked_again() {
    let server = Server::script([Reply::silence(), Reply::object()]).await;
    let graph = client_at(&server.url()).timeout(Duration::from_secs(1)).build().expect("a client");
    assert!(read(&graph).await.is_ok());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_slow_answer_is_taken_if_it_comes_in_time() {
    let server = Server::always(Reply::object().dripping(10, Duration::from_millis(5))).await;
    assert!(read(&client(&server)).await.is_ok());
}

#[tokio::test]
async fn a_connection_that_the_server_closed_meanwhile_is_not_used_again() {
    let server = Server::script([Reply::object().and_hang_up(), Reply::object()]).await;
    let graph = client(&server);
    assert!(read(&graph).await.is_ok());
    server.has_ended(1).await;
    // The client's end has to hear of it.
    for _ in 0..10 {
        tokio::time::sleep(NOT_LONG / 20).await;
    }
    assert!(create_user(&graph).await.is_ok(), "what creates is not lost either");
    let connections: Vec<_> = server.seen().iter().map(|request| request.connection).collect();
    assert_eq!(connections, [0, 1]);
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = Server::always(Reply::object()).await;
    let graph = client(&server);
    for _ in 0..5 {
        assert!(read(&graph).await.is_ok());
    }
    assert!(server.seen().iter().all(|request| request.connection == 0));
}

/// What keeps a client busy without ever being an answer.
#[tokio::test]
async fn a_head_that_does_not_end_is_given_up() {
    let endless = format!("HTTP/1.1 200 OK\r\n{}", "x-more: and more\r\n".repeat(200_000));
    let interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);
    for bytes in [endless, interim, "\0".repeat(1000), "SSH-2.0-OpenSSH_9.6\r\n".to_owned()] {
        let server = Server::always(Reply::raw(bytes.clone())).await;
        let error = failure(activate(&client(&server)).await);
        assert_eq!((error.kind(), error.status(), error.tries()), (Transport, None, 1), "{error}");
    }
}
