//! Many calls at once.

use std::collections::HashSet;

use crate::client::{activate, client_at, read, soon};
use crate::reply::Reply;
use crate::secrets::failure;
use crate::server::Server;

const CALLS: usize = 200;

/// Turned away by chance, a call has to try a few times; so many that luck cannot decide the test.
const PATIENCE: u32 = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_are_throttled_together_all_succeed() {
    let server = Server::start(|number, _| match number % 3 {
        2 => Reply::new(429, &[("retry-after", "0.001")], ""),
        _ => Reply::object(),
    })
    .await;
    let graph = client_at(&server.url()).retry(soon().max_tries(PATIENCE)).build().expect("a client");
    let calls: Vec<_> = (0..CALLS)
        .map(|call| {
            let graph = graph.clone();
            tokio::spawn(async move {
                if call % 2 == 0 { read(&graph).await.map(drop) } else { activate(&graph).await.map(drop) }
            })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("a success");
    }
    let seen = server.seen();
    let turned_away = seen.len() / 3;
    assert_eq!(seen.len() - turned_away, CALLS, "each is answered once, and nothing is sent besides");
    let ids: HashSet<_> = seen.iter().map(|request| request.header("client-request-id")).collect();
    assert_eq!(ids.len(), CALLS, "tries of a call have its id, and no other call has");
}

/// What one call notes does not get into the error of another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_do_not_mix() {
    let server = Server::start(|_, request| {
        let id = request.header("client-request-id");
        let status = if request.method == "GET" { 404 } else { 409 };
        Reply::new(status, &[("request-id", &format!("for {id}"))], "")
    })
    .await;
    let graph = client_at(&server.url()).build().expect("a client");
    let calls: Vec<_> = (0..CALLS)
        .map(|call| {
            let graph = graph.clone();
            tokio::spawn(async move {
                let (error, status) = if call % 2 == 0 {
                    (failure(read(&graph).await), 404)
                } else {
                    (failure(activate(&graph).await), 409)
                };
                let id = error.client_request_id().expect("an id");
                assert_eq!(error.request_id(), Some(&*format!("for {id}")));
                assert_eq!((error.status(), error.tries()), (Some(status), 1));
            })
        })
        .collect();
    for call in calls {
        call.await.expect("its own error");
    }
}
