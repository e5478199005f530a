//! What is asked, of a service that has so much.

use std::net::SocketAddr;
use std::time::Duration;

use pim_emulator::{Clock, Emulator};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::bare;
use crate::load::{Connection, Measured, request, send};
use crate::tenant::{self, ADMINISTRATOR, USERS, role_id, user_id};

const ROOT: &str = "/v1.0/roleManagement/directory";
const AT_A_TIME: usize = 8;

#[derive(Clone, Copy)]
pub(crate) struct Configuration {
    pub(crate) is_durable: bool,
    pub(crate) loaded: u32,
    /// By how much less is asked.
    pub(crate) scale: usize,
}

/// Prints a line of the table for each kind of request.
pub(crate) fn run(configuration: Configuration) {
    let runtime = Runtime::new().expect("a runtime");
    let directory = tempfile::tempdir().expect("a directory");
    let activations = if configuration.is_durable { 6_000 } else { 16_000 } / configuration.scale;
    let roles = activations.div_ceil(USERS) + 1;
    let before = memory();
    let builder = Emulator::builder().tenant(tenant::with_roles(roles)).clock(Clock::running());
    let builder = builder.loaded(configuration.loaded);
    let builder = if configuration.is_durable { builder.data(directory.path().join("bench.db")) } else { builder };
    let emulator = runtime.block_on(builder.start()).expect("it starts");
    let memory = format!("{:.0} MiB", memory() - before);
    let address: SocketAddr = emulator.url().trim_start_matches("http://").parse().expect("an address");
    let bench = Bench { runtime, configuration, address, memory };

    let token = emulator.sign_in(ADMINISTRATOR).mfa(true).token().expect("a token");
    let first = bench.ask(&request("GET", &by_principal(0, configuration.loaded), &token, ""));
    let id = first["value"][0]["id"].as_str().expect("an id").to_owned();
    let count = 40_000 / configuration.scale;
    let get = request("GET", &format!("{ROOT}/roleEligibilitySchedules/{id}"), &token, "");
    bench.row("get by id", count, |_| get.clone());
    let filter = |number| request("GET", &by_principal(number, configuration.loaded), &token, "");
    bench.row("filter by principal", count, filter);
    let tokens: Vec<_> =
        (0..USERS).map(|user| emulator.sign_in(tenant::user(user)).mfa(true).token().expect("a token")).collect();
    let activate = |number| activation(number, &tokens);
    bench.row("activation", activations, activate);
    drop(emulator);
}

struct Bench {
    runtime: Runtime,
    configuration: Configuration,
    address: SocketAddr,
    memory: String,
}

/// How many seconds of processor time each of so many requests took since `before`.
fn each(before: Duration, count: usize) -> f64 {
    let count = u32::try_from(count).map_or(f64::INFINITY, f64::from);
    processor_time().saturating_sub(before).as_secs_f64() / count
}

impl Bench {
    fn ask(&self, request: &str) -> Value {
        let (status, body) = Connection::open(self.address).exchange(request);
        assert!(status < 300, "{}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).expect("JSON")
    }

    /// Measures a request in two ways: many at a time, and one after the other.
    fn row(&self, name: &str, count: usize, request: impl Fn(usize) -> String + Sync) {
        let single = count / 5;
        // The first one warms up, and its answer is what the bare handler returns.
        let (status, body) = Connection::open(self.address).exchange(&request(0));
        assert!(status < 300, "{}", String::from_utf8_lossy(&body));
        let busy = processor_time();
        let together = send(self.address, AT_A_TIME, count - single - 1, |number| request(number + 1));
        let alone = send(self.address, 1, single, |number| request(count - single + number));
        let busy = each(busy, count - 1);
        let bare = self.runtime.block_on(bare::serve(body));
        send(bare, AT_A_TIME, 100, &request);
        let bare_busy = processor_time();
        let bare = send(bare, AT_A_TIME, count - single, request);
        let bare_busy = each(bare_busy, count - single);
        let data = if self.configuration.is_durable { "in a file" } else { "in memory" };
        println!(
            "| {data} | {} | {name} | {:.0} | {} | {} | {} | {} | {:.0} µs | {:.0} | {} | {:.0} µs | {} |",
            self.configuration.loaded,
            together.per_second(),
            time(&together, 50),
            time(&together, 99),
            time(&alone, 50),
            time(&alone, 99),
            busy * 1e6,
            bare.per_second(),
            time(&bare, 99),
            bare_busy * 1e6,
            self.memory,
        );
    }
}

fn time(measured: &Measured, percent: usize) -> String {
    let time: Duration = measured.percentile(percent);
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// What somebody is eligible for, ever somebody else.
fn by_principal(number: usize, loaded: u32) -> String {
    let principal = match u128::from(loaded) / 10 {
        0 => user_id(number % USERS),
        // A step that is prime to any number of principals leads to all of them, in no order.
        principals => uuid::Uuid::from_u128((number as u128 * 7_919_777) % principals + 1),
    };
    format!("{ROOT}/roleEligibilitySchedules?$filter=principalId%20eq%20'{principal}'&$top=10")
}

fn activation(number: usize, tokens: &[String]) -> String {
    let (user, role) = (number % USERS, number / USERS);
    let body = json!({
        "action": "selfActivate",
        "principalId": user_id(user),
        "roleDefinitionId": role_id(role),
        "directoryScopeId": "/",
        "justification": "To be measured",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}},
    });
    request("POST", &format!("{ROOT}/roleAssignmentScheduleRequests"), &tokens[user], &body.to_string())
}

/// The resident memory of this process, in MiB.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<f64>().map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
}

/// How long the threads that serve have had a processor so far: unlike the time that goes by, it does not depend on what
/// else the machine does.
fn processor_time() -> Duration {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().filter_map(Result::ok);
    let of_thread = |thread: std::fs::DirEntry| {
        let name = std::fs::read_to_string(thread.path().join("comm")).ok()?;
        let times = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        let nanoseconds = times.split(' ').next()?.parse().ok()?;
        name.starts_with("tokio").then(|| Duration::from_nanos(nanoseconds))
    };
    threads.filter_map(of_thread).sum()
}
