//! A collection of any length is read in the memory of a page.

use std::fmt::Write as _;
use std::sync::Arc;

use pim_client::{BearerToken, Graph, GraphBuilder};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

const PAGE: usize = 999;
const ALL: usize = 1_000_000;
/// By now every buffer has grown to its size.
const WARM: usize = 100_000;
/// How much more there may be at the end. The objects that are read in between would take a hundred times as much.
const BOUND: usize = 2 << 20;

#[tokio::test]
async fn a_million_objects_are_read_in_the_memory_of_a_page() {
    let server = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", server.local_addr().expect("an address"));
    tokio::spawn(serve(server, url.clone()));
    let token = BearerToken::new("token").expect("a token");
    let graph = Graph::builder(token).endpoint(&url).and_then(GraphBuilder::build).expect("a client");

    let mut objects = graph.role_management().directory().resource_namespaces().list().stream();
    let mut read = 0;
    let mut warm = None;
    while let Some(object) = objects.next().await {
        assert!(object.expect("an object").id.is_some());
        read += 1;
        if read == WARM {
            warm = resident();
        }
    }
    assert_eq!(read, ALL);
    match (warm, resident()) {
        (Some(before), Some(after)) => {
            assert!(after.saturating_sub(before) < BOUND, "grown from {before} to {after} bytes");
        }
        _ => eprintln!("skipped: this system does not tell a program how much memory it has"),
    }
}

/// How much memory this program has, in bytes, where Linux tells.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<usize>().ok()? << 10)
}

/// Serves the pages, whose objects are all alike, and written once.
async fn serve(server: TcpListener, url: String) {
    let objects: Arc<str> = vec![r#"{"id":"1"}"#; PAGE].join(",").into();
    while let Ok((stream, _)) = server.accept().await {
        tokio::spawn(answer(stream, url.clone(), Arc::clone(&objects)));
    }
}

async fn answer(stream: TcpStream, url: String, objects: Arc<str>) -> Option<()> {
    // A head must not wait until it is joined by its body.
    stream.set_nodelay(true).ok()?;
    let mut stream = BufReader::new(stream);
    let (mut line, mut body, mut head) = (String::new(), String::new(), String::new());
    loop {
        line.clear();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        // The number of the page is at the end of the path.
        let page: usize = line.split(' ').nth(1)?.rsplit_once('=').map_or(Some(0), |(_, page)| page.parse().ok())?;
        while line.trim_end() != "" {
            line.clear();
            stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        }
        let left = ALL - page * PAGE;
        body.clear();
        body.push('{');
        if left > PAGE {
            let path = "v1.0/roleManagement/directory/resourceNamespaces";
            write!(body, r#""@odata.nextLink":"{url}/{path}?page={}","#, page + 1).ok()?;
        }
        // An object and its comma have as many bytes as any other.
        let length = objects.len().min(left * (objects.len() + 1) / PAGE - 1);
        write!(body, r#""value":[{}]}}"#, &objects[..length]).ok()?;
        head.clear();
        write!(head, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len()).ok()?;
        stream.write_all(head.as_bytes()).await.ok()?;
        stream.write_all(body.as_bytes()).await.ok()?;
    }
}
