//! Links to the next page that lead astray.

use std::sync::{Arc, Mutex, PoisonError};

use pim_client::ErrorKind::{Decode, Refused, Service};
use pim_client::{Graph, Result};
use serde_json::json;

use crate::client::{client, client_at};
use crate::reply::Reply;
use crate::secrets::{TOKEN, failure};
use crate::server::Server;

/// A server whose first page has the link that is made of its own address, and whose other pages are last ones.
async fn linking(link: &'static str) -> Server {
    linking_one_by_one(vec![link]).await
}

/// The same with these links, of which each request gets the next.
async fn linking_one_by_one(links: Vec<&'static str>) -> Server {
    Server::start(move |number, request| match links.get(number) {
        Some(link) => {
            let host = request.header("host");
            Reply::page(&["1", "2"], Some(&link.replace("HOST", host).replace("PORT", port(host))))
        }
        None => Reply::page(&["3"], None),
    })
    .await
}

fn port(address: &str) -> &str {
    address.rsplit(':').next().unwrap_or_default()
}

/// The ids on each page, and how it ended.
async fn pages(graph: &Graph) -> (Vec<Vec<String>>, Result<()>) {
    let mut pages = graph.groups().list().consistency_level_eventual().pages();
    let mut ids = Vec::new();
    while let Some(page) = pages.next().await {
        match page {
            Ok(page) => ids.push(page.iter().filter_map(|group| Some(group.id.as_ref()?.to_string())).collect()),
            Err(error) => {
                assert!(pages.next().await.is_none(), "after an error there is no further page");
                return (ids, Err(error));
            }
        }
    }
    (ids, Ok(()))
}

/// `HOST` is the server's own host and port, `PORT` its port.
const ASTRAY: &[&str] = &[
    // Hosts that look alike.
    "http://127.0.0.1.example.com/v1.0/groups",
    "http://127.0.0.1.example.com:PORT/v1.0/groups",
    "http://127.0.0.1@evil/v1.0/groups",
    "http://HOST@evil/v1.0/groups",
    "http://HOST%40evil/v1.0/groups",
    "http://HOST\\@evil/v1.0/groups",
    "http://evil#@HOST/v1.0/groups",
    "http://evil?@HOST/v1.0/groups",
    "http://evil\\@HOST/v1.0/groups",
    "http://localhost:PORT/v1.0/groups",
    "http://127.0.0.2:PORT/v1.0/groups",
    "http://[::1]:PORT/v1.0/groups",
    "http://[::ffff:127.0.0.1]:PORT/v1.0/groups",
    // Other ports, users, schemes.
    "http://127.0.0.1/v1.0/groups",
    "http://127.0.0.1:1/v1.0/groups",
    "http://127.0.0.1:0PORT0/v1.0/groups",
    "http://user@HOST/v1.0/groups",
    "http://:password@HOST/v1.0/groups",
    "https://HOST/v1.0/groups",
    "ftp://HOST/v1.0/groups",
    "file:///v1.0/groups",
    "javascript:HOST/v1.0/groups",
    "data:,HOST/v1.0/groups",
    "blob:http://HOST/v1.0/groups",
    // Other versions, and ways out of this one.
    "http://HOST/beta/groups",
    "http://HOST/v1.0",
    "http://HOST/V1.0/groups",
    "http://HOST/v1.0x/groups",
    "http://HOST/v1.0/../beta/groups",
    "http://HOST/v1.0/%2e%2e/beta/groups",
    "http://HOST/v1.0/.%2E/beta/groups",
    "http://HOST/v1.0/x/../../beta/groups",
    "http://HOST/v1.0\\..\\beta\\groups",
    "http://HOST//v1.0/groups",
    "http://HOST/?/v1.0/groups",
    "http://HOST/#/v1.0/groups",
    // Not whole.
    "",
    " ",
    "/v1.0/groups?$skiptoken=1",
    "//HOST/v1.0/groups",
    "?$skiptoken=1",
    "groups",
    "next page",
    "http://",
    "http:///v1.0/groups",
    "http://HOST:x/v1.0/groups",
];

#[tokio::test]
async fn what_only_looks_like_a_next_page_gets_no_token() {
    let server = linking_one_by_one(ASTRAY.to_vec()).await;
    let graph = client(&server);
    for (number, link) in ASTRAY.iter().enumerate() {
        let (ids, end) = pages(&graph).await;
        assert_eq!(ids, [["1", "2"]], "the page before is delivered: {link}");
        let error = failure(end);
        assert_eq!((error.kind(), error.status(), error.tries()), (Refused, None, 0), "{link} {error}");
        let line = error.to_string();
        assert!(line.starts_with("GET /v1.0/groups: the next link of a page "), "{line}");
        assert!(!line.contains("evil") && !error.is_retryable(), "{line}");
        assert_eq!(server.seen().len(), number + 1, "{link}");
    }
}

/// The other port listens, so that a token that goes there is seen.
#[tokio::test]
async fn another_server_on_this_machine_gets_no_token() {
    let elsewhere = Server::always(Reply::page(&["3"], None)).await;
    let link = format!("http://{}/v1.0/groups", elsewhere.address());
    let server = Server::always(Reply::page(&["1"], Some(&link))).await;
    assert_eq!(failure(pages(&client(&server)).await.1).kind(), Refused);
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn the_paths_of_a_gateway_are_not_left() {
    for link in ["http://HOST/v1.0/groups", "http://HOST/gate/../v1.0/groups", "http://HOST/gates/v1.0/groups"] {
        let server = linking(link).await;
        let graph = client_at(&format!("{}/gate", server.url())).build().expect("a client");
        assert_eq!(failure(pages(&graph).await.1).kind(), Refused, "{link}");
        assert_eq!(server.seen().len(), 1, "{link}");
    }
}

#[tokio::test]
async fn a_page_is_asked_for_as_the_first_one_was() {
    for link in ["http://HOST/v1.0/groups?$skiptoken=a%27b+c%2F&$top=2", "HTTP://HOST/v1.0/other"] {
        let server = linking(link).await;
        let (ids, end) = pages(&client(&server)).await;
        assert!(end.is_ok(), "{link}");
        assert_eq!(ids, [vec!["1", "2"], vec!["3"]]);
        let seen = server.seen();
        let path = link.split("HOST").nth(1).expect("a path");
        assert_eq!((&*seen[1].method, &*seen[1].target), ("GET", path), "to the letter");
        for request in &seen {
            assert_eq!(request.header("authorization"), format!("Bearer {TOKEN}"));
            assert_eq!(request.header("consistencylevel"), "eventual");
            assert_eq!(request.header("prefer"), "include-unknown-enum-members");
            assert_eq!(request.header("accept"), "application/json");
        }
        assert_ne!(seen[0].header("client-request-id"), seen[1].header("client-request-id"), "it is another request");
    }
}

/// A server whose pages each link to the one that `next` says, by number.
async fn chain(next: impl Fn(usize) -> usize + Send + Sync + 'static) -> Server {
    Server::start(move |_, request| {
        let page = request.target.rsplit_once('=').and_then(|(_, page)| page.parse().ok()).unwrap_or(0);
        let id = page.to_string();
        let link = match next(page) {
            // The address that the first page was asked for at.
            0 => format!("http://{}/v1.0/groups", request.header("host")),
            next => format!("http://{}/v1.0/groups?page={next}", request.header("host")),
        };
        Reply::page(&[&id], Some(&link))
    })
    .await
}

/// The page that a page leads to.
type Leads = fn(usize) -> usize;

#[tokio::test]
async fn pages_that_go_round_in_a_circle_end() {
    // Where each page leads, and how many there are.
    let circles: [(Leads, usize); 5] = [
        (|_| 0, 1),
        (|_| 1, 2),
        (|page| (page + 1) % 3, 3),
        (|page| page % 3 + 1, 4),
        (|page| if page < 50 { page + 1 } else { 25 }, 51),
    ];
    for (next, length) in circles {
        let server = chain(next).await;
        let (ids, end) = pages(&client(&server)).await;
        let expected: Vec<_> = (0..length).map(|page| [page.to_string()]).collect();
        assert_eq!(ids, expected, "each page once");
        let error = failure(end);
        assert_eq!((error.kind(), error.tries()), (Refused, 0));
        assert!(error.to_string().contains("leads back to a page before; there is no end"), "{error}");
        assert_eq!(server.seen().len(), length);
    }
}

#[tokio::test]
async fn objects_and_all_of_them_end_the_same_way() {
    let server = chain(|page| page.min(1) + 1).await;
    let graph = client(&server);
    let mut objects = graph.groups().list().stream();
    for _ in 0..3 {
        assert!(objects.next().await.expect("an object").is_ok());
    }
    assert_eq!(failure(objects.next().await.expect("an end")).kind(), Refused);
    assert!(objects.next().await.is_none());
    assert_eq!(failure(graph.groups().list().all().await).kind(), Refused);
    assert_eq!(server.seen().len(), 6);
}

#[tokio::test]
async fn a_link_that_is_no_text_is_no_page() {
    for link in [json!(5), json!({}), json!(["http://HOST/v1.0/groups"])] {
        let page = json!({ "value": [], "@odata.nextLink": link });
        let server = Server::always(Reply::json(200, &page)).await;
        let (ids, end) = pages(&client(&server)).await;
        assert_eq!((ids.len(), failure(end).kind()), (0, Decode));
    }
    let server = Server::always(Reply::json(200, &json!({ "value": [], "@odata.nextLink": null }))).await;
    assert!(pages(&client(&server)).await.1.is_ok(), "null is the end");
}

#[tokio::test]
async fn an_error_on_a_later_page_comes_after_the_pages_before() {
    let server = Server::start(|number, request| {
        let next = |page: usize| format!("http://{}/v1.0/groups?page={page}", request.header("host"));
        match number {
            0 => Reply::page(&["1"], Some(&next(1))),
            1 => Reply::new(429, &[("retry-after", "0")], ""),
            2 => Reply::hang_up(),
            3 => Reply::page(&[], Some(&next(2))),
            _ => Reply::json(400, &json!({ "error": { "code": "Directory_ExpiredPageToken" } })),
        }
    })
    .await;
    let (ids, end) = pages(&client(&server)).await;
    assert_eq!(ids, [vec!["1"], vec![]], "throttled and cut pages are asked for again");
    let error = failure(end);
    assert_eq!((error.kind(), error.status(), error.tries()), (Service, Some(400), 1));
    assert_eq!(error.codes().collect::<Vec<_>>(), ["Directory_ExpiredPageToken"]);
    let targets: Vec<_> = server.seen().into_iter().map(|request| request.target).collect();
    assert_eq!(
        targets[1..],
        ["/v1.0/groups?page=1", "/v1.0/groups?page=1", "/v1.0/groups?page=1", "/v1.0/groups?page=2"]
    );
}

/// Nobody who holds a page and waits for no other causes a request.
#[tokio::test]
async fn no_page_is_asked_for_that_nobody_waits_for() {
    let asked = Arc::new(Mutex::new(0));
    let count = Arc::clone(&asked);
    let server = Server::start(move |_, request| {
        *count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Reply::page(&["1"], Some(&format!("http://{}/v1.0/groups?page=2", request.header("host"))))
    })
    .await;
    let graph = client(&server);
    let mut pages = graph.groups().list().pages();
    assert_eq!(*asked.lock().unwrap_or_else(PoisonError::into_inner), 0);
    assert!(pages.next().await.expect("a page").is_ok());
    drop(pages);
    let mut objects = graph.groups().list().stream();
    assert!(objects.next().await.expect("an object").is_ok());
    drop(objects);
    assert_eq!(*asked.lock().unwrap_or_else(PoisonError::into_inner), 2);
}
