//! Requests over a connection on this machine, sent by the client and by bare reqwest with derived serde structs.
//!
//! The server answers with bytes that are there already, from a thread of its own; the connection is kept. First comes
//! what matters, and what can be measured beside other work on the machine: the time that the asking thread spends on
//! the processor for each request, measured in turns. Then criterion measures the time that passes.

#![expect(clippy::unwrap_used, reason = "there is nobody to handle an error")]

#[path = "decode/page.rs"]
mod page;
#[path = "decode/plain.rs"]
#[expect(dead_code, reason = "the other benchmark has structs of text, too")]
mod plain;

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use criterion::{Criterion, Throughput};
use pim_client::{BearerToken, Graph};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::Runtime;

const TOKEN: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl";
const PATH: &str = "v1.0/roleManagement/directory/roleAssignmentScheduleInstances";

fn main() {
    let asking = Asking::start();
    let mut criterion = Criterion::default().configure_from_args();
    for (name, requests) in [("object", 500), ("page of 100", 100)] {
        let is_page = name != "object";
        if let Some((client, bare)) = asking.on_processor(is_page, requests) {
            println!(
                "{name}: {client:?} on the processor for a request, bare {bare:?}: {:.3} of it",
                client.as_secs_f64() / bare.as_secs_f64()
            );
        }
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(1));
        group.bench_function("client", |bencher| bencher.iter(|| asking.client(is_page, 1)));
        group.bench_function("bare", |bencher| bencher.iter(|| asking.bare(is_page, 1)));
        group.finish();
    }
    criterion.final_summary();
}

/// Both ways to ask the server.
struct Asking {
    runtime: Runtime,
    graph: Graph,
    http: reqwest::Client,
    url: String,
}

impl Asking {
    fn start() -> Self {
        let url = serve();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let graph = Graph::builder(BearerToken::new(TOKEN).unwrap()).endpoint(&url).unwrap().build().unwrap();
        let http = reqwest::Client::builder().no_proxy().gzip(true).timeout(Duration::from_secs(100)).build().unwrap();
        Self { runtime, graph, http, url: format!("{url}/{PATH}") }
    }

    fn client(&self, is_page: bool, requests: u32) {
        let instances = self.graph.role_management().directory().role_assignment_schedule_instances();
        self.runtime.block_on(async {
            for _ in 0..requests {
                if is_page {
                    black_box(instances.list().await.unwrap());
                } else {
                    black_box(instances.by_id("1").get().await.unwrap());
                }
            }
        });
    }

    fn bare(&self, is_page: bool, requests: u32) {
        self.runtime.block_on(async {
            for _ in 0..requests {
                if is_page {
                    black_box(self.get::<plain::Page<plain::Chrono>>("").await.unwrap());
                } else {
                    black_box(self.get::<plain::Chrono>("/1").await.unwrap());
                }
            }
        });
    }

    async fn get<T: DeserializeOwned>(&self, key: &str) -> reqwest::Result<T> {
        let request = self.http.get(format!("{}{key}", self.url)).bearer_auth(TOKEN);
        let request = request.header("accept", "application/json").header("prefer", "include-unknown-enum-members");
        request.send().await?.error_for_status()?.json().await
    }

    /// How long this thread is on the processor for a request, sent by the client and bare: the medians of many turns.
    /// None where the system does not tell.
    fn on_processor(&self, is_page: bool, requests: u32) -> Option<(Duration, Duration)> {
        let measured = |run: &dyn Fn()| {
            let before = processor_time()?;
            run();
            Some(processor_time()?.saturating_sub(before) / requests)
        };
        let (mut client, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..41 {
            client.push(measured(&|| self.client(is_page, requests))?);
            bare.push(measured(&|| self.bare(is_page, requests))?);
        }
        Some((median(client), median(bare)))
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// How long this thread was on the processor, where Linux tells.
fn processor_time() -> Option<Duration> {
    // Time is booked when the scheduler looks.
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split(' ').next()?.parse().ok()?))
}

/// The address of a server that knows a page and an object.
fn serve() -> String {
    let page = page::of(100, "");
    let value: Value = serde_json::from_str(&page).unwrap();
    let object = value["value"][0].to_string();
    let (page, object) = (answer(&page), answer(&object));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (page, object) = (page.clone(), object.clone());
            std::thread::spawn(move || converse(&stream.unwrap(), &page, &object));
        }
    });
    url
}

fn answer(body: &str) -> Vec<u8> {
    let length = body.len();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nrequest-id: 6d0b7e5c-0d7c-4a0e-8d29-3e6b6f4dd0f3";
    format!("{head}\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes()
}

/// Answers until the other side hangs up.
fn converse(stream: &TcpStream, page: &[u8], object: &[u8]) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    let mut is_object = None;
    while reader.read_line(&mut line).is_ok_and(|read| read > 0) {
        let first = *is_object.get_or_insert_with(|| line.contains("/1 "));
        if line == "\r\n" {
            if (&mut &*stream).write_all(if first { object } else { page }).is_err() {
                return;
            }
            is_object = None;
        }
        line.clear();
    }
}
